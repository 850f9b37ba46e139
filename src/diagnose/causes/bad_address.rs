//! The address cannot be requested: it is no URL, its scheme or port is not allowed, or it redirects in circles. It is in
//! this source's settings.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, sure};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ADDRESS, ANSWER, BLOCKED, BROWSER, CERTIFICATE, CONNECTION, DENIED, EMPTY, FAILED, HOST,
        INVALID, MISSING, NOT, PORT, REDIRECT, REQUIRED, SERVER, TOO_MANY, UNAVAILABLE,
        UNSUPPORTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BadAddress,
    retry: When::AfterFix,
    actions: &[ActionKind::OpenSettings, ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("builder error"),
    strong("relative url without a base"),
    strong("unsupported protocol scheme"),
    strong("has an unsupported protocol"),
    strong("url scheme must be"),
    sure("invalid url in location header"),
    strong("no scheme supplied"),
    strong("missingschema"),
    strong("invalidschema"),
    strong("invalid api endpoint"),
    strong("redirects to itself"),
    strong("stopped after * redirects"),
    strong("isn't redirecting properly"),
    strong("maximum redirect reached"),
    strong("request url is missing"),
    code("err_invalid_url"),
    code("err_unsafe_port"),
    code("err_too_many_redirects"),
    code("err_fr_too_many_redirects"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[BROWSER, ADDRESS, NOT | UNAVAILABLE]).unless(CONNECTION | SERVER),
    all(&[ADDRESS, INVALID]).usual().unless(CERTIFICATE),
    all(&[REDIRECT, FAILED | INVALID | TOO_MANY]),
    all(&[PORT, BLOCKED | DENIED | INVALID | UNSUPPORTED]),
    all(&[ADDRESS, EMPTY | MISSING | REQUIRED | UNSUPPORTED]).fair().unless(CERTIFICATE),
    all(&[HOST, INVALID]).fair().unless(ANSWER | CERTIFICATE),
];

examples! {
    no_address_at_all: BadAddress [
        ("other", 0, "TypeError: Failed to parse URL from localhost11434/v1"),
                ("other", 0, "The configured API endpoint URL is invalid."),
                (
                    "other",
                    0,
                    "requests.exceptions.MissingSchema: Invalid URL 'api': No scheme supplied.",
                ),
    ]
    an_address_that_is_no_web_address: BadAddress [
        (
                    "other",
                    0,
                    "httpx.UnsupportedProtocol: Request URL has an unsupported protocol 'file://'.",
                ),
                (
                    "other",
                    0,
                    "httpx.RemoteProtocolError: Invalid URL in location header: For absolute URLs, path must be empty or begin with '/'.",
                ),
                ("other", 0, "Connection error.: fetch failed: URL scheme must be a HTTP(S) scheme"),
    ]
    an_address_that_leads_in_circles: BadAddress [
        ("other", 0, "Maximum redirect reached at: https://a.example"),
                ("other", 0, "too many redirects"),
                ("other", 0, "requests.exceptions.TooManyRedirects: Exceeded 30 redirects."),
                ("other", 0, "Post \"https://a.example/v1\": stopped after 10 redirects"),
                ("other", 0, "curl: (47) Maximum (50) redirects followed"),
                ("other", 0, "The page isn't redirecting properly"),
                ("other", 0, "The source redirects to itself"),
    ]
    browsers_give_an_address_up: BadAddress [
        ("browser", 0, "Firefox can't open this address"),
        ("browser", 0, "Le navigateur ne peut pas ouvrir cette adresse"),
    ]
}
