//! What is known about a failure before any cause is weighed: status, service, kind of answer, text.

use super::{
    scan::{Leaf, Scan},
    waits::{self, Wait},
};
use crate::{Failure, Provider, host::is_loopback, provider};

/// Where the call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// An API that knows its callers by a key.
    Api,
    /// A web app that knows them by a session.
    Web,
    /// A model server on the person's own machine.
    Local,
}

/// A failure taken apart.
pub(crate) struct ParsedFailure<'a> {
    pub(crate) failure: &'a Failure,
    pub(crate) host: Option<&'a str>,
    pub(crate) scan: Scan,
    /// The status that tells: of the answer, or the one that its body or the message names.
    pub(crate) status: Option<u16>,
    pub(crate) provider: Option<Provider>,
    pub(crate) place: Place,
    /// Whether the answer is a web page.
    pub(crate) html: bool,
    /// How long the service asks to wait.
    pub(crate) wait: Wait,
}

impl<'a> ParsedFailure<'a> {
    pub(crate) fn of(failure: &'a Failure) -> Self {
        let message = failure.message.as_deref().unwrap_or_default();
        let body = failure.body.as_deref().unwrap_or_default();
        let scan = Scan::of(&[message, body]);
        let host = failure.host();
        let at_host = host.and_then(Provider::from_host);
        let provider = provider::of(failure, at_host, &scan);
        let place = if [provider, at_host].into_iter().flatten().any(Provider::is_web)
            || host.is_some_and(provider::is_other_web_host)
            || failure.provider.as_deref().is_some_and(provider::is_web_id)
        {
            Place::Web
        } else if provider.is_some_and(Provider::is_local) || host.is_some_and(is_loopback) {
            Place::Local
        } else {
            Place::Api
        };
        let html = failure.header("content-type").is_some_and(|kind| kind.contains("text/html"))
            || is_page(body)
            || is_page(message);
        let status = telling_status(failure, &scan, message, html);
        let wait = waits::read(failure, scan.pairs(), &scan);
        Self { failure, host, scan, status, provider, place, html, wait }
    }

    /// Whether the status is one of these.
    pub(crate) fn is(&self, statuses: &[u16]) -> bool {
        self.status.is_some_and(|status| statuses.contains(&status))
    }

    /// Whether the text holds this, given in lower case.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.scan.says(words)
    }

    /// The first whole number that directly follows these words; `12,000` is one number.
    pub(crate) fn number_after(&self, words: &str) -> Option<u64> {
        self.scan.after(words).find_map(leading_number)
    }

    /// The value of a numeric field.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        self.scan.value(key).and_then(leading_number)
    }

    /// Whether a quota named in the answer is zero, so that this tier does not have the model at all.
    pub(crate) fn has_no_quota(&self) -> bool {
        let is_zero = |rest: &str| {
            let number =
                rest.strip_prefix(" is").unwrap_or(rest).trim_start_matches([' ', ':', '=']);
            let Some(rest) = number.strip_prefix('0').filter(|_| number.len() < rest.len()) else {
                return false;
            };
            let mut rest = rest.bytes();
            let (next, after) = (rest.next(), rest.next());
            let digit = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_digit());
            !(digit(next) || next == Some(b'.') && digit(after))
        };
        self.scan.after("limit").any(is_zero)
            || self.scan.any("quotalimitvalue", |value| value.trim() == "0")
    }

    /// Whether nothing at all was said: no text, no data.
    pub(crate) fn is_silent(&self) -> bool {
        self.scan.raw.trim().is_empty() && self.scan.leaves.is_empty()
    }

    /// Whether the call was answered with success, at least on its face.
    pub(crate) fn looks_fine(&self) -> bool {
        self.failure.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// The number a text starts with, after at most three characters such as `: `.
fn leading_number(text: &str) -> Option<u64> {
    let digits = text.char_indices().take(4).find(|(_, c)| c.is_ascii_digit())?.0;
    let mut value: u64 = 0;
    let mut rest = text[digits..].bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte.is_ascii_digit() {
            value = value.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
        } else if byte != b',' || !rest.peek().is_some_and(u8::is_ascii_digit) {
            break;
        }
    }
    Some(value)
}

fn is_page(body: &str) -> bool {
    let start = body.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    start == "<!doctype" || start.starts_with("<html") || start.starts_with("<head")
}

/// The status of the answer, or the one that it quotes: a relay puts a 500 or 502 of its own around what the service behind it
/// said (`500 … HTTP 429: rate limit exceeded`), and an error inside a success brings its own.
fn telling_status(failure: &Failure, scan: &Scan, message: &str, html: bool) -> Option<u16> {
    let outer = failure.status;
    let envelope = is_envelope(outer);
    if outer.is_some_and(|status| status >= 400) && !envelope {
        return outer;
    }
    let other_than = outer.filter(|_| envelope);
    let whole = if envelope || html { &scan.raw } else { "" };
    let mut leaves = scan.leaves.iter().filter(|leaf| STATUS_KEYS.contains(&scan.key(leaf)));
    leaves
        .find_map(|leaf| status_of(scan, leaf).filter(|&status| Some(status) != other_than))
        .or_else(|| [message, whole].into_iter().find_map(|text| status_in_words(text, other_than)))
        .or(outer)
}

/// Whether a relay answers with this status whatever the service behind it said.
pub(crate) const fn is_envelope(status: Option<u16>) -> bool {
    matches!(status, Some(500 | 502))
}

const STATUS_KEYS: &[&str] =
    &["code", "status", "statuscode", "httpstatus", "errorcode", "httpcode"];

fn status_of(scan: &Scan, leaf: &Leaf) -> Option<u16> {
    let value = &scan.raw[leaf.value.clone()];
    value.parse().ok().filter(|status| (400..600).contains(status))
}

/// The status that a message names: `Error code: 429 - …`, `[403] …`, `502 Bad Gateway`, `524: A timeout occurred`.
/// A number needs such a cue: `payload429x` and `limit 500` name no status.
fn status_in_words(message: &str, other_than: Option<u16>) -> Option<u16> {
    let bytes = message.as_bytes();
    let looked_at = bytes.len().min(4096);
    (0..looked_at.saturating_sub(2)).find_map(|at| {
        let digits = bytes.get(at..at + 3)?;
        if !matches!(digits[0], b'4' | b'5') || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let free = |byte: Option<&u8>| {
            byte.is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'_' | b'.' | b','))
        };
        let apart = (at == 0 || free(bytes.get(at - 1))) && {
            let after = bytes.get(at + 3);
            free(after) || (matches!(after, Some(b'.' | b',')) && free(bytes.get(at + 4)))
        };
        if !apart {
            return None;
        }
        let before = bytes[at.saturating_sub(24)..at].to_ascii_lowercase();
        let before = String::from_utf8_lossy(&before);
        let before = before.trim_end_matches([' ', ':', '=', '(', '[', '#', '"', '\'', '-', '`']);
        let after = String::from_utf8_lossy(&bytes[at + 3..(at + 27).min(bytes.len())]);
        let after = after.to_ascii_lowercase();
        let cued = before.is_empty()
            || before.ends_with('\n')
            || CUES.iter().any(|cue| before.ends_with(cue))
            || NAMES
                .iter()
                .any(|name| after.trim_start_matches([' ', ':', '-', '(']).starts_with(name));
        // A number at the very start is a status only when it stands for itself.
        let alone =
            at > 0 || matches!(bytes.get(3), None | Some(b' ' | b':' | b'-' | b'\n' | b'\r'));
        if !(cued && alone) {
            return None;
        }
        let status = digits.iter().try_fold(0_u16, |n, d| Some(n * 10 + u16::from(d - b'0')));
        status.filter(|_| status != other_than)
    })
}

const CUES: &[&str] = &[
    "error",
    "code",
    "status",
    "http",
    "http/1.1",
    "http/2",
    "failed",
    "错误",
    "状态码",
    "代码",
    "fehler",
    "erreur",
    "ошибка",
    "error api",
    "エラー",
    "오류",
    "returned",
    "response",
    "|",
];
const NAMES: &[&str] = &[
    "bad request",
    "unauthorized",
    "forbidden",
    "not found",
    "too many requests",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "service temporarily",
    "gateway time",
    "payload too large",
    "request entity too large",
    "<!doctype",
    "<html",
    "status code",
    "a timeout occurred",
    "overloaded",
    "error",
    "payment required",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn status(message: &str) -> Option<u16> {
        ParsedFailure::of(&Failure::from_message(message)).status
    }

    #[test]
    fn status_in_text_needs_a_cue() {
        for (message, expected) in [
            ("Error code: 429 - {'error': {}}", Some(429)),
            ("API Error: 400 {\"error\":{}}", Some(400)),
            ("ChatGPT error 502", Some(502)),
            ("[OpenAI] 502 Bad Gateway", Some(502)),
            ("HTTP/1.1 503", Some(503)),
            ("Request failed with status code 404", Some(404)),
            ("OpenAI: {\"detail\":\"x\"} (code: 400)", Some(400)),
            ("404 page not found", Some(404)),
            ("payload429snippet", None),
            ("the limit is 500 tokens", None),
            ("429.5 seconds", None),
            ("4096", None),
        ] {
            assert_eq!(status(message), expected, "{message}");
        }
    }

    #[test]
    fn only_this_machine_is_local() {
        let place = |url: &str| {
            let failure = Failure { url: Some(url.into()), ..Failure::default() };
            ParsedFailure::of(&failure).place
        };
        for here in ["http://127.0.0.1:1234/v1", "https://[::1]/v1", "http://0.0.0.0:11434"] {
            assert_eq!(place(here), Place::Local, "{here}");
        }
        for away in ["https://127.evil.example/v1", "https://localhost.evil.example/v1"] {
            assert_eq!(place(away), Place::Api, "{away}");
        }
    }

    #[test]
    fn quoted_status_beats_its_envelope() {
        for (outer, body, expected) in [
            (500, r#"{"error":{"message":"upstream: HTTP 429: rate limit exceeded"}}"#, 429),
            (
                500,
                r#"{"error":{"message":"<title>503 Service Temporarily Unavailable</title>","code":"500"}}"#,
                503,
            ),
            (502, r#"{"error":{"message":"Error code: 401 - no","code":502}}"#, 401),
            (500, r#"{"error":{"code":500,"message":"used 429 of 500 tokens"}}"#, 500),
            (429, r#"{"error":{"message":"HTTP 500"}}"#, 429),
        ] {
            let failure =
                Failure { status: Some(outer), body: Some(body.into()), ..Failure::default() };
            assert_eq!(ParsedFailure::of(&failure).status, Some(expected), "{body}");
        }
    }

    /// An error inside a 200 brings its own status.
    #[test]
    fn inner_error_overrides_success_status() {
        let failure = Failure {
            status: Some(200),
            body: Some(r#"{"error":{"code":402,"message":"x"}}"#.into()),
            ..Failure::default()
        };
        assert_eq!(ParsedFailure::of(&failure).status, Some(402));
    }

    #[test]
    fn numbers_are_read_with_their_separators() {
        let parsed = Failure::from_message("Limit 10,000, Requested 15000.");
        let parsed = ParsedFailure::of(&parsed);
        assert_eq!(parsed.number_after("limit"), Some(10_000));
        assert_eq!(parsed.number_after("requested"), Some(15_000));
        assert_eq!(parsed.number_after("used"), None);
    }
}
