//! The server answered, and the browser did not hand the answer to the page because the server did not allow that page's
//! origin. The true answer, often an error of its own, stays hidden. Called from the extension's worker it is readable.

use super::{CauseRule, Pattern, hint, strong, sure};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BlockedByCors,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSettings,
        ActionKind::GrantAccess,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    sure("blocked by cors policy"),
    strong("cross-origin request blocked"),
    strong("no 'access-control-allow-origin' header"),
    strong("access-control-allow-origin"),
    strong("access-control-allow-headers"),
    strong("access-control-allow-methods"),
    strong("same origin policy disallows"),
    strong("response to preflight request"),
    strong("preflight request doesn't pass"),
    strong("doesn't pass access control check"),
    strong("is not allowed by access-control-allow"),
    strong("cors error"),
    strong("cors policy"),
    strong("cors missing"),
    strong("cors request did not succeed"),
    strong("cors request not http"),
    strong("origin is not allowed by access-control"),
    strong("due to access control checks"),
    strong("跨域"),
    strong("cross-origin isolation"),
    strong("cors-fehler"),
    strong("cors エラー"),
    strong("erreur cors"),
    strong("error de cors"),
    hint("cors"),
    hint("cross-origin"),
    hint("crossorigin"),
    hint("preflight"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn browsers_explain_the_blocked_answer() {
        check(
            Cause::BlockedByCors,
            &[
                (
                    "browser",
                    0,
                    "Access to fetch at 'http://localhost:11434/api/chat' from origin 'https://a.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
                ),
                (
                    "browser",
                    0,
                    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource",
                ),
            ],
        );
    }

    #[test]
    fn safari_and_clients_too() {
        check(
            Cause::BlockedByCors,
            &[
                (
                    "browser",
                    0,
                    "Fetch API cannot load https://api.example.com/ due to access control checks.",
                ),
                ("other", 0, "请求失败，可能是跨域问题"),
            ],
        );
    }
}
