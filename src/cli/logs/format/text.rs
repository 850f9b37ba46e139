//! Plain text: a time, a level, and words; stack traces belong to the line that they follow.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use unstuck_diagnose::{Failure, workspace::head};

use crate::logs::{
    ids,
    record::{Level, Record},
    time::Clock,
};

/// What stands before a status in the messages of programs.
const BEFORE_STATUS: [&str; 17] = [
    "http/1.1 ",
    "http/1.1\" ",
    "http/2 ",
    "http/2\" ",
    "http/1.0 ",
    "http/2.0 ",
    "http/2.0\" ",
    "error code: ",
    "status code ",
    "status code: ",
    "statuscode: ",
    "status: ",
    "status=",
    "status_code=",
    "status_code: ",
    "http ",
    "status ",
];
/// So far into a line a level is looked for.
const LEVEL_WITHIN: usize = 120;

static STATUS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasickBuilder::new().ascii_case_insensitive(true).build(BEFORE_STATUS).ok()
});

/// Whether a line goes on with what the line before it began.
pub(in crate::logs) fn goes_on(line: &str, before: &str) -> bool {
    const STARTS: [&str; 9] = [
        "Traceback (most recent",
        "Caused by:",
        "During handling of the above",
        "The above exception was",
        "... ",
        "at ",
        "Stack trace:",
        "goroutine ",
        "    ",
    ];
    if line.starts_with([' ', '\t', '}']) {
        return true;
    }
    let last = before.rsplit('\n').next().unwrap_or_default();
    let after_frames = last.starts_with([' ', '\t']) || last.starts_with("Traceback (most recent");
    let name = line.split([':', ' ']).next().unwrap_or_default();
    let is_exception = || {
        name.len() > 3
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte))
            && name.bytes().any(|byte| byte.is_ascii_alphabetic())
            && Level::named(name).is_none()
    };
    STARTS.iter().any(|start| line.starts_with(start))
        || line.is_empty() && before.contains('\n')
        || after_frames && is_exception()
}

/// Reads an entry of one or more lines.
pub(super) fn read(text: &str, clock: &Clock) -> Record {
    let stamp = clock.leading(text);
    let (stamp, rest) = match stamp {
        Some((stamp, length)) => (Some(stamp), text[length..].trim_start()),
        None => (None, text),
    };
    let mut found = Vec::new();
    ids::find(text, &mut found);
    let message = without_frames(rest);
    let level = level(rest);
    Record {
        stamp,
        level,
        ids: found,
        tells_failure: text.contains("Traceback (most recent"),
        facts: Failure {
            status: status(&message),
            url: url(&message),
            error_name: exception(&message),
            message: Some(message),
            ..Failure::default()
        },
    }
}

/// The text without the frames of its stack, whose names of functions and files would pass for words of the error.
pub(super) fn without_frames(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    const DROPPED: [&str; 5] = [
        "Traceback (most recent",
        "During handling of the above",
        "The above exception was",
        "... ",
        "goroutine ",
    ];
    let is_frame = |line: &str| {
        let inner = line.trim_start();
        inner.is_empty()
            || DROPPED.iter().any(|start| inner.starts_with(start))
            || inner.len() < line.len() && !inner.starts_with(['{', '"', '['])
    };
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let first = if DROPPED.iter().any(|start| first.starts_with(start)) { "" } else { first };
    let rest = lines.filter(|line| !is_frame(line));
    std::iter::once(first)
        .chain(rest)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The status that a message names behind one of the usual words.
pub(super) fn status(text: &str) -> Option<u16> {
    STATUS.as_ref()?.find_overlapping_iter(text).find_map(|found| {
        let rest = &text.as_bytes()[found.end()..];
        let digits = rest.get(..3).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
        let ends = !rest.get(3).is_some_and(u8::is_ascii_digit);
        let status = digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
        (ends && (100..600).contains(&status)).then_some(status)
    })
}

fn url(text: &str) -> Option<String> {
    let start = text.find("https://").or_else(|| text.find("http://"))?;
    let rest = &text[start..];
    let end = rest
        .find(|c: char| c.is_whitespace() || "\"'<>(){}[],;|".contains(c))
        .unwrap_or(rest.len());
    // The address of a page to read is not the one that was called.
    let is_page =
        ["platform.openai.com", "docs.", "help.", "support.", "console.", "developer.mozilla"]
            .iter()
            .any(|page| rest[..end].contains(page));
    (!is_page).then(|| rest[..end].trim_end_matches(['.', ':']).to_owned())
}

/// The name of the last exception: the others led to it.
fn exception(text: &str) -> Option<String> {
    text.lines().rev().find_map(|line| {
        let name = line.split([':', '(']).next()?.rsplit(' ').next()?;
        let last = name.rsplit('.').next()?;
        let is_name = ["Error", "Exception", "Timeout"]
            .iter()
            .any(|end| last.ends_with(end) && last.len() > end.len());
        (is_name && last.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| last.to_owned())
    })
}

/// The first word near the start that is a level in capitals or in brackets, or ends with a colon.
fn level(text: &str) -> Level {
    let start = head(text, LEVEL_WITHIN).lines().next().unwrap_or_default();
    let words = start.split(|c: char| c.is_whitespace() || "|,".contains(c));
    for word in words.take(8) {
        let inner = word.trim_matches(['[', ']', '<', '>', ':', '(', ')', '-']);
        let is_marked =
            inner.len() < word.len() || inner.bytes().all(|byte| byte.is_ascii_uppercase());
        let inner = inner.rsplit(':').next().unwrap_or(inner);
        if is_marked
            && inner.bytes().all(|byte| byte.is_ascii_alphabetic())
            && let Some(level) = Level::named(inner)
        {
            return level;
        }
    }
    Level::Unsaid
}
