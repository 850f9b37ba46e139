//! What a container runtime or syslog puts before the line of a program.

use std::borrow::Cow;

use serde::Deserialize;

use crate::logs::{
    record::Level,
    time::{Clock, Stamp},
};

/// A line in its wrapper.
pub(in crate::logs) struct Wrapped<'a> {
    pub(in crate::logs) text: Cow<'a, str>,
    pub(in crate::logs) stamp: Option<Stamp>,
    pub(in crate::logs) level: Level,
    /// The runtime has cut the line: the next one goes on with it.
    pub(in crate::logs) partial: bool,
}

impl<'a> Wrapped<'a> {
    pub(in crate::logs) fn new(line: &'a str, clock: &Clock) -> Self {
        let known = docker(line, clock)
            .or_else(|| cri(line, clock))
            .or_else(|| rfc5424(line, clock))
            .or_else(|| rfc3164(line, clock));
        known.unwrap_or(Self {
            text: line.into(),
            stamp: None,
            level: Level::Unsaid,
            partial: false,
        })
    }
}

#[derive(Deserialize)]
struct Docker<'a> {
    #[serde(borrow)]
    log: Cow<'a, str>,
    stream: &'a str,
    time: &'a str,
}

/// `{"log":"…\n","stream":"stderr","time":"…"}` of Docker's json-file driver.
fn docker<'a>(line: &'a str, clock: &Clock) -> Option<Wrapped<'a>> {
    if !line.starts_with("{\"log\":\"") {
        return None;
    }
    let Docker { log, stream, time } = serde_json::from_str(line).ok()?;
    stream.starts_with("std").then(|| Wrapped {
        stamp: clock.value(time),
        level: Level::Unsaid,
        partial: !log.ends_with('\n'),
        text: log.trim_end_matches(['\n', '\r']).to_owned().into(),
    })
}

/// `2026-11-28T10:00:00.000000000Z stderr F …` of Kubernetes (CRI).
fn cri<'a>(line: &'a str, clock: &Clock) -> Option<Wrapped<'a>> {
    let at = line.get(..48).unwrap_or(line).find(" std")?;
    let rest = &line[at + 1..];
    let rest = rest.strip_prefix("stdout ").or_else(|| rest.strip_prefix("stderr "))?;
    let (stamp, length) = clock.leading(line)?;
    let (tag, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_tag = tag.starts_with(['P', 'F']) && tag.len() <= 8;
    (length == at && is_tag).then(|| Wrapped {
        text: text.into(),
        stamp: Some(stamp),
        level: Level::Unsaid,
        partial: tag.starts_with('P'),
    })
}

/// The number between `<` and `>`.
fn priority(line: &str) -> Option<(u8, &str)> {
    let (number, rest) = line.strip_prefix('<')?.split_once('>')?;
    Some((number.parse().ok().filter(|number| *number < 192)?, rest))
}

/// `<131>1 2026-11-28T10:00:00Z host app 31 id [data] …`
fn rfc5424<'a>(line: &'a str, clock: &Clock) -> Option<Wrapped<'a>> {
    let (number, rest) = priority(line)?;
    let mut parts = rest.strip_prefix("1 ")?.splitn(6, ' ');
    let stamp = clock.value(parts.next()?);
    let mut text = parts.nth(4)?;
    if let Some(after) = text.strip_prefix("- ") {
        text = after;
    } else if text.starts_with('[') {
        text = text.find("] ").map_or("", |end| &text[end + 2..]);
    }
    let text = text.trim_start_matches('\u{feff}');
    // rsyslog keeps the space that its older format has before the text.
    let text = text.strip_prefix(' ').unwrap_or(text);
    Some(Wrapped { text: lines(text), stamp, level: Level::of_syslog(number), partial: false })
}

/// The lines of a text that syslog put into one: rsyslog writes control characters as `#` and their number in octal.
fn lines(text: &str) -> Cow<'_, str> {
    if !text.contains("#01") {
        return text.into();
    }
    text.replace("#012", "\n").replace("#011", "\t").replace("#015", "\r").into()
}

/// `<131>Nov 28 10:00:00 host app[31]: …`, with the priority or, as in files, without; rsyslog's newer files have a time of
/// RFC 3339.
fn rfc3164<'a>(line: &'a str, clock: &Clock) -> Option<Wrapped<'a>> {
    let (level, rest) = match priority(line) {
        Some((number, rest)) => (Level::of_syslog(number), rest),
        None => (Level::Unsaid, line),
    };
    let (stamp, length) = clock.leading(rest)?;
    let rest = rest.get(length..)?.strip_prefix(' ')?;
    let (_, rest) = rest.split_once(' ')?;
    let (tag, text) = rest.split_once(": ")?;
    let name =
        tag.split_once('[').map_or(tag, |(name, pid)| if pid.ends_with(']') { name } else { " " });
    let is_tag = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte));
    // Without a number in brackets, `time word word: text` may be any program's own line.
    let is_sure = tag.ends_with(']') || !stamp.dated || level != Level::Unsaid;
    let is_level = Level::named(name).is_some();
    (is_tag && is_sure && !is_level).then_some(Wrapped {
        text: lines(text),
        stamp: Some(stamp),
        level,
        partial: false,
    })
}
