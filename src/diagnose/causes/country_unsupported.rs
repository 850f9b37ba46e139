//! The service does not serve the country that the call comes from, as far as its address tells. A VPN or relay may be what
//! puts it there, and then it is what has to change.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{BLOCKED, DENIED, INVALID, NOT, REGION, UNAVAILABLE, UNSUPPORTED},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::CountryUnsupported,
    retry: When::AfterFix,
    actions: &[
        ActionKind::SwitchSource,
        ActionKind::OpenSupport,
        ActionKind::CheckAgain,
        ActionKind::CopyReport,
    ],
    score: Some(refused_before_the_api),
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("unsupported_country_region_territory"),
    code("unsupported_country"),
    code("region_restricted"),
    strong("app unavailable"),
    code("claude_web_unavailable"),
    code("grok_unavailable"),
    strong("network settings are preventing"),
    strong("not available in your"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[REGION, INVALID]).usual(),
    all(&[REGION, UNSUPPORTED | UNAVAILABLE | NOT | DENIED | BLOCKED]).sure(),
];

/// Anthropic's edge refuses a country without the envelope of its API, and without a word on the country.
fn refused_before_the_api(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.is(&[403]) && parsed.says("request not allowed") && !parsed.says("permission_error") {
        let evidence = Evidence::Phrase { text: "Request not allowed".into() };
        scores.add(Cause::CountryUnsupported, weight::USUAL + 0.6, evidence);
    }
}

examples! {
    services_name_the_country: CountryUnsupported [
        (
                    "openai",
                    403,
                    r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","param":null,"type":"request_forbidden"}}"#,
                ),
                (
                    "gemini",
                    400,
                    r#"{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}"#,
                ),
                (
                    "anthropic",
                    403,
                    r#"{"error":{"type":"forbidden","message":"Request not allowed"}}"#,
                ),
    ]
    clients_say_it_in_any_language: CountryUnsupported [
        ("claude-web", 0, "Claude.ai is not available in your region"),
                ("claude-web", 0, "Claude.ai ist in Ihrer Region nicht verfügbar"),
    ]
}
