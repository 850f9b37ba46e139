//! The account or its organisation was deactivated, banned or suspended. Only the service's support can undo that.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{ActionKind, Cause, When};

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
    strong("account has been deactivated"),
    strong("account has been disabled"),
    strong("account has been suspended"),
    strong("account has been banned"),
    strong("account has been blocked"),
    strong("account has been locked"),
    strong("account has been terminated"),
    strong("account has been flagged"),
    strong("account is deactivated"),
    strong("account is disabled"),
    strong("account is suspended"),
    strong("account is banned"),
    strong("account is blocked"),
    strong("account is locked"),
    strong("account associated with this api key has been deactivated"),
    strong("account was deactivated"),
    strong("account deactivated"),
    strong("account disabled"),
    strong("account suspended"),
    strong("account banned"),
    strong("account terminated"),
    strong("organization has been disabled"),
    strong("organization has been deactivated"),
    strong("organization has been restricted"),
    strong("organization has been suspended"),
    strong("organization is disabled"),
    strong("workspace has been disabled"),
    strong("deactivated due to"),
    strong("access was terminated due to violation"),
    strong("access terminated due to violation"),
    strong("violation of our policies"),
    strong("consumer has been suspended"),
    strong("user has been banned"),
    strong("has been suspended"),
    strong("suspended for"),
    strong("该用户已被封禁"),
    strong("用户已被封禁"),
    strong("用户被封禁"),
    strong("账号已被封"),
    strong("账户已被封"),
    strong("账号被封"),
    strong("账号已停用"),
    strong("账户已停用"),
    strong("账号已禁用"),
    strong("账户已被禁用"),
    strong("账号已被禁用"),
    strong("账号异常"),
    strong("帳號已被停用"),
    strong("アカウントが停止"),
    strong("アカウントは無効"),
    strong("계정이 정지"),
    strong("계정이 비활성"),
    strong("konto wurde deaktiviert"),
    strong("konto wurde gesperrt"),
    strong("compte a été désactivé"),
    strong("compte a été suspendu"),
    strong("cuenta ha sido desactivada"),
    strong("cuenta ha sido suspendida"),
    strong("conta foi desativada"),
    strong("account è stato disattivato"),
    strong("аккаунт заблокирован"),
    strong("учетная запись отключена"),
    hint("banned"),
    hint("suspended"),
    hint("deactivated"),
    hint("封禁"),
    hint("封号"),
    hint("停用"),
    hint("禁用"),
    hint("gesperrt"),
    hint("suspendu"),
    hint("suspendida"),
    hint("заблокирован"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn services_close_accounts() {
        check(
            Cause::AccountDisabled,
            &[
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
            ],
        );
    }

    #[test]
    fn so_do_relays() {
        check(
            Cause::AccountDisabled,
            &[
                ("other", 403, "该用户已被封禁"),
                ("other", 401, r#"{"msg":"x","code":"account_deactivated","status":401}"#),
            ],
        );
    }
}
