//! The browser or the machine ran out of something: memory, sockets, disk, quota of a store. Closing tabs helps; the
//! service has nothing to do with it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        EXCEEDED, FAILED, FILE, INSUFFICIENT, LIMIT, MEMORY, MISSING, NOT, RESOURCES, TOO_MANY,
        UNAVAILABLE,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BrowserResources,
    retry: When::AfterFix,
    actions: &[ActionKind::ReloadPage, ActionKind::Retry, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("emfile"),
    code("enfile"),
    code("enomem"),
    code("enospc"),
    strong("no space left on device"),
    strong("array buffer allocation failed"),
    strong("quotaexceedederror"),
    strong("quota_bytes quota exceeded"),
    strong("setting the value * exceeded the quota"),
    strong("maximum call stack size exceeded"),
    strong("invalid string length"),
    strong("aw, snap"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[MEMORY, INSUFFICIENT | NOT | EXCEEDED | FAILED | MISSING | LIMIT | UNAVAILABLE]),
    all(&[RESOURCES, INSUFFICIENT | NOT | EXCEEDED | TOO_MANY | UNAVAILABLE | MISSING | LIMIT]),
    all(&[FILE, TOO_MANY]).usual(),
    all(&[MEMORY]).fair(),
];

examples! {
    the_machine_is_full: BrowserResources [
        ("browser", 0, "net::ERR_INSUFFICIENT_RESOURCES"),
                ("other", 0, "EMFILE: too many open files"),
    ]
    full_browser_storage: BrowserResources [
        (
                    "browser",
                    0,
                    "QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value exceeded the quota.",
                ),
                ("browser", 0, "Array buffer allocation failed"),
    ]
}
