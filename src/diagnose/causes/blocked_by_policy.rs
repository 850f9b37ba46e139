//! A rule of the browser stopped it: an administrator's policy, the page's own content security policy, plain HTTP from a
//! secure page, or the guard of the local network. The same call from elsewhere may pass.

use super::{CauseRule, Pattern, hint, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BlockedByPolicy,
    retry: When::AfterFix,
    actions: &[ActionKind::CheckAgain, ActionKind::OpenSettings, ActionKind::CopyReport],
    score: Some(guards_the_local_network),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("content security policy"),
    strong("violates the following csp"),
    strong("refused to connect because it violates"),
    strong("refused to connect to * because it violates"),
    strong("connect-src"),
    strong("mixed content"),
    strong("insecure resource"),
    strong("insecure content"),
    strong("blocked_by_administrator"),
    strong("blocked by your administrator"),
    strong("blocked by administrator"),
    strong("blocked by your organization"),
    strong("blocked by your organisation"),
    strong("managed by your organization"),
    strong("err_blocked_by_response"),
    strong("err_blocked_by_orb"),
    strong("err_blocked_by_csp"),
    strong("cross-origin-resource-policy"),
    strong("private network access"),
    strong("local network access"),
    strong("access the loopback address space"),
    strong("access the local address space"),
    strong("more-private address space"),
    strong("enterprise policy"),
    strong("管理员已屏蔽"),
    strong("内容安全策略"),
    hint("csp"),
    hint("administrator policy"),
    hint("organization policy"),
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

    #[test]
    fn a_page_may_forbid_it() {
        check(
            Cause::BlockedByPolicy,
            &[
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
            ],
        );
    }

    #[test]
    fn browser_and_administrator_can_block() {
        check(
            Cause::BlockedByPolicy,
            &[
                (
                    "browser",
                    0,
                    "Permission was denied for this request to access the loopback address space.",
                ),
                ("browser", 0, "This page is blocked by your organization"),
            ],
        );
    }
}
