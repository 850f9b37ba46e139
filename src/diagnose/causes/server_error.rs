//! The service failed inside: an exception, a bug, a store that did not answer. Nothing about the request explains it, and
//! it usually passes by itself.

use super::{CauseRule, ConceptRule, Pattern, all, code, hint, leaf, strong, usual_code, vague};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ANSWER, CONNECTION, FAILED, INTERNAL, NAMED, NETWORK, NOT, OUTPUT, READ, REQUEST, SERVER,
        SERVICE, UNEXPECTED, UNKNOWN,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ServerError,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenStatus,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("internal error has occurred"),
    usual_code("internal_server_error"),
    code("internalserverexception"),
    code("internalservererror"),
    code("internal_error"),
    code("server_had_an_error"),
    code("serviceerror"),
    leaf("internal"),
    vague("server_error"),
    vague("api_error"),
    vague("internal_failure"),
    leaf("internalfailure"),
    leaf("internalerror"),
    hint("something went wrong"),
    strong("something seems to have gone wrong"),
    strong("unknown error in the model inference server"),
    strong("llama runner process no longer running"),
    strong("worker threw exception"),
    strong("nullpointerexception"),
    strong("traceback (most recent call last)"),
    strong("function_invocation_failed"),
    strong("cuda error"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[NAMED, REQUEST, NOT, READ]),
    all(&[SERVER | SERVICE, INTERNAL]),
    all(&[SERVICE, FAILED]).hint().unless(ANSWER | CONNECTION | NETWORK | REQUEST | SERVER),
    all(&[SERVER, FAILED | UNEXPECTED | UNKNOWN]).usual(),
    all(&[FAILED, REQUEST, READ]).usual(),
    all(&[UNEXPECTED, FAILED]).fair(),
    all(&[FAILED, ANSWER, OUTPUT]).usual(),
];

examples! {
    the_service_broke: ServerError [
        (
                    "openai",
                    500,
                    r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
                ),
                (
                    "anthropic",
                    500,
                    r#"{"type":"error","error":{"type":"api_error","message":"Internal server error"}}"#,
                ),
                (
                    "gemini",
                    500,
                    r#"{"error":{"code":500,"message":"An internal error has occurred.","status":"INTERNAL"}}"#,
                ),
    ]
    /// An error in the stream may carry a type that its own status contradicts.
    stream_error_may_mislabel_its_type: ServerError [
        (
                    "groq",
                    200,
                    r#"data: {"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"invalid_request_error","status_code":500}}

"#,
                ),
                ("other", 500, "InternalServerException: Internal Server Error"),
    ]
    a_service_with_a_problem: ServerError [
        ("other", 0, "Claude has a problem"),
        ("other", 0, "Der Dienst hat ein Problem"),
    ]
}
