//! Somebody stopped it: the person pressed stop, left the page or closed the tab, or the program took the call back. It is
//! no failure, and nothing is repeated unasked.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{ANSWER, CANCELLED, MESSAGE, OPERATION, OUTPUT, REQUEST},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::RequestCancelled,
    retry: When::Never,
    actions: &[ActionKind::Retry, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("request aborted"),
    strong("stopped by user"),
    strong("stopped by the user"),
    strong("interrupted by user"),
    strong("generation aborted"),
    strong("cancellederror"),
    leaf("cancelled"),
    code("err_canceled"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[CANCELLED]).usual(),
    all(&[CANCELLED, REQUEST | OPERATION | OUTPUT | ANSWER | MESSAGE]),
];

examples! {
    a_stop_is_no_failure: RequestCancelled [
        ("browser", 0, "AbortError: This operation was aborted"),
                ("openai", 0, "Request was aborted."),
                (
                    "gemini",
                    499,
                    r#"{"error":{"code":499,"message":"The operation was cancelled.","status":"CANCELLED"}}"#,
                ),
    ]
    in_another_language: RequestCancelled [
        ("other", 0, "用户取消了请求"), ("other", 0, "Запрос отменён")
    ]
}
