//! The extension was updated, reloaded or stopped while the page kept its old half. That half is cut off for good; only
//! reloading the page joins them again. What was typed stays in the page.

use super::{CauseRule, Pattern, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ExtensionRestarted,
    retry: When::AfterFix,
    actions: &[ActionKind::ReloadPage, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("extension context invalidated"),
    strong("receiving end does not exist"),
    strong("message port closed before a response"),
    strong("message channel closed before a response"),
    strong("message channel is closed"),
    strong("attempting to use a disconnected port"),
    strong("disconnected port object"),
    strong("extension was updated"),
    strong("extension updated"),
    strong("extension has been updated"),
    strong("extension was reloaded"),
    strong("extension reloaded"),
    strong("extension has been reloaded"),
    strong("refresh the page to continue using"),
    strong("service worker was stopped"),
    strong("service worker stopped"),
    strong("background script is not"),
    strong("back/forward cache"),
    strong("could not establish connection"),
    strong("扩展上下文"),
    strong("扩展已更新"),
    strong("插件已更新"),
    strong("扩展程序已更新"),
    strong("扩展已重新加载"),
    strong("拡張機能が更新"),
    strong("расширение было обновлено"),
    hint("extension context"),
    hint("reload the extension"),
    hint("reload the page"),
    hint("refresh the page"),
    hint("刷新页面"),
    hint("refresh this page"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn two_halves_that_lost_each_other() {
        check(
            Cause::ExtensionRestarted,
            &[
                ("browser", 0, "Could not establish connection. Receiving end does not exist."),
                ("browser", 0, "Extension updated. Please refresh the page."),
            ],
        );
    }

    #[test]
    fn a_closed_port_is_the_same() {
        check(
            Cause::ExtensionRestarted,
            &[
                (
                    "browser",
                    0,
                    "Unchecked runtime.lastError: The message port closed before a response was received.",
                ),
                ("browser", 0, "Error: Attempting to use a disconnected port object"),
            ],
        );
    }
}
