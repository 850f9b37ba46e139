//! Nobody is signed in to that web app in this browser, so it has no session to answer with. Signing in there, in the same
//! browser profile, settles it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CERTIFICATE, FAILED, INVALID, KEY, LOGIN, MISSING, NETWORK, NOT, PROXY, REQUIRED, WIFI,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::NotLoggedIn,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenLogin,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("please login"),
    strong("access token is missing"),
    strong("no access token"),
    code("chatgpt_unauthorized"),
    code("poe_unauthorized"),
    code("claude_unauthorized"),
    code("bard_unauthorized"),
    code("bing_unauthorized"),
    code("qianwen_unauthorized"),
    code("xunfei_unauthorized"),
    code("baichuan_unauthorized"),
    code("twitter_unauthorized"),
    code("chatgpt_auth"),
    strong("copilot token"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[LOGIN, REQUIRED | NOT | MISSING]).unless(NETWORK | WIFI | PROXY | CERTIFICATE),
    all(&[LOGIN]).usual().unless(NETWORK | WIFI | PROXY | CERTIFICATE | FAILED | INVALID | KEY),
];

examples! {
    the_app_asks_for_a_login: NotLoggedIn [
        (
                    "chatgpt-web",
                    0,
                    r#"UNAUTHORIZED
Please login at https://chat.openai.com/ first"#,
                ),
                ("other", 0, "You need to login to Poe first"),
                ("gemini", 0, "There is no logged-in Google account in this browser"),
    ]
    in_any_language: NotLoggedIn [
        ("chatgpt-web", 0, "请先登录 https://chatgpt.com"),
                ("chatgpt-web", 0, "Bitte melden Sie sich zuerst bei https://chatgpt.com an"),
    ]
}
