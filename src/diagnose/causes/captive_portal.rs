//! A Wi-Fi sign-in page or a company gateway answered in place of the service. Every address leads to it until somebody
//! has signed in there.

use super::{CauseRule, Pattern, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::CaptivePortal,
    retry: When::AfterFix,
    actions: &[ActionKind::CheckAgain, ActionKind::Retry, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("network authentication required"),
    strong("captive portal"),
    strong("captiveportal"),
    strong("wi-fi login"),
    strong("wifi login"),
    strong("sign in to the network"),
    strong("to use the internet"),
    strong("to access the internet"),
    strong("internet access requires"),
    strong("guest wi-fi"),
    strong("hotel wi-fi"),
    strong("free wi-fi"),
    strong("public wi-fi"),
    strong("sign in to wi-fi"),
    strong("hotspot login"),
    strong("web authentication redirect"),
    strong("fortinet"),
    strong("fgtauth"),
    strong("web page blocked!"),
    strong("zscaler"),
    strong("blue coat"),
    strong("netskope"),
    strong("umbrella.com"),
    strong("cisco umbrella"),
    strong("this site has been blocked by your network administrator"),
    strong("上网认证"),
    strong("校园网"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_status_was_made_for_it() {
        check(
            Cause::CaptivePortal,
            &[("other", 511, ""), ("other", 511, "Network Authentication Required")],
        );
    }

    #[test]
    fn a_login_page_where_data_belongs() {
        check(
            Cause::CaptivePortal,
            &[
                (
                    "openai",
                    200,
                    "<html><head><title>Hotspot Login</title></head><body>Sign in to the network</body></html>",
                ),
                ("openai", 200, "<html><body>captive portal</body></html>"),
            ],
        );
    }
}
