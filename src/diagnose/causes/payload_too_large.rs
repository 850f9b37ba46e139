//! The request is too big in bytes, or in tokens for a limit per minute that it alone exceeds. Waiting never makes it fit;
//! a smaller attachment or a shorter text does.

use super::{CauseRule, On, Pattern, code, hint, strong, sure, usual};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::PayloadTooLarge,
    retry: When::AfterFix,
    actions: &[
        ActionKind::Edit,
        ActionKind::SwitchSource,
        ActionKind::OpenLimits,
        ActionKind::CopyReport,
    ],
    score: Some(more_than_the_limit),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("request data is too large"),
    strong("uri of your request is too long"),
    code("request_too_large"),
    code("payload_too_large"),
    code("image_too_large"),
    code("entity.too.large"),
    code("function_payload_too_large"),
    sure("request too large"),
    strong("request entity too large"),
    strong("payload too large"),
    strong("content too large"),
    usual("body too large"),
    strong("request body is too large"),
    usual("request body too large").on(On::Refused),
    strong("entity too large"),
    strong("payload size exceeds"),
    strong("request payload size"),
    strong("exceeds the maximum size"),
    strong("exceeds the maximum allowed size"),
    strong("maximum request size"),
    strong("request size exceeds"),
    strong("request exceeds the maximum"),
    strong("request exceeds the maximum size"),
    strong("exceeded the maximum request"),
    strong("maximum content size limit"),
    strong("file is too large"),
    strong("file too large"),
    strong("image is too large"),
    strong("image exceeds"),
    strong("image size exceeds"),
    strong("attachment is too large"),
    strong("file size exceeds"),
    strong("exceeds the maximum file size"),
    usual("exceeds * mb"),
    strong("content exceeds maximum length of * kb"),
    strong("exceeds * bytes"),
    usual("length limit exceeded"),
    strong("upload too large"),
    strong("header fields too large"),
    strong("文件过大"),
    strong("文件太大"),
    strong("图片过大"),
    strong("图片太大"),
    strong("请求体过大"),
    strong("请求体太大"),
    strong("檔案過大"),
    strong("ファイルが大きすぎ"),
    usual("zu groß"),
    hint("too large"),
    hint("too big"),
    hint("file size"),
    hint("过大"),
    hint("太大"),
];

/// A request that alone exceeds the limit of a minute never fits, however long one waits.
fn more_than_the_limit(parsed: &ParsedFailure, scores: &mut Scores) {
    if !parsed.is(&[413, 429]) {
        return;
    }
    let Some(requested) = parsed.number_after("requested ") else { return };
    let limit = parsed.number_after("limit ").or_else(|| parsed.number_after("limit: "));
    if let Some(limit) = limit.filter(|&limit| limit > 0 && requested > limit) {
        let text = format!("limit {limit}, requested {requested}");
        scores.add(Cause::PayloadTooLarge, weight::DECISIVE, Evidence::Phrase { text });
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn too_many_bytes() {
        check(
            Cause::PayloadTooLarge,
            &[
                (
                    "anthropic",
                    413,
                    "{'error': {'type': 'request_too_large', 'message': 'Request exceeds the maximum size'}}",
                ),
                (
                    "gemini",
                    400,
                    r#"{"error":{"code":400,"message":"Request payload size exceeds the limit: 20971520 bytes.","status":"INVALID_ARGUMENT"}}"#,
                ),
                (
                    "nginx",
                    413,
                    "<html><head><title>413 Request Entity Too Large</title></head></html>",
                ),
            ],
        );
    }

    /// One request needs more tokens than any minute allows, so waiting does not help.
    #[test]
    fn request_exceeds_tokens_per_minute() {
        check(
            Cause::PayloadTooLarge,
            &[
                (
                    "openai",
                    429,
                    r#"{"error":{"message":"Request too large for gpt-4 in organization org-a on tokens per min (TPM): Limit 10000, Requested 15000.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#,
                ),
                (
                    "other",
                    429,
                    "Rate limit reached on tokens per min: Limit 12000, Requested 14137",
                ),
            ],
        );
    }
}
