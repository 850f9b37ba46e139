//! The quick look at an entry: most say nothing of a failed call, and are read no further.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// Words of which at least one stands in whatever tells of a failure.
const WORDS: [&str; 42] = [
    "err",
    "fail",
    "exception",
    "timed out",
    "timeout",
    "refused",
    "reset",
    "denied",
    "forbidden",
    "unauthori",
    "limit",
    "quota",
    "overload",
    "unavailable",
    "abort",
    "cancel",
    "traceback",
    "panic",
    "fatal",
    "crit",
    "invalid",
    "blocked",
    "content_filter",
    "disconnected",
    "unexpected",
    "not found",
    "interrupted",
    "expired",
    "refusal",
    "safety",
    "\"alert\"",
    "upstream",
    "too many",
    "too large",
    "too long",
    "warn",
    "\"level\":50",
    "\"level\":60",
    "certificate",
    "handshake",
    "truncated",
    "closed",
];

/// Marks of a line that tells how a call ended, well or badly.
const ENDINGS: [&str; 4] = ["status", "http/", "\"code\"", "priority"];

static WORD: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| build(&WORDS));
static ANY: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| build(&[&WORDS[..], &ENDINGS].concat()));

fn build(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasickBuilder::new().ascii_case_insensitive(true).build(words).ok()
}

/// Whether the bytes may tell how a call ended.
pub(super) fn may_tell(bytes: &[u8]) -> bool {
    ANY.as_ref().is_none_or(|words| words.is_match(bytes))
}

/// Whether the text has a word of failure.
pub(super) fn has_word(text: &str) -> bool {
    WORD.as_ref().is_none_or(|words| words.is_match(text))
}
