//! From the board to the diagnosis: the likeliest cause, when to try again, what to press, whom to quote.

use super::{Board, Reading, clip, transport, waits};
use crate::{
    Action, ActionKind, Cause, Diagnosis, Evidence, Retry, When,
    causes::{self, Room},
};

/// How many runners-up are told.
const ALSO: usize = 3;
/// A smaller share than this is no runner-up.
const WORTH_TELLING: f64 = 0.02;

/// The diagnosis that the board supports.
pub(crate) fn reach(reading: &Reading, board: Board) -> Diagnosis {
    let mut shares = board.shares();
    for share in &mut shares {
        share.confidence = whole_steps(share.confidence);
    }
    let best = shares.remove(0);
    shares.retain(|share| share.confidence >= WORTH_TELLING && share.cause != Cause::Unknown);
    shares.truncate(ALSO);
    let room = causes::room(best.cause);
    let wait = waits::read(reading.failure, reading.scan.pairs(), &reading.scan);
    let opens_at_ms = wait.opens_at_ms.filter(|_| tells_when(best.cause));
    let mut evidence = board.evidence_for(best.cause);
    evidence.retain(|finding| !matches!(finding, Evidence::Wait { .. }));
    evidence.extend(wait.retry_after_ms.map(|ms| Evidence::Wait { ms }));
    evidence.extend(opens_at_ms.map(|at_ms| Evidence::Reset { at_ms }));
    Diagnosis {
        cause: best.cause,
        confidence: best.confidence,
        retry: Retry { when: when(room, reading, wait), after_ms: wait.retry_after_ms },
        evidence,
        also: shares,
        provider: reading.provider,
        host: reading.host.map(str::to_owned),
        request_id: request_id(reading),
        opens_at_ms,
        actions: actions(room, reading),
    }
}

/// Rounds down to steps that survive being written and read, and that never add up to more than one.
fn whole_steps(share: f64) -> f64 {
    (share * 1e4).floor() / 1e4
}

/// Whether this cause ends at a time worth telling.
const fn tells_when(cause: Cause) -> bool {
    matches!(cause, Cause::UsageCapReached | Cause::QuotaExhausted | Cause::RateLimited)
}

/// The room's verdict, stopped by a service that says that trying again is of no use. A service's encouragement
/// never lifts a quota, a refusal or a request that is too long.
fn when(room: &Room, reading: &Reading, wait: waits::Wait) -> When {
    let stops = reading.failure.header("x-should-retry") == Some("false")
        || reading.scan.value("retryable") == Some("false")
        || wait.no_quota;
    match room.retry {
        When::Now | When::Backoff if stops => When::AfterFix,
        When::Backoff if wait.retry_after_ms.is_some() => When::After,
        When::Backoff if transport::is_unsent(reading.failure) => When::Now,
        verdict => verdict,
    }
}

/// The room's actions, less those that need a page nobody knows or an address that the key may not go to.
fn actions(room: &Room, reading: &Reading) -> Vec<Action> {
    room.actions
        .iter()
        .filter_map(|&kind| {
            if kind == ActionKind::UseAddress {
                return Some(Action { kind, url: Some(transport::same_site(reading.failure)?) });
            }
            if !opens_page(kind) {
                return Some(Action { kind, url: None });
            }
            let url = reading.provider?.link(kind)?.to_owned();
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
fn request_id(reading: &Reading) -> Option<String> {
    const HEADERS: [&str; 7] = [
        "x-request-id",
        "request-id",
        "apim-request-id",
        "x-amzn-requestid",
        "x-amz-request-id",
        "mistral-correlation-id",
        "x-ds-trace-id",
    ];
    HEADERS
        .iter()
        .find_map(|name| reading.failure.header(name))
        .or_else(|| reading.scan.value("requestid"))
        .or_else(|| reading.failure.header("cf-ray"))
        .map(str::trim)
        .filter(|id| !id.is_empty() && !id.contains(char::is_whitespace))
        .map(clip)
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
    fn a_service_can_stop_a_retry_but_not_start_one() {
        assert_eq!(classify(&failure(500, &[], "{}")).retry.when, When::Backoff);
        let stopped = failure(500, &[("x-should-retry", "false")], "{}");
        assert_eq!(classify(&stopped).retry.when, When::AfterFix);
        let quota = failure(
            429,
            &[("x-should-retry", "true"), ("retry-after", "3")],
            r#"{"error":{"code":"insufficient_quota"}}"#,
        );
        assert!(!classify(&quota).retry.is_automatic());
    }

    #[test]
    fn the_request_id_comes_from_headers_or_body() {
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
    }

    #[test]
    fn an_action_without_its_page_is_left_out() {
        let known = classify(&failure(429, &[], r#"{"error":{"code":"insufficient_quota"}}"#));
        assert_eq!(known.actions[0].kind, ActionKind::OpenBilling);
        assert!(known.actions[0].url.as_deref().is_some_and(|url| url.starts_with("https://")));
        let unknown = classify(&Failure::from_message("insufficient_quota"));
        assert!(unknown.actions.iter().all(|action| !opens_page(action.kind)));
        assert_eq!(unknown.actions.last().map(|action| action.kind), Some(ActionKind::CopyReport));
    }
}
