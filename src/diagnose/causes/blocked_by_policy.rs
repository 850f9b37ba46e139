//! A rule of the browser stopped it: an administrator's policy, the page's own content security policy, plain HTTP from a
//! secure page, or the guard of the local network. The same call from elsewhere may pass.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{ADMIN, BLOCKED, BROWSER, DENIED, DISABLED, NOT, PERMISSION, UNAUTHORIZED},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BlockedByPolicy,
    retry: When::AfterFix,
    actions: &[ActionKind::CheckAgain, ActionKind::OpenSettings, ActionKind::CopyReport],
    score: Some(guards_the_local_network),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("mixed active content"),
    strong("connect-src"),
    strong("insecure content"),
    strong("blocked by your organisation"),
    strong("managed by your organization"),
    strong("cross-origin-resource-policy"),
    strong("private network access"),
];

/// Chrome words its guard of the local network as a matter of CORS: the address space that it names is the reason.
fn guards_the_local_network(parsed: &ParsedFailure, scores: &mut Scores) {
    const GUARD: [&str; 5] = [
        "access-control-allow-private-network",
        "access-control-request-private-network",
        "access-control-allow-local-network",
        "private network request",
        "local network request",
    ];
    const CONTEXT: [&str; 4] = ["cors policy", "loopback", "permission was denied", "more-private"];
    let said = |all: &[&'static str]| all.iter().copied().find(|&words| parsed.says(words));
    let space = || said(&["address space"]).filter(|_| said(&CONTEXT).is_some());
    if let Some(words) = said(&GUARD).or_else(space) {
        let evidence = Evidence::Phrase { text: words.into() };
        scores.add(Cause::BlockedByPolicy, weight::DECISIVE, evidence);
        scores.against(Cause::BlockedByCors, weight::DECISIVE);
    }
}
pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[ADMIN, BLOCKED | DENIED | DISABLED]),
    all(&[BROWSER, DENIED | UNAUTHORIZED]).usual(),
    all(&[BROWSER, PERMISSION, NOT]),
];

examples! {
    a_page_may_forbid_it: BlockedByPolicy [
        (
                    "browser",
                    0,
                    r#"Refused to connect to 'https://api.openai.com/' because it violates the following Content Security Policy directive: "connect-src 'self'"."#,
                ),
                (
                    "browser",
                    0,
                    "Mixed Content: The page at 'https://a.example' was loaded over HTTPS, but requested an insecure resource 'http://192.168.1.2:11434/'.",
                ),
    ]
    browser_and_administrator_can_block: BlockedByPolicy [
        (
                    "browser",
                    0,
                    "Permission was denied for this request to access the loopback address space.",
                ),
                ("browser", 0, "This page is blocked by your organization"),
    ]
    the_browser_is_held_back: BlockedByPolicy [
        ("browser", 0, "This browser is not allowed to open it"),
        ("browser", 0, "The browser has no permission to connect"),
        ("browser", 0, "Браузеру запрещено открывать это"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn local_network_outranks_cors() {
        let blocked = |reason: &str| {
            format!(
                "Access to fetch at 'http://localhost:11434/api/chat' from origin 'https://a.example' has been blocked by CORS policy: {reason}"
            )
        };
        for reason in [
            "Permission was denied for this request to access the `loopback` address space.",
            "Request had a target IP address space of `unknown` yet the resource is in address space `local`.",
            "The request client is not a secure context and the resource is in more-private address space `private`.",
            "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `local` address space.",
        ] {
            check(Cause::BlockedByPolicy, &[("browser", 0, &blocked(reason))]);
        }
    }
}
