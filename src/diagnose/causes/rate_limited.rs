//! Too many requests or tokens in a short window. It passes by itself after the wait that the service names, or a short one;
//! asking sooner only makes it longer.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf, strong, usual, usual_code, vague};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{
        EXCEEDED, LIMIT, MESSAGE, MINUTE, RATE, REACHED, REQUEST, TOKEN, TOO_LONG, TOO_MANY,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::RateLimited,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::OpenLimits,
        ActionKind::CopyReport,
    ],
    score: Some(only_a_minute),
};

pub(super) const PATTERNS: &[Pattern] = &[
    usual_code("rate_limit_exceeded"),
    code("rate_limit_reached_error"),
    code("rate_limited"),
    usual_code("ratelimitreached"),
    code("ratelimitexceeded"),
    code("ratelimiterror"),
    code("throttlingexception"),
    usual_code("throttling"),
    code("throttling.ratequota"),
    code("throttling.user"),
    usual_code("too_many_requests"),
    code("toomanyrequestsexception"),
    code("requests_rate_limit_exceeded"),
    code("slow_down"),
    code("in_flight_budget_exhausted"),
    code("free-models-per-min"),
    usual_code("rate_limit_error"),
    leaf("rate_limit"),
    code("requestburstycontrol"),
    vague("resource_exhausted"),
    vague("throttling_error"),
    usual("rate limit"),
    usual("rate-limit"),
    strong("too many tokens, please wait"),
    usual("per minute"),
    strong("userbymodelbyminute"),
    usual("throttled"),
    usual("resource has been exhausted"),
    usual("resource exhausted"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[RATE, EXCEEDED | LIMIT]),
    all(&[MESSAGE | REQUEST, TOO_MANY]).unless(TOKEN),
    all(&[TOO_MANY]).usual(),
    all(&[TOKEN, EXCEEDED | LIMIT | TOO_MANY, MINUTE | RATE]),
    all(&[REQUEST, LIMIT, EXCEEDED | REACHED]),
    all(&[REQUEST, LIMIT]).fair(),
    all(&[LIMIT, MINUTE]),
    all(&[LIMIT, EXCEEDED]).fair(),
    all(&[RATE, LIMIT, REACHED]),
    all(&[RATE, TOO_LONG | TOO_MANY]),
];

/// Gemini sends its words on plan and billing for the limit of a minute too: a delay of seconds, or a quota of the
/// minute, outweighs them.
fn only_a_minute(parsed: &ParsedFailure, scores: &mut Scores) {
    const LONG: u64 = 120;
    if !parsed.is(&[402, 429])
        || parsed.has_no_quota()
        || parsed.says("perday")
        || parsed.says("per_day")
    {
        return;
    }
    let delay = parsed.scan.value("retrydelay");
    let milliseconds = delay.is_some_and(|delay| delay.ends_with("ms"));
    let seconds = match delay {
        Some(_) if milliseconds => Some(0),
        Some(_) => parsed.number("retrydelay"),
        None => parsed.number_after("please retry in "),
    };
    let in_flight = parsed.says("in_flight_budget_exhausted");
    let short = seconds.filter(|&seconds| seconds <= LONG);
    if in_flight || (parsed.is(&[429]) && (short.is_some() || parsed.says("perminute"))) {
        if let Some(seconds) = short {
            let evidence = Evidence::Wait { ms: seconds.saturating_mul(1000) };
            scores.add(Cause::RateLimited, weight::STRONG + weight::FAIR, evidence);
        }
        scores.against(Cause::QuotaExhausted, weight::STRONG);
    }
}

examples! {
    a_short_window_passes: RateLimited [
        (
                    "openai",
                    429,
                    r#"{"error":{"message":"Rate limit reached for gpt-4.1 in organization org-A on tokens per min (TPM): Limit 30000, Used 29119, Requested 968. Please try again in 174ms.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#,
                ),
                (
                    "bedrock",
                    429,
                    r#"{"message":"Too many tokens, please wait before trying again."}"#,
                ),
                (
                    "together",
                    429,
                    r#"{"error":{"message":"You have reached the rate limit of 60 queries per minute.","type":"credit_limit","param":null,"code":null}}"#,
                ),
    ]
    /// Gemini words a limit per minute as a quota.
    gemini_words_minutes_as_quota: RateLimited [
        (
                    "gemini",
                    429,
                    r#"{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]},{"retryDelay":"26s"}]}}"#,
                ),
                (
                    "gemini",
                    429,
                    r#"{"error":{"code":429,"message":"Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_requests, limit: 0.5\nPlease retry in 59s.","status":"RESOURCE_EXHAUSTED"}}"#,
                ),
    ]
    in_flight_money_comes_back: RateLimited [
        (
                "openrouter",
                402,
                r#"{"error":{"code":402,"message":"In-flight budget exhausted","metadata":{"code":"in_flight_budget_exhausted"}}}"#,
            )
    ]
    any_language_knows_too_fast: RateLimited [
        ("openai", 0, "Rate-Limit erreicht"),
                ("openai", 0, "Hız sınırı aşıldı"),
                ("openai", 429, "提问太快啦，请休息一下再问我吧"),
    ]
}
