//! When a source fails, and when that is over.

const MINUTE_MS: u64 = 60_000;

/// When a source fails, and when that is over. What is not set are the rules for asks that people make, at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// So many failures in a row are a failing source.
    pub failures: u32,
    /// So many answers in a row end an incident.
    pub answers: u32,
    /// So long a time without a failure ends it, milliseconds.
    pub clean_ms: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Self { failures: 3, answers: 2, clean_ms: 15 * MINUTE_MS }
    }
}

impl Rules {
    /// An incident lasts at least so long, milliseconds.
    pub(super) fn least_ms(&self) -> u64 {
        if self.clean_ms < 5 * MINUTE_MS { self.clean_ms } else { 5 * MINUTE_MS }
    }
}
