//! `unstuck logs`: the failed calls in logs of any usual format, by cause and time.

mod calls;
mod ending;
mod follow;
mod format;
mod found;
mod ids;
mod incidents;
mod joiner;
mod lines;
mod names;
mod notes;
mod object;
mod page;
mod post_mortem;
mod reading;
mod record;
mod safe;
mod suspect;
mod tally;
mod time;

use std::{
    io::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

use clap::Args;
use jiff::tz::TimeZone;
use unstuck_diagnose::Messages;

use self::{
    calls::Calls, follow::Followed, found::Found, object::object, page::Page,
    post_mortem::PostMortem, reading::Reading, safe::Safe, tally::Tally, time::Clock,
};
use super::{Outcome, Stop};

/// Finds the failed AI calls in logs: their causes by time, retries, incidents, one request through all files.
///
/// Reads each line once, with little memory, compressed (gzip) or not. The format is told from each line: JSON (OpenTelemetry, ECS,
/// pino, winston, Python, LiteLLM, Datadog, Splunk, Elastic), HAR, access and error logs of nginx and Apache, the journal as JSON,
/// Docker, Kubernetes, syslog, logfmt, and text with stack traces. What is written has no secrets and no personal data.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck logs app.log nginx.log.gz
  journalctl -o json -u app | unstuck logs -
  unstuck logs --request req_011CSHoEeqs5C35K2UUqR7Fy app.log gateway.log nginx.log
  unstuck logs --only /v1/chat/completions --post-mortem access.log > post-mortem.md")]
pub(super) struct Arguments {
    /// The files, `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,

    /// The time zone of times that name none, such as Europe/Berlin or +02:00
    #[arg(long, value_name = "ZONE", value_parser = time::zone)]
    tz: Option<TimeZone>,

    /// Count only entries that contain this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,

    /// Show one request in all files, in the order of time
    #[arg(long, value_name = "ID", conflicts_with_all = ["incidents", "post_mortem"])]
    request: Option<String>,

    /// Tell the incidents, by the rules of live alerts
    #[arg(long)]
    incidents: bool,

    /// Write the draft of a post-mortem in Markdown
    #[arg(long, conflicts_with = "json")]
    post_mortem: bool,

    /// Write the report as one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments, messages: &dyn Messages) -> Result<Outcome, Stop> {
    let Arguments { files, tz, only, request, incidents: wants_incidents, post_mortem, json } =
        arguments;
    let zone_name = tz.as_ref().map(|zone| zone.iana_name().unwrap_or("the given one").to_owned());
    let mut reading = Reading {
        clock: Clock::new(tz.unwrap_or(TimeZone::UTC), now_ms()),
        only,
        files: Vec::new(),
        tally: Tally::new(),
        calls: Calls::new(),
        followed: request.map(Followed::new),
    };
    files.iter().for_each(|file| reading.read(file));
    let Reading { files, tally, calls, mut followed, .. } = reading;
    let asks = calls.into_asks();
    let needs_incidents = wants_incidents || post_mortem;
    let incidents = if needs_incidents { incidents::incidents(&asks) } else { Vec::new() };
    if let Some(followed) = &mut followed {
        followed.sort();
    }
    let safe = Safe::new();
    let notes = notes::notes(&files, tally.untimed, &asks, zone_name.as_deref(), &safe);
    let found =
        Found { files, tally, asks, followed, incidents, wants_incidents, notes, safe, messages };
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{}", object(&found))?;
    } else if post_mortem {
        write!(out, "{}", PostMortem(&found))?;
    } else {
        write!(out, "{}", Page(&found))?;
    }
    out.flush()?;
    Ok(outcome(&found))
}

fn outcome(found: &Found<'_>) -> Outcome {
    let failed = match &found.followed {
        Some(followed) => {
            followed.steps.iter().any(|step| step.ended.is_some_and(|ended| ended != "answered"))
        }
        None => found.tally.failing > 0,
    };
    if found.files.iter().any(|file| file.broken.is_some()) {
        Outcome::PartOfInputUnread
    } else if failed {
        Outcome::FailuresFound
    } else {
        Outcome::Done
    }
}

fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}
