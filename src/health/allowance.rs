//! What a service still allows, as its rate-limit headers said: the one measure that foresees a failure.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::{
    Headers,
    workspace::{Left, scarcest},
};

/// An allowance whose end nobody told is forgotten after ten minutes.
const FORGOTTEN_AFTER_MS: u64 = 600_000;

/// Below this share an allowance is scarce.
const SCARCE: f64 = 0.1;
/// No ask is held back for longer, in milliseconds.
const LONGEST_PAUSE_MS: u64 = 10_000;

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
    /// What the headers of an answer tell.
    #[must_use]
    pub fn told_by(headers: &Headers, now_ms: u64) -> Option<Self> {
        let Left { remaining, limit, full_at_ms } = scarcest(headers, now_ms)?;
        Some(Self { remaining, limit, full_at_ms, told_at_ms: now_ms })
    }

    /// What is left, 0 to 1; none once it is out of date.
    #[must_use]
    pub fn share(&self, now_ms: u64) -> Option<f64> {
        let forgotten = self.told_at_ms.saturating_add(FORGOTTEN_AFTER_MS);
        let is_past = now_ms >= self.full_at_ms.unwrap_or(forgotten) || now_ms < self.told_at_ms;
        let share = self.remaining as f64 / self.limit as f64;
        (self.limit > 0 && !is_past).then_some(if share > 1.0 { 1.0 } else { share })
    }

    /// What is left in percent, when that is little.
    #[must_use]
    pub fn scarce_percent(&self, now_ms: u64) -> Option<u64> {
        let share = self.share(now_ms).filter(|&share| share < SCARCE)?;
        Some((share * 100.0) as u64)
    }

    /// How long to hold back the next ask, so that what is left lasts: the less is left, the longer after the last answer, ten
    /// seconds at most.
    #[must_use]
    pub fn pause_ms(&self, now_ms: u64) -> u64 {
        let Some(share) = self.share(now_ms).filter(|&share| share < SCARCE) else { return 0 };
        let full_at_ms = self.full_at_ms.unwrap_or(self.told_at_ms.saturating_add(60_000));
        let left_ms = full_at_ms.saturating_sub(self.told_at_ms) as f64 * (1.0 - share / SCARCE);
        let pause_ms = (left_ms as u64).min(LONGEST_PAUSE_MS);
        pause_ms.saturating_sub(now_ms.saturating_sub(self.told_at_ms))
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
        assert_eq!([1_000, 5_999, 6_000].map(|ms| told(9).pause_ms(ms)), [5_000, 1, 0]);
        assert_eq!([9, 10].map(|left| told(left).scarce_percent(0)), [Some(9), None]);
        assert_eq!(told(0).pause_ms(60_000), 0);
        assert_eq!(told(0).share(60_000), None);
        assert_eq!(Allowance { limit: 0, ..told(0) }.pause_ms(0), 0);
    }
}
