//! Durations in the buckets that OpenTelemetry's conventions fix, counted as they come: every engine understands them.

use serde::{Deserialize, Serialize};

/// Upper bounds in seconds of a whole ask and of its first chunk (semantic conventions 1.41.0, `gen_ai.client.*`).
pub const GEN_AI: [f64; 14] =
    [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
/// Upper bounds in seconds of one HTTP request (semantic conventions 1.41.0, `http.client.request.duration`).
pub const HTTP: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// Counts for one set of bounds. The last one holds what is longer than all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Buckets {
    counts: [u32; 15],
    sum: f64,
}

impl Buckets {
    /// Counts a duration in seconds; a bound belongs to the bucket below it. `false` when it is none and was not counted: not a
    /// number, negative, or over a day.
    pub fn record(&mut self, seconds: f64, bounds: &[f64; 14]) -> bool {
        if !(0.0..=86_400.0).contains(&seconds) {
            return false;
        }
        let at = bounds.iter().filter(|&&bound| seconds > bound).count();
        self.counts[at] = self.counts[at].saturating_add(1);
        self.sum += seconds;
        true
    }

    /// Adds what another one with the same bounds has counted.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count = count.saturating_add(more);
        }
        self.sum += other.sum;
    }

    /// The counts, shortest first.
    #[must_use]
    pub fn counts(&self) -> &[u32; 15] {
        &self.counts
    }

    /// All durations together, in seconds.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// How many durations were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_belong_to_the_lower_bucket() {
        let mut buckets = Buckets::default();
        for seconds in [0.0, 0.01, 0.010_001, 81.92, 82.0, 86_400.0] {
            assert!(buckets.record(seconds, &GEN_AI));
        }
        for none in [f64::NAN, -1.0, 1e9, f64::INFINITY] {
            assert!(!buckets.record(none, &GEN_AI));
        }
        let counts = buckets.counts();
        assert_eq!((counts[0], counts[1], counts[13], counts[14]), (2, 1, 1, 2));
        let mut double = buckets;
        double.merge(&buckets);
        assert_eq!((buckets.count(), double.count()), (6, 12));
        assert!((double.sum() - 2.0 * buckets.sum()).abs() < 1e-9);
    }
}
