//! The resource changed between reading and writing. The same call usually passes a moment later.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf};
use crate::{
    ActionKind, Cause, When,
    text::concept::{CHANGED, CONFLICT, ENDPOINT, FILE, MESSAGE},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Conflict,
    retry: When::Backoff,
    actions: &[ActionKind::Retry, ActionKind::ReloadPage, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    leaf("conflict"),
    code("conflict_error"),
    code("conflicterror"),
    code("conflictexception"),
    code("resource_conflict"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[CONFLICT]).sure(), all(&[CHANGED, ENDPOINT | FILE | MESSAGE]).fair()];

examples! {
    two_wrote_at_once: Conflict [
        (
                    "openai",
                    409,
                    r#"{"error":{"message":"The resource was modified by another request.","type":"conflict","code":null}}"#,
                ),
                (
                    "anthropic",
                    409,
                    r#"{"type":"error","error":{"type":"conflict_error","message":"Conflict"}}"#,
                ),
    ]
    a_bare_409: Conflict [
        ("openai", 409, ""), ("other", 0, "409 Conflict")
    ]
    somebody_else_was_faster: Conflict [
        ("other", 0, "The conversation was modified in another tab"),
        ("other", 0, "Die Datei wurde inzwischen geändert"),
    ]
}
