//! The evidence does not name a cause, or the text is not about this call. Saying so, and gathering more, beats a guess.

use super::{CauseRule, Pattern, fair, strong, sure};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Unknown,
    retry: When::AfterFix,
    actions: &[ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    sure("failed query:"),
    sure("command aborted due to connection close"),
    sure("err caller gone"),
    sure("agent state not found"),
    strong("mcp server"),
    strong("mcp error"),
    strong("plugin"),
    strong("ocr failed"),
    fair("system time does not match"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn what_says_nothing_stays_unknown() {
        check(
            Cause::Unknown,
            &[("other", 0, ""), ("other", 0, "[object Object]"), ("other", 0, "undefined")],
        );
    }

    /// An answer of the model that speaks of errors is no error.
    #[test]
    fn text_about_errors_is_no_error() {
        check(
            Cause::Unknown,
            &[
                (
                    "openai",
                    200,
                    r#"{"object":"chat.completion","choices":[{"message":{"role":"assistant","content":"A rate limit exceeded error (429) means insufficient_quota."},"finish_reason":"stop"}]}"#,
                ),
                ("other", 0, "Hello there"),
            ],
        );
    }
}
