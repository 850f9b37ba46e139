//! What is counted in a stretch of time.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::{Cause, Fault};

use crate::{call::Call, sketch::Sketch};

/// Asks and what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Asks that came to their end.
    pub asks: u32,
    /// Those that failed, by cause.
    pub failures: Vec<(Cause, u32)>,
    /// Requests sent.
    pub tries: u32,
    /// Requests that Unstuck repeated by itself.
    pub retries: u32,
    /// Asks that another source answered.
    pub failovers: u32,
    /// Waits in milliseconds: asked for by the service, backed off, breaker open, offline. None when there was no wait.
    pub waited_ms: Option<Box<[u32; 4]>>,
}

impl Counts {
    pub(crate) fn count(&mut self, call: &Call<'_>) {
        self.asks = self.asks.saturating_add(1);
        self.tries = self.tries.saturating_add(call.tries);
        self.retries = self.retries.saturating_add(call.retries);
        self.failovers = self.failovers.saturating_add(u32::from(call.answered_by.is_some()));
        if let Some(cause) = call.failure {
            self.fail(cause, 1);
        }
        let waits = call.waits;
        let waits = [waits.asked_ms, waits.backoff_ms, waits.breaker_ms, waits.offline_ms];
        self.wait(waits.map(|ms| u32::try_from(ms).unwrap_or(u32::MAX)));
    }

    /// Adds other counts.
    pub fn merge(&mut self, other: &Self) {
        self.asks = self.asks.saturating_add(other.asks);
        self.tries = self.tries.saturating_add(other.tries);
        self.retries = self.retries.saturating_add(other.retries);
        self.failovers = self.failovers.saturating_add(other.failovers);
        for &(cause, times) in &other.failures {
            self.fail(cause, times);
        }
        self.wait(other.waited_ms.as_deref().copied().unwrap_or_default());
    }

    /// Asks that failed, whatever the cause.
    #[must_use]
    pub fn failed(&self) -> u32 {
        self.failures.iter().fold(0, |sum, &(_, times)| sum.saturating_add(times))
    }

    /// Asks that failed and tell against the source.
    #[must_use]
    pub fn held_against(&self) -> u32 {
        let against = self.failures.iter().filter(|(cause, _)| tells_against_source(*cause));
        against.fold(0, |sum, &(_, times)| sum.saturating_add(times))
    }

    fn fail(&mut self, cause: Cause, times: u32) {
        match self.failures.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, count)) => *count = count.saturating_add(times),
            None => self.failures.push((cause, times)),
        }
    }

    fn wait(&mut self, ms: [u32; 4]) {
        if ms != [0; 4] {
            let sums = self.waited_ms.get_or_insert_default();
            for (sum, more) in sums.iter_mut().zip(ms) {
                *sum = sum.saturating_add(more);
            }
        }
    }
}

/// Whether a failure tells against the source. What lies with the person's account, their request, their browser, or with a
/// network that is plainly their own does not.
pub(crate) fn tells_against_source(cause: Cause) -> bool {
    let is_own_network = matches!(
        cause,
        Cause::Offline | Cause::CaptivePortal | Cause::NetworkChanged | Cause::ProxyFailure
    );
    !is_own_network && matches!(cause.fault(), Fault::Provider | Fault::Network | Fault::Unknown)
}

/// How long it took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// From the first request to the end, without waits; of answers only.
    pub duration: Sketch,
    /// Until the first chunk.
    pub first_chunk: Sketch,
}

impl Times {
    pub(crate) fn count(&mut self, call: &Call<'_>) {
        if call.failure.is_none() {
            self.duration.record(call.duration_s);
            if let Some(seconds) = call.first_chunk_s {
                self.first_chunk.record(seconds);
            }
        }
    }

    /// Adds other times.
    pub fn merge(&mut self, other: &Self) {
        self.duration.merge(&other.duration);
        self.first_chunk.merge(&other.first_chunk);
    }
}
