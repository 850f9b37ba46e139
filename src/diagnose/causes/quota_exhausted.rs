//! The prepaid credit, the billing quota or the spending limit is used up. Waiting does not help and retrying does not
//! either; paying, raising the limit or another source does. Many services say this with 429, and some with 400 or 403.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, usual};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CLOSED, CREDIT, DISABLED, EMPTY, EXCEEDED, EXPIRED, FAILED, GIVEN, INSUFFICIENT, INVALID,
        KEY, MISSING, NOT, PLAN, QUOTA, REACHED, REQUIRED, UNAVAILABLE, UNREACHABLE,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::QuotaExhausted,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenBilling,
        ActionKind::OpenLimits,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("free tier of the model has been exhausted"),
    strong("账户已欠费"),
    strong("资源包余量已用尽"),
    usual("openai.com/account/usage"),
    code("insufficient_quota"),
    code("insufficient_user_quota"),
    code("insufficient_balance"),
    code("insufficient_credits"),
    code("insufficient_g1_credits_balance"),
    code("insufficientquota"),
    code("billing_not_active"),
    code("billing_hard_limit_reached"),
    code("billing_error"),
    code("billing_limit_user_error"),
    code("credit_balance_exhausted"),
    code("credit_balance_too_low"),
    code("organization_spend_limit_exceeded"),
    code("project_spend_limit_exceeded"),
    code("organization_usage_limit_exceeded"),
    code("enforced_spend_limit_reached"),
    code("exceeded_current_quota_error"),
    code("payment_required"),
    code("quota_not_enough"),
    code("quotaexceeded"),
    code("quota_exhausted"),
    code("arrearage"),
    code("accountoverdueerror"),
    code("openrouter_guardrail_budget"),
    code("weight_exceeds_budget"),
    code("budget_exceeded"),
    code("chatgpt_insufficient_quota"),
    code("pre_consume_token_quota_failed"),
    code("allocationquota.freetieronly"),
    strong("exceeded your current quota"),
    strong("doesn't have any credits"),
    strong("can only afford"),
    strong("used all available credits"),
    strong("purchase more at"),
    strong("key limit exceeded"),
    strong("limit exceeded (monthly limit)"),
    strong("account is in good standing"),
    strong("will regain access on"),
    strong("limited to * / month"),
    strong("has not been priced by the administrator"),
    strong("need more points"),
    strong("not enough points"),
    strong("out of points"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[CREDIT | QUOTA, EMPTY | EXCEEDED | INSUFFICIENT | REACHED | UNREACHABLE]),
    all(&[CREDIT, FAILED | GIVEN | MISSING | NOT | REQUIRED]).usual(),
    all(&[CREDIT | QUOTA]).hint(),
    all(&[PLAN, CLOSED | DISABLED | EXPIRED | INVALID]),
    all(&[KEY, CREDIT | QUOTA, EXCEEDED | INSUFFICIENT | MISSING | NOT | REACHED | UNAVAILABLE])
        .sure(),
    all(&[PLAN, EXCEEDED | INSUFFICIENT]).usual(),
];

examples! {
    money_is_money_whatever_the_status: QuotaExhausted [
        (
                    "openai",
                    429,
                    r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
                ),
                (
                    "anthropic",
                    400,
                    r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}"#,
                ),
                (
                    "deepseek",
                    402,
                    r#"{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"#,
                ),
                (
                    "xai",
                    403,
                    r#"{"code":"The caller does not have permission","error":"Your newly created team doesn't have any credits yet."}"#,
                ),
    ]
    spend_cap_is_no_rate_limit: QuotaExhausted [
        (
                    "anthropic",
                    429,
                    r#"{"type":"error","error":{"type":"rate_limit_error","message":"Your organization has reached its enforced spend limit.","details":{"error_code":"enforced_spend_limit_reached"}}}"#,
                ),
                (
                    "openrouter",
                    403,
                    r#"{"error":{"code":403,"message":"Key budget reached","metadata":{"limit_source":"openrouter_guardrail_budget","resets_at":1760000000}}}"#,
                ),
    ]
    empty_balance_in_many_languages: QuotaExhausted [
        ("other", 429, r#"{"error":{"message":"余额不足或无可用资源包,请充值。"}}"#),
                ("other", 429, "API key quota exceeded"),
                ("openai", 0, "Cuota superada: Verifique su saldo"),
                ("openai", 0, "할당량 초과: 잔액을 확인하세요."),
    ]
}
