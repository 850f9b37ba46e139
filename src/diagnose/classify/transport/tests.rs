//! The traps of the transport, each as a row.

use super::*;
use crate::failure::Received;
use crate::failure::Stage;

fn shares(failure: &Failure) -> Vec<crate::Alternative> {
    let mut scores = Scores::new();
    score(failure, &mut scores);
    scores.shares()
}

#[track_caller]
pub(super) fn assert_cause(failure: &Failure, cause: Cause, at_least: f64) {
    let shares = shares(failure);
    assert_eq!(shares[0].cause, cause, "{shares:?} for {failure:?}");
    assert!(shares[0].confidence >= at_least, "{shares:?} for {failure:?}");
}

#[track_caller]
pub(super) fn assert_unsure(failure: &Failure, cause: Cause, or: Cause) {
    let shares = shares(failure);
    assert_eq!((shares[0].cause, shares[1].cause), (cause, or), "{shares:?} for {failure:?}");
    assert!((0.4..0.9).contains(&shares[0].confidence), "{shares:?} for {failure:?}");
}

pub(super) fn said(message: &str) -> Failure {
    Failure::from_message(message)
}

pub(super) fn raised(name: &str) -> Failure {
    Failure { net_error: Some(format!("net::{name}")), ..Failure::default() }
}

pub(super) fn walked(trail: &[&str]) -> Failure {
    Failure {
        trail: Some(trail.iter().map(|&event| event.into()).collect()),
        url: Some("https://api.openai.com/v1/chat".into()),
        message: Some("Failed to fetch".into()),
        context: Some(Context::Page),
        ..Failure::default()
    }
}

pub(super) const B: &str = "before_request";
pub(super) const R: &str = "before_redirect";
pub(super) const H: &str = "headers_received";
pub(super) const S: &str = "response_started";
pub(super) const C: &str = "completed";
pub(super) const E: &str = "error";

/// The sentence that all network failures share tells nothing more than that.
#[test]
fn bare_fetch_failure_stays_network_unknown() {
    for message in [
        "Failed to fetch",
        "TypeError: Failed to fetch",
        "Uncaught (in promise) TypeError: Failed to fetch",
        "TypeError: Failed to fetch (api.openai.com)",
        "TypeError: Failed to fetch\n    at ask (chrome-extension://abc/worker.js:3:9)",
        "Failed to fetch (https://www.bing.com/turing/conversation/create)",
        "Load failed",
        "TypeError: Load failed",
        "NetworkError when attempting to fetch resource.",
        "network error",
        "TypeError: fetch failed",
        "TypeError: Network request failed",
        " A network error occurred.",
        "Error: Failed to fetch",
    ] {
        assert_cause(&said(message), Cause::NetworkUnknown, 0.9);
    }
}

/// The same words inside a program's own sentence say nothing.
#[test]
fn fetch_words_in_prose_say_nothing() {
    for message in [
        "Failed to fetch user: 500",
        "Failed to fetch dynamically imported module",
        "Failed to load resource: network error handling is off",
        "Failed to fetch (3 attempts)",
        "Load failed because the sky fell",
        "",
    ] {
        assert_cause(&said(message), Cause::Unknown, 0.99);
    }
}

#[test]
fn who_cancelled_comes_before_everything_else() {
    let aborted = Failure { aborted: Some(true), ..raised("ERR_CONNECTION_RESET") };
    assert_cause(&aborted, Cause::RequestCancelled, 0.99);
    for message in [
        "AbortError: signal is aborted without reason",
        "AbortError: The operation was aborted. ",
        "This operation was aborted",
        "AbortError: BodyStreamBuffer was aborted",
        "Fetch is aborted",
    ] {
        assert_cause(&said(message), Cause::RequestCancelled, 0.9);
    }
    let reason = Failure { aborted: Some(true), ..said("Error: our deadline passed") };
    assert_cause(&reason, Cause::Timeout, 0.9);
}

#[test]
fn caller_mistakes_never_reach_the_network() {
    for (message, cause) in [
        (
            "TypeError: Failed to execute 'fetch' on 'Window': Failed to parse URL from http//x",
            Cause::BadAddress,
        ),
        (
            "Failed to execute 'fetch' on 'WorkerGlobalScope': Request cannot be constructed from a URL that includes credentials: http://a:b@x",
            Cause::BadAddress,
        ),
        (
            "Failed to execute 'fetch' on 'Window': 'TRACE' HTTP method is unsupported.",
            Cause::InvalidRequest,
        ),
        (
            "Failed to execute 'fetch' on 'Window': Request with GET/HEAD method cannot have body.",
            Cause::InvalidRequest,
        ),
        ("Failed to execute 'text' on 'Response': body stream already read", Cause::InvalidRequest),
        ("TypeError: Window.fetch: http//x is not a valid URL.", Cause::BadAddress),
        ("TypeError: Failed to parse URL from /v1", Cause::BadAddress),
    ] {
        assert_cause(&said(message), cause, 0.99);
    }
}

/// A service that speaks of an invalid address does not accuse the caller.
#[test]
fn service_words_are_no_caller_mistake() {
    for message in [
        "Invalid value: 'cat.png' is not a valid URL.",
        "Failed to fetch: Invalid URL",
        "Failed to generate the answer: Invalid URL (POST /v1/chat)",
    ] {
        assert_cause(&said(message), Cause::Unknown, 0.99);
    }
    let answered = Failure { status: Some(400), ..said("Failed to parse URL from cat.png") };
    assert_cause(&answered, Cause::Unknown, 0.99);
}

#[test]
fn timeout_differs_by_what_arrived() {
    let late = |chars, ended| Failure {
        error_name: Some("TimeoutError".into()),
        stage: Some(Stage::Stream),
        stream: Some(Received { chars, ended }),
        elapsed_ms: Some(60_000),
        ..said("signal timed out")
    };
    assert_cause(&late(0, false), Cause::Timeout, 0.9);
    assert_cause(&late(120, false), Cause::StreamInterrupted, 0.9);
    assert_cause(&said("TimeoutError: signal timed out"), Cause::Timeout, 0.9);
    let before_headers = Failure { error_name: Some("TimeoutError".into()), ..walked(&[B, E]) };
    assert_cause(&before_headers, Cause::Timeout, 0.9);
    let offline = Failure { online: Some(false), ..said("TimeoutError: signal timed out") };
    assert_cause(&offline, Cause::Offline, 0.9);
    let mut scores = Scores::new();
    score(&late(0, false), &mut scores);
    assert!(scores.evidence_for(Cause::Timeout).contains(&Evidence::Elapsed { ms: 60_000 }));
}

/// Being offline explains neither a refusal nor a failing local server.
#[test]
fn offline_explains_only_its_symptoms() {
    let offline = |name| Failure { online: Some(false), ..raised(name) };
    for name in
        ["ERR_INTERNET_DISCONNECTED", "ERR_NAME_NOT_RESOLVED", "ERR_FAILED", "ERR_NETWORK_CHANGED"]
    {
        assert_cause(&offline(name), Cause::Offline, 0.85);
    }
    assert_cause(&offline("ERR_CONNECTION_REFUSED"), Cause::ConnectionRefused, 0.9);
    for host in ["http://localhost:11434/api", "http://127.0.0.1:8080", "http://[::1]/"] {
        let local =
            Failure { url: Some(host.into()), online: Some(false), ..said("Failed to fetch") };
        assert_cause(&local, Cause::NetworkUnknown, 0.9);
    }
    let true_proves_nothing = Failure { online: Some(true), ..said("Failed to fetch") };
    assert_cause(&true_proves_nothing, Cause::NetworkUnknown, 0.9);
}

#[test]
fn error_after_start_interrupts_the_stream() {
    for name in ["ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_HTTP2_PROTOCOL_ERROR"] {
        let cut = Failure { net_error: Some(format!("net::{name}")), ..walked(&[B, H, S, E]) };
        assert_cause(&cut, Cause::StreamInterrupted, 0.9);
    }
    assert_cause(&raised("ERR_HTTP2_PROTOCOL_ERROR"), Cause::ProtocolError, 0.99);
    assert_cause(&raised("ERR_EMPTY_RESPONSE"), Cause::ConnectionLost, 0.99);
    let chunk = Failure {
        net_error: Some("net::ERR_INVALID_CHUNKED_ENCODING".into()),
        ..walked(&[B, H, S, E])
    };
    assert_cause(&chunk, Cause::ProtocolError, 0.99);
    let logged =
        Failure { status: Some(200), ..said("net::ERR_INCOMPLETE_CHUNKED_ENCODING 200 (OK)") };
    assert_cause(&logged, Cause::StreamInterrupted, 0.9);
    let read = Failure { stage: Some(Stage::Stream), ..said("TypeError: network error") };
    assert_cause(&read, Cause::StreamInterrupted, 0.9);
    let silent = Failure {
        status: Some(200),
        stage: Some(Stage::Stream),
        stream: Some(Received { chars: 12, ended: false }),
        ..Failure::default()
    };
    assert_cause(&silent, Cause::StreamInterrupted, 0.9);
}

/// Another extension hardly ever blocks a call of an extension.
#[test]
fn own_call_is_rarely_blocked() {
    assert_cause(&raised("ERR_BLOCKED_BY_CLIENT"), Cause::BlockedByExtension, 0.99);
    let own = Failure { context: Some(Context::Worker), ..raised("ERR_BLOCKED_BY_CLIENT") };
    assert_unsure(&own, Cause::BlockedByExtension, Cause::BlockedByPolicy);
}

#[test]
fn proxy_makes_proxy_failures_likely() {
    let empty = Failure { proxy: Some(true), ..raised("ERR_EMPTY_RESPONSE") };
    assert_unsure(&empty, Cause::ConnectionLost, Cause::ProxyFailure);
    let gateway = Failure { proxy: Some(true), status: Some(502), ..Failure::default() };
    assert!(shares(&gateway).iter().any(|share| share.cause == Cause::ProxyFailure));
    let plain = Failure { status: Some(502), ..Failure::default() };
    assert_cause(&plain, Cause::Unknown, 0.99);
    assert_cause(&Failure { status: Some(407), ..Failure::default() }, Cause::ProxyFailure, 0.9);
    let bare = Failure { proxy: Some(true), ..said("Failed to fetch") };
    assert_unsure(&bare, Cause::NetworkUnknown, Cause::ProxyFailure);
}

/// The sign-in page of a network answers in place of the service.
#[test]
fn portal_page_answers_for_the_service() {
    let gateway = Failure { status: Some(511), ..Failure::default() };
    assert_cause(&gateway, Cause::CaptivePortal, 0.99);
    let page = Failure {
        status: Some(200),
        body: Some("<!DOCTYPE html><title>Sign in to Wi-Fi</title>".into()),
        context: Some(Context::Worker),
        message: None,
        ..walked(&[B, H, R, B, H, S, C])
    };
    assert_cause(&page, Cause::CaptivePortal, 0.9);
    let intercepted = Failure {
        url: Some("https://api.openai.com/v1".into()),
        ..raised("ERR_CERT_AUTHORITY_INVALID")
    };
    assert_cause(&intercepted, Cause::TlsCertificate, 0.9);
    assert_eq!(shares(&intercepted)[1].cause, Cause::CaptivePortal);
}

#[test]
fn slow_lookup_is_kept_as_evidence() {
    let slow = Failure { elapsed_ms: Some(13_050), ..raised("ERR_NAME_NOT_RESOLVED") };
    let mut scores = Scores::new();
    score(&slow, &mut scores);
    let evidence = scores.evidence_for(Cause::DnsFailure);
    assert!(evidence.contains(&Evidence::Elapsed { ms: 13_050 }));
    let mut scores = Scores::new();
    score(&Failure { elapsed_ms: Some(3), ..slow }, &mut scores);
    assert_eq!(scores.evidence_for(Cause::DnsFailure).len(), 1);
}

#[test]
fn a_pasted_console_line_is_read() {
    assert_cause(
        &said("POST https://api.anthropic.com/v1/messages net::ERR_FAILED"),
        Cause::BlockedByCors,
        0.8,
    );
    assert_cause(&said("GET https://x.test/ net::ERR_FAILED 200 (OK)"), Cause::BlockedByCors, 0.95);
    assert_cause(&said("net::ERR_CONNECTION_REFUSED"), Cause::ConnectionRefused, 0.9);
    assert_cause(&said("Error ERR_SSL_PROTOCOL_ERROR while loading"), Cause::TlsHandshake, 0.9);
    assert_cause(&said("net::ERR_BRAND_NEW"), Cause::NetworkUnknown, 0.9);
    assert_unsure(&said("net::ERR_FAILED"), Cause::NetworkUnknown, Cause::BlockedByCors);
    for message in ["ERR_BRAND_NEW", "MY_ERR_TIMED_OUT", "ERR_", "net::"] {
        assert_cause(&said(message), Cause::Unknown, 0.99);
    }
}

#[test]
fn extension_messaging_failures() {
    for message in [
        "The message port closed before a response was received.",
        "A listener indicated an asynchronous response by returning true, but the message channel closed before a response was received",
        "Unchecked runtime.lastError: Could not establish connection. Receiving end does not exist.",
        "手动翻译失败: Could not establish connection. Receiving end does not exist.",
        "Extension context invalidated.",
        "Error: Attempting to use a disconnected port object",
    ] {
        assert_cause(&said(message), Cause::ExtensionRestarted, 0.9);
    }
    assert_cause(
        &said(
            "Cannot access contents of the page. Extension manifest must request permission to access the respective host.",
        ),
        Cause::SiteAccessMissing,
        0.9,
    );
}

#[test]
fn node_codes_beat_fetch_failed() {
    for (message, cause) in [
        ("TypeError: fetch failed\ncause: Error: write EPIPE", Cause::ConnectionLost),
        ("fetch failed: connect ECONNREFUSED 127.0.0.1:11434", Cause::ConnectionRefused),
        ("getaddrinfo ENOTFOUND api.openai.com", Cause::DnsFailure),
        (
            "ConnectTimeoutError: Connect Timeout Error\n  code: 'UND_ERR_CONNECT_TIMEOUT'",
            Cause::Timeout,
        ),
        ("Network error: socket hang up", Cause::ConnectionLost),
        ("DEPTH_ZERO_SELF_SIGNED_CERT", Cause::TlsCertificate),
        ("HPE_INVALID_CONSTANT", Cause::ProtocolError),
        ("Z_DATA_ERROR", Cause::UnexpectedReply),
        ("TypeError: terminated", Cause::StreamInterrupted),
        ("TypeError: Error in input stream", Cause::StreamInterrupted),
        ("The Internet connection appears to be offline.", Cause::Offline),
        ("A server with the specified hostname could not be found.", Cause::DnsFailure),
        ("blocked by CORS policy: No 'Access-Control-Allow-Origin' header", Cause::BlockedByCors),
        ("Requests to the server have been blocked by an extension.", Cause::BlockedByExtension),
    ] {
        assert_cause(&said(message), cause, 0.9);
    }
}

/// Firefox calls a failed call blocked by CORS; its reason tells the two apart.
#[test]
fn firefox_reports_dead_hosts_as_blocked() {
    let blocked = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://x.test/. (Reason: ";
    let gone = format!("{blocked}CORS request did not succeed). Status code: (null).");
    assert_cause(&said(&gone), Cause::NetworkUnknown, 0.8);
    let refused =
        format!("{blocked}CORS header 'Access-Control-Allow-Origin' missing). Status code: 200.");
    assert_cause(&said(&refused), Cause::BlockedByCors, 0.9);
}

#[test]
fn a_real_answer_speaks_for_itself() {
    for message in [
        "Failed to fetch",
        "connect ECONNREFUSED",
        "net::ERR_FAILED",
        "TimeoutError: signal timed out",
    ] {
        let answered = Failure { status: Some(429), ..said(message) };
        assert_cause(&answered, Cause::Unknown, 0.9);
    }
}

#[test]
fn only_unread_request_repeats_at_once() {
    assert!(is_unsent(&raised("ERR_NETWORK_CHANGED")));
    assert!(!is_unsent(&raised("ERR_CONNECTION_RESET")));
    let begun = Failure { stage: Some(Stage::Stream), ..raised("ERR_NETWORK_CHANGED") };
    assert!(!is_unsent(&begun));
}

#[test]
fn hostile_messages_take_linear_time() {
    for unit in ["ERR_", "net::ERR_X ", "TypeError: ", "ECONNRESET ", "A ", "(", ": ", "é"] {
        let started = std::time::Instant::now();
        shares(&said(&unit.repeat(200_000 / unit.len())));
        assert!(started.elapsed().as_secs() < 2, "{unit}");
    }
}

#[test]
fn a_status_below_100_is_none() {
    for status in [0, 9] {
        let body = Some("this is no HTTP at all".into());
        let failure = Failure { status: Some(status), body, ..Failure::default() };
        assert_cause(&failure, Cause::ProtocolError, 0.9);
        assert_eq!(crate::classify(&failure).cause, Cause::ProtocolError);
    }
    let message = Some("Failed to fetch".into());
    let failure = Failure { status: Some(0), message, ..Failure::default() };
    assert_eq!(crate::classify(&failure).cause, Cause::NetworkUnknown);
}
