//! Refusals that lie with what was asked.

use super::{api, gateway, text, web_app};
use crate::faults::Fault;
use crate::faults::Group::Request;

/// The rows of this group.
pub(super) const FAULTS: &[Fault] = &[
    Fault::reply(Request, "bad_request", "invalid_request", "400: a field has a bad value.", api(400, r#"{"error":{"message":"Invalid type for 'messages[0].content': expected one of a string or array of objects, but got an integer instead.","type":"invalid_request_error","param":"messages[0].content","code":"invalid_type"}}"#)),
    Fault::reply(Request, "context_too_long", "context_too_long", "400: prompt and history are too long.", api(400, r#"{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9543 tokens. Please reduce the length of the messages.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#)),
    Fault::reply(Request, "unsupported_parameter", "unsupported_parameter", "400: the model lacks a parameter.", api(400, r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#)),
    Fault::reply(Request, "content_policy", "content_filtered", "400: the content policy refuses the prompt.", api(400, r#"{"error":{"message":"Your request was rejected as a result of our safety system.","type":"invalid_request_error","param":null,"code":"content_policy_violation"}}"#)),
    Fault::reply(Request, "content_filter", "content_filtered", "200: an answer that the filter emptied.", api(200, r#"{"id":"chatcmpl-{serial}","object":"chat.completion","created":1767225600,"model":"{model}","choices":[{"index":0,"message":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":"content_filter"}]}"#)),
    Fault::reply(Request, "model_not_found", "model_not_found", "404: no such model.", api(404, r#"{"error":{"message":"The model `{model}` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#)),
    Fault::reply(Request, "path_not_found", "endpoint_not_found", "404: no such path.", api(404, r#"{"error":{"message":"Invalid URL (POST {path})","type":"invalid_request_error","param":null,"code":null}}"#)),
    Fault::reply(Request, "method_not_allowed", "endpoint_not_found", "405: the path takes no POST.", api(405, r#"{"error":{"message":"Not allowed to POST on {path}.","type":"invalid_request_error","param":null,"code":"method_not_supported"}}"#)),
    Fault::reply(Request, "conflict", "conflict", "409: something changed meanwhile.", api(409, r#"{"error":{"message":"The resource was updated by another request. Please try again.","type":"invalid_request_error","param":null,"code":"conflict"}}"#)),
    Fault::reply(Request, "payload_too_large", "payload_too_large", "413 from a gateway: too many bytes.", gateway(413, html_page!("413 Request Entity Too Large", ""))),
    Fault::reply(Request, "unsupported_media_type", "invalid_request", "415: the body is not called JSON.", api(415, r#"{"error":{"message":"Unsupported content type: 'text/plain'. This API method only accepts 'application/json' requests, but you specified the header 'Content-Type: text/plain'.","type":"invalid_request_error","param":null,"code":"unsupported_content_type"}}"#)),
    Fault::reply(Request, "unprocessable", "invalid_request", "422: a validation list.", text(422, r#"{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{"model":"{model}"}}]}"#).with(&[("content-type", "application/json")])),
    Fault::reply(Request, "tokens_never_fit", "payload_too_large", "429: the request alone exceeds the limit.", api(429, r#"{"error":{"message":"Request too large for {model} in organization lab-org on tokens per min (TPM): Limit 10000, Requested 15000. The input or output tokens must be reduced in order to run successfully.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#)),
    Fault::reply(Request, "origin_not_allowed", "origin_not_allowed", "403 with an empty body, as a local model server gives to an unknown origin.", text(403, "")),
    Fault::reply(Request, "web_bad_request", "invalid_request", "400 of a web session.", web_app(400, r#"{"detail":"Bad Request"}"#)),
    Fault::reply(Request, "web_too_long", "context_too_long", "400 of a web session: the message is too long.", web_app(400, r#"{"detail":{"message":"The message you submitted was too long, please reload the conversation and submit something shorter.","code":"context_length_exceeded"}}"#)),
    Fault::reply(Request, "web_not_found", "endpoint_not_found", "404 of a web session.", web_app(404, r#"{"detail":"Not Found"}"#)),
];
