//! Prompt and history together exceed what the model can read at once. Shortening, a new chat or a model with a larger window
//! settles it; the same text never passes.

use super::{CauseRule, ConceptRule, On, Pattern, all, code, strong, sure};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CONTEXT, DAY, EXCEEDED, INTERNAL, LIMIT, MESSAGE, MINUTE, MODEL, QUOTA, RATE, REACHED,
        REQUEST, SIZE, TOKEN, TOO_LONG, TOO_MANY,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ContextTooLong,
    retry: When::AfterFix,
    actions: &[
        ActionKind::Edit,
        ActionKind::ChooseModel,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("上下文已经全量可用"),
    code("context_length_exceeded"),
    code("context_window_exceeded"),
    code("contextwindowexceedederror"),
    code("exceededcontextwindow"),
    code("exceed_context_size_error"),
    code("token_limit_exceeded"),
    code("tokens_limit_reached"),
    code("content_length_exceeds_threshold"),
    code("model_context_window_exceeded"),
    code("input_too_long"),
    code("input_length"),
    code("prompt_too_long"),
    strong("context window is full"),
    strong("trying to keep the first * tokens when context"),
    strong("input token count").on(On::Refused),
    strong("current length is * while limit is"),
    strong("reduce the length of the messages").on(On::Refused),
    strong("reduce your prompt").on(On::Refused),
    sure("range of input length should be"),
    strong("`inputs` must have less than"),
    strong("input validation error: `inputs`"),
    strong("request body too large for * tokens"),
    strong("max input characters"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[CONTEXT, EXCEEDED | LIMIT | SIZE | TOO_LONG]).unless(INTERNAL),
    all(&[MESSAGE, TOO_LONG]),
    all(&[MESSAGE, LIMIT | SIZE, EXCEEDED]),
    all(&[CONTEXT | MESSAGE, SIZE, EXCEEDED | REACHED]).unless(INTERNAL),
    all(&[CONTEXT, REACHED]).unless(INTERNAL),
    all(&[TOKEN, EXCEEDED | LIMIT | TOO_LONG | TOO_MANY]).unless(RATE | MINUTE | DAY),
    all(&[TOKEN, LIMIT, EXCEEDED]).unless(RATE | MINUTE | DAY),
    all(&[MODEL, LIMIT | SIZE, EXCEEDED]).unless(RATE | DAY | QUOTA | MINUTE | REQUEST),
];

examples! {
    a_prompt_that_is_too_long: ContextTooLong [
        (
                    "openai",
                    400,
                    r#"{"error":{"message":"This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
                ),
                (
                    "anthropic",
                    400,
                    r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 213462 tokens > 200000 maximum"}}"#,
                ),
                (
                    "gemini",
                    400,
                    r#"{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}"#,
                ),
                (
                    "github_models",
                    413,
                    r#"{"error":{"code":"tokens_limit_reached","message":"Request body too large for gpt-4.1 model. Max size: 8000 tokens."}}"#,
                ),
    ]
    local_servers_and_clients: ContextTooLong [
        (
                    "llamacpp",
                    200,
                    r#"{"error":{"code":400,"message":"the request exceeds the available context size. try increasing the context size","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}"#,
                ),
                (
                    "lmstudio",
                    200,
                    r#"data: {"error":{"message":"Trying to keep the first 5000 tokens when context the overflows."}}

"#,
                ),
                ("other", 0, "1m 上下文已经全量可用，请启用 1m 上下文后重试"),
    ]
    /// A server that fails while it computes the context length has failed, nothing more.
    server_failure_while_measuring_the_context: ServerError [
        ("other", 500, "internal error computing maximum context length")
    ]
}
