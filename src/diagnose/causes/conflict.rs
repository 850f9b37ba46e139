//! The resource changed between reading and writing. The same call usually passes a moment later.

use super::{CauseRule, Pattern, code, fair, leaf, strong};
use crate::{ActionKind, Cause, When};

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
    strong("was modified by another"),
    strong("has been modified by another"),
    strong("modified concurrently"),
    strong("concurrent modification"),
    strong("concurrent change"),
    strong("optimistic lock"),
    strong("409 conflict"),
    strong("resource changed"),
    strong("version conflict"),
    strong("lock timeout"),
    fair("already exists"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn two_wrote_at_once() {
        check(
            Cause::Conflict,
            &[
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
            ],
        );
    }

    #[test]
    fn a_bare_409() {
        check(Cause::Conflict, &[("openai", 409, ""), ("other", 0, "409 Conflict")]);
    }
}
