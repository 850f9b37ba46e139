//! The service is down, in maintenance, still starting, or has nobody behind it to answer. It passes in minutes to hours;
//! the status page knows.

use super::{CauseRule, ConceptRule, Pattern, all, code, fair, leaf, strong, usual};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CLOSED, CONTEXT, FAILED, LOAD, MAINTENANCE, MEMORY, MODEL, NOT, TOKEN, UNAVAILABLE,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ServiceUnavailable,
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
    strong("无可用渠道"),
    usual("temporarily unavailable"),
    strong("temporarily unable to complete your request"),
    code("service_unavailable"),
    code("serviceunavailableexception"),
    code("service_unavailable_error"),
    code("serviceunavailable"),
    code("provider_unavailable"),
    code("temporarily_unavailable"),
    code("unavailable_error"),
    code("modelnotreadyexception"),
    code("model_not_ready"),
    code("no_available_channel"),
    code("no_valid_channel_error"),
    code("channel:no_available_key"),
    leaf("unavailable"),
    strong("undergoing an upgrade"),
    fair("be back soon"),
    strong("model not ready"),
    strong("no channel available"),
    strong("available accounts exhausted"),
    strong("no healthy upstream"),
    strong("backend fetch failed"),
    strong("all providers failed"),
    strong("all credentials for model"),
    strong("will return soon"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[MAINTENANCE]).sure(),
    all(&[UNAVAILABLE]).usual(),
    all(&[MODEL, LOAD]).usual().unless(FAILED | NOT | MEMORY | CLOSED | CONTEXT | TOKEN),
];

examples! {
    service_or_model_is_not_ready: ServiceUnavailable [
        (
                    "groq",
                    503,
                    r#"{"error":{"message":"Service Unavailable","type":"internal_server_error"}}"#,
                ),
                (
                    "huggingface",
                    503,
                    r#"{"error":"Model meta-llama/Llama-3.1-8B-Instruct is currently loading","estimated_time":20.0}"#,
                ),
                (
                    "llamacpp",
                    503,
                    r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
                ),
    ]
    a_relay_without_a_channel: ServiceUnavailable [
        (
                    "other",
                    503,
                    r#"{"error":{"message":"当前分组 default 下对于模型 gpt-4 无可用渠道","type":"new_api_error"}}"#,
                ),
                (
                    "openrouter",
                    502,
                    r#"{"error":{"message":"No available channel","error_type":"provider_unavailable"}}"#,
                ),
    ]
}
