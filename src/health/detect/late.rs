//! Whether a source answers much later than it used to.

use serde::{Deserialize, Serialize};

/// Answers that are looked at, and how many of them have to be late.
const LOOKED_AT: usize = 5;
const LATE: usize = 4;
/// Late is three times the usual time, and two seconds more; in time again is less than twice.
const LATE_RATIO: f64 = 3.0;
const LATE_BY_S: f64 = 2.0;
const IN_TIME_RATIO: f64 = 2.0;
/// So many answers in time end it.
const IN_TIME: usize = 3;
/// What is older than an hour says nothing.
const FORGOTTEN_AFTER_MS: u64 = 3_600_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Pace {
    InTime,
    Between,
    Late,
}

/// The last few answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Lateness {
    answers: Vec<(u64, Pace)>,
}

impl Lateness {
    /// An answer took so long where it usually takes `usual_s`.
    pub(super) fn note(&mut self, now_ms: u64, took_s: f64, usual_s: f64) {
        let pace = if took_s >= LATE_RATIO * usual_s && took_s >= usual_s + LATE_BY_S {
            Pace::Late
        } else if took_s < IN_TIME_RATIO * usual_s {
            Pace::InTime
        } else {
            Pace::Between
        };
        self.answers.retain(|&(ms, _)| now_ms < ms + FORGOTTEN_AFTER_MS);
        if self.answers.len() >= LOOKED_AT {
            self.answers.remove(0);
        }
        self.answers.push((now_ms, pace));
    }

    /// When the late answers began; none when it is not slow.
    pub(super) fn is_slow_since(&self) -> Option<u64> {
        let late = self.answers.iter().filter(|(_, pace)| *pace == Pace::Late);
        let first = late.clone().next()?.0;
        (late.count() >= LATE).then_some(first)
    }

    /// How many answers are looked at.
    pub(super) fn count(&self) -> u32 {
        self.answers.len() as u32
    }

    pub(super) fn is_in_time(&self) -> bool {
        let last = self.answers.iter().rev().take(IN_TIME);
        last.filter(|(_, pace)| *pace == Pace::InTime).count() == IN_TIME
    }

    pub(super) fn go_back(&mut self, back_ms: u64) {
        self.answers.iter_mut().for_each(|(ms, _)| *ms = ms.saturating_sub(back_ms));
    }
}
