//! `unstuck simulate`: the engine in thousands of simulated days.

use std::{
    io::{self, Write},
    ops::Range,
    time::Instant,
};

use clap::Args;
use unstuck::simulate::{self, Summary};

use super::{Outcome, Stop};

/// A story is told from its end backwards by so many lines.
const LINES: usize = 60;

/// Proves the engine in simulated days: people, services with moods, a clock, and a browser that kills workers.
///
/// Every seed is one story. Where a law is broken, the seed and the shortest story found are told.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  unstuck simulate --seeds 0..2000 --hours 24
  unstuck simulate --seeds 7..8          one story again

Exit status:
  0  every law held
  1  a law was broken, or the output could not be written")]
pub(super) struct Arguments {
    /// The seeds: the first one, and the one after the last.
    #[arg(long, value_name = "A..B", default_value = "0..200", value_parser = seeds)]
    seeds: Range<u64>,
    /// How many hours each story lasts.
    #[arg(long, value_name = "H", default_value_t = 24, value_parser = clap::value_parser!(u64).range(1..=8_760))]
    hours: u64,
}

fn seeds(text: &str) -> Result<Range<u64>, String> {
    let range = text.split_once("..").and_then(|(first, end)| {
        let range = first.parse().ok()?..end.parse().ok()?;
        (!range.is_empty()).then_some(range)
    });
    range.ok_or_else(|| "two numbers, the second one greater, such as 0..2000".into())
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome, Stop> {
    let begun = Instant::now();
    let count = arguments.seeds.end - arguments.seeds.start;
    let summary = simulate::run(arguments.seeds, arguments.hours, None);
    let seconds = begun.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    let Summary { counts, violations, shortest } = summary;
    writeln!(
        out,
        "{count} seeds of {} hours in {seconds:.1} s: {} calls, {} answers, {} deaths of a worker, {violations} violations",
        arguments.hours, counts.calls, counts.answers, counts.kills
    )?;
    let Some(violation) = shortest else { return Ok(Outcome::Done) };
    writeln!(out, "\nSeed {}: {}.", violation.seed, violation.law.sentence())?;
    let skipped = violation.trace.len().saturating_sub(LINES);
    for line in &violation.trace[skipped..] {
        writeln!(out, "{line}")?;
    }
    Err(Stop::LawBroken)
}
