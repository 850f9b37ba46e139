//! The server answered, and the browser did not hand the answer to the page because the server did not allow that page's
//! origin. The true answer, often an error of its own, stays hidden. Called from the extension's worker it is readable.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{ANSWER, BLOCKED, DENIED, FAILED, NOT, ORIGIN, PAGE, READ, UNAUTHORIZED},
};

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
    strong("preflight response is not successful"),
    strong("access-control-allow-origin"),
    strong("access-control-allow-headers"),
    strong("same origin policy disallows"),
    strong("response to preflight request"),
    strong("cors missing"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[ORIGIN, BLOCKED | FAILED | NOT]),
    all(&[PAGE, READ, ANSWER, BLOCKED | DENIED | NOT | UNAUTHORIZED]),
];

examples! {
    browsers_explain_the_blocked_answer: BlockedByCors [
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
    ]
    safari_and_clients_too: BlockedByCors [
        (
                    "browser",
                    0,
                    "Fetch API cannot load https://api.example.com/ due to access control checks.",
                ),
                ("other", 0, "请求失败，可能是跨域问题"),
    ]
    the_page_is_kept_out: BlockedByCors [
        ("browser", 0, "This page was not allowed to read the response"),
        ("browser", 0, "Die Seite konnte die Antwort nicht lesen"),
    ]
}
