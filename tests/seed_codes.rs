//! The error codes that people look up most: every row of the project's first troubleshooting guide.

use unstuck_diagnose::{ActionKind, Cause, Failure, When, classify};

/// A failure as that guide knows it: the source, the status, and the code or words beside it.
fn failure(provider: &str, status: u16, text: &str) -> Failure {
    Failure {
        provider: Some(provider.to_owned()),
        status: (status > 0).then_some(status),
        message: (!text.is_empty()).then(|| text.to_owned()),
        ..Failure::default()
    }
}

#[test]
fn web_session_codes_give_their_causes() {
    for (status, text, cause) in [
        (429, "", Cause::RateLimited),
        (401, "", Cause::SessionExpired),
        (401, "invalid_api_key", Cause::InvalidApiKey),
        (400, "", Cause::InvalidRequest),
        (400, "context_length_exceeded", Cause::ContextTooLong),
        (403, "", Cause::SessionExpired),
        (500, "", Cause::ServerError),
        (404, "undefined", Cause::EndpointNotFound),
        (502, "", Cause::BadGateway),
    ] {
        assert_eq!(classify(&failure("chatgpt_web", status, text)).cause, cause, "{status} {text}");
    }
}

#[test]
fn api_codes_give_their_causes() {
    for (status, cause) in [
        (429, Cause::RateLimited),
        (400, Cause::InvalidRequest),
        (404, Cause::EndpointNotFound),
        (401, Cause::InvalidApiKey),
        (403, Cause::AccessDenied),
        (413, Cause::PayloadTooLarge),
        (503, Cause::ServiceUnavailable),
        (524, Cause::OriginTimeout),
        (502, Cause::BadGateway),
        (500, Cause::ServerError),
        (504, Cause::GatewayTimeout),
    ] {
        assert_eq!(classify(&failure("openai", status, "")).cause, cause, "{status}");
    }
}

#[test]
fn pasted_text_gives_the_same_codes() {
    for (text, cause) in [
        ("ChatGPT error 429", Cause::RateLimited),
        ("ChatGPT error 401: invalid_api_key", Cause::InvalidApiKey),
        ("ChatGPT error 400: context_length_exceeded", Cause::ContextTooLong),
        ("ChatGPT error 403", Cause::SessionExpired),
        ("GPT error: 403", Cause::AccessDenied),
        ("GPT error: 401", Cause::InvalidApiKey),
        ("ChatGPT error 500", Cause::ServerError),
        ("ChatGPT error 404: undefined", Cause::EndpointNotFound),
        ("ChatGPT error 502", Cause::BadGateway),
        ("GPT error: 413", Cause::PayloadTooLarge),
        ("GPT error: 503", Cause::ServiceUnavailable),
        ("GPT error: 524", Cause::OriginTimeout),
        ("GPT error: 504", Cause::GatewayTimeout),
    ] {
        assert_eq!(classify(&Failure::from_message(text)).cause, cause, "{text}");
    }
}

/// Words without a code are not guessed further than they go.
#[test]
fn bare_words_are_not_overinterpreted() {
    for (text, cause) in [
        ("Failed to fetch", Cause::NetworkUnknown),
        ("TypeError: Failed to fetch", Cause::NetworkUnknown),
        ("Network error", Cause::NetworkUnknown),
        ("UNAUTHORIZED", Cause::SessionExpired),
    ] {
        assert_eq!(classify(&Failure::from_message(text)).cause, cause, "{text}");
    }
    let session = classify(&failure("chatgpt_web", 0, "UNAUTHORIZED"));
    assert_eq!(session.cause, Cause::SessionExpired);
    assert_eq!(session.actions[0].kind, ActionKind::OpenLogin);
}

#[test]
fn only_transient_failures_are_retried() {
    for (status, automatic) in
        [(429, true), (500, true), (502, true), (503, true), (504, true), (524, true)]
            .into_iter()
            .chain([(400, false), (401, false), (403, false), (404, false), (413, false)])
    {
        let verdict = classify(&failure("openai", status, "")).retry;
        assert_eq!(verdict.is_automatic(), automatic, "{status}");
    }
}

#[test]
fn a_named_wait_is_kept() {
    let mut limited = failure("openai", 429, "");
    limited.headers.insert("retry-after".into(), "20".into());
    let retry = classify(&limited).retry;
    assert_eq!((retry.when, retry.after_ms), (When::After, Some(20_000)));
}
