//! From the scores to the diagnosis: the likeliest cause, when to try again, what to press, whom to quote.

use super::{ParsedFailure, Scores, talk, transport};
use crate::{
    Action, ActionKind, Cause, Diagnosis, Evidence, Retry, When,
    causes::{self, CauseRule},
};

/// How many runners-up are told.
const ALSO: usize = 3;
/// A smaller share than this is no runner-up.
const WORTH_TELLING: f64 = 0.02;

/// The diagnosis that the scores support.
pub(crate) fn reach(parsed: &ParsedFailure, scores: Scores) -> Diagnosis {
    let mut shares = scores.shares();
    for share in &mut shares {
        share.confidence = whole_steps(share.confidence);
    }
    let mut best = shares.remove(0);
    if scores.rests_on_sentences(best.cause) {
        best.confidence = whole_steps(guarded(best.confidence));
    }
    if talk::only_mentions(parsed, &scores, best.cause) {
        best.confidence = best.confidence.min(talk::MENTIONED);
    }
    shares.retain(|share| share.confidence >= WORTH_TELLING && share.cause != Cause::Unknown);
    for share in &mut shares {
        // What holds back the first holds back the others.
        share.confidence = share.confidence.min(best.confidence);
    }
    shares.truncate(ALSO);
    let rule = causes::rule(best.cause);
    let wait = parsed.wait;
    let opens_at_ms = wait.opens_at_ms.filter(|_| tells_when(best.cause));
    let when = when(rule, parsed, &scores);
    let mut evidence = scores.evidence_for(best.cause);
    evidence.retain(|finding| !matches!(finding, Evidence::Wait { .. }));
    evidence.extend(wait.retry_after_ms.map(|ms| Evidence::Wait { ms }));
    evidence.extend(opens_at_ms.map(|at_ms| Evidence::Reset { at_ms }));
    Diagnosis {
        cause: best.cause,
        confidence: best.confidence,
        retry: Retry { when, after_ms: wait.retry_after_ms },
        evidence,
        also: shares,
        provider: parsed.provider,
        host: parsed.host.map(str::to_owned),
        request_id: request_id(parsed),
        opens_at_ms,
        actions: actions(rule, parsed),
    }
}

/// Rounds down to steps that survive being written and read, and that never add up to more than one.
fn whole_steps(share: f64) -> f64 {
    (share * 1e4).floor() / 1e4
}

/// The confidence of a diagnosis that rests on understood sentences alone, held back so that "sure" (0.8) is right in at
/// least 97 % of messages from projects that the strengths of the rules were not fitted with: the table is in
/// `tests/bench/RESULTS.md`.
fn guarded(share: f64) -> f64 {
    const SURE: f64 = 0.8;
    const NEEDED: f64 = 0.965;
    const MOST: f64 = 0.98;
    if share < NEEDED {
        share / NEEDED * SURE
    } else {
        SURE + (share - NEEDED) / (1.0 - NEEDED) * (MOST - SURE)
    }
}

/// Whether this cause ends at a time worth telling.
const fn tells_when(cause: Cause) -> bool {
    matches!(cause, Cause::UsageCapReached | Cause::QuotaExhausted | Cause::RateLimited)
}

/// The rule's verdict, turned by a service that says whether trying again is of use.
fn when(rule: &CauseRule, parsed: &ParsedFailure, scores: &Scores) -> When {
    let told = parsed.failure.header("x-should-retry");
    let stops = told == Some("false")
        || parsed.scan.value("retryable") == Some("false")
        || parsed.wait.no_quota;
    let verdict = match rule.retry {
        When::AfterFix if told == Some("true") && may_pass(rule.cause, scores) => When::Backoff,
        verdict => verdict,
    };
    match verdict {
        When::Now | When::Backoff if stops => When::AfterFix,
        When::Backoff if parsed.wait.retry_after_ms.is_some() => When::After,
        When::Backoff if transport::is_unsent(parsed.failure) => When::Now,
        verdict => verdict,
    }
}

/// Whether a service's `x-should-retry: true` makes it worth trying again: where the answer says no more than its status, or
/// cannot be read. It lifts no quota, no refusal of content, no bad key and no request that is too long, told by words or by
/// the status alone: the same ask would meet the same answer.
fn may_pass(cause: Cause, scores: &Scores) -> bool {
    use Cause::*;
    match cause {
        UnexpectedReply | Unknown => true,
        InvalidRequest | EndpointNotFound | ModelNotFound | AccessDenied => {
            scores.gives_no_reason(cause)
        }
        _ => false,
    }
}

/// Answered in the open, so that a network can put its sign-in page in its place; what Chrome itself asks for that.
const OPEN_PAGE: &str = "http://www.gstatic.com/generate_204";

/// The rule's actions, less those that need a page nobody knows or an address that the key may not go to.
fn actions(rule: &CauseRule, parsed: &ParsedFailure) -> Vec<Action> {
    rule.actions
        .iter()
        .filter_map(|&kind| {
            if kind == ActionKind::UseAddress {
                return Some(Action { kind, url: Some(transport::same_site(parsed.failure)?) });
            }
            if kind == ActionKind::OpenPortal {
                return Some(Action { kind, url: Some(OPEN_PAGE.into()) });
            }
            if !opens_page(kind) {
                return Some(Action { kind, url: None });
            }
            let url = parsed.provider?.link(kind)?.to_owned();
            Some(Action { kind, url: Some(url) })
        })
        .collect()
}

const fn opens_page(kind: ActionKind) -> bool {
    matches!(
        kind,
        ActionKind::OpenLogin
            | ActionKind::OpenSite
            | ActionKind::OpenKeys
            | ActionKind::OpenBilling
            | ActionKind::OpenLimits
            | ActionKind::OpenStatus
            | ActionKind::OpenSupport
            | ActionKind::OpenGuide
    )
}

/// The id under which the service's support finds this call.
fn request_id(parsed: &ParsedFailure) -> Option<String> {
    const HEADERS: [&str; 7] = [
        "x-request-id",
        "request-id",
        "apim-request-id",
        "x-amzn-requestid",
        "x-amz-request-id",
        "mistral-correlation-id",
        "x-ds-trace-id",
    ];
    let headers = HEADERS.iter().map(|name| parsed.failure.header(name));
    let body = std::iter::once_with(|| parsed.scan.value("requestid"));
    let ray = std::iter::once_with(|| parsed.failure.header("cf-ray"));
    let told = headers.chain(body).chain(ray).flatten().map(str::trim);
    told.into_iter().find(|id| is_request_id(id)).map(str::to_owned)
}

/// Whether a text has the shape of an id that a service made, and can hold neither an address nor words: at most 64 letters,
/// digits, `-` and `_`, a digit among them, and behind the first `-` or `_` no part of more than three letters that are not
/// hexadecimal digits.
#[must_use]
pub fn is_request_id(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let word = |part: &str| {
        part.len() > 3
            && part.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    text.len() <= 64
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && parts.next().is_some_and(plain)
        && parts.all(|part| plain(part) && !word(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Failure, classify};

    fn failure(status: u16, headers: &[(&str, &str)], body: &str) -> Failure {
        Failure {
            provider: Some("openai".into()),
            status: Some(status),
            headers: headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            body: Some(body.to_owned()),
            ..Failure::default()
        }
    }

    #[test]
    fn service_may_forbid_a_retry() {
        assert_eq!(classify(&failure(500, &[], "{}")).retry.when, When::Backoff);
        let stopped = failure(500, &[("x-should-retry", "false")], "{}");
        assert_eq!(classify(&stopped).retry.when, When::AfterFix);
    }

    #[test]
    fn service_may_ask_for_a_retry() {
        let again = [("x-should-retry", "true")];
        for status in [200, 400, 403, 404, 409, 418, 500] {
            assert_eq!(
                classify(&failure(status, &again, "")).retry.when,
                When::Backoff,
                "{status}"
            );
            assert_ne!(classify(&failure(400, &[], "")).retry.when, When::Backoff);
        }
        let general = failure(400, &again, r#"{"error":{"type":"invalid_request_error"}}"#);
        assert_eq!(classify(&general).retry.when, When::Backoff);
        let named = failure(404, &again, r#"{"error":{"message":"Not Found"}}"#);
        assert_eq!(classify(&named).retry.when, When::Backoff);
        let waits = failure(400, &[("x-should-retry", "true"), ("retry-after", "3")], "");
        assert_eq!(classify(&waits).retry.when, When::After);
    }

    #[test]
    fn refusals_are_never_lifted() {
        let again = [("x-should-retry", "true"), ("retry-after", "3")];
        for (status, body) in [
            (401, ""),
            (402, ""),
            (413, ""),
            (451, ""),
            (401, r#"{"error":{"code":"invalid_api_key"}}"#),
            (429, r#"{"error":{"code":"insufficient_quota"}}"#),
            (400, r#"{"error":{"code":"content_filter"}}"#),
            (400, r#"{"error":{"code":"context_length_exceeded"}}"#),
            (400, r#"{"error":{"message":"Invalid value for 'temperature'"}}"#),
            (404, r#"{"error":{"code":"model_not_found"}}"#),
            (403, r#"{"error":{"message":"This key is not allowed here"}}"#),
        ] {
            let diagnosis = classify(&failure(status, &again, body));
            assert!(!diagnosis.retry.is_automatic(), "{status} {body} {:?}", diagnosis.cause);
        }
    }

    #[test]
    fn first_cause_is_the_likeliest() {
        for text in
            ["Requested model not valid", "403 limit Key exceeded", "HTTP 503 means trouble"]
        {
            let found = classify(&Failure::from_message(text));
            let also = found.also.iter().all(|other| other.confidence <= found.confidence);
            assert!(also, "{text}: {} {:?}", found.confidence, found.also);
        }
    }

    #[test]
    fn request_id_from_headers_or_body() {
        let id = |failure: &Failure| classify(failure).request_id;
        assert_eq!(
            id(&failure(500, &[("x-request-id", "req_1"), ("cf-ray", "8e-SJC")], "")).as_deref(),
            Some("req_1")
        );
        assert_eq!(
            id(&failure(500, &[("cf-ray", "8e-SJC")], r#"{"request_id":"req_2"}"#)).as_deref(),
            Some("req_2")
        );
        assert_eq!(id(&failure(500, &[], "")), None);
        let hostile = [("x-request-id", "visit-evil.example/pay"), ("cf-ray", "8e-SJC")];
        assert_eq!(id(&failure(500, &hostile, "")).as_deref(), Some("8e-SJC"));
    }

    #[test]
    fn only_real_ids_are_reported() {
        for id in [
            "req_011CSHoEeqs5C35K2UUqR7Fy",
            "req_4f1c0a2be6b04c6d9a1c1f0e7d2c9b10",
            "0198c0de-aaaa-7bbb-8ccc-0123456789ab",
            "A7A1B2C3-D4E5-4F60-8A9B-0C1D2E3F4A5B",
            "chatcmpl-9x8y7z6w",
            "gen-1735000000-Ab3dEf",
            "8f0c1d2e3a4b5c6d-FRA",
            "021752",
        ] {
            assert!(is_request_id(id), "{id}");
        }
        for text in [
            "visit-evil.example/pay",
            "https://evil.example/1",
            "evil.example1",
            "call-0800-123456-today",
            "send-1-coin-to-evil",
            "your account 1",
            "pay:1",
            "request",
            "",
            "１２３",
            &"1".repeat(65),
        ] {
            assert!(!is_request_id(text), "{text}");
        }
    }

    #[test]
    fn action_without_page_is_left_out() {
        let known = classify(&failure(429, &[], r#"{"error":{"code":"insufficient_quota"}}"#));
        assert_eq!(known.actions[0].kind, ActionKind::OpenBilling);
        assert!(known.actions[0].url.as_deref().is_some_and(|url| url.starts_with("https://")));
        let unknown = classify(&Failure::from_message("insufficient_quota"));
        assert!(unknown.actions.iter().all(|action| !opens_page(action.kind)));
        assert_eq!(unknown.actions.last().map(|action| action.kind), Some(ActionKind::CopyReport));
    }
}
