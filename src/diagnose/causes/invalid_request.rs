//! The request is malformed or holds a bad value: a field missing, a wrong type, messages in the wrong order. The same
//! request fails again; changing it, or the program that built it, settles it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, usual, vague};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ADVICE, BODY, EMPTY, FAILED, FORMAT, HEADER, INVALID, MESSAGE, MISSING, NOT, PARAMETER,
        READ, REQUEST, REQUIRED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::InvalidRequest,
    retry: When::AfterFix,
    actions: &[
        ActionKind::Edit,
        ActionKind::OpenSettings,
        ActionKind::ChooseModel,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("expected last role"),
    vague("invalid_request_error"),
    vague("invalid_argument"),
    vague("invalid_request"),
    vague("bad_request"),
    vague("badrequest"),
    vague("invalid_prompt_format"),
    code("invalid_type"),
    code("invalid_value"),
    code("missing_required_parameter"),
    code("unknown_parameter"),
    code("invalid_image"),
    code("invalid_image_url"),
    code("invalid_base64"),
    code("image_parse_error"),
    code("invalid_json"),
    code("unsupported_content_type"),
    code("string_above_max_length"),
    code("string_below_min_length"),
    code("decimal_above_max_value"),
    code("decimal_below_min_value"),
    code("integer_above_max_value"),
    code("integer_below_min_value"),
    code("array_above_max_length"),
    code("array_below_min_length"),
    code("empty_array"),
    code("tool_use_failed"),
    code("literal_error"),
    code("value_error"),
    code("missing_field"),
    code("validationexception"),
    code("invalidparameter"),
    code("parameter_missing"),
    code("param_incorrect"),
    code("unprocessable"),
    code("unprocessable_entity"),
    code("image_download_failed"),
    code("invalid_function_parameters"),
    code("upstream rejected the request payload"),
    strong("failed to deserialize the json body"),
    strong("input should be"),
    strong("invalid role"),
    strong("invalid character"),
    strong("unknown field"),
    strong("unknown name"),
    strong("extra inputs are not permitted"),
    strong("must have non-empty content"),
    strong("content blocks must be non-empty"),
    strong("must be followed by tool messages"),
    strong("must be a response to a preceeding message"),
    strong("roles must alternate"),
    strong("last message must"),
    strong("function call turn comes immediately after"),
    usual("tool_result"),
    strong("at least one message"),
    strong("contents is not specified"),
    strong("expecting property name enclosed"),
    strong("could not process image"),
    usual("unable to download"),
    usual("failed to download"),
    strong("error while downloading"),
    strong("previous response with id"),
    strong("no tool output found"),
    strong("item with id"),
    usual("unable to submit request because"),
    strong("cannot deserialize"),
    usual("unmarshal"),
    strong("proto field"),
    strong("convert_request_failed"),
    strong("prompt is empty"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[MESSAGE | PARAMETER | REQUEST, INVALID]).usual(),
    all(&[BODY | FORMAT | HEADER, INVALID]).usual(),
    all(&[BODY | HEADER | PARAMETER, EMPTY | MISSING | REQUIRED]).fair(),
    all(&[REQUEST, NOT, READ]).fair(),
    all(&[REQUEST, FORMAT, FAILED | INVALID | NOT]).sure(),
    all(&[PARAMETER, ADVICE]).fair(),
];

examples! {
    malformed_requests_by_provider: InvalidRequest [
        (
                    "gemini",
                    400,
                    r#"{"error":{"code":400,"message":"Please ensure that function call turn comes immediately after a user turn or after a function response turn.","status":"INVALID_ARGUMENT"}}"#,
                ),
                (
                    "mistral",
                    422,
                    r#"{"detail":[{"loc":["body","messages",0,"role"],"msg":"Input should be 'system', 'user', 'assistant' or 'tool'","type":"literal_error"}]}"#,
                ),
                ("openai", 400, ""),
    ]
    long_field_is_no_long_context: InvalidRequest [
        (
                    "openai",
                    400,
                    r#"{"error":{"message":"Invalid 'user': string too long. Expected a string with maximum length 64, but got a string with length 120 instead.","type":"invalid_request_error","param":"user","code":"string_above_max_length"}}"#,
                ),
                (
                    "deepseek",
                    422,
                    r#"{"x":"Failed to deserialize the JSON body into the target type: messages[0]: unknown variant"}"#,
                ),
    ]
}
