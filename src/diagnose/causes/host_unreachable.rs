//! There is no route to the host, or the machine at that address does not answer: a VPN that is down, a computer that is
//! switched off, a firewall that drops everything.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::HostUnreachable,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenSettings,
        ActionKind::CheckAgain,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("ehostunreach"),
    code("enetunreach"),
    strong("network is unreachable"),
    code("ehostdown"),
    strong("no route to host"),
    strong("host is unreachable"),
    strong("host unreachable"),
    strong("host is down"),
    strong("destination host unreachable"),
    strong("os error 113"),
    strong("os error 10065"),
    strong("os error 10051"),
    strong("errno 113"),
    strong("unreachable host"),
    strong("无法访问目标主机"),
    strong("向一个无法连接的主机"),
    strong("套接字操作尝试一个无法连接的主机"),
    hint("unreachable"),
    hint("不可达"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn no_route_leads_there() {
        check(
            Cause::HostUnreachable,
            &[
                ("ollama", 0, "connect EHOSTUNREACH 192.168.1.20:11434"),
                ("other", 0, "[Errno 113] No route to host"),
            ],
        );
    }

    #[test]
    fn windows_numbers_count() {
        check(
            Cause::HostUnreachable,
            &[
                (
                    "other",
                    0,
                    "A socket operation was attempted to an unreachable host. (os error 10065)",
                ),
                ("other", 0, "向一个无法连接的网络尝试了一个套接字操作。 (os error 10051)"),
            ],
        );
    }
}
