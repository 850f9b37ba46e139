//! The extension was updated, reloaded or stopped while the page kept its old half. That half is cut off for good; only
//! reloading the page joins them again. What was typed stays in the page.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{EXTENSION, RESTARTED},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ExtensionRestarted,
    retry: When::AfterFix,
    actions: &[ActionKind::ReloadPage, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[strong("refresh the page to continue using")];

pub(super) const MEANINGS: &[ConceptRule] = &[all(&[EXTENSION, RESTARTED])];

examples! {
    two_halves_that_lost_each_other: ExtensionRestarted [
        ("browser", 0, "Could not establish connection. Receiving end does not exist."),
                ("browser", 0, "Extension updated. Please refresh the page."),
    ]
    a_closed_port_is_the_same: ExtensionRestarted [
        (
                    "browser",
                    0,
                    "Unchecked runtime.lastError: The message port closed before a response was received.",
                ),
                ("browser", 0, "Error: Attempting to use a disconnected port object"),
    ]
}
