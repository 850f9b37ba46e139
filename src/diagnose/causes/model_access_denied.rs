//! The model exists, but this account may not use it: another plan, a verification, a project's or a privacy setting stands
//! before it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, sure};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{
        ACCESS, ACCOUNT, ADMIN, DENIED, MISSING, MODEL, NOT, PERMISSION, PLAN, REFUSED, REQUIRED,
        UNAUTHORIZED, UNAVAILABLE, UNREACHABLE, UNSUPPORTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ModelAccessDenied,
    retry: When::AfterFix,
    actions: &[
        ActionKind::ChooseModel,
        ActionKind::OpenLimits,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(limit_is_zero),
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("key_model_access_denied"),
    code("team_model_access_denied"),
    code("user_model_access_denied"),
    code("org_model_access_denied"),
    strong("not available for integrator"),
    strong("doesn't have a free quota tier"),
    strong("access to model"),
    strong("access to the requested model"),
    strong("organization must be verified"),
    strong("not available for your account"),
    strong("available only to"),
    strong("only available to"),
    strong("not authorized to use this model"),
    strong("gated repo"),
    strong("must be accepted before"),
    strong("agree to share your contact"),
    sure("matching your data policy"),
    strong("matching your guardrail"),
    strong("all providers have been ignored"),
    strong("only codex clients can use this group"),
    strong("no longer available to new users"),
    code("gpt4_model_waitlist"),
    code("privacy_restricted"),
    code("usage_not_included"),
    code("model_access_denied"),
    code("model_not_allowed"),
    code("free_variant_ended"),
    code("accessdenied.unpurchased"),
    code("model_permission_denied"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[MODEL, ACCESS, DENIED | NOT | REFUSED | UNAUTHORIZED]),
    all(&[MODEL, DENIED | PERMISSION]),
    all(&[MODEL, ACCOUNT | ADMIN, DENIED]),
    all(&[MODEL, ACCOUNT, NOT]).usual(),
    all(&[MODEL, UNREACHABLE]).usual(),
    all(&[MODEL, PLAN]),
    all(&[PLAN, REQUIRED]).fair(),
    all(&[PLAN, DENIED | MISSING | NOT | UNAVAILABLE | UNSUPPORTED]).usual(),
];

/// A limit of zero is no limit to wait for: this tier does not have the model.
fn limit_is_zero(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.status.is_some_and(|status| !matches!(status, 400 | 403 | 429)) {
        return;
    }
    // Every window of a free tier used up at once is the same zero in other words.
    let every_window = parsed.says("freetier") && parsed.says("perday") && parsed.says("perminute");
    if every_window {
        let evidence = Evidence::Phrase { text: "PerDay, PerMinute".into() };
        scores.add(Cause::ModelAccessDenied, weight::STRONG, evidence);
        scores.against(Cause::QuotaExhausted, weight::WEAK);
        scores.against(Cause::UsageCapReached, weight::STRONG);
    }
    if parsed.has_no_quota() {
        let evidence = Evidence::Phrase { text: "limit: 0".into() };
        scores.add(Cause::ModelAccessDenied, weight::STRONG + weight::WEAK, evidence);
        scores.against(Cause::RateLimited, weight::STRONG);
    }
}

examples! {
    limit_of_zero_never_opens: ModelAccessDenied [
        ("gemini", 429, "Rate limit of the free tier: limit=0. Please retry in 12s"),
                (
                    "openai",
                    429,
                    r#"{"error":{"message":"Rate limit reached for gpt-5 on tokens per min (TPM): Limit 0, Used 0, Requested 950.","code":"rate_limit_exceeded"}}"#,
                ),
    ]
    fraction_is_no_zero: RateLimited [
        ("openai", 429, "Rate limit reached: Limit 0.5 per minute. Please retry in 12s")
    ]
    model_needs_a_setting_or_plan: ModelAccessDenied [
        (
                    "openai",
                    403,
                    r#"{"error":{"message":"Project `proj_x` does not have access to model `gpt-5`","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
                ),
                (
                    "openai",
                    400,
                    r#"{"error":{"message":"Your organization must be verified to stream this model.","type":"invalid_request_error","param":"stream","code":"unsupported_value"}}"#,
                ),
                (
                    "openrouter",
                    404,
                    "No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy",
                ),
    ]
    relays_bind_models_to_groups: ModelAccessDenied [
        ("other", 403, "该令牌无权访问模型 gpt-4o"),
                ("other", 0, "Only Codex clients can use this group"),
    ]
    the_account_lacks_the_model: ModelAccessDenied [
        ("other", 0, "This account cannot use that model"),
        ("other", 0, "Ce compte ne peut pas utiliser ce modèle"),
    ]
}
