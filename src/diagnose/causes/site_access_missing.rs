//! The extension may not reach that host: the access was never asked for, was withheld ("on click"), or was taken back.
//! One press on "allow" settles it, and nothing else does.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{EXTENSION, MISSING, NAMED, PERMISSION, REQUIRED},
};

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
    strong("host permission"),
    strong("missing_host_permission"),
    strong("site access"),
    strong("extension has not been granted"),
    strong("extensions gallery cannot be scripted"),
    strong("cannot access a chrome:// url"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[EXTENSION | NAMED, PERMISSION, MISSING | REQUIRED])];

examples! {
    /// The manifest or the person has to grant it.
    missing_host_permission_is_recognised: SiteAccessMissing [
        (
                    "browser",
                    0,
                    "Unchecked runtime.lastError: Cannot access contents of the page. Extension manifest must request permission to access the respective host.",
                ),
                ("other", 0, "MISSING_HOST_PERMISSION"),
    ]
    /// Browsers call the permission "site access".
    site_access_wording_is_recognised: SiteAccessMissing [
        ("browser", 0, "Set the site access of this extension to: on all sites"),
                ("browser", 0, "Host permission required for https://poe.com"),
    ]
    the_extension_asks_for_permission: SiteAccessMissing [
        ("browser", 0, "The extension needs permission for this"),
        ("browser", 0, "Die Erweiterung benötigt eine Berechtigung"),
    ]
}
