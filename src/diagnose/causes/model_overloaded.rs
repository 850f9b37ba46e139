//! The model or the service is at capacity: everybody asks at once. A little later, or with another model, the same ask
//! passes.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{MODEL, OVERLOADED, SERVER, SERVICE},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ModelOverloaded,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::ChooseModel,
        ActionKind::SwitchSource,
        ActionKind::OpenStatus,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("负载已饱和"),
    strong("热烈使用"),
    code("insufficient_system_resource"),
    code("overloaded_error"),
    code("overloaded"),
    code("server_is_overloaded"),
    code("engine_overloaded_error"),
    code("provider_overloaded"),
    code("model_capacity_exhausted"),
    code("model_capacity_exceeded"),
    code("capacity_exhausted"),
    code("capacity_exceeded"),
    code("model_overloaded"),
    code("service_tier_capacity_exceeded"),
    code("queue_full"),
    code("too_busy"),
    code("server_busy"),
    strong("no capacity"),
    strong("temporarily limiting requests"),
    strong("helping many users"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[OVERLOADED]).usual(), all(&[OVERLOADED, MODEL | SERVER | SERVICE])];

examples! {
    everybody_asks_at_once: ModelOverloaded [
        (
                    "anthropic",
                    529,
                    r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
                ),
                (
                    "anthropic",
                    500,
                    r#"{"type":"error","error":{"type":"api_error","message":"Overloaded"}}"#,
                ),
                (
                    "openai",
                    503,
                    r#"{"error":{"message":"That model is currently overloaded with other requests.","type":"server_error","param":null,"code":null}}"#,
                ),
                (
                    "ollama",
                    503,
                    r#"{"error":"server busy, please try again.  maximum pending requests exceeded"}"#,
                ),
    ]
    a_429_may_mean_it_too: ModelOverloaded [
        (
                    "mistral",
                    429,
                    r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"invalid_request_error","param":null,"code":null}"#,
                ),
                (
                    "azure",
                    429,
                    r#"{"error":{"code":"429","message":"System is experiencing high demand. Please retry after 2 seconds."}}"#,
                ),
                (
                    "other",
                    429,
                    r#"{"error":{"message":"当前分组负载已饱和，请稍后再试，或升级账户以提升服务质量。","type":"billing_not_active","param":"","code":"billing_not_active"}}"#,
                ),
    ]
}
