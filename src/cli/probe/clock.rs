//! Whether the wall clock went another way than time did: the machine slept, or somebody set the clock.

use std::time::Instant;

/// A difference that no clock has by itself, milliseconds.
const JUMP_MS: u64 = 30_000;

/// Two clocks side by side.
#[derive(Debug)]
pub(super) struct Clock {
    wall_ms: u64,
    steady: Instant,
}

impl Clock {
    pub(super) fn start(wall_ms: u64) -> Self {
        Self { wall_ms, steady: Instant::now() }
    }

    /// Whether they have gone apart since they were looked at last.
    pub(super) fn has_jumped(&mut self, wall_ms: u64) -> bool {
        let passed_ms = u64::try_from(self.steady.elapsed().as_millis()).unwrap_or(u64::MAX);
        let expected_ms = self.wall_ms.saturating_add(passed_ms);
        *self = Self::start(wall_ms);
        wall_ms.abs_diff(expected_ms) >= JUMP_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_both_ways_are_noticed() {
        let noon = 1_700_000_000_000;
        let mut clock = Clock::start(noon);
        assert!(!clock.has_jumped(noon + 5));
        assert!(clock.has_jumped(noon + 3_600_000));
        assert!(!clock.has_jumped(noon + 3_600_001));
        assert!(clock.has_jumped(noon));
        assert!(!clock.has_jumped(noon));
    }
}
