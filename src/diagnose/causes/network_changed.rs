//! The machine changed its network while the call was on its way: another Wi-Fi, a VPN that came up, a laptop that woke.
//! The request had not been processed, so it may be repeated at once.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{CHANGED, NETWORK},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::NetworkChanged,
    retry: When::Now,
    actions: &[ActionKind::Retry, ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[strong("your connection was interrupted")];

pub(super) const MEANINGS: &[ConceptRule] = &[all(&[NETWORK, CHANGED]).sure()];

examples! {
    the_ground_moved: NetworkChanged [
        ("browser", 0, "Your connection was interrupted. A network change was detected."),
                ("other", 0, "network changed while connecting"),
    ]
    in_another_language: NetworkChanged [
        ("browser", 0, "检测到了网络变化"), ("browser", 0, "Netzwerkänderung erkannt")
    ]
}
