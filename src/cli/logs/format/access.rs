//! Access logs of nginx and Apache in the common and the combined form, with whatever stands behind it.

use unstuck_diagnose::Failure;

use crate::logs::{
    ids,
    record::{Level, Record},
    time::Clock,
};

/// `127.0.0.1 - - [28/Nov/2026:10:00:00 +0000] "POST /v1/chat/completions HTTP/1.1" 502 157 "-" "agent"`; nothing for other lines.
pub(super) fn read(line: &str, clock: &Clock) -> Option<Record> {
    let open = line.find(" [")? + 1;
    if line[..open].split_whitespace().count() < 3 || open > 400 {
        return None;
    }
    let (stamp, length) = clock.leading(&line[open..])?;
    let request = line[open + length..].trim_start().strip_prefix('"')?;
    let (request, rest) = request.split_once("\" ")?;
    let mut parts = rest.split_whitespace();
    let status = parts.next()?.parse().ok().filter(|status| (100..600).contains(status))?;
    let method = request.split(' ').next().filter(|method| !method.is_empty());
    let mut found = Vec::new();
    ids::find(rest, &mut found);
    Some(Record {
        stamp: Some(stamp),
        level: Level::Unsaid,
        ids: found,
        tells_failure: false,
        facts: Failure {
            method: method.map(str::to_owned),
            status: Some(status),
            ..Failure::default()
        },
    })
}
