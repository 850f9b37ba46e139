//! Shares of failures in two windows each, a long and a short one: the long one says that it matters, the short one that it lasts.
//!
//! The pairs and factors are those of the SRE workbook (14.4 times the error budget in an hour and five minutes, 6 times in six hours
//! and half an hour), for an objective of 98 %. One browser asks seldom, so both windows need minimum counts as well.

use serde::{Deserialize, Serialize};

use crate::ring::Ring;

const MINUTE_MS: u64 = 60_000;
/// Asks in the long window without which its share says nothing.
const LEAST_ASKS: u32 = 5;
/// Failures in the short window: a single one is no trouble that lasts.
const LEAST_RECENT: u32 = 2;

/// Two windows in minutes, and what has to be reached in them.
struct Pair {
    long: u64,
    short: u64,
    /// Share of failures in both windows.
    share: f64,
    /// Failures in the long window.
    failures: u32,
}

const PAIRS: [Pair; 2] = [
    Pair { long: 60, short: 5, share: 0.288, failures: 3 },
    Pair { long: 360, short: 30, share: 0.12, failures: 4 },
];

/// Asks and failures by the minute, for six hours.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tally {
    minutes: Ring<(u32, u32), MINUTE_MS, 360>,
}

impl Tally {
    pub(super) fn count(&mut self, now_ms: u64, failed: bool) {
        let (asks, failures) = self.minutes.at(now_ms);
        *asks = asks.saturating_add(1);
        *failures = failures.saturating_add(u32::from(failed));
    }

    /// Whether both windows of a pair burn.
    pub(super) fn burns(&self, now_ms: u64) -> bool {
        PAIRS.iter().any(|pair| {
            let (asks, failures) = self.sum(pair.long, now_ms);
            let (recent_asks, recent) = self.sum(pair.short, now_ms);
            let burns = |failures, asks| f64::from(failures) >= pair.share * f64::from(asks);
            let is_enough =
                asks >= LEAST_ASKS && failures >= pair.failures && recent >= LEAST_RECENT;
            is_enough && burns(failures, asks) && burns(recent, recent_asks)
        })
    }

    fn sum(&self, minutes: u64, now_ms: u64) -> (u32, u32) {
        let cells = self.minutes.last(minutes * MINUTE_MS, now_ms);
        cells.fold((0, 0), |(asks, failures), (_, cell)| (asks + cell.0, failures + cell.1))
    }
}
