//! The key is good, but its scope, role, project, or a restriction to certain addresses or referrers, forbids this call.
//! Somebody who manages the key has to widen it.

use super::{CauseRule, Pattern, code, hint, leaf, strong, usual};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::KeyLacksPermission,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenKeys,
        ActionKind::OpenSettings,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("insufficient permissions"),
    strong("missing scopes"),
    strong("missing scope"),
    strong("insufficient authentication scopes"),
    strong("insufficient scope"),
    strong("insufficient_scope"),
    strong("insufficient permission"),
    strong("member of an organization"),
    strong("lacks the required data action"),
    usual("does not have permission"),
    usual("do not have permission"),
    usual("don't have permission"),
    usual("doesn't have permission"),
    strong("you have no permission"),
    strong("no permission to access this resource"),
    usual("permission denied"),
    usual("permission_denied"),
    strong("not have sufficient permissions"),
    strong("have the required permissions"),
    strong("is not authorized to perform"),
    strong("is not authorized to access this"),
    strong("not authorized to access this"),
    strong("not authorized for this"),
    strong("not allowed to access this"),
    strong("has not been used in project"),
    strong("it is disabled. enable it by"),
    strong("ip address is not allowed"),
    strong("ip not authorized"),
    strong("ip is not in the"),
    strong("ip address not"),
    strong("not in the allowed ip"),
    strong("ip allowlist"),
    strong("ip whitelist"),
    strong("virtual network/firewall rules"),
    strong("virtual network"),
    strong("public access is disabled"),
    strong("validation required to continue"),
    strong("project has been denied access"),
    strong("does not allow the current client"),
    strong("restricted api key"),
    strong("api key does not have"),
    strong("key does not have access to"),
    strong("organization header"),
    strong("mismatched_organization"),
    strong("no such organization"),
    strong("not allowed for this virtual key"),
    usual("permission_error"),
    code("permissiondenied"),
    code("service_disabled"),
    code("api_key_service_blocked"),
    code("api_key_ip_address_blocked"),
    code("access_token_scope_insufficient"),
    code("validation_required"),
    code("accessdeniedexception"),
    code("iam_permission_denied"),
    code("permissiondeniederror"),
    code("insufficient_permissions"),
    code("ip_not_authorized"),
    code("ip_not_allowed"),
    code("missing_scope"),
    leaf("permission_denied_error"),
    leaf("permissionerror"),
    usual("没有权限"),
    usual("无权限"),
    usual("无权访问"),
    usual("权限不足"),
    strong("ip 不在令牌允许"),
    strong("ip不在"),
    strong("ip白名单"),
    strong("ip 白名单"),
    strong("沒有權限"),
    strong("權限不足"),
    strong("権限がありません"),
    strong("권한이 없"),
    strong("keine berechtigung"),
    strong("autorisation insuffisante"),
    strong("permisos insuficientes"),
    strong("permissão negada"),
    strong("permesso negato"),
    strong("недостаточно прав"),
    strong("key is not allowed"),
    strong("key is not permitted"),
    strong("key does not have permission"),
    strong("key doesn't have permission"),
    strong("key has no permission"),
    strong("key lacks"),
    hint("permission"),
    hint("permissions"),
    hint("not authorized"),
    hint("not allowed"),
    hint("scope"),
    hint("权限"),
    hint("權限"),
    hint("権限"),
    hint("권한"),
    hint("berechtig"),
    hint("autorisation"),
    hint("permiso"),
    hint("permissão"),
    hint("permess"),
    hint("прав доступа"),
    hint("uprawnie"),
    hint("yetki"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    /// The key is good, but of the wrong kind for this call.
    #[test]
    fn valid_key_lacks_scope_or_membership() {
        check(
            Cause::KeyLacksPermission,
            &[
                (
                    "openai",
                    401,
                    "401 You have insufficient permissions for this operation. Missing scopes: api.responses.write.",
                ),
                (
                    "openai",
                    401,
                    r#"{"error":{"message":"You must be a member of an organization to use the API.","type":"invalid_request_error","param":null,"code":null}}"#,
                ),
                (
                    "anthropic",
                    403,
                    r#"{"type":"error","error":{"type":"permission_error","message":"Your API key does not have permission to use the specified resource."}}"#,
                ),
            ],
        );
    }

    #[test]
    fn a_restriction_of_the_key() {
        check(
            Cause::KeyLacksPermission,
            &[
                (
                    "gemini",
                    403,
                    r#"{"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED","details":[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}"#,
                ),
                (
                    "azure",
                    403,
                    r#"{"error":{"code":"AccessDenied","message":"Access denied due to Virtual Network/Firewall rules."}}"#,
                ),
            ],
        );
    }
}
