//! The model or the endpoint does not know a parameter, role or feature that was used: images, tools, a temperature,
//! streaming. Another model, or leaving it out, settles it.

use super::{CauseRule, Pattern, code, hint, strong, usual};
use crate::{ActionKind, Cause, When};

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
    usual("no endpoints found that support"),
    usual("may not support"),
    usual("might not support"),
    code("unsupported_parameter"),
    code("unsupported_value"),
    code("unsupported_model_feature"),
    code("unsupported_image_format"),
    code("unsupported_content_type"),
    code("not_implemented"),
    strong("unsupported parameter"),
    strong("unsupported value"),
    strong("unsupported content type"),
    strong("unsupported image"),
    strong("unsupported media type"),
    strong("unsupported file"),
    strong("unsupported role"),
    strong("unsupported mime type"),
    strong("is not supported with this model"),
    strong("are not supported with this model"),
    strong("not supported with this model"),
    strong("not supported for this model"),
    strong("not supported by this model"),
    strong("not supported in this model"),
    strong("not supported by the model"),
    strong("not supported on this endpoint"),
    strong("not supported for the model"),
    strong("not supported when"),
    strong("does not support tools"),
    strong("does not support tool"),
    strong("does not support thinking"),
    strong("does not support image"),
    strong("does not support images"),
    strong("does not support vision"),
    strong("does not support chat"),
    strong("does not support function"),
    strong("does not support generate"),
    strong("does not support embeddings"),
    strong("does not support assistant message prefill"),
    strong("does not support parameters"),
    strong("does not support parameter"),
    usual("does not support the"),
    strong("does not support * with this model"),
    usual("doesn't support"),
    usual("do not support"),
    strong("only supported on chat models"),
    strong("is not a multimodal model"),
    strong("is not a vlm"),
    strong("is not a chat model"),
    strong("not a chat model"),
    strong("did you mean to use v1/completions"),
    strong("only available through the batch api"),
    strong("only the default (1) value is supported"),
    strong("is deprecated for this model"),
    strong("developer instruction is not enabled"),
    strong("function calling is not enabled"),
    strong("function calling is not supported"),
    strong("json mode is not enabled"),
    strong("stream is not supported"),
    strong("streaming is not supported"),
    strong("does not support streaming"),
    usual("image input"),
    strong("image urls are not currently supported"),
    strong("vision is not supported"),
    strong("system message is not supported"),
    strong("system role not supported"),
    usual("multimodal"),
    strong("requires --enable-auto-tool-choice"),
    strong("--enable-auto-tool-choice"),
    strong("invalid thinking"),
    usual("cannot be used with"),
    strong("unrecognized request argument supplied"),
    strong("unknown parameter"),
    strong("unsupported parameter(s)"),
    strong("tool use with function calling is unsupported"),
    strong("不支持sse"),
    strong("不支持图片"),
    strong("不支持图像"),
    strong("不支持该参数"),
    strong("不支持工具"),
    strong("不支持函数"),
    strong("不支持请求中的能力"),
    strong("不支持视觉"),
    strong("模型不支持"),
    strong("サポートされていません"),
    strong("지원하지 않"),
    strong("temperature must be"),
    strong("top_p must be"),
    strong("must be between"),
    hint("not supported"),
    hint("unsupported"),
    hint("not implemented"),
    hint("不支持"),
    hint("不支援"),
    hint("非対応"),
    hint("지원되지"),
    hint("nicht unterstützt"),
    hint("pris en charge"),
    hint("no compatible"),
    hint("não suportado"),
    hint("не поддерживает"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn model_does_not_know_the_parameter() {
        check(
            Cause::UnsupportedParameter,
            &[
                (
                    "openai",
                    400,
                    r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#,
                ),
                ("ollama", 400, r#"{"error":"\"llama2\" does not support thinking"}"#),
            ],
        );
    }

    #[test]
    fn model_does_not_have_the_feature() {
        check(
            Cause::UnsupportedParameter,
            &[
                ("other", 400, "Function calling is not supported for this model"),
                (
                    "ollama",
                    400,
                    r#"{"error":"registry.ollama.ai/library/gemma3:1b does not support tools"}"#,
                ),
            ],
        );
    }
}
