//! A plan's window, per day, five hours, week or month, is used up. It opens again at a set time, which the person is told;
//! no program sleeps that long. Another model or source answers now.

use super::{CauseRule, Pattern, code, hint, strong, sure};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
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
    sure("per day (tpd)"),
    sure("per day (rpd)"),
    sure("tokens per day"),
    sure("requests per day"),
    sure("per_day"),
    sure("perday"),
    strong("per 86400s"),
    strong("tpd rate limit"),
    strong("rpd rate limit"),
    strong("daily limit"),
    strong("daily quota"),
    strong("daily usage"),
    strong("daily message"),
    strong("daily request"),
    strong("daily token"),
    strong("today's quota"),
    strong("today's limit"),
    strong("limit for today"),
    strong("for the day"),
    strong("weekly usage"),
    strong("weekly limit"),
    strong("weekly quota"),
    strong("monthly limit"),
    strong("monthly usage limit"),
    strong("monthly usage"),
    strong("monthly quota"),
    strong("monthly request limit"),
    strong("5-hour limit"),
    strong("5-hour usage"),
    strong("5-hour window"),
    strong("5 hour limit"),
    strong("five-hour"),
    strong("session limit reached"),
    strong("session usage limit"),
    strong("usage cap"),
    strong("usage limit has been reached"),
    strong("usage limit reached"),
    strong("usage limit exceeded"),
    strong("usage limit for this period"),
    strong("hit your usage limit"),
    strong("hit your limit"),
    strong("hit the free plan limit"),
    strong("hit the usage limit"),
    strong("reached your usage limit"),
    strong("reached your limit"),
    strong("reached your * limit"),
    strong("hit your * limit"),
    strong("reached your message limit"),
    strong("reached the message limit"),
    strong("reached our limit of messages"),
    strong("reached the current usage cap"),
    strong("reached the limit of the free model quota"),
    strong("reached chat turns limit"),
    strong("reached the maximum number of messages"),
    strong("free plan limit"),
    strong("message limit reached"),
    strong("message cap"),
    strong("out of free messages"),
    strong("out of messages"),
    strong("messages remaining until"),
    strong("limit resets"),
    strong("limit will reset"),
    strong("limits will reset"),
    strong("quota resets"),
    strong("resets in * days"),
    strong("resets in * hours"),
    strong("plan usage limit"),
    strong("plan limit reached"),
    strong("chat turns limit"),
    strong("conversation limit"),
    strong("throttled: request is throttled. daily"),
    strong("limit has been reached for gpt"),
    strong("used up your free"),
    strong("达到使用量上限"),
    strong("用量上限"),
    strong("使用上限"),
    strong("使用限额"),
    strong("次数已用完"),
    strong("次数已达上限"),
    strong("次数用完"),
    strong("今日次数"),
    strong("今日额度"),
    strong("今日已达"),
    strong("每日限额"),
    strong("每日上限"),
    strong("每日限制"),
    strong("使用制限"),
    strong("利用上限"),
    strong("사용 한도"),
    strong("일일 한도"),
    strong("tageslimit"),
    strong("nutzungslimit"),
    strong("limite quotidienne"),
    strong("limite diario"),
    strong("límite diario"),
    strong("limite diário"),
    strong("limite giornaliero"),
    strong("дневной лимит"),
    strong("суточный лимит"),
    strong("лимит сообщений"),
    strong("dzienny limit"),
    strong("günlük limit"),
    strong("batas harian"),
    strong("napi limit"),
    strong("достигнут лимит"),
    strong("лимит исчерпан"),
    strong("limite di messaggi"),
    strong("límite de uso"),
    strong("límite de mensajes"),
    strong("limite de uso"),
    strong("limite de mensagens"),
    strong("nachrichtenlimit"),
    strong("limite de messages"),
    strong("limite d'utilisation"),
    strong("лимит использования"),
    strong("メッセージの上限"),
    strong("使用量の上限"),
    strong("메시지 한도"),
    strong("사용량 한도"),
    strong("消息上限"),
    strong("使用次数已达"),
    strong("kullanım sınır"),
    strong("mesaj sınır"),
    strong("batas pesan"),
    strong("limit wiadomości"),
    strong("limit użycia"),
    strong("gebruikslimiet"),
    strong("berichtenlimiet"),
    strong("you've hit your * limit"),
    strong("you have hit your * limit"),
    strong("hit the * limit for"),
    strong("no messages left"),
    strong("free messages"),
    strong("daily message limit"),
    strong("daily limit reached"),
    strong("reached your daily limit"),
    strong("monthly limit reached"),
    strong("used all your free"),
    strong("used all of your free"),
    strong("keep chatting"),
    strong("free questions"),
    strong("free prompts"),
    strong("free uses"),
    strong("trial limit"),
    hint("上限に達しました"),
    strong("利用制限を超え"),
    strong("사용 한도를 초과"),
    hint("usage limit"),
    hint("limit reached"),
    hint("usage"),
    hint("daily"),
    hint("weekly"),
    hint("monthly"),
    hint("quota reset"),
    hint("上限"),
    hint("每日"),
    hint("每天"),
    hint("用量"),
    hint("limit erreicht"),
    hint("limite atteinte"),
    hint("límite alcanzado"),
    hint("limite atingido"),
    hint("limite raggiunto"),
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
        scores.add(Cause::RateLimited, weight::USUAL, Evidence::Wait { ms });
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::{Cause, Failure, classify};

    #[test]
    fn daily_and_weekly_caps() {
        check(
            Cause::UsageCapReached,
            &[
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
            ],
        );
    }

    #[test]
    fn web_plans_name_the_reset_time() {
        check(
            Cause::UsageCapReached,
            &[
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
            ],
        );
    }

    #[test]
    fn hours_are_a_cap() {
        check(
            Cause::UsageCapReached,
            &[
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
            ],
        );
    }

    #[test]
    fn absurd_wait_is_no_window() {
        let headers = [("retry-after".to_owned(), "99999999999".to_owned())].into_iter().collect();
        let failure = Failure { status: Some(429), headers, ..Failure::default() };
        assert_eq!(classify(&failure).cause, Cause::RateLimited);
    }

    #[test]
    fn milliseconds_are_a_rate_limit() {
        check(
            Cause::RateLimited,
            &[("other", 0, "Limit reached for this model. Please try again in 620ms.")],
        );
    }
}
