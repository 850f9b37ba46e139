//! A firewall or abuse system in front of the service refuses this address or device outright. There is no check to pass:
//! another network helps, or the site's own support.

use super::{CauseRule, Pattern, fair, hint, strong, sure};
use crate::{ActionKind, Cause, When};

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
    sure("sorry, you have been blocked"),
    sure("why have i been blocked"),
    strong("attention required! | cloudflare"),
    strong("attention required!"),
    strong("you are unable to access"),
    strong("you have been blocked"),
    strong("access denied |"),
    strong("used cloudflare to restrict access"),
    strong("has banned your access"),
    strong("has banned your ip"),
    strong("your ip address has been"),
    strong("your ip has been"),
    strong("ip address is blocked"),
    strong("ip has been blocked"),
    strong("ip blocked"),
    strong("ip banned"),
    strong("unusual activity"),
    strong("suspicious activity"),
    strong("suspicious behavior"),
    strong("abnormal activity"),
    strong("unusual traffic"),
    fair("request blocked"),
    fair("request has been blocked"),
    fair("request was blocked"),
    strong("blocked by waf"),
    strong("web application firewall"),
    strong("blocked by cloudflare"),
    strong("security service to protect itself"),
    strong("incapsula incident"),
    fair("akamai"),
    fair("sucuri"),
    strong("errors.edgesuite.net"),
    fair("reference #"),
    strong("host not in allowlist"),
    strong("异常活动"),
    strong("異常活動"),
    strong("您的ip"),
    strong("ip 已被"),
    strong("ip已被"),
    strong("非法访问"),
    hint("blocked"),
    hint("firewall"),
    hint("封锁"),
    hint("拦截"),
    hint("waf"),
    hint("abuse"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn block_page_has_no_challenge() {
        check(
            Cause::BlockedByEdge,
            &[
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
            ],
        );
    }

    #[test]
    fn an_abuse_system_says_unusual_activity() {
        check(
            Cause::BlockedByEdge,
            &[
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
            ],
        );
    }
}
