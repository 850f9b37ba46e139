//! The machine changed its network while the call was on its way: another Wi-Fi, a VPN that came up, a laptop that woke.
//! The request had not been processed, so it may be repeated at once.

use super::{CauseRule, Pattern, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::NetworkChanged,
    retry: When::Now,
    actions: &[ActionKind::Retry, ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("network change was detected"),
    strong("network changed"),
    strong("err_network_changed"),
    strong("err_network_io_suspended"),
    strong("network interface changed"),
    strong("your connection was interrupted"),
    strong("网络发生变化"),
    strong("检测到了网络变化"),
    strong("検出されたネットワークの変更"),
    strong("netzwerkänderung"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_ground_moved() {
        check(
            Cause::NetworkChanged,
            &[
                ("browser", 0, "Your connection was interrupted. A network change was detected."),
                ("other", 0, "network changed while connecting"),
            ],
        );
    }

    #[test]
    fn in_another_language() {
        check(
            Cause::NetworkChanged,
            &[("browser", 0, "检测到了网络变化"), ("browser", 0, "Netzwerkänderung erkannt")],
        );
    }
}
