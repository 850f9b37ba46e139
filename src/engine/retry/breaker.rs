//! The circuit breaker: a source that fails and fails is left alone for a while.

use fastrand::Rng;
use serde::{Deserialize, Serialize};

/// So many failures in a row open the breaker.
pub const FAILURES_TO_OPEN: u8 = 5;
/// The first rest, in milliseconds. It doubles with each failed trial.
const FIRST_REST_MS: u64 = 15_000;
/// The longest rest, in milliseconds, before it is spread.
const LONGEST_REST_MS: u64 = 240_000;

/// Closed while all is well; open after [`FAILURES_TO_OPEN`] failures in a row; half-open while one trial decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Breaker {
    /// Calls pass.
    Closed {
        /// Failures in a row.
        failures: u8,
    },
    /// No call passes before this time.
    Open {
        /// Milliseconds since 1970.
        until_ms: u64,
        /// Trials that have failed in a row.
        trips: u8,
    },
    /// One trial is on its way; no other call passes.
    HalfOpen {
        /// When the rest ended, or would have ended had nobody insisted. Milliseconds since 1970.
        until_ms: u64,
        /// Trials that have failed in a row.
        trips: u8,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

/// Whether a call may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// It may.
    Free,
    /// Not before this time (milliseconds since 1970).
    NotBefore(u64),
    /// Not before the trial that is on its way has ended.
    AfterTheTrial,
}

impl Breaker {
    /// Whether a call may pass now.
    #[must_use]
    pub const fn passage(self, now_ms: u64) -> Passage {
        match self {
            Self::Open { until_ms, .. } if until_ms > now_ms => Passage::NotBefore(until_ms),
            Self::Open { .. } | Self::Closed { .. } => Passage::Free,
            Self::HalfOpen { .. } => Passage::AfterTheTrial,
        }
    }

    /// A call is sent: through an open breaker it is the trial.
    pub const fn sent(&mut self) {
        if let Self::Open { until_ms, trips } = *self {
            *self = Self::HalfOpen { until_ms, trips };
        }
    }

    /// The source answered, be it with an error of the caller's.
    pub fn answered(&mut self) {
        *self = Self::default();
    }

    /// The source failed. Rests are stretched by up to a half, so that many clients do not return together.
    pub fn failed(&mut self, now_ms: u64, rng: &mut Rng) {
        *self = match *self {
            Self::Closed { failures } if failures + 1 < FAILURES_TO_OPEN => {
                Self::Closed { failures: failures + 1 }
            }
            Self::Closed { .. } => Self::open(0, now_ms, rng),
            Self::HalfOpen { trips, .. } => Self::open(trips.saturating_add(1), now_ms, rng),
            // A call that was sent before it opened.
            open @ Self::Open { .. } => open,
        };
    }

    /// The trial ended without a verdict: it was cancelled, or nobody saw its end. The next call is the trial, after what is
    /// left of the rest.
    pub const fn undecided(&mut self) {
        if let Self::HalfOpen { until_ms, trips } = *self {
            *self = Self::Open { until_ms, trips };
        }
    }

    fn open(trips: u8, now_ms: u64, rng: &mut Rng) -> Self {
        let rest = FIRST_REST_MS
            .saturating_mul(1_u64.checked_shl(trips.into()).unwrap_or(u64::MAX))
            .min(LONGEST_REST_MS);
        Self::Open { until_ms: now_ms.saturating_add(rest + rng.u64(0..=rest / 2)), trips }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 1_700_000_000_000;

    fn opened() -> Breaker {
        let (mut breaker, mut rng) = (Breaker::default(), Rng::with_seed(1));
        (0..FAILURES_TO_OPEN).for_each(|_| breaker.failed(NOON, &mut rng));
        breaker
    }

    fn rest(breaker: Breaker) -> u64 {
        match breaker.passage(NOON) {
            Passage::NotBefore(until_ms) => until_ms - NOON,
            other => panic!("{other:?}"),
        }
    }

    /// An answer between them starts the count anew.
    #[test]
    fn breaker_opens_after_consecutive_failures() {
        let (mut breaker, mut rng) = (Breaker::default(), Rng::with_seed(1));
        for _ in 0..3 {
            (1..FAILURES_TO_OPEN).for_each(|_| breaker.failed(NOON, &mut rng));
            assert_eq!(breaker.passage(NOON), Passage::Free);
            breaker.answered();
        }
        assert!((15_000..=22_500).contains(&rest(opened())));
    }

    /// One trial decides, and each failed one doubles the rest up to its cap.
    #[test]
    fn failed_trial_doubles_the_rest() {
        let (mut breaker, mut rng) = (opened(), Rng::with_seed(2));
        let mut rests = Vec::new();
        for _ in 0..300 {
            breaker.sent();
            assert_eq!(breaker.passage(u64::MAX), Passage::AfterTheTrial);
            breaker.failed(NOON, &mut rng);
            rests.push(rest(breaker));
        }
        assert!((30_000..=45_000).contains(&rests[0]), "{rests:?}");
        assert!(rests.iter().all(|&ms| ms <= 360_000), "a rest ends");
        breaker.sent();
        breaker.answered();
        assert_eq!(breaker, Breaker::default());
    }

    /// A trial without a verdict leaves the next call to be one.
    #[test]
    fn undecided_trial_passes_to_next_call() {
        let mut breaker = opened();
        let rest = rest(breaker);
        breaker.sent();
        breaker.undecided();
        assert_eq!(breaker.passage(NOON), Passage::NotBefore(NOON + rest));
        assert_eq!(breaker.passage(NOON + rest), Passage::Free);
        breaker.sent();
        assert_eq!(breaker.passage(NOON + rest), Passage::AfterTheTrial);
    }
}
