//! Simulation: the real engine in a seeded world of people, services, clocks and worker deaths, and a herd of clients at one
//! overloaded service. Native only, and without any IO: years of traffic pass in seconds, and a seed is a story that can be
//! told again.

mod channels;
mod counts;
mod herd;
mod laws;
mod person;
mod rules;
mod sabotage;
mod service;
mod world;

use std::{
    ops::Range,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

pub use counts::Counts;
pub use herd::{CATCH_UP_S, Herd, OVERLOAD_HINT_MS, Outcome, PAUSE_MS, svg};
pub use laws::Law;
use world::World;

/// A law that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub law: Law,
    /// The seed of the story.
    pub seed: u64,
    /// The story up to there, a line a step.
    pub trace: Vec<String>,
}

/// What came of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// What was simulated, in all.
    pub counts: Counts,
    /// How many seeds broke a law.
    pub violations: u64,
    /// The one with the shortest story.
    pub shortest: Option<Violation>,
}

/// Runs every seed for so many hours, on all processors. With `broken` the engine forgets one law on purpose.
#[must_use]
pub fn run(seeds: Range<u64>, hours: u64, broken: Option<Law>) -> Summary {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut summary = Summary::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return summary;
            }
            summary.add(seed, hours, broken);
        }
    };
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut whole = Summary::default();
        for worker in workers {
            match worker.join() {
                Ok(part) => whole.merge(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        whole
    })
}

impl Summary {
    fn add(&mut self, seed: u64, hours: u64, broken: Option<Law>) {
        let mut world = World::new(seed, broken, false);
        world.live(hours);
        self.counts += world.counts;
        let Some(law) = world.violation else { return };
        self.violations += 1;
        let known = self.shortest.as_ref().map_or(usize::MAX, |known| known.trace.len());
        let trace = World::new(seed, broken, true).live(hours);
        if trace.len() < known {
            self.shortest = Some(Violation { law, seed, trace });
        }
    }

    fn merge(&mut self, other: Self) {
        self.counts += other.counts;
        self.violations += other.violations;
        let shorter = |a: &Violation, b: &Violation| a.trace.len() < b.trace.len();
        self.shortest = match (self.shortest.take(), other.shortest) {
            (Some(mine), Some(theirs)) if shorter(&theirs, &mine) => Some(theirs),
            (mine, theirs) => mine.or(theirs),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_keeps_every_law() {
        let summary = run(0..40, 24, None);
        let told = summary.shortest.as_ref().map(|v| (v.law, v.seed, v.trace.join("\n")));
        assert!(
            told.is_none(),
            "{:?}\n{}",
            told.as_ref().map(|t| (t.0, t.1)),
            told.as_ref().map_or("", |t| &t.2)
        );
        assert!(summary.counts.calls > 1_000 && summary.counts.kills > 200, "{summary:?}");
        assert!(summary.counts.checks > 500 && summary.counts.messages > 50, "{summary:?}");
    }

    #[test]
    fn every_forgotten_law_is_caught() {
        for law in Law::ALL {
            let summary = run(0..200, 24, Some(law));
            let caught = summary.shortest.as_ref().map(|violation| violation.law);
            assert_eq!(caught, Some(law), "{law:?}: {} violations", summary.violations);
        }
    }

    #[test]
    fn same_seed_same_story() {
        assert_eq!(run(7..8, 24, None).counts, run(7..8, 24, None).counts);
    }
}
