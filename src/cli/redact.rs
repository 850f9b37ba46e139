//! `unstuck redact`: text in, the same text without secrets and personal data out.

use std::io::{self, Read, Write};

use clap::Args;
use unstuck_redact::redact;

use super::{Outcome, Stop};

/// Removes secrets and personal data from a text: standard input to standard output.
///
/// Counts of what was replaced, by class, go to standard error.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck redact < session.log > session-to-share.log")]
pub(super) struct Arguments {}

pub(super) fn run(_: Arguments) -> Result<Outcome, Stop> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let redacted = redact(&String::from_utf8_lossy(&bytes), &[])?;
    io::stdout().lock().write_all(redacted.text.as_bytes())?;
    let mut told = io::stderr().lock();
    for (class, count) in redacted.counts.0 {
        writeln!(told, "{class} {count}")?;
    }
    Ok(Outcome::Done)
}
