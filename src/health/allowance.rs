//! What a service still allows, as its rate-limit headers said: the one measure that foresees a failure.

use serde::{Deserialize, Serialize};

/// An allowance whose end nobody told is forgotten after ten minutes.
const FORGOTTEN_AFTER_MS: u64 = 600_000;

/// The scarcest of the allowances that an answer told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Requests or tokens that are left.
    pub remaining: u64,
    /// How many there are in full.
    pub limit: u64,
    /// When it is full again, milliseconds since 1970; none when not told.
    pub full_at_ms: Option<u64>,
    /// When it was told.
    pub told_at_ms: u64,
}

impl Allowance {
    /// What is left, 0 to 1; none once it is out of date.
    #[must_use]
    pub fn share(&self, now_ms: u64) -> Option<f64> {
        let forgotten = self.told_at_ms.saturating_add(FORGOTTEN_AFTER_MS);
        let is_past = now_ms >= self.full_at_ms.unwrap_or(forgotten) || now_ms < self.told_at_ms;
        let share = self.remaining as f64 / self.limit as f64;
        (self.limit > 0 && !is_past).then_some(if share > 1.0 { 1.0 } else { share })
    }

    /// How long to hold back the next ask, so that what is left lasts until there is more: at most ten seconds, and nothing
    /// while a tenth is left.
    #[must_use]
    pub fn pause_ms(&self, now_ms: u64) -> u64 {
        if self.share(now_ms).is_none_or(|share| share >= 0.1) {
            return 0;
        }
        let left_ms =
            self.full_at_ms.unwrap_or(now_ms.saturating_add(60_000)).saturating_sub(now_ms);
        (left_ms / self.remaining.saturating_add(1)).min(10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_allowance_slows_down() {
        let told = |remaining| Allowance {
            remaining,
            limit: 100,
            full_at_ms: Some(60_000),
            told_at_ms: 0,
        };
        assert_eq!([100, 10, 9, 0].map(|left| told(left).pause_ms(0)), [0, 0, 6_000, 10_000]);
        assert_eq!(told(0).pause_ms(60_000), 0);
        assert_eq!(told(0).share(60_000), None);
        assert_eq!(Allowance { limit: 0, ..told(0) }.pause_ms(0), 0);
    }
}
