//! A firewall or abuse system in front of the service refuses this address or device outright. There is no check to pass:
//! another network helps, or the site's own support.

use super::{CauseRule, ConceptRule, Pattern, all, strong, sure};
use crate::{
    ActionKind, Cause, When,
    text::concept::{ACCESS, BLOCKED, DENIED, FIREWALL, IP, NAMED, NETWORK, PAGE},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BlockedByEdge,
    retry: When::AfterFix,
    actions: &[
        ActionKind::SwitchSource,
        ActionKind::OpenSupport,
        ActionKind::CheckAgain,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    sure("why have i been blocked"),
    strong("attention required!"),
    strong("you are unable to access"),
    strong("you have been blocked"),
    strong("used cloudflare to restrict access"),
    strong("has banned your access"),
    strong("has banned your ip"),
    strong("ip banned"),
    strong("unusual activity"),
    strong("unusual traffic"),
    strong("security service to protect itself"),
    strong("incapsula incident"),
    strong("errors.edgesuite.net"),
    strong("host not in allowlist"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[FIREWALL | IP, BLOCKED | DENIED]),
    all(&[NETWORK, BLOCKED]).usual(),
    all(&[ACCESS | NAMED | PAGE, BLOCKED]).hint(),
];

examples! {
    block_page_has_no_challenge: BlockedByEdge [
        (
                    "cloudflare",
                    403,
                    r#"<div><h1 data-translate="block_headline">Sorry, you have been blocked</h1></div>"#,
                ),
                (
                    "other",
                    403,
                    "[403] Forbidden <!doctype html><html><head><title>Access denied | example.com used Cloudflare to restrict access</title>",
                ),
    ]
    an_abuse_system_says_unusual_activity: BlockedByEdge [
        (
                    "chatgpt-web",
                    403,
                    r#"{"detail":"Our systems have detected unusual activity coming from your system. Please try again later."}"#,
                ),
                (
                    "chatgpt-web",
                    200,
                    r#"{"message":null,"error":"Our systems have detected unusual activity from your device."}"#,
                ),
    ]
    a_network_is_refused: BlockedByEdge [
        ("other", 0, "Your network has been blocked"),
        ("other", 0, "Ihr Netzwerk wurde gesperrt"),
    ]
}
