//! `unstuck probe --compare OLD NEW`: a canary. Two probes take turns, and what they come to is told apart from chance.

use unstuck_diagnose::Messages;

use super::{
    check::{self, Finding},
    config::Probe,
    statistics::{fisher, later_by, quantile},
    verdict::Verdict,
    wire::Client,
};

/// A difference is told when chance alone makes it in fewer than so many cases.
const LEVEL: f64 = 0.05;
/// And when there were so many failures.
const LEAST_FAILURES: u32 = 5;
/// A percentile of fewer answers says nothing.
const LEAST_ANSWERS: usize = 20;
/// Nobody waits for more than so many times the runs that were made.
const MOST_TIMES: u32 = 50;

/// What came of the runs of one probe.
#[derive(Debug, Default)]
struct Series {
    runs: u32,
    failed: u32,
    seconds: Vec<f64>,
}

impl Series {
    fn note(&mut self, finding: &Finding) {
        self.runs += 1;
        if finding.verdict == Verdict::Answered {
            self.seconds.push(finding.duration_s);
        } else {
            self.failed += 1;
        }
    }
}

/// What can be said.
#[derive(Debug, PartialEq)]
enum Found {
    /// One of them fails more; whether it is the new one.
    Fails { is_new: bool, chance: f64 },
    /// One of them is later; whether it is the new one, and by how much at least and at most.
    Later { is_new: bool, least_s: f64, most_s: f64 },
    /// Nothing. So many more runs of each would tell, if it went on like this.
    Open { more: Option<u32> },
}

/// Runs both in turns, the first one changing, and gives what is told and the exit status.
pub(super) fn run(
    old: &Probe,
    new: &Probe,
    runs: u32,
    client: &Client,
    words: &dyn Messages,
) -> (String, u8) {
    let mut series = [Series::default(), Series::default()];
    for round in 0..runs {
        let order = if round % 2 == 0 { [0, 1] } else { [1, 0] };
        for at in order {
            series[at].note(&check::run([old, new][at], client));
        }
    }
    let [first, second] = &series;
    let found = judge(first, second);
    let mut lines = vec![line(old, first, words), line(new, second, words)];
    let name = |is_new: bool| if is_new { new.name.as_str() } else { old.name.as_str() };
    let (told, exit) = match found {
        Found::Fails { is_new, chance } => {
            let chance = format!("{:.1}", chance * 100.0);
            let told = words.get("command_compare_fails", &[name(is_new), &chance]);
            (told, if is_new { Verdict::Provider.exit() } else { 0 })
        }
        Found::Later { is_new, least_s, most_s } => {
            let (least, most) = (format!("{least_s:.2}"), format!("{most_s:.2}"));
            let told = words.get("command_compare_later", &[name(is_new), &least, &most]);
            (told, if is_new { Verdict::Degraded.exit() } else { 0 })
        }
        Found::Open { more: Some(more) } => {
            (words.get("command_compare_more", &[&more.to_string()]), 0)
        }
        Found::Open { more: None } => {
            // The rule of three: what failed in none of n runs may still fail in 3 of n.
            let share = format!("{:.1}", (300.0 / f64::from(runs)).min(99.9));
            (words.get("command_compare_open", &[&share]), 0)
        }
    };
    lines.push(told);
    (lines.join("\n") + "\n", exit)
}

fn line(probe: &Probe, series: &Series, words: &dyn Messages) -> String {
    let mut sorted = series.seconds.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |share| {
        if sorted.is_empty() { "–".into() } else { format!("{:.2}", quantile(&sorted, share)) }
    };
    let (failed, runs) = (series.failed.to_string(), series.runs.to_string());
    words.get("command_compare_line", &[&probe.name, &failed, &runs, &at(0.5), &at(0.95)])
}

fn judge(old: &Series, new: &Series) -> Found {
    let (failed, runs) = ([old.failed, new.failed], [old.runs, new.runs]);
    if let Some(chance) = apart(failed, runs) {
        let is_new = u64::from(new.failed) * u64::from(old.runs)
            > u64::from(old.failed) * u64::from(new.runs);
        return Found::Fails { is_new, chance };
    }
    if old.seconds.len().min(new.seconds.len()) >= LEAST_ANSWERS {
        let (least_s, most_s) = later_by(&old.seconds, &new.seconds);
        if least_s > 0.0 {
            return Found::Later { is_new: true, least_s, most_s };
        }
        if most_s < 0.0 {
            return Found::Later { is_new: false, least_s: -most_s, most_s: -least_s };
        }
    }
    let would_tell =
        |times: &u32| apart(failed.map(|n| n * times), runs.map(|n| n * times)).is_some();
    let more = (2..=MOST_TIMES).find(would_tell).map(|times| old.runs * (times - 1));
    Found::Open { more }
}

/// The chance, where the counts are further apart than chance makes them.
fn apart(failed: [u32; 2], runs: [u32; 2]) -> Option<f64> {
    let chance = fisher(failed, runs);
    (chance < LEVEL && failed[0] + failed[1] >= LEAST_FAILURES).then_some(chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(runs: u32, failed: u32, seconds: f64) -> Series {
        let answers = (runs - failed) as usize;
        let seconds = (0..answers).map(|at| seconds + (at % 7) as f64 / 100.0).collect();
        Series { runs, failed, seconds }
    }

    #[test]
    fn only_what_is_sure_is_told() {
        let found = |old, new| judge(&old, &new);
        let open = |more| Found::Open { more };
        assert_eq!(found(series(10, 0, 1.0), series(10, 0, 1.0)), open(None));
        assert_eq!(found(series(10, 0, 1.0), series(10, 2, 1.0)), open(Some(20)));
        assert_eq!(found(series(4, 0, 1.0), series(4, 4, 1.0)), open(Some(4)), "four are too few");
        assert!(matches!(
            found(series(10, 0, 1.0), series(10, 5, 1.0)),
            Found::Fails { is_new: true, .. }
        ));
        assert!(matches!(
            found(series(40, 20, 1.0), series(40, 0, 1.0)),
            Found::Fails { is_new: false, .. }
        ));
        assert!(matches!(
            found(series(40, 0, 1.0), series(40, 0, 2.0)),
            Found::Later { is_new: true, .. }
        ));
        assert!(matches!(
            found(series(40, 0, 2.0), series(40, 0, 1.0)),
            Found::Later { is_new: false, .. }
        ));
    }
}
