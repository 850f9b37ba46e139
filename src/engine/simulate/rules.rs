//! Rules of retries as people may set them.

use fastrand::Rng;

use crate::OwnRules;

/// Half of the sources follow the rules of all.
pub(super) fn own(rng: &mut Rng) -> OwnRules {
    if rng.bool() {
        return OwnRules::default();
    }
    OwnRules {
        attempts: Some(rng.u32(1..=6)),
        longest_silent_wait_ms: Some(rng.u64(0..=3_600_000)),
        ..OwnRules::default()
    }
}
