//! That model or deployment does not exist at this address: a typing error, a model that was retired, one that was never
//! pulled, or a name of another service. Choosing from the service's own list settles it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, usual};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{
        DISABLED, EMPTY, INVALID, MISSING, MODEL, NOT_FOUND, REQUIRED, UNAVAILABLE, UNKNOWN,
        UNSUPPORTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ModelNotFound,
    retry: When::AfterFix,
    actions: &[
        ActionKind::ChooseModel,
        ActionKind::OpenSettings,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(not_found_names_a_model),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("unable to access non-serverless model"),
    strong("is not allowed on this server"),
    code("model_not_found"),
    code("model_not_found_error"),
    code("modelnotfound"),
    code("model_not_available"),
    code("model_not_exist"),
    code("model_deprecated"),
    code("model_decommissioned"),
    code("model_not_supported"),
    code("invalid_model"),
    code("invalid_model_error"),
    code("invalid_model_name"),
    code("unknown_model"),
    code("deploymentnotfound"),
    code("operationnotsupported"),
    code("resourcenotfoundexception"),
    strong("does not exist or you do not have access to it"),
    strong("unknown model"),
    strong("has been retired"),
    usual("is no longer available"),
    usual("no longer supported"),
    strong("is not available. please use"),
    strong("model * is not supported"),
    strong("no endpoints found"),
    strong("try pulling it first"),
    strong("model not loaded"),
    strong("no models loaded"),
    strong("endpoint for * is not running"),
    strong("too large to be loaded"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[MODEL, INVALID | MISSING | NOT_FOUND | UNAVAILABLE | UNKNOWN]),
    all(&[MODEL, UNSUPPORTED]).fair(),
    all(&[MODEL, DISABLED]).weak(),
    all(&[MODEL, EMPTY | REQUIRED]).fair(),
];

/// A `not_found` with the name of a model beside it is about the model, not the path.
fn not_found_names_a_model(parsed: &ParsedFailure, scores: &mut Scores) {
    let coded = parsed.scan.value("code") == Some("not_found")
        || parsed.scan.any("type", |kind| kind == "not_found_error");
    if !parsed.is(&[404]) && !coded {
        return;
    }
    let named = ["model: ", "model '", "model \"", "model `", "models/", "model "]
        .iter()
        .find(|words| parsed.says(words));
    if let (Some(words), false) = (named, parsed.html) {
        let evidence = Evidence::Phrase { text: words.trim_end().to_owned() };
        scores.add(Cause::ModelNotFound, weight::FAIR, evidence);
    }
}

examples! {
    no_such_model_here: ModelNotFound [
        (
                    "openai",
                    404,
                    r#"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
                ),
                ("ollama", 404, r#"{"error":"model 'llama3' not found"}"#),
                (
                    "azure",
                    404,
                    r#"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}"#,
                ),
                (
                    "mistral",
                    400,
                    r#"{"object":"error","message":"Invalid model: mistral-gigantic-latest","type":"invalid_model","param":null,"code":"1500"}"#,
                ),
    ]
    gemini_and_aggregators: ModelNotFound [
        (
                    "gemini",
                    404,
                    r#"{"error":{"code":404,"message":"models/gemini-9-ultra is not found for API version v1beta, or is not supported for generateContent.","status":"NOT_FOUND"}}"#,
                ),
                ("openrouter", 404, "No endpoints found for some/model."),
                (
                    "fireworks",
                    404,
                    r#"{"message":"Model not found, inaccessible, and/or not deployed","param":"model","code":"NOT_FOUND","type":"error"}"#,
                ),
    ]
    /// A sentence that says "retry" does not mean that the same request will pass.
    retry_advice_promises_nothing: ModelNotFound [
        (
                "bedrock",
                400,
                r#"{"message":"Invocation of model ID x with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model."}"#,
            )
    ]
}
