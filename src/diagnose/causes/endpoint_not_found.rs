//! The path or resource does not exist at that address: a base URL with a wrong or doubled version, a conversation that was
//! deleted, an API that this server does not have. The address is in this source's settings.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, vague};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ADDRESS, DENIED, ENDPOINT, INVALID, METHOD, NAMED, NOT, NOT_FOUND, PAGE, UNAVAILABLE,
        UNSUPPORTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::EndpointNotFound,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSettings,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("unknown_url"),
    code("conversation_not_found"),
    code("history_disabled_conversation_not_found"),
    code("url.not_found"),
    code("route_not_found"),
    code("method_not_supported"),
    vague("not_found"),
    vague("not_found_error"),
    strong("invalid url ("),
    strong("no route for that uri"),
    strong("no route matched"),
    strong("cannot post /"),
    strong("unexpected endpoint"),
    strong("unknown request url"),
    strong("conversation * not found"),
    strong("can't load conversation"),
    strong("unable to load conversation"),
    strong("nosuchkey"),
    strong("deployment_not_found"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[ADDRESS | ENDPOINT | PAGE, NOT_FOUND]),
    all(&[ADDRESS | ENDPOINT | PAGE, UNAVAILABLE]).usual().unless(NAMED),
    all(&[ENDPOINT, INVALID]).usual(),
    all(&[METHOD, DENIED | NOT | UNSUPPORTED]).usual(),
    all(&[NOT_FOUND]).hint(),
];

examples! {
    no_such_path_at_this_address: EndpointNotFound [
        (
                    "openai",
                    404,
                    r#"{"error":{"message":"Invalid URL (POST /v1/v1/chat/completions)","type":"invalid_request_error","param":null,"code":null}}"#,
                ),
                ("ollama", 404, "404 page not found"),
                (
                    "anthropic",
                    404,
                    r#"{"type":"error","error":{"type":"not_found_error","message":"Not Found"}}"#,
                ),
    ]
    the_path_takes_another_method: EndpointNotFound [
        (
                    "other",
                    0,
                    "The POST method is not supported for this route. Supported methods: GET, HEAD.",
                ),
                (
                    "openai",
                    405,
                    r#"{"error":{"message":"Not allowed to POST on /v1/chat/completions.","type":"invalid_request_error","param":null,"code":"method_not_supported"}}"#,
                ),
    ]
    html_page_instead_of_api: EndpointNotFound [
        (
                    "gemini",
                    404,
                    r#"<!DOCTYPE html>
<html lang=en><title>Error 404 (Not Found)!!1</title><p>The requested URL <code>/v1beta/model/x</code> was not found on this server."#,
                ),
                ("chatgpt-web", 404, ""),
                ("openai", 405, ""),
    ]
}
