//! There is no route to the host, or the machine at that address does not answer: a VPN that is down, a computer that is
//! switched off, a firewall that drops everything.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{HOST, NETWORK, OFFLINE, UNAVAILABLE, UNREACHABLE},
};

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
    code("ehostdown"),
    strong("os error 113"),
    strong("os error 10065"),
    strong("os error 10051"),
    strong("errno 113"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[UNREACHABLE]).fair(),
    all(&[NETWORK, UNREACHABLE]),
    all(&[HOST, OFFLINE | UNAVAILABLE]).fair(),
];

examples! {
    no_route_leads_there: HostUnreachable [
        ("ollama", 0, "connect EHOSTUNREACH 192.168.1.20:11434"),
                ("other", 0, "[Errno 113] No route to host"),
    ]
    windows_numbers_count: HostUnreachable [
        (
                    "other",
                    0,
                    "A socket operation was attempted to an unreachable host. (os error 10065)",
                ),
                ("other", 0, "向一个无法连接的网络尝试了一个套接字操作。 (os error 10051)"),
    ]
    no_way_leads_out_of_here: HostUnreachable [
        ("other", 0, "The network cannot reach this server"),
        ("other", 0, "Das Netzwerk erreicht den Server nicht"),
    ]
}
