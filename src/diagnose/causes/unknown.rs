//! The evidence does not name a cause, or the text is not about this call. Saying so, and gathering more, beats a guess.

use super::{CauseRule, ConceptRule, Pattern, sure};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Unknown,
    retry: When::AfterFix,
    actions: &[ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[sure("failed query:")];

pub(super) const MEANINGS: &[ConceptRule] = &[];

examples! {
    what_says_nothing_stays_unknown: Unknown [
        ("other", 0, ""), ("other", 0, "[object Object]"), ("other", 0, "undefined")
    ]
    /// An answer of the model that speaks of errors is no error.
    text_about_errors_is_no_error: Unknown [
        (
                    "openai",
                    200,
                    r#"{"object":"chat.completion","choices":[{"message":{"role":"assistant","content":"A rate limit exceeded error (429) means insufficient_quota."},"finish_reason":"stop"}]}"#,
                ),
                ("other", 0, "Hello there"),
    ]
}
