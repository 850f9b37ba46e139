//! A sign-in or token that was good has run out or was revoked. The web app has to be visited once, signed in again if it
//! asks; then the same ask goes through.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, sure, usual};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Place, Scores, weight},
    text::concept::{
        AUTH, CLOSED, EXPIRED, FAILED, INVALID, LOGIN, NOT_FOUND, SESSION, TIMED_OUT, TOKEN,
        UNAUTHORIZED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::SessionExpired,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenLogin,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(an_api_has_no_sessions),
};

pub(super) const PATTERNS: &[Pattern] = &[
    sure("token has expired"),
    code("token_invalidated"),
    code("account_session_invalid"),
    code("session_invalid"),
    code("invalid_session"),
    code("token_revoked"),
    sure("access_token_expired"),
    code("session_expired"),
    code("lmsys_session_expired"),
    strong("security token included in the request is expired"),
    strong("login again"),
    strong("signing in again"),
    strong("reauthenticate"),
    usual("refresh token"),
    strong("invalid oauth token"),
    code("invalid_grant"),
    strong("jwt expired"),
    strong("valid access token"),
    strong("invalid access token"),
    strong("access token is missing, invalid"),
    strong("unauthorizedrequest"),
    usual("aadsts"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[SESSION | LOGIN, EXPIRED | INVALID | CLOSED | NOT_FOUND | TIMED_OUT]),
    all(&[TOKEN, EXPIRED]).usual(),
    all(&[UNAUTHORIZED]).usual().on_web(),
    all(&[AUTH, INVALID | FAILED]).sure().on_web(),
];

/// Where callers are known by a key, the word `unauthorized` is about the key; an expired token says so itself. The bare
/// word, with nobody named, is what a web app's client shows when its session has ended.
fn an_api_has_no_sessions(parsed: &ParsedFailure, scores: &mut Scores) {
    const UNLIKELY: f32 = 1.5;
    let by_key = parsed.place == Place::Api && (parsed.provider.is_some() || parsed.is(&[401]));
    if by_key && !parsed.says("expired") && scores.belief(Cause::SessionExpired) > 0.0 {
        scores.against(Cause::SessionExpired, UNLIKELY);
    }
    let of_nobody = parsed.provider.is_none() && parsed.host.is_none();
    if of_nobody && parsed.status.is_none() && parsed.scan.low.trim() == "unauthorized" {
        let evidence = Evidence::Phrase { text: parsed.scan.raw.trim().to_owned() };
        scores.add(Cause::SessionExpired, weight::USUAL, evidence);
    }
}

examples! {
    a_token_that_was_good: SessionExpired [
        (
                    "anthropic",
                    401,
                    r#"{"type":"error","error":{"type":"authentication_error","message":"OAuth token has expired. Please obtain a new token or refresh your existing token."}}"#,
                ),
                (
                    "bedrock",
                    403,
                    r#"{"message":"The security token included in the request is expired"}"#,
                ),
                ("other", 401, "IDE token expired: unauthorized: token expired"),
    ]
    expired_web_session_is_recognised: SessionExpired [
        ("chatgpt_web", 401, ""),
                ("chatgpt_web", 403, ""),
                (
                    "chatgpt_web",
                    200,
                    r#"{"detail":{"message":"Your authentication token has expired. Please try signing in again.","type":"invalid_request_error","param":null,"code":"token_expired"}}"#,
                ),
    ]
}
