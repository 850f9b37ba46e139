//! Errors that a provider reports inside an answer, at status 200, each in the words of its dialect.
//!
//! They are told in the dialect of the call, so each of them fits calls of its own dialect only.

use super::Fault;
use super::stream::{LAST_CHUNK, chunk, fault, started};
use super::transport::send;
use crate::openai::Draft;
use crate::wire::Step;

/// The catalogue of errors inside an answer.
pub(super) const FAULTS: &[Fault] = &[
    fault(
        "chat_quota",
        "quota_exhausted",
        "Chat Completions: the money is used up.",
        |draft, _| {
            fails(
                draft,
                r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
            )
        },
    ),
    fault(
        "chat_object_error",
        "context_too_long",
        "Chat Completions of vLLM: an error without an envelope.",
        |draft, _| {
            fails(
                draft,
                r#"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.","type":"BadRequestError","param":null,"code":400}"#,
            )
        },
    ),
    fault(
        "responses_overloaded",
        "model_overloaded",
        "Responses: an error event that says overloaded.",
        |draft, _| {
            fails(
                draft,
                r#"{"type":"error","error":{"code":"server_is_overloaded","message":"Our servers are currently overloaded. Please try again later."}}"#,
            )
        },
    ),
    fault(
        "responses_failed",
        "rate_limited",
        "Responses: the response failed at a rate limit.",
        |draft, _| {
            fails(
                draft,
                r#"{"type":"response.failed","response":{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Rate limit reached for lab-small on tokens per min (TPM). Please try again in 1.054s."}}}"#,
            )
        },
    ),
    fault(
        "responses_filtered",
        "content_filtered",
        "Responses: the filter ends the answer.",
        |draft, _| {
            fails(
                draft,
                r#"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}}"#,
            )
        },
    ),
    fault(
        "anthropic_overloaded",
        "model_overloaded",
        "Messages: an error event that says overloaded.",
        |draft, _| {
            fails(
                draft,
                r#"{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"}}"#,
            )
        },
    ),
    fault(
        "anthropic_api_error",
        "server_error",
        "Messages: an error event of the API itself.",
        |draft, _| {
            fails(
                draft,
                r#"{"type":"error","error":{"details":null,"type":"api_error","message":"Internal server error"}}"#,
            )
        },
    ),
    fault(
        "anthropic_refusal",
        "content_filtered",
        "Messages: the guard of the model ends the answer.",
        |draft, _| {
            fails(
                draft,
                r#"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null},"usage":{"output_tokens":1}}"#,
            )
        },
    ),
    fault(
        "gemini_unavailable",
        "model_overloaded",
        "Gemini: a chunk that is an error.",
        |draft, _| {
            fails(
                draft,
                r#"{"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}"#,
            )
        },
    ),
    fault(
        "gemini_exhausted",
        "rate_limited",
        "Gemini: a chunk that tells of a limit.",
        |draft, _| {
            fails(
                draft,
                r#"{"error":{"code":429,"message":"Resource has been exhausted (e.g. check quota).","status":"RESOURCE_EXHAUSTED"}}"#,
            )
        },
    ),
    fault("gemini_blocked", "content_filtered", "Gemini: the ask is blocked.", |draft, _| {
        fails(
            draft,
            r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":7}}"#,
        )
    }),
    fault(
        "gemini_safety",
        "content_filtered",
        "Gemini: the answer is stopped for safety.",
        |draft, _| fails(draft, r#"{"candidates":[{"finishReason":"SAFETY","index":0}]}"#),
    ),
    fault(
        "azure_filtered",
        "content_filtered",
        "Azure: the filter ends the answer.",
        |draft, _| {
            fails(
                draft,
                r#"{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter","content_filter_results":{"violence":{"filtered":true,"severity":"medium"}}}]}"#,
            )
        },
    ),
    fault("azure_error", "server_error", "Azure: a chunk that is an error.", |draft, _| {
        fails(
            draft,
            r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
        )
    }),
    fault("ollama_error", "server_error", "Ollama: a line that is an error.", |draft, _| {
        fails(
            draft,
            r#"{"error":"an error was encountered while running the model: unexpected EOF"}"#,
        )
    }),
    fault(
        "ollama_stopped",
        "local_model_failed",
        "Ollama: the model's process is gone.",
        |draft, _| {
            fails(
                draft,
                r#"{"error":"model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details"}"#,
            )
        },
    ),
];

/// A good beginning, then the error.
fn fails(draft: &Draft, error: &str) -> Vec<Step> {
    let mut script = started(draft);
    script.extend(chunk(&draft.dialect.frame(error)));
    script.push(send(LAST_CHUNK));
    script
}
