//! The model or the endpoint does not know a parameter, role or feature that was used: images, tools, a temperature,
//! streaming. Another model, or leaving it out, settles it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, usual};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CONTENT, FEATURE, FILE, FORMAT, MESSAGE, METHOD, MODEL, OPERATION, PARAMETER, STREAM,
        UNSUPPORTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::UnsupportedParameter,
    retry: When::AfterFix,
    actions: &[
        ActionKind::ChooseModel,
        ActionKind::OpenSettings,
        ActionKind::Edit,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("is not a multimodal model"),
    usual("no endpoints found that support"),
    code("unsupported_parameter"),
    code("unsupported_value"),
    code("unsupported_model_feature"),
    code("unsupported_image_format"),
    code("not_implemented"),
    strong("does not support thinking"),
    strong("only supported on chat models"),
    strong("is not a vlm"),
    strong("not a chat model"),
    strong("did you mean to use v1/completions"),
    strong("only available through the batch api"),
    strong("only the default (1) value is supported"),
    strong("developer instruction is not enabled"),
    strong("function calling is not enabled"),
    strong("json mode is not enabled"),
    strong("system role not supported"),
    strong("requires --enable-auto-tool-choice"),
    strong("unrecognized request argument supplied"),
    strong("unknown parameter"),
    strong("temperature must be"),
    strong("top_p must be"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[FEATURE | FILE | FORMAT | MESSAGE | OPERATION | PARAMETER, UNSUPPORTED]).fair(),
    all(&[MODEL, UNSUPPORTED, CONTENT | FEATURE | FILE | METHOD | OPERATION | PARAMETER | STREAM]),
    all(&[UNSUPPORTED]).weak(),
];

examples! {
    model_does_not_know_the_parameter: UnsupportedParameter [
        (
                    "openai",
                    400,
                    r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#,
                ),
                ("ollama", 400, r#"{"error":"\"llama2\" does not support thinking"}"#),
    ]
    model_does_not_have_the_feature: UnsupportedParameter [
        ("other", 400, "Function calling is not supported for this model"),
                (
                    "ollama",
                    400,
                    r#"{"error":"registry.ollama.ai/library/gemma3:1b does not support tools"}"#,
                ),
    ]
}
