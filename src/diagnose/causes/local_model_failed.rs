//! A model server on the person's own machine could not load or run the model: too little memory, a broken file, a driver.
//! A smaller model settles most of it; the server's own log has the rest.

use super::{CauseRule, Pattern, hint, strong, usual};
use crate::{ActionKind, Cause, When};

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
    usual("out of memory"),
    strong("llama runner exited"),
    strong("runner exited"),
    strong("model is unloaded"),
    strong("model was unloaded"),
    strong("model has been unloaded"),
    strong("enough available memory to run"),
    strong("llama_decode"),
    strong("failed to decode the batch"),
    strong("ggml_assert"),
    hint("webgpu"),
    strong("model requires more system memory"),
    strong("requires more system memory"),
    strong("model runner has unexpectedly stopped"),
    strong("llama runner process has terminated"),
    strong("runner process has terminated"),
    strong("runner process"),
    strong("error loading model"),
    strong("failed to load model"),
    strong("unable to load model"),
    strong("failed to load the model"),
    strong("model failed to load"),
    strong("cannot load model"),
    strong("could not load model"),
    strong("unable to allocate"),
    strong("failed to allocate"),
    strong("cuda out of memory"),
    strong("cudamalloc"),
    strong("ggml_"),
    strong("gguf"),
    strong("llama_model_load"),
    strong("insufficient vram"),
    strong("not enough vram"),
    strong("insufficient system resources"),
    strong("model loading was stopped due to insufficient system resources"),
    strong("model has crashed"),
    strong("the model has crashed"),
    strong("model crashed"),
    strong("unsupported model architecture"),
    strong("unknown model architecture"),
    strong("exit code: 18446744072635812000"),
    strong("signal: killed"),
    strong("signal: aborted"),
    strong("signal: segmentation fault"),
    strong("显存不足"),
    strong("模型加载失败"),
    strong("加载模型失败"),
    strong("モデルの読み込みに失敗"),
    hint("gpu"),
    hint("vram"),
    hint("cuda"),
    hint("显卡"),
    hint("显存"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn too_little_memory() {
        check(
            Cause::LocalModelFailed,
            &[
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
            ],
        );
    }

    #[test]
    fn a_model_that_does_not_load() {
        check(
            Cause::LocalModelFailed,
            &[
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
            ],
        );
    }
}
