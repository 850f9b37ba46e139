//! Too many requests or tokens in a short window. It passes by itself after the wait that the service names, or a short one;
//! asking sooner only makes it longer.

use super::{
    CauseRule, Pattern, code, fair, hint, leaf, strong, sure, usual, usual_code, vague, weak,
};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
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
    strong("超過限制次數"),
    strong("超过限制次数"),
    strong("限制次數"),
    strong("限制次数"),
    strong("요청 비율 제한"),
    strong("request is too frequent"),
    strong("your request is too frequent"),
    strong("rate-limit erreicht"),
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
    usual("ratelimit"),
    usual("too many requests"),
    usual("too many messages"),
    strong("too many tokens, please wait"),
    strong("many requests in a short"),
    usual("sending too many"),
    strong("sending messages too"),
    strong("requests too quickly"),
    strong("request too frequent"),
    strong("requests too frequent"),
    strong("too frequently"),
    usual("too fast"),
    strong("slow down"),
    strong("tokens per min"),
    strong("requests per min"),
    strong("queries per minute"),
    usual("requests per minute"),
    usual("tokens per minute"),
    usual("per-minute"),
    usual("per minute"),
    sure("perminute"),
    strong("tpm limit"),
    strong("rpm limit"),
    strong("limit_rpm"),
    strong("userbyminute"),
    strong("userbymodelbyminute"),
    strong("token rate limit"),
    strong("call rate limit"),
    strong("concurrency limit"),
    strong("concurrent request"),
    strong("concurrent connections"),
    usual("throttled"),
    usual("resource has been exhausted"),
    usual("resource exhausted"),
    usual("request limit exceeded"),
    strong("request was throttled"),
    strong("acceleration limit"),
    strong("request rate increased too quickly"),
    strong("reached the rate limits"),
    strong("reduce your request rate"),
    usual("try again in * seconds"),
    weak("please wait"),
    fair("have exhausted your capacity on this model. your quota will reset after"),
    fair("quota exceeded for metric"),
    strong("请求过于频繁"),
    strong("请求太频繁"),
    strong("请求频繁"),
    strong("请求次数过多"),
    strong("请求过多"),
    strong("请求太多"),
    strong("過於頻繁"),
    strong("过于频繁"),
    strong("频率过高"),
    strong("频率限制"),
    strong("频率超"),
    usual("频繁"),
    strong("速率限制"),
    strong("速率受限"),
    strong("限流"),
    strong("太快"),
    strong("并发"),
    strong("並發"),
    strong("达到默认总请求数限制"),
    strong("総請求数"),
    strong("请稍后再试或降低"),
    strong("レート制限"),
    strong("レートリミット"),
    strong("リクエストが多すぎ"),
    strong("요청이 너무 많"),
    strong("요청 한도"),
    strong("요청 속도"),
    strong("속도 제한"),
    strong("비율 제한"),
    strong("ratenlimit"),
    strong("ratenbegrenzung"),
    strong("zu viele anfragen"),
    strong("anfragelimit"),
    strong("limite de taux"),
    strong("limite de débit"),
    strong("limite de requêtes"),
    strong("trop de requêtes"),
    strong("trop de demandes"),
    strong("límite de velocidad"),
    strong("límite de tasa"),
    strong("límite de solicitudes"),
    strong("límite de peticiones"),
    strong("límite de frecuencia"),
    strong("demasiadas solicitudes"),
    strong("demasiadas peticiones"),
    strong("limite de taxa"),
    strong("limite de solicitações"),
    strong("limite de requisições"),
    strong("limite de velocidade"),
    strong("muitas solicitações"),
    strong("muitas requisições"),
    strong("limite di frequenza"),
    strong("limite di velocità"),
    strong("limite di richieste"),
    strong("limite di utilizzo"),
    strong("troppe richieste"),
    strong("лимит запросов"),
    strong("лимита запросов"),
    strong("ограничение скорости"),
    strong("ограничение частоты"),
    strong("ограничения скорости"),
    strong("превышен лимит"),
    strong("слишком много запросов"),
    strong("limit zapytań"),
    strong("zbyt wiele żądań"),
    strong("zbyt wiele zapytań"),
    strong("hız sınırı"),
    strong("hız limiti"),
    strong("oran sınırı"),
    strong("istek sınırı"),
    strong("çok fazla istek"),
    strong("batas penggunaan"),
    strong("batas laju"),
    strong("batas kecepatan"),
    strong("batas tingkat"),
    strong("terlalu banyak permintaan"),
    strong("sebességkorlát"),
    strong("túl sok kérés"),
    strong("för många förfrågningar"),
    strong("te veel verzoeken"),
    strong("příliš mnoho požadavků"),
    strong("quá nhiều yêu cầu"),
    strong("速率超过"),
    strong("请求速率"),
    strong("频率受限"),
    strong("超过速率"),
    strong("слишком часто"),
    strong("превышен лимит запросов"),
    strong("リクエスト数*超"),
    strong("操作频繁"),
    strong("操作过于频繁"),
    strong("访问频繁"),
    strong("頻率過高"),
    strong("頻率過快"),
    strong("請求過於頻繁"),
    strong("频率超限"),
    strong("requests too frequently"),
    strong("permintaan terlalu banyak"),
    strong("fazla istek"),
    hint("too many"),
    hint("throttl"),
    hint("frequency"),
    hint("请求次数"),
    hint("リクエスト数"),
    hint("много запросов"),
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

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_short_window_passes() {
        check(
            Cause::RateLimited,
            &[
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
            ],
        );
    }

    /// Gemini words a limit per minute as a quota.
    #[test]
    fn gemini_words_minutes_as_quota() {
        check(
            Cause::RateLimited,
            &[
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
            ],
        );
    }

    #[test]
    fn in_flight_money_comes_back() {
        check(
            Cause::RateLimited,
            &[(
                "openrouter",
                402,
                r#"{"error":{"code":402,"message":"In-flight budget exhausted","metadata":{"code":"in_flight_budget_exhausted"}}}"#,
            )],
        );
    }

    #[test]
    fn any_language_knows_too_fast() {
        check(
            Cause::RateLimited,
            &[
                ("openai", 0, "Rate-Limit erreicht"),
                ("openai", 0, "Hız sınırı aşıldı"),
                ("openai", 429, "提问太快啦，请休息一下再问我吧"),
            ],
        );
    }
}
