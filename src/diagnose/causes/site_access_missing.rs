//! The extension may not reach that host: the access was never asked for, was withheld ("on click"), or was taken back.
//! One press on "allow" settles it, and nothing else does.

use super::{CauseRule, Pattern, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::SiteAccessMissing,
    retry: When::AfterFix,
    actions: &[
        ActionKind::GrantAccess,
        ActionKind::CheckAgain,
        ActionKind::ReloadPage,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("manifest must request permission"),
    strong("request permission to access the respective host"),
    strong("cannot access contents of"),
    strong("missing host permission"),
    strong("host permission"),
    strong("host permissions"),
    strong("missing_host_permission"),
    strong("site access"),
    strong("access to this site"),
    strong("permission to access this site"),
    strong("extension has not been granted"),
    strong("extensions gallery cannot be scripted"),
    strong("cannot access a chrome:// url"),
    strong("缺少主机权限"),
    strong("主机权限"),
    strong("网站访问权限"),
    hint("permission to access"),
    hint("optional permission"),
    hint("<all_urls>"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    /// The manifest or the person has to grant it.
    #[test]
    fn missing_host_permission_is_recognised() {
        check(
            Cause::SiteAccessMissing,
            &[
                (
                    "browser",
                    0,
                    "Unchecked runtime.lastError: Cannot access contents of the page. Extension manifest must request permission to access the respective host.",
                ),
                ("other", 0, "MISSING_HOST_PERMISSION"),
            ],
        );
    }

    /// Browsers call the permission "site access".
    #[test]
    fn site_access_wording_is_recognised() {
        check(
            Cause::SiteAccessMissing,
            &[
                ("browser", 0, "Set the site access of this extension to: on all sites"),
                ("browser", 0, "Host permission required for https://poe.com"),
            ],
        );
    }
}
