//! What the bare status says, by where the call went. It is scored last and speaks softly: 429 is wait, pay or shrink,
//! and 403 has ten causes.

use super::{ParsedFailure, Place, Scores, parsed::is_envelope, weight};
use crate::{
    Cause::{self, *},
    Context, Evidence,
};

/// Weighs the status and the kind of answer.
pub(crate) fn score<'a>(parsed: &'a ParsedFailure, scores: &mut Scores<'a>) {
    let place = match parsed.place {
        // Only browsers say where a call comes from, so only they are refused for it.
        Place::Local if parsed.failure.context == Some(Context::Native) => Place::Api,
        place => place,
    };
    if let Some(status) = parsed.status.filter(|&status| status >= 300) {
        for &(cause, weight) in speaks_for(status, place) {
            scores.status(cause, weight, status, parsed.host);
        }
    }
    for &(statuses, causes) in CONTRADICTIONS {
        if parsed.is(statuses) {
            for &cause in causes {
                scores.against(cause, CONTRADICTED);
            }
        }
    }
    if is_envelope(parsed.failure.status) && parsed.status != parsed.failure.status {
        for cause in [ServerError, BadGateway] {
            if !parsed.is(&[500, 502]) {
                scores.against(cause, weight::STRONG);
            }
        }
        scores.against(if parsed.is(&[502]) { ServerError } else { BadGateway }, weight::USUAL);
    }
    let arrived_late = parsed.html && parsed.failure.status.is_none() && parsed.status >= Some(400);
    if arrived_late {
        // The page of a gateway is the answer, whatever broke on the way to it.
        for cause in [ProtocolError, ConnectionLost, StreamInterrupted, NetworkUnknown] {
            scores.against(cause, weight::DECISIVE);
        }
    }
    if parsed.html {
        // Footers and legal lines of a page are nothing that was done to an ask.
        scores.against(ContentFiltered, weight::STRONG + weight::USUAL);
    }
    if parsed.place == Place::Web && parsed.is(&[403]) && parsed.says("403 forbidden") {
        // The name of the status says no more than its number.
        scores.against(AccessDenied, weight::HINT);
    }
    if is_sign_in(parsed) {
        let sure = if parsed.place == Place::Web { weight::STRONG } else { weight::USUAL };
        scores.add(NotLoggedIn, sure, Evidence::HtmlReply);
    }
    if parsed.html && parsed.looks_fine() {
        scores.add(UnexpectedReply, 3.8, Evidence::HtmlReply);
    } else if parsed.html && parsed.is(&[404, 405]) {
        scores.add(EndpointNotFound, 3.0, Evidence::HtmlReply);
    }
    if place == Place::Local && parsed.is(&[403]) && parsed.says("permission_error") {
        // Who speaks of permissions has some, and looks at keys.
        scores.against(OriginNotAllowed, weight::USUAL);
    }
    let refused_origin = place == Place::Local && parsed.is(&[403]) && parsed.is_silent();
    if refused_origin {
        // A local server has no accounts; an empty 403 is its answer to an origin that it does not know.
        scores.add(OriginNotAllowed, 5.5, Evidence::EmptyReply);
    } else if parsed.looks_fine() && parsed.is_silent() && parsed.failure.stream.is_none() {
        scores.add(UnexpectedReply, 3.5, Evidence::EmptyReply);
    }
}

/// Whether a page asks for a password, or, of a web app, is headed as its sign-in.
fn is_sign_in(parsed: &ParsedFailure) -> bool {
    const FIELDS: [&str; 4] = [
        "type=\"password\"",
        "type='password'",
        "type=password",
        "autocomplete=\"current-password\"",
    ];
    const TITLES: [&str; 4] = ["<title>log in", "<title>login", "<title>sign in", "<title>sign-in"];
    let has = |marks: &[&str]| marks.iter().any(|mark| parsed.says(mark));
    parsed.html && (has(&FIELDS) || parsed.place == Place::Web && has(&TITLES))
}

/// What a status all but rules out, whatever words come with it.
const CONTRADICTIONS: &[(&[u16], &[Cause])] = &[
    (
        &[401, 402],
        &[
            ServiceUnavailable,
            ModelOverloaded,
            ServerError,
            BadGateway,
            Timeout,
            RateLimited,
            NetworkUnknown,
        ],
    ),
    // Whose request could not be read did not send a broken answer.
    (&[400, 422], &[UnexpectedReply]),
    // The method and the kind of body are refused (RFC 9110, 15.5.6 and 15.5.16), and not what a person wrote or may use.
    (&[405], &[ContentFiltered, ModelAccessDenied, AccessDenied, UnsupportedParameter]),
    (&[415], &[ContentFiltered, UnsupportedParameter]),
    (&[404, 413, 422], &[ServiceUnavailable, ModelOverloaded, ServerError, RateLimited]),
    (&[429], &[ModelNotFound, EndpointNotFound, NotLoggedIn, InvalidRequest]),
    (&[502, 503, 504, 529], &[InvalidRequest, EndpointNotFound, NetworkUnknown]),
    // A block has a status of its own: a gateway that failed refused nobody.
    (&[502, 504], &[BlockedByEdge]),
    // What the edge met on its way to the service, the caller did not meet.
    (
        &[520, 521, 522, 523, 524, 525, 526, 527, 530],
        &[Timeout, ConnectionLost, ConnectionRefused, DnsFailure, HostUnreachable],
    ),
];
const CONTRADICTED: f32 = 3.0;

/// The causes a status speaks for, and how loudly.
const fn speaks_for(status: u16, place: Place) -> &'static [(Cause, f32)] {
    match (status, place) {
        (400, _) => &[(InvalidRequest, 2.2)],
        (401 | 419 | 440, Place::Web) => &[(SessionExpired, 3.4), (NotLoggedIn, 1.9)],
        (401, _) => &[(InvalidApiKey, 3.0), (MissingApiKey, 1.2), (SessionExpired, 0.9)],
        (402, _) => &[(QuotaExhausted, 4.2), (UsageCapReached, 0.8)],
        (403, Place::Web) => &[(SessionExpired, 2.7), (BotChallenge, 1.4), (AccessDenied, 1.4)],
        (403, Place::Local) => &[(OriginNotAllowed, 2.8), (AccessDenied, 1.8)],
        (403, _) => &[(AccessDenied, 2.7), (KeyLacksPermission, 1.4), (BlockedByEdge, 0.8)],
        (404, _) => &[(EndpointNotFound, 2.7), (ModelNotFound, 1.6)],
        (405, _) => &[(EndpointNotFound, 2.6), (InvalidRequest, 1.0)],
        (406 | 411 | 412 | 415 | 416 | 417 | 421 | 424 | 426 | 428, _) => &[(InvalidRequest, 2.8)],
        (407, _) => &[(ProxyFailure, 4.5)],
        (408, _) => &[(Timeout, 3.6), (GatewayTimeout, 1.4)],
        (409, _) => &[(Conflict, 3.4), (RequestInProgress, 0.8)],
        (410, _) => &[(ModelNotFound, 2.2), (EndpointNotFound, 2.2)],
        (413, _) => &[(PayloadTooLarge, 3.6), (ContextTooLong, 1.2)],
        (414 | 431, _) => &[(PayloadTooLarge, 2.8), (InvalidRequest, 1.4)],
        (419 | 440, _) => &[(SessionExpired, 3.0)],
        (422, _) => &[(InvalidRequest, 3.2)],
        (423, _) => &[(RequestInProgress, 2.2), (Conflict, 1.4)],
        (425 | 429, _) => &[(RateLimited, 3.2), (QuotaExhausted, 1.4), (UsageCapReached, 1.0)],
        (451, _) => &[(CountryUnsupported, 2.6), (ContentFiltered, 1.4)],
        (498, _) => &[(ModelOverloaded, 2.4), (SessionExpired, 1.4)],
        (499, _) => &[(RequestCancelled, 2.8), (Timeout, 1.4)],
        (500, _) => &[(ServerError, 3.6)],
        (501, _) => &[(UnsupportedParameter, 2.2), (EndpointNotFound, 1.8)],
        (502, _) => &[(BadGateway, 3.8)],
        (503, _) => &[(ServiceUnavailable, 3.6), (ModelOverloaded, 1.6)],
        (504, _) => &[(GatewayTimeout, 4.0)],
        (505 | 506 | 510, _) => &[(ProtocolError, 2.0), (ServerError, 2.0)],
        (507 | 508, _) => &[(ServerError, 2.6)],
        (509, _) => &[(RateLimited, 2.4), (QuotaExhausted, 1.8)],
        (511, _) => &[(CaptivePortal, 4.5)],
        (520, _) => &[(OriginUnreachable, 3.6), (BadGateway, 1.2)],
        (521..=523 | 527 | 530, _) => &[(OriginUnreachable, 4.2)],
        (525 | 526, _) => &[(OriginUnreachable, 4.0), (TlsHandshake, 1.2)],
        (524 | 598 | 599, _) => &[(OriginTimeout, 4.2)],
        (529, _) => &[(ModelOverloaded, 4.4)],
        (301 | 302 | 303 | 307 | 308, _) => &[(Redirected, 3.4), (BadAddress, 0.8)],
        (300..=399, _) => &[(BadAddress, 1.6), (UnexpectedReply, 1.4)],
        (402..=499, _) => &[(InvalidRequest, 1.8)],
        (500..=599, _) => &[(ServerError, 2.2)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Failure, classify};

    fn cause(provider: &str, status: u16) -> (Cause, f64) {
        let failure =
            Failure { provider: Some(provider.into()), status: Some(status), ..Failure::default() };
        let diagnosis = classify(&failure);
        (diagnosis.cause, diagnosis.confidence)
    }

    #[test]
    fn status_meaning_depends_on_the_service() {
        assert_eq!(cause("chatgpt_web", 401).0, SessionExpired);
        assert_eq!(cause("openai", 401).0, InvalidApiKey);
        assert_eq!(cause("chatgpt-web", 403).0, SessionExpired);
        assert_eq!(cause("openai", 403).0, AccessDenied);
        assert_eq!(cause("ollama", 403).0, OriginNotAllowed);
    }

    /// A program sends no origin that could be refused.
    #[test]
    fn programs_have_no_origin() {
        for body in [None, Some(String::new()), Some("Forbidden".to_owned())] {
            let url = Some("http://127.0.0.1:8080/v1/models".into());
            let failure = Failure { status: Some(403), url, body, ..Failure::default() };
            assert_eq!(classify(&failure).cause, OriginNotAllowed);
            let failure = Failure { context: Some(Context::Native), ..failure };
            assert_eq!(classify(&failure).cause, AccessDenied);
        }
    }

    #[test]
    fn a_local_permission_is_no_origin() {
        let url = Some("http://127.0.0.1:8000/v1/chat/completions".into());
        let failure = Failure { status: Some(403), url, ..Failure::default() };
        let body =
            r#"{"error":{"message":"Forbidden.","type":"permission_error","code":"forbidden"}}"#;
        assert_eq!(page(failure, body), AccessDenied);
    }

    #[test]
    fn refused_methods_are_no_content() {
        let openai = |status, message: &str| {
            let failure = Failure {
                provider: Some("openai".into()),
                status: Some(status),
                ..Failure::default()
            };
            page(
                failure,
                &format!(
                    r#"{{"error":{{"message":"{message}","type":"invalid_request_error","param":null,"code":null}}}}"#
                ),
            )
        };
        for path in ["/v1/chat/completions", "/v1/models", "/v1/files"] {
            for method in ["POST", "GET"] {
                let said = format!(
                    "Not allowed to {method} on {path}. (HINT: Perhaps you meant to use a different HTTP method?)"
                );
                assert_eq!(openai(405, &said), EndpointNotFound, "{said}");
            }
        }
        for said in [
            "Unsupported content type: 'text/plain'. This API method only accepts 'application/json' requests.",
            "Unsupported Media Type",
            "The message format is not supported",
        ] {
            assert_eq!(openai(415, said), InvalidRequest, "{said}");
        }
    }

    #[test]
    fn gateways_and_edges_are_told_apart() {
        for (status, expected) in [
            (500, ServerError),
            (502, BadGateway),
            (503, ServiceUnavailable),
            (504, GatewayTimeout),
            (521, OriginUnreachable),
            (522, OriginUnreachable),
            (524, OriginTimeout),
            (529, ModelOverloaded),
        ] {
            assert_eq!(cause("openai", status).0, expected);
        }
    }

    fn page(failure: Failure, body: &str) -> Cause {
        classify(&Failure { body: Some(body.into()), ..failure }).cause
    }

    #[test]
    fn a_late_page_outranks_the_protocol() {
        let broken = || Failure {
            net_error: Some("net::ERR_HTTP2_PROTOCOL_ERROR".into()),
            message: Some("Failed to fetch".into()),
            ..Failure::default()
        };
        let gateway = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
        assert_eq!(classify(&broken()).cause, ProtocolError);
        assert_eq!(page(broken(), gateway), BadGateway);
        assert_eq!(page(Failure { status: Some(502), ..broken() }, gateway), BadGateway);
    }

    #[test]
    fn copyright_line_filters_nothing() {
        let sign_in = "<!DOCTYPE html><title>Sign in</title><form><input type=\"password\"></form><footer>Copyright Example Inc. Protected by copyright. Content policy</footer>";
        for (provider, status) in [("claude_web", 200), ("claude_web", 403), ("other", 200)] {
            let failure = Failure {
                provider: Some(provider.into()),
                status: Some(status),
                ..Failure::default()
            };
            assert_eq!(page(failure, sign_in), NotLoggedIn, "{provider} {status}");
        }
    }

    #[test]
    fn title_tells_a_sign_in_page() {
        let failure = Failure {
            provider: Some("chatgpt_web".into()),
            status: Some(200),
            ..Failure::default()
        };
        let title = "<!doctype html><title>Log in - ChatGPT</title><footer>Copyright</footer>";
        assert_eq!(page(failure, title), NotLoggedIn);
    }

    #[test]
    fn name_of_a_status_adds_nothing() {
        let cause = |text: &str| classify(&Failure::from_message(text)).cause;
        assert_eq!(cause("ChatGPT error: 403 Forbidden"), SessionExpired);
        assert_eq!(cause("GPT error: 403 Forbidden"), AccessDenied);
    }

    #[test]
    fn relay_repeats_what_the_service_said() {
        for (body, expected) in [
            (
                r#"{"error":{"message":"upstream returned HTTP 429: rate limit exceeded","type":"server_error"}}"#,
                RateLimited,
            ),
            (
                r#"{"error":{"message":"litellm.InternalServerError: <html><head><title>503 Service Temporarily Unavailable</title></head></html>. Received Model Group=gpt","code":"500"}}"#,
                ServiceUnavailable,
            ),
            (
                r#"{"error":{"message":"litellm.InternalServerError: <html><head><title>502 Bad Gateway</title></head></html>","code":"500"}}"#,
                BadGateway,
            ),
            (r#"{"error":{"message":"Error code: 401 - invalid api key"}}"#, InvalidApiKey),
        ] {
            assert_eq!(page(Failure { status: Some(500), ..Failure::default() }, body), expected);
        }
    }

    #[test]
    fn ambiguous_status_is_never_certain() {
        for status in [400, 401, 403, 404, 429] {
            let (cause, confidence) = cause("openai", status);
            assert!(confidence < 0.8, "{status}: {cause:?} {confidence}");
        }
    }
}
