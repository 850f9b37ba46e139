//! No credentials were sent: no key is set for this source, or it did not get into the request. Setting the key settles
//! it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Place, Scores, weight},
    text::concept::{EMPTY, GIVEN, INVALID, KEY, MISSING, NOT_FOUND, REQUIRED, TOKEN, UNAVAILABLE},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::MissingApiKey,
    retry: When::AfterFix,
    actions: &[ActionKind::OpenSettings, ActionKind::OpenKeys, ActionKind::CopyReport],
    score: Some(signed_out),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("environment variable is not set"),
    strong("environment variable not set"),
    strong("no api key"),
    strong("no credentials"),
    strong("missing authentication header"),
    strong("missing authorization header"),
    strong("authorization header is missing"),
    strong("authorization header missing"),
    strong("header is required"),
    strong("could not resolve authentication method"),
    strong("unregistered callers"),
    strong("could not load credentials"),
    code("api_key_missing"),
    code("no_api_key"),
    code("no_user_key"),
    code("missing_auth"),
    code("noopenaiapikey"),
    strong("ai not configured"),
    strong("no ai provider configured"),
    strong("no providers configured"),
    strong("no provider configured"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[KEY, EMPTY | MISSING | NOT_FOUND | REQUIRED]),
    all(&[KEY, UNAVAILABLE]).usual(),
    all(&[KEY, GIVEN]).fair().unless(INVALID),
    all(&[TOKEN, MISSING | REQUIRED]).usual(),
];

/// Ollama names a page to sign in at when it has no key for its cloud.
fn signed_out(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.place == Place::Web && parsed.says("token required") {
        // A web app has sessions and no keys.
        scores.against(Cause::MissingApiKey, weight::STRONG);
        scores.add(
            Cause::NotLoggedIn,
            weight::STRONG,
            Evidence::Phrase { text: "token required".into() },
        );
    }
    if parsed.scan.value("signinurl").is_some() {
        let evidence = Evidence::Code { code: "signin_url".into() };
        scores.add(Cause::MissingApiKey, weight::STRONG, evidence);
    }
}

examples! {
    nothing_was_sent: MissingApiKey [
        (
                    "openai",
                    401,
                    r#"{"error":{"message":"You didn't provide an API key. You need to provide your API key in an Authorization header","type":"invalid_request_error","param":null,"code":null}}"#,
                ),
                ("cohere", 401, r#"{"message":"no api key supplied"}"#),
                (
                    "openrouter",
                    401,
                    r#"{"error":{"message":"No auth credentials found","code":401}}"#,
                ),
    ]
    clients_ask_for_it: MissingApiKey [
        ("openai", 0, "Please enter your OpenAI API Key"),
                ("other", 0, "请先设置 API Key"),
                ("other", 0, "Please provide the OpenAI apiKey"),
                ("other", 401, r#"{"detail":"token required"}"#),
    ]
}
