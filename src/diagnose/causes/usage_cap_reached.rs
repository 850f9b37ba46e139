//! A plan's window, per day, five hours, week or month, is used up. It opens again at a set time, which the person is told;
//! no program sleeps that long. Another model or source answers now.

use super::{CauseRule, ConceptRule, Pattern, all, code, fair, strong, sure};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{
        CLOSED, CONNECTION, DAY, EXCEEDED, INSUFFICIENT, LIMIT, MESSAGE, MINUTE, PLAN, QUOTA, RATE,
        REACHED, SERVER, STREAM, TOO_MANY,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::UsageCapReached,
    retry: When::AfterFix,
    actions: &[
        ActionKind::SwitchSource,
        ActionKind::ChooseModel,
        ActionKind::OpenLimits,
        ActionKind::OpenBilling,
        ActionKind::CopyReport,
    ],
    score: Some(window_is_used_up),
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("usage_limit_reached"),
    code("usage_limit_exceeded"),
    code("model_cap_exceeded"),
    code("exceeded_limit"),
    code("subscription:free-usage-exhausted"),
    code("message_limit"),
    code("daily_limit_exceeded"),
    code("free-models-per-day"),
    code("quota_exceeded_daily"),
    code("poe_message_limit"),
    code("conversation_limit"),
    sure("userbymodelbyday"),
    code("tokens_per_day"),
    code("requests_per_day"),
    sure("tokens per day"),
    sure("requests per day"),
    sure("per_day"),
    strong("per 86400s"),
    strong("tpd rate limit"),
    strong("hit your limit"),
    strong("hit your * limit"),
    strong("out of free messages"),
    strong("out of messages"),
    strong("messages remaining until"),
    strong("limit resets"),
    strong("used all your free"),
    fair("keep chatting"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[LIMIT | PLAN | QUOTA, DAY, EXCEEDED | REACHED]),
    all(&[PLAN | QUOTA, LIMIT, EXCEEDED | REACHED]),
    all(&[LIMIT, DAY]).usual(),
    all(&[LIMIT, REACHED]).fair(),
    all(&[QUOTA, DAY]).usual(),
    all(&[INSUFFICIENT | TOO_MANY, MESSAGE, DAY]),
    all(&[LIMIT | QUOTA, CLOSED]).sure().unless(CONNECTION | STREAM | RATE | MINUTE | SERVER),
];

/// A plan's window shows in Anthropic's headers, or in a wait that no short window explains: one of hours or days is a cap,
/// one of milliseconds a rate limit, whatever the words around it say.
fn window_is_used_up(parsed: &ParsedFailure, scores: &mut Scores) {
    /// Limits of requests ask for up to an hour and a bit (GitHub Copilot: 71 minutes).
    const HOURS_MS: u64 = 2 * 3_600_000;
    /// No plan has a window longer than a month: what claims to be is no plan's.
    const MONTH_MS: u64 = 31 * 24 * 3_600_000;
    const SECOND_MS: u64 = 1_000;
    if parsed.failure.header("anthropic-ratelimit-unified-status") == Some("rejected") {
        let name = "anthropic-ratelimit-unified-status".into();
        let evidence = Evidence::Header { name, value: "rejected".into() };
        scores.add(Cause::UsageCapReached, weight::STRONG + weight::WEAK, evidence);
    }
    let is_limit = parsed.is(&[429])
        || [Cause::RateLimited, Cause::UsageCapReached]
            .into_iter()
            .any(|limit| scores.belief(limit) > 0.0);
    let Some(ms) = parsed.wait.retry_after_ms else { return };
    if !is_limit {
        // A wait is all that is known: its length tells which limit it is.
        let silent = parsed.status.is_none() && !scores.names_something();
        if silent && parsed.failure.net_error.is_none() {
            let cause = match ms {
                HOURS_MS..=MONTH_MS => Cause::UsageCapReached,
                1..SECOND_MS => Cause::RateLimited,
                _ => return,
            };
            scores.add(cause, weight::FAIR, Evidence::Wait { ms });
        }
    } else if (HOURS_MS..=MONTH_MS).contains(&ms) {
        scores.add(Cause::UsageCapReached, weight::STRONG, Evidence::Wait { ms });
        scores.against(Cause::RateLimited, weight::USUAL);
    } else if (1..SECOND_MS).contains(&ms) && scores.belief(Cause::UsageCapReached) < weight::STRONG
    {
        scores.add(Cause::RateLimited, weight::STRONG, Evidence::Wait { ms });
    }
}

examples! {
    daily_and_weekly_caps: UsageCapReached [
        ("other", 429, "429 Weekly usage limit reached. Resets in 2 days."),
                (
                    "groq",
                    429,
                    r#"{"error":{"message":"Rate limit reached for model in organization on tokens per day (TPD): Limit 100000, Used 99000, Requested 3000. Please try again in 9m38.016s.","type":"tokens","code":"rate_limit_exceeded"}}"#,
                ),
                (
                    "openrouter",
                    429,
                    r#"{"error":{"message":"Rate limit exceeded: free-models-per-day","code":429}}"#,
                ),
    ]
    web_plans_name_the_reset_time: UsageCapReached [
        (
                    "chatgpt_web",
                    429,
                    r#"{"detail":{"code":"model_cap_exceeded","message":"You have sent too many messages to the model.","clears_in":11461}}"#,
                ),
                (
                    "chatgpt_web",
                    429,
                    r#"{"error":{"type":"usage_limit_reached","message":"The usage limit has been reached","plan_type":"plus","resets_at":1760000000}}"#,
                ),
    ]
    hours_are_a_cap: UsageCapReached [
        ("other", 0, "You have sent too many messages. Please try again in 58 hours."),
                ("other", 429, "Too many requests. Please try again in 2 days."),
                ("other", 0, "Please try again in 58 hours"),
                (
                    "gemini",
                    0,
                    "Your quota will reset after 20h42m12s: capacity exhausted, rate limit.",
                ),
                (
                    "other",
                    429,
                    r#"{"error":{"message":"Rate limit exceeded. Try again in 5 hours.","type":"rate_limit_error"}}"#,
                ),
    ]
    milliseconds_are_a_rate_limit: RateLimited [
        ("other", 0, "Limit reached for this model. Please try again in 620ms.")
    ]
}

#[cfg(test)]
mod tests {
    use crate::{Cause, Failure, classify};

    #[test]
    fn absurd_wait_is_no_window() {
        let headers = [("retry-after".to_owned(), "99999999999".to_owned())].into_iter().collect();
        let failure = Failure { status: Some(429), headers, ..Failure::default() };
        assert_eq!(classify(&failure).cause, Cause::RateLimited);
    }
}
