//! Exponential backoff with full jitter.

use fastrand::Rng;
use serde::{Deserialize, Serialize};

/// Waits that double up to a cap, each drawn evenly from zero to its bound (the AWS "full jitter" rule: of the
/// common rules it sends the fewest calls to a sick service).
///
/// # Default
/// Base 1 s, cap 30 s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backoff {
    base_ms: u64,
    cap_ms: u64,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(1_000, 30_000)
    }
}

impl Backoff {
    /// A backoff whose first wait is at most `base_ms` and whose every wait is at most `cap_ms` milliseconds.
    #[must_use]
    pub const fn new(base_ms: u64, cap_ms: u64) -> Self {
        Self { base_ms, cap_ms }
    }

    /// The bound of the wait after failed attempt `attempt` (from 1), in milliseconds.
    #[must_use]
    pub fn bound(self, attempt: u32) -> u64 {
        let factor = 1_u64.checked_shl(attempt.saturating_sub(1)).unwrap_or(u64::MAX);
        self.base_ms.saturating_mul(factor).min(self.cap_ms)
    }

    /// A wait after failed attempt `attempt` (from 1), in milliseconds.
    #[must_use]
    pub fn wait(self, attempt: u32, rng: &mut Rng) -> u64 {
        rng.u64(0..=self.bound(attempt))
    }

    /// The waits after attempt 1, 2, 3 …, without end.
    pub fn waits(self, mut rng: Rng) -> impl Iterator<Item = u64> {
        (1..=u32::MAX).map(move |attempt| self.wait(attempt, &mut rng))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bounds never overflow.
    #[test]
    fn bounds_double_up_to_the_cap() {
        let backoff = Backoff::new(500, 8_000);
        assert_eq!(
            [1, 2, 3, 4, 5, 6, 64, u32::MAX].map(|n| backoff.bound(n)),
            [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]
        );
    }

    /// Waits fill the whole range, and the same seed gives the same waits.
    #[test]
    fn seeded_waits_fill_the_range() {
        let backoff = Backoff::new(1_000, 1_000);
        let waits: Vec<_> = backoff.waits(Rng::with_seed(3)).take(2_000).collect();
        let mean = waits.iter().sum::<u64>() / 2_000;
        assert!((450..=550).contains(&mean), "{mean}");
        assert!(waits.iter().any(|&w| w < 50) && waits.iter().any(|&w| w > 950));
        assert_eq!(waits, backoff.waits(Rng::with_seed(3)).take(2_000).collect::<Vec<_>>());
    }
}
