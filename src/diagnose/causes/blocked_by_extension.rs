//! Another extension, an ad blocker or privacy tool, stopped the request inside the browser. An exception for the
//! service's address in that extension settles it.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{BLOCKED, EXTENSION},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BlockedByExtension,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::Retry,
        ActionKind::ReloadPage,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("blocked by client"),
    strong("ad blocker"),
    strong("adblock"),
    strong("ublock"),
    strong("cannot access a chrome-extension:// url of different extension"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[all(&[EXTENSION, BLOCKED])];

examples! {
    a_neighbour_stopped_it: BlockedByExtension [
        ("browser", 0, "Requests to the server have been blocked by an extension."),
                ("browser", 0, "Blocked by Client"),
    ]
    an_ad_blocker_is_named: BlockedByExtension [
        ("browser", 0, "Please disable your ad blocker and try again"),
                ("browser", 0, "Die Anfrage wurde durch eine Erweiterung blockiert"),
    ]
}
