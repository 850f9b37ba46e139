//! The service answered 403 and the evidence does not say why: a permission, a country, a firewall, a session. Looking
//! closer comes first; guessing costs the person an hour.

use super::{CauseRule, Pattern, fair, leaf, strong, usual, vague};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::AccessDenied,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::OpenSettings,
        ActionKind::OpenSite,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    fair("contact the administrator"),
    fair("access denied"),
    fair("access to this resource is forbidden"),
    fair("access forbidden"),
    strong("you don't have permission to access * on this server"),
    strong("you don't have permission to access this resource"),
    fair("you do not have access"),
    fair("403 forbidden"),
    fair("request forbidden"),
    leaf("access_denied"),
    vague("forbidden"),
    vague("accessdenied"),
    fair("访问被拒绝"),
    fair("拒绝访问"),
    fair("禁止访问"),
    fair("存取被拒"),
    fair("アクセスが拒否"),
    fair("액세스가 거부"),
    fair("zugriff verweigert"),
    fair("accès refusé"),
    fair("acceso denegado"),
    fair("acesso negado"),
    fair("accesso negato"),
    fair("доступ запрещен"),
    fair("доступ запрещён"),
    fair("odmowa dostępu"),
    fair("erişim reddedildi"),
    fair("akses ditolak"),
    strong("アクセスする権限"),
    usual("is forbidden"),
    strong("access to this website is forbidden"),
    usual("accès interdit"),
    usual("доступ запрещ"),
    usual("доступ запрещё"),
    usual("アクセス権がありません"),
    usual("접근이 거부"),
    usual("접근 권한"),
    usual("無權訪問"),
    usual("toegang geweigerd"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_bare_403_is_not_guessed() {
        check(Cause::AccessDenied, &[("openai", 403, ""), ("other", 403, "403 Forbidden")]);
    }

    /// Some denials say no more than their status.
    #[test]
    fn bare_denials_add_nothing() {
        check(
            Cause::AccessDenied,
            &[
                (
                    "chatgpt-web",
                    403,
                    "An error occured, please contact the administrator. (ChatGPTAPI error 403)",
                ),
                ("other", 0, "Access denied"),
            ],
        );
    }
}
