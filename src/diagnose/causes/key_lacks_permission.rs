//! The key is good, but its scope, role, project, or a restriction to certain addresses or referrers, forbids this call.
//! Somebody who manages the key has to widen it.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf, strong, usual};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ACCESS, DENIED, INSUFFICIENT, KEY, MISSING, NOT, PERMISSION, REFUSED, REQUIRED, VALID,
    },
};

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
    strong("member of an organization"),
    strong("lacks the required data action"),
    strong("no permission to access this resource"),
    usual("permission_denied"),
    strong("is not authorized to perform"),
    strong("not authorized to access this"),
    strong("ip address is not allowed"),
    strong("ip not authorized"),
    strong("not in the allowed ip"),
    strong("virtual network"),
    strong("public access is disabled"),
    strong("validation required to continue"),
    strong("restricted api key"),
    strong("organization header"),
    strong("no such organization"),
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
    strong("key is not allowed"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[KEY, VALID, DENIED | REFUSED]).sure(),
    all(&[KEY, ACCESS | PERMISSION, DENIED | INSUFFICIENT | MISSING | NOT]).usual(),
    all(&[PERMISSION, DENIED | INSUFFICIENT | MISSING | NOT | REFUSED | REQUIRED]).usual(),
];

examples! {
    /// The key is good, but of the wrong kind for this call.
    valid_key_lacks_scope_or_membership: KeyLacksPermission [
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
    ]
    a_restriction_of_the_key: KeyLacksPermission [
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
    ]
}
