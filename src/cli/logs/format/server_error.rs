//! Error logs of nginx and Apache.

use unstuck_diagnose::Failure;

use crate::logs::{
    ids,
    record::{Level, Record},
    time::Clock,
};

/// What nginx says of its upstream, and the status that it then answers with (ngx_http_upstream.c).
const ANSWERS: [(&str, u16); 9] = [
    ("timed out", 504),
    ("connect() failed", 502),
    ("prematurely closed", 502),
    ("no live upstreams", 502),
    ("upstream sent", 502),
    ("recv() failed", 502),
    ("readv() failed", 502),
    ("could not be resolved", 502),
    ("SSL_do_handshake() failed", 502),
];

/// `2026/11/28 10:00:00 [error] 31#31: *5 upstream timed out …, client: …, request: "…", upstream: "http://…"` and
/// `[Sat Nov 28 10:00:00.1 2026] [proxy:error] [pid 31] …`; nothing for other lines.
pub(super) fn read(line: &str, clock: &Clock) -> Option<Record> {
    let (stamp, length) = clock.leading(line)?;
    let rest = line[length..].trim_start().strip_prefix('[')?;
    let (level, said) = rest.split_once(']')?;
    let level = Level::named(level.rsplit(':').next()?)?;
    let said = said.trim_start();
    let is_nginx = said.split(' ').next()?.contains('#');
    let is_apache = said.starts_with('[');
    if !is_nginx && !is_apache {
        return None;
    }
    let part = |name: &str| {
        let (_, value) = said.split_once(name)?;
        value.split('"').next().filter(|value| !value.is_empty())
    };
    let message = said.split(", client: ").next().unwrap_or(said);
    // A client that went away is no matter of the service behind.
    let of_upstream =
        (said.contains("upstream") || said.contains("proxy")) && !message.contains("client");
    let answer = ANSWERS.iter().find(|(words, _)| of_upstream && said.contains(words));
    let mut found = Vec::new();
    ids::find(said, &mut found);
    Some(Record {
        stamp: Some(stamp),
        level,
        ids: found,
        tells_failure: false,
        facts: Failure {
            url: part("upstream: \"").map(str::to_owned),
            status: answer.map(|(_, status)| *status),
            // What nginx then answers is known; its words would only be guessed at.
            message: answer.is_none().then(|| message.to_owned()),
            ..Failure::default()
        },
    })
}
