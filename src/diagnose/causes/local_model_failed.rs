//! A model server on the person's own machine could not load or run the model: too little memory, a broken file, a driver.
//! A smaller model settles most of it; the server's own log has the rest.

use super::{CauseRule, ConceptRule, Pattern, all, fair, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        AVAILABLE, EXCEEDED, FAILED, INSUFFICIENT, LOAD, LOCAL, MEMORY, MODEL, NOT, REQUIRED,
        RESOURCES,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::LocalModelFailed,
    retry: When::AfterFix,
    actions: &[
        ActionKind::ChooseModel,
        ActionKind::OpenGuide,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("runner exited"),
    strong("model unloaded"),
    strong("model * unloaded"),
    strong("llama_decode"),
    strong("failed to decode the batch"),
    strong("requires more system memory"),
    strong("model runner has unexpectedly stopped"),
    strong("runner process"),
    strong("unable to allocate"),
    strong("failed to allocate"),
    strong("ggml_"),
    fair("gguf"),
    strong("llama_model_load"),
    strong("insufficient system resources"),
    strong("the model has crashed"),
    strong("unsupported model architecture"),
    strong("unknown model architecture"),
    strong("exit code: 18446744072635812000"),
    strong("signal: killed"),
    strong("signal: aborted"),
    strong("signal: segmentation fault"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[MODEL, LOAD, FAILED | NOT | MEMORY]),
    all(&[LOCAL, FAILED | NOT]).fair(),
    all(&[MODEL, MEMORY, INSUFFICIENT | NOT | EXCEEDED | FAILED | REQUIRED | AVAILABLE]),
    all(&[LOCAL, MEMORY]).sure(),
    all(&[MODEL, RESOURCES, INSUFFICIENT]),
];

examples! {
    too_little_memory: LocalModelFailed [
        (
                    "ollama",
                    500,
                    r#"{"error":"model requires more system memory (12.0 GiB) than is available (7.5 GiB)"}"#,
                ),
                (
                    "ollama",
                    500,
                    r#"{"error":"llama runner process has terminated: signal: killed"}"#,
                ),
    ]
    a_model_that_does_not_load: LocalModelFailed [
        (
                    "lmstudio",
                    400,
                    r#"{"error":"Failed to load model. The model has crashed without additional information."}"#,
                ),
                (
                    "ollama",
                    0,
                    "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details",
                ),
    ]
}
