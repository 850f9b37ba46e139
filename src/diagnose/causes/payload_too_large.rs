//! The request is too big in bytes, or in tokens for a limit per minute that it alone exceeds. Waiting never makes it fit;
//! a smaller attachment or a shorter text does.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{ADDRESS, BODY, DATA, EXCEEDED, FILE, HEADER, LIMIT, REQUEST, SIZE, TOO_LONG},
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
    code("request_too_large"),
    code("payload_too_large"),
    code("image_too_large"),
    code("entity.too.large"),
    code("function_payload_too_large"),
    strong("request exceeds the maximum"),
    strong("image exceeds"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[FILE | BODY, TOO_LONG]),
    all(&[FILE | BODY, SIZE | LIMIT, EXCEEDED | LIMIT]),
    all(&[REQUEST | DATA | ADDRESS | HEADER, TOO_LONG]),
    all(&[SIZE, EXCEEDED]).usual(),
    all(&[ADDRESS | HEADER, SIZE | LIMIT, EXCEEDED]),
    all(&[TOO_LONG]).hint(),
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
        scores.add(Cause::PayloadTooLarge, weight::DECISIVE + 0.5, Evidence::Phrase { text });
    }
}

examples! {
    too_many_bytes: PayloadTooLarge [
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
    ]
    /// One request needs more tokens than any minute allows, so waiting does not help.
    request_exceeds_tokens_per_minute: PayloadTooLarge [
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
    ]
}
