//! `unstuck simulate`: the engine in thousands of simulated days, and a herd of clients at one service.

mod herd;

use std::{
    io::{self, Write},
    ops::Range,
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::Args;
use unstuck_engine::simulate::{self, Summary};

use super::{Outcome, Stop};

/// A story is told from its end backwards by so many lines.
const LINES: usize = 60;

/// Proves the engine in simulated days, or sets a herd of clients on a service that was down.
///
/// Days: people, services with moods, a clock, and a browser that kills workers. Every seed is one story; where a law is broken,
/// the seed and the shortest story found are told. Herd: with --clients, the retry rules of ours and of other clients meet the
/// same outage; a table and a drawing are written.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck simulate --seeds 0..2000 --hours 24
  unstuck simulate --seeds 7..8
  unstuck simulate --clients 100000 --outage 10m")]
pub(super) struct Arguments {
    /// The seeds: the first one, and the one after the last.
    #[arg(long, value_name = "A..B", default_value = "0..200", value_parser = seeds)]
    seeds: Range<u64>,
    /// How many hours each story lasts.
    #[arg(long, value_name = "H", default_value_t = 24, value_parser = clap::value_parser!(u64).range(1..=8_760))]
    hours: u64,
    /// Sets so many clients on one service.
    #[arg(long, value_name = "N", conflicts_with_all = ["seeds", "hours"], value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    clients: Option<u32>,
    /// How long the service of the herd is down.
    #[arg(long, value_name = "TIME", default_value = "10m", requires = "clients", value_parser = span)]
    outage: Duration,
    /// Where the table and the drawing of the herd are written.
    #[arg(long, value_name = "DIR", default_value = "target/simulate", requires = "clients")]
    out: PathBuf,
}

fn seeds(text: &str) -> Result<Range<u64>, &'static str> {
    let range = text.split_once("..").and_then(|(first, end)| {
        let range = first.parse().ok()?..end.parse().ok()?;
        (!range.is_empty()).then_some(range)
    });
    range.ok_or("command_wrong_seeds")
}

fn span(text: &str) -> Result<Duration, &'static str> {
    let (number, seconds) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(number) if text.ends_with('h') => (number, 3_600),
        Some(number) if text.ends_with('m') => (number, 60),
        Some(number) => (number, 1),
        None => (text, 1),
    };
    let whole = number.parse::<u64>().ok().and_then(|number| number.checked_mul(seconds));
    let span = whole.filter(|seconds| (1..=86_400).contains(seconds)).map(Duration::from_secs);
    span.ok_or("command_wrong_span")
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome, Stop> {
    match arguments.clients {
        Some(clients) => herd::run(clients, arguments.outage, &arguments.out),
        None => days(arguments.seeds, arguments.hours),
    }
}

fn days(seeds: Range<u64>, hours: u64) -> Result<Outcome, Stop> {
    let begun = Instant::now();
    let count = seeds.end - seeds.start;
    let Summary { counts, violations, shortest } = simulate::run(seeds, hours, None);
    let seconds = begun.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{count} seeds of {hours} hours in {seconds:.1} s: {} calls, {} answers, {} checks, {} messages to channels, {} deaths of a worker, {violations} violations",
        counts.calls, counts.answers, counts.checks, counts.messages, counts.kills
    )?;
    let Some(violation) = shortest else { return Ok(Outcome::Done) };
    writeln!(out, "\nSeed {}: {}.", violation.seed, violation.law.sentence())?;
    let skipped = violation.trace.len().saturating_sub(LINES);
    for line in &violation.trace[skipped..] {
        writeln!(out, "{line}")?;
    }
    Err(Stop::LawBroken)
}
