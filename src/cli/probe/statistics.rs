//! Whether two series of runs differ by more than chance.

/// Draws of the bootstrap.
const DRAWS: usize = 2_000;

/// Fisher's exact test, two-sided: how likely counts that are this far apart, or further, are by chance alone.
pub(super) fn fisher(failed: [u32; 2], runs: [u32; 2]) -> f64 {
    let all_failed = failed[0] + failed[1];
    let logs = log_factorials(runs[0] + runs[1]);
    let choose = |n: u32, k: u32| logs[n as usize] - logs[k as usize] - logs[(n - k) as usize];
    let whole = choose(runs[0] + runs[1], all_failed);
    let chance =
        |first: u32| (choose(runs[0], first) + choose(runs[1], all_failed - first) - whole).exp();
    let seen = chance(failed[0]);
    let (least, most) = (all_failed.saturating_sub(runs[1]), all_failed.min(runs[0]));
    // Counts as likely as the seen ones belong to them; their chances differ in the last digits.
    let apart = (least..=most).map(chance).filter(|one| *one <= seen * (1.0 + 1e-7));
    apart.sum::<f64>().min(1.0)
}

fn log_factorials(most: u32) -> Vec<f64> {
    let mut logs = vec![0.0];
    for number in 1..=most {
        logs.push(logs[number as usize - 1] + f64::from(number).ln());
    }
    logs
}

/// A quantile by the nearest rank; `sorted` is not empty.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// How much later the 95th percentile of the second series is, as an interval in which the true difference lies in 95 of 100
/// cases: by bootstrap. Neither is empty. The same series always give the same interval.
pub(super) fn later_by(first: &[f64], second: &[f64]) -> (f64, f64) {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut differences: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let [first, second] =
                [first, second].map(|series| quantile(&chance.draw(series), 0.95));
            second - first
        })
        .collect();
    differences.sort_by(f64::total_cmp);
    (quantile(&differences, 0.025), quantile(&differences, 0.975))
}

/// Marsaglia's xorshift.
struct Chance(u64);

impl Chance {
    fn draw(&mut self, series: &[f64]) -> Vec<f64> {
        let mut drawn: Vec<f64> = (0..series.len())
            .map(|_| {
                self.0 ^= self.0 << 13;
                self.0 ^= self.0 >> 7;
                self.0 ^= self.0 << 17;
                series[(self.0 % series.len() as u64) as usize]
            })
            .collect();
        drawn.sort_by(f64::total_cmp);
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As R's `fisher.test` has them.
    #[test]
    fn known_tables_have_known_chances() {
        for (failed, runs, chance) in [
            ([3, 1], [4, 4], 0.485_714),
            ([1, 11], [10, 14], 0.002_759),
            ([0, 5], [10, 10], 0.032_508),
            ([0, 0], [10, 10], 1.0),
            ([10, 10], [10, 10], 1.0),
            ([0, 6], [50, 50], 0.026_661),
        ] {
            let found = fisher(failed, runs);
            assert!((found - chance).abs() < 1e-5, "{failed:?} {found}");
        }
    }

    #[test]
    fn later_series_is_told_apart() {
        let first: Vec<f64> = (0..60).map(|at| 1.0 + f64::from(at % 10) / 10.0).collect();
        let second: Vec<f64> = first.iter().map(|seconds| seconds + 1.0).collect();
        let (least, most) = later_by(&first, &second);
        assert!(least > 0.5 && most < 1.5, "{least} {most}");
        let (least, most) = later_by(&first, &first);
        assert!(least <= 0.0 && most >= 0.0, "{least} {most}");
    }
}
