//! A check stands in front of the service that only a person can pass: a captcha, or Cloudflare's "Just a moment". Opening
//! the site once, in this browser, passes it; no retry does.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf, strong, sure};
use crate::{ActionKind, Cause, When, text::concept::CAPTCHA};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BotChallenge,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSite,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("pass cloudflare"),
    sure("just a moment..."),
    sure("_cf_chl_opt"),
    sure("challenge-error-text"),
    strong("/cdn-cgi/challenge-platform/h/"),
    strong("checking your browser before"),
    strong("checking if the site connection is secure"),
    strong("enable javascript and cookies to continue"),
    strong("security verification"),
    strong("arkose"),
    strong("unusual traffic from your computer network"),
    leaf("cloudflare"),
    code("chatgpt_cloudflare"),
    code("bing_captcha"),
    code("captcha_required"),
    code("challenge_required"),
    strong("failed to fetch chatgpt web accesstoken: forbidden"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[all(&[CAPTCHA]).sure()];

examples! {
    a_page_waits_for_a_person: BotChallenge [
        (
                    "anthropic",
                    403,
                    "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>",
                ),
                ("other", 403, "Please pass Perplexity security check"),
                ("bing", 0, "CaptchaChallenge: User needs to solve CAPTCHA to continue."),
    ]
    in_any_language: BotChallenge [
        ("chatgpt-web", 0, "OpenAIのセキュリティチェックが必要です"),
                ("chatgpt-web", 0, "需要通过 OpenAI 安全检查"),
    ]
    /// An ordinary error page may carry the edge's script too.
    edge_script_alone_is_no_challenge: InvalidApiKey [
        (
                "perplexity",
                401,
                "<html><head><title>401 Authorization Required</title></head><body><center><h1>401 Authorization Required</h1></center><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script></body></html>",
            )
    ]
}
