//! What is counted of a probe from run to run.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Cause;
use unstuck_health::{Buckets, GEN_AI};

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
    /// When the first one began, milliseconds since 1970; 0 in files of old.
    #[serde(default)]
    pub(super) since_ms: u64,
    /// How long the runs took, by the id of their cause; empty for those that were answered.
    #[serde(default)]
    pub(super) durations: Vec<(String, Buckets)>,
    /// How long the first chunks of the answers took.
    #[serde(default)]
    pub(super) first_chunks: Buckets,
}

impl Tally {
    /// Of a single run.
    pub(super) fn of_one(at_ms: u64, finding: &Finding) -> Self {
        let mut tally = Self::default();
        tally.count(at_ms, finding);
        tally
    }

    pub(super) fn count(&mut self, at_ms: u64, finding: &Finding) {
        self.attempts = self.attempts.saturating_add(1);
        self.last_run_ms = at_ms;
        if self.attempts == 1 {
            self.since_ms = at_ms.saturating_sub((finding.duration_s * 1_000.0) as u64);
        }
        let failure = finding.failure().map_or("", Cause::id);
        match self.durations.iter_mut().find(|(of, _)| of == failure) {
            Some((_, buckets)) => _ = buckets.record(finding.duration_s, &GEN_AI),
            None => {
                let mut buckets = Buckets::default();
                buckets.record(finding.duration_s, &GEN_AI);
                self.durations.push((failure.to_owned(), buckets));
            }
        }
        if let Some(seconds) = finding.first_chunk_s {
            self.first_chunks.record(seconds, &GEN_AI);
        }
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
