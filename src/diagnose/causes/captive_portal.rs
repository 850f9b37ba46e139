//! A Wi-Fi sign-in page or a company gateway answered in place of the service. Every address leads to it until somebody
//! has signed in there.

use super::{CauseRule, ConceptRule, Pattern, all, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{LOGIN, MAYBE, NETWORK, PAGE, REQUIRED, WIFI},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::CaptivePortal,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenPortal,
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("captive portal"),
    strong("sign in to the network"),
    strong("to use the internet"),
    strong("to access the internet"),
    strong("guest wi-fi"),
    strong("hotel wi-fi"),
    strong("free wi-fi"),
    strong("web authentication redirect"),
    strong("fgtauth"),
    strong("web page blocked!"),
    strong("zscaler"),
    strong("cisco umbrella"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[NETWORK | WIFI, LOGIN]).sure(), all(&[NETWORK | WIFI, PAGE, MAYBE | REQUIRED]).fair()];

examples! {
    the_status_was_made_for_it: CaptivePortal [
        ("other", 511, ""), ("other", 511, "Network Authentication Required")
    ]
    a_login_page_where_data_belongs: CaptivePortal [
        (
                    "openai",
                    200,
                    "<html><head><title>Hotspot Login</title></head><body>Sign in to the network</body></html>",
                ),
                ("openai", 200, "<html><body>captive portal</body></html>"),
    ]
}
