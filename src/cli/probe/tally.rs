//! What is counted of a probe from run to run.

use serde::{Deserialize, Serialize};

use super::{check::Finding, verdict::Verdict};

/// The runs of one probe so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Runs.
    pub(super) attempts: u64,
    /// Runs that were not answered as expected, by cause and by whose turn it is.
    pub(super) failures: Vec<(String, String, u64)>,
    /// Those at the end, in a row.
    pub(super) consecutive: u64,
    /// When the last one ended, milliseconds since 1970.
    pub(super) last_run_ms: u64,
}

impl Tally {
    pub(super) fn count(&mut self, at_ms: u64, finding: &Finding) {
        self.attempts = self.attempts.saturating_add(1);
        self.last_run_ms = at_ms;
        if finding.verdict == Verdict::Answered {
            self.consecutive = 0;
            return;
        }
        self.consecutive = self.consecutive.saturating_add(1);
        let (cause, fault) = (finding.cause(), finding.verdict.id());
        let known = self.failures.iter_mut().find(|(of, by, _)| of == cause && by == fault);
        match known {
            Some((.., count)) => *count = count.saturating_add(1),
            None => self.failures.push((cause.to_owned(), fault.to_owned(), 1)),
        }
    }
}
