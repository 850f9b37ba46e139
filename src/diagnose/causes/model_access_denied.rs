//! The model exists, but this account may not use it: another plan, a verification, a project's or a privacy setting stands
//! before it.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
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
    strong("doesn't have a free quota tier"),
    strong("does not have a free quota tier"),
    strong("no free quota tier"),
    strong("not available in the free tier"),
    strong("not available on the free tier"),
    strong("is not available on the free"),
    strong("free plan cannot"),
    strong("free users cannot"),
    strong("upgrade to a paid plan to continue"),
    strong("does not have access to model"),
    strong("do not have access to the model"),
    strong("do not have access to model"),
    strong("don't have access to the model"),
    strong("doesn't have access to the model"),
    strong("not have access to the model with the specified model id"),
    strong("have access to this model"),
    strong("access to this model"),
    strong("access to model"),
    strong("access to the requested model"),
    strong("no access to model"),
    strong("organization must be verified"),
    strong("verify organization"),
    strong("verification before using"),
    strong("is not available on your current plan"),
    strong("not available on your plan"),
    strong("not available in your plan"),
    strong("not available for your account"),
    strong("not available to your account"),
    strong("not included in your plan"),
    strong("not available for trial users"),
    strong("only available to paid"),
    strong("only available for paid"),
    strong("available only to"),
    strong("only available to"),
    strong("requires a subscription"),
    strong("a subscription is required"),
    strong("requires a paid plan"),
    strong("requires a premium"),
    strong("requires chatgpt plus"),
    strong("requires a pro plan"),
    strong("upgrade to access this model"),
    strong("upgrade your plan to"),
    strong("not available with your current"),
    strong("plan does not include"),
    strong("plan not support model"),
    strong("model is not allowed for"),
    strong("model is not allowed"),
    strong("not allowed to use this model"),
    strong("not allowed to use model"),
    strong("not allowed to sample from this model"),
    strong("not authorized to use this model"),
    strong("not authorized to access model"),
    strong("model access is denied"),
    strong("is gated"),
    strong("gated repo"),
    strong("must be accepted before"),
    strong("agree to share your contact"),
    strong("deposit required to unlock"),
    strong("matching your data policy"),
    strong("guardrail restrictions and data policy"),
    strong("matching your guardrail"),
    strong("settings/privacy"),
    strong("all providers have been ignored"),
    strong("no allowed providers are available"),
    strong("byok access to"),
    strong("only codex clients can use this group"),
    strong("no longer available to new users"),
    strong("waitlist"),
    code("gpt4_model_waitlist"),
    code("privacy_restricted"),
    code("usage_not_included"),
    code("model_access_denied"),
    code("model_not_allowed"),
    code("free_variant_ended"),
    code("accessdenied.unpurchased"),
    code("model_permission_denied"),
    strong("该令牌无权访问模型"),
    strong("令牌无权使用模型"),
    strong("无权使用模型"),
    strong("无权访问该模型"),
    strong("没有权限使用该模型"),
    strong("无权限使用该模型"),
    strong("模型无权限"),
    strong("未开通"),
    strong("モデルへのアクセス"),
    strong("모델에 대한 액세스"),
    strong("免费用户*无法"),
    strong("升级到付费"),
    strong("included in your plan"),
    strong("subscription plans allow"),
    strong("upgrade * to use this model"),
    strong("accès à ce modèle"),
    strong("acceso a este modelo"),
    strong("acesso a este modelo"),
    strong("zugriff auf dieses modell"),
    strong("доступ к этой модели"),
    strong("доступ к модели"),
    strong("このモデルへのアクセス"),
    strong("이 모델에 대한"),
    strong("无权使用该模型"),
    strong("无权访问模型"),
    strong("没有权限使用*模型"),
    hint("your plan"),
    hint("upgrade your plan"),
    hint("upgrade to"),
    hint("subscription required"),
    hint("premium"),
    hint("plus subscription"),
    hint("verify your organization"),
    hint("会员"),
    hint("订阅"),
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

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn limit_of_zero_never_opens() {
        check(
            Cause::ModelAccessDenied,
            &[
                ("gemini", 429, "Rate limit of the free tier: limit=0. Please retry in 12s"),
                (
                    "openai",
                    429,
                    r#"{"error":{"message":"Rate limit reached for gpt-5 on tokens per min (TPM): Limit 0, Used 0, Requested 950.","code":"rate_limit_exceeded"}}"#,
                ),
            ],
        );
        check(
            Cause::RateLimited,
            &[("openai", 429, "Rate limit reached: Limit 0.5 per minute. Please retry in 12s")],
        );
    }

    #[test]
    fn model_needs_a_setting_or_plan() {
        check(
            Cause::ModelAccessDenied,
            &[
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
            ],
        );
    }

    #[test]
    fn relays_bind_models_to_groups() {
        check(
            Cause::ModelAccessDenied,
            &[
                ("other", 403, "该令牌无权访问模型 gpt-4o"),
                ("other", 0, "Only Codex clients can use this group"),
            ],
        );
    }
}
