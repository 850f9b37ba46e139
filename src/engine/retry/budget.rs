//! The retry budget: what one source may be bothered with by itself.

use serde::{Deserialize, Serialize};

/// A full budget, in tenths of a token.
const FULL: u16 = 100;
/// What an automatic retry costs.
const COST: u16 = 10;
/// What an answer gives back.
const REWARD: u16 = 1;
/// After this time without any draw on it a budget is full again: what was spent on an old trouble says nothing of today.
const FORGIVEN_AFTER_MS: u64 = 3_600_000;

/// A bucket of ten tokens. An automatic retry takes one, and only while more than half of them are left; an answer gives a
/// tenth of one back. So a source that fails for long hears at most five automatic retries, and after that one for every
/// ten answers (the throttling rule of gRPC, proposal A6).
///
/// The person's own presses cost nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    tenths: u16,
    drawn_at_ms: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { tenths: FULL, drawn_at_ms: 0 }
    }
}

impl Budget {
    /// Takes a token for an automatic retry; `false` when it must not be made.
    #[must_use]
    pub fn draw(&mut self, now_ms: u64) -> bool {
        if now_ms.saturating_sub(self.drawn_at_ms) >= FORGIVEN_AFTER_MS {
            self.tenths = FULL;
        }
        let granted = self.tenths > FULL / 2;
        if granted {
            self.tenths -= COST;
            self.drawn_at_ms = now_ms;
        }
        granted
    }

    /// Puts in what an answer gives back.
    pub fn reward(&mut self) {
        self.tenths = FULL.min(self.tenths + REWARD);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 1_700_000_000_000;

    /// Five retries are granted, then one for every ten answers.
    #[test]
    fn five_retries_then_one_per_ten() {
        let mut budget = Budget::default();
        let granted = (0..20).filter(|_| budget.draw(NOON)).count();
        assert_eq!(granted, 5);
        (0..10).for_each(|_| budget.reward());
        assert!(budget.draw(NOON));
        assert!(!budget.draw(NOON));
    }

    /// Nothing fills the budget beyond full.
    #[test]
    fn budget_refills_after_an_hour() {
        let mut budget = Budget::default();
        while budget.draw(NOON) {}
        assert!(!budget.draw(NOON + FORGIVEN_AFTER_MS - 1));
        assert!(budget.draw(NOON + FORGIVEN_AFTER_MS));
        (0..1_000).for_each(|_| budget.reward());
        assert_eq!(budget.tenths, FULL);
    }
}
