//! The server refuses the origin that the call comes from: this extension's, or a page's. Local servers let only themselves
//! in until they are told otherwise (Ollama: `OLLAMA_ORIGINS`); some organisations forbid calls from browsers.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, sure};
use crate::{
    ActionKind, Cause, When,
    text::concept::{DENIED, EXTENSION, ORIGIN, REFUSED},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::OriginNotAllowed,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenGuide,
        ActionKind::OpenSettings,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("api_key_http_referrer_blocked"),
    strong("requests from referer"),
    sure("ollama_origins"),
    strong("origin not allowed"),
    strong("origin is not allowed"),
    strong("origin * is not allowed"),
    strong("origin mismatch"),
    strong("invalid origin"),
    strong("disallowed cors origin"),
    strong("anthropic-dangerous-direct-browser-access"),
    sure("cors requests are not allowed for this organization"),
    strong("cors requests must set"),
    strong("dangerouslyallowbrowser"),
    strong("running in a browser-like environment"),
    strong("invalid host header"),
    code("origin_not_allowed"),
    code("invalid_origin"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[ORIGIN, DENIED]).usual(), all(&[EXTENSION, DENIED | REFUSED]).usual()];

examples! {
    /// A local server may answer an unknown origin with an empty refusal.
    local_server_refuses_without_a_word: OriginNotAllowed [
        ("ollama", 403, ""),
                (
                    "ollama",
                    403,
                    "Access denied (403 Forbidden). For Ollama: Set OLLAMA_ORIGINS=chrome-extension://*",
                ),
    ]
    /// Some services let browsers in only with a header or a setting of their own.
    anthropic_asks_for_its_browser_header: OriginNotAllowed [
        (
                    "anthropic",
                    401,
                    r#"{"type":"error","error":{"type":"authentication_error","message":"CORS requests must set 'anthropic-dangerous-direct-browser-access' header"}}"#,
                ),
                (
                    "anthropic",
                    401,
                    r#"{"type":"error","error":{"type":"authentication_error","message":"CORS requests are not allowed for this Organization because of its settings"}}"#,
                ),
    ]
    extensions_are_kept_out: OriginNotAllowed [
        ("ollama", 0, "Extensions are not allowed here"),
        ("ollama", 0, "Erweiterungen sind hier nicht erlaubt"),
    ]
}
