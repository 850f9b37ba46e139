//! The ids by which entries of several logs belong to one request.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// More ids than this tell nothing more.
const MOST: usize = 6;

/// An id, and whether it stays the same when the request is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    pub(super) text: String,
    /// The caller's own id, the same for every try. A service gives each try an id of its own.
    pub(super) of_ask: bool,
}

/// The names under which an id stands, in text and in fields. Lower case; `-`, `_`, `.` and nothing are the same.
const NAMES: [&str; 14] = [
    "trace_id",
    "trace-id",
    "trace.id",
    "traceid",
    "x-request-id",
    "x_request_id",
    "request_id",
    "request-id",
    "requestid",
    "reqid",
    "req_id",
    "cf-ray",
    "cf_ray",
    "call_id",
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let patterns = NAMES.into_iter().chain(["req_"]);
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns)
        .ok()
});

impl Id {
    /// An id that stands in a field of its own.
    pub(super) fn new(name: &str, text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (4..=128).contains(&text.len()) && text.bytes().all(is_part);
        let is_none = text.bytes().all(|byte| matches!(byte, b'0' | b'-'));
        (fits && !is_none).then(|| {
            let of_try = text.starts_with("req_") || name.contains("ray");
            Self { text: text.to_owned(), of_ask: !of_try }
        })
    }
}

/// Adds an id that is not there yet.
pub(super) fn add(ids: &mut Vec<Id>, id: Option<Id>) {
    if let Some(id) = id
        && ids.len() < MOST
        && !ids.iter().any(|known| known.text == id.text)
    {
        ids.push(id);
    }
}

/// The ids that a text names.
pub(super) fn find(text: &str, ids: &mut Vec<Id>) {
    let Some(finder) = &*FINDER else { return };
    for found in finder.find_iter(text) {
        let before = text[..found.start()].bytes().next_back();
        let name = text[found.range()].to_ascii_lowercase();
        let is_word = before.is_some_and(|byte| byte.is_ascii_alphanumeric());
        if name == "req_" {
            let token = token(&text[found.start()..]);
            if !is_word && token.len() > 12 {
                add(ids, Id::new("req_", token));
            }
            continue;
        }
        let rest = &text[found.end()..];
        let value = rest.trim_start_matches(['"', '\'', '\\', ':', '=', ' ', '[', '(']);
        if !rest.starts_with(is_part_char) && rest.len() - value.len() <= 6 {
            add(ids, Id::new(&name, token(value)));
        }
    }
}

fn token(text: &str) -> &str {
    &text[..text.bytes().position(|byte| !is_part(byte)).unwrap_or(text.len())]
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

fn is_part_char(letter: char) -> bool {
    letter.is_ascii() && is_part(letter as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_by_name() {
        let found = |text: &str| {
            let mut ids = Vec::new();
            find(text, &mut ids);
            ids.into_iter().map(|id| (id.text, id.of_ask)).collect::<Vec<_>>()
        };
        let ask = |id: &str| vec![(id.to_owned(), true)];
        assert_eq!(found("trace_id=4bf92f3577b34da6 failed"), ask("4bf92f3577b34da6"));
        assert_eq!(found(r#"{"requestId": "a1b2-c3"}"#), ask("a1b2-c3"));
        assert_eq!(found("X-Request-ID: abcd1234"), ask("abcd1234"));
        let of_try = vec![("req_011CSHoEeqs5C35K2UUqR7Fy".to_owned(), false)];
        assert_eq!(found("(request id req_011CSHoEeqs5C35K2UUqR7Fy)"), of_try);
        assert_eq!(found("request_id: req_011CSHoEeqs5C35K2UUqR7Fy"), of_try);
        for text in [
            "request_ids_total 5",
            "trace_id=",
            "freq_0123456789abcdef",
            "trace_id=0000000000000000",
            "request_id -",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
