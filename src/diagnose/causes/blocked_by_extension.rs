//! Another extension, an ad blocker or privacy tool, stopped the request inside the browser. An exception for the
//! service's address in that extension settles it.

use super::{CauseRule, Pattern, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BlockedByExtension,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::Retry,
        ActionKind::ReloadPage,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("blocked by an extension"),
    strong("blocked by a browser extension"),
    strong("err_blocked_by_client"),
    strong("blocked by client"),
    strong("blocked_by_client"),
    strong("blocked by an ad blocker"),
    strong("blocked by ad blocker"),
    strong("ad blocker"),
    strong("adblocker"),
    strong("adblock"),
    strong("ublock"),
    strong("another extension"),
    strong("extension conflict"),
    strong("cannot access a chrome-extension:// url of different extension"),
    strong("被扩展程序"),
    strong("被扩展阻止"),
    strong("拡張機能によってブロック"),
    strong("durch eine erweiterung blockiert"),
    strong("bloquée par une extension"),
    strong("bloqueado por una extensión"),
    strong("заблокирован расширением"),
    hint("ad-block"),
    hint("扩展程序阻止"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_neighbour_stopped_it() {
        check(
            Cause::BlockedByExtension,
            &[
                ("browser", 0, "Requests to the server have been blocked by an extension."),
                ("browser", 0, "Blocked by Client"),
            ],
        );
    }

    #[test]
    fn an_ad_blocker_is_named() {
        check(
            Cause::BlockedByExtension,
            &[
                ("browser", 0, "Please disable your ad blocker and try again"),
                ("browser", 0, "Die Anfrage wurde durch eine Erweiterung blockiert"),
            ],
        );
    }
}
