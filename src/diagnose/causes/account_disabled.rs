//! The account or its organisation was deactivated, banned or suspended. Only the service's support can undo that.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ACCOUNT, BLOCKED, CANCELLED, CLOSED, CONNECTION, DISABLED, LOGIN, NAMED, OPERATION, PAGE,
        SESSION, STREAM,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::AccountDisabled,
    retry: When::AfterFix,
    actions: &[ActionKind::OpenSupport, ActionKind::SwitchSource, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("account_deactivated"),
    code("account_disabled"),
    code("account_suspended"),
    code("organization_deactivated"),
    code("organization_restricted"),
    code("organization_disabled"),
    code("user_suspended"),
    code("user_banned"),
    code("accountdeactivated"),
    strong("account has been flagged"),
    strong("violation of our policies"),
    strong("has been suspended"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[ACCOUNT, DISABLED | BLOCKED]).unless(PAGE | NAMED | CANCELLED | OPERATION),
    all(&[ACCOUNT, CLOSED]).usual().unless(CONNECTION | SESSION | LOGIN | STREAM),
];

examples! {
    services_close_accounts: AccountDisabled [
        (
                    "openai",
                    401,
                    r#"{"error":{"message":"The OpenAI account associated with this API key has been deactivated.","type":"invalid_request_error","param":null,"code":"account_deactivated"}}"#,
                ),
                (
                    "anthropic",
                    400,
                    r#"{"type":"error","error":{"type":"invalid_request_error","message":"This organization has been disabled."}}"#,
                ),
                (
                    "groq",
                    400,
                    r#"{"error":{"message":"Organization has been restricted. Please reach out to support","type":"invalid_request_error","code":"organization_restricted"}}"#,
                ),
    ]
    so_do_relays: AccountDisabled [
        ("other", 403, "该用户已被封禁"),
                ("other", 401, r#"{"msg":"x","code":"account_deactivated","status":401}"#),
    ]
}
