//! Finds who among many breaks a call, with few test calls: alone, or only together with others.
//!
//! The suspects stand in a row. It is known that the call works with none of the row and fails with all of it, so the last one
//! of the shortest row that fails is needed for the failure. If it does not fail alone, the next one needed is looked for in
//! the row before it. One of twelve is found in at most five calls. Both ends are believed at first, and tried only when no
//! other call has shown them: a failure that has passed, or that none of the suspects makes, is told as such.

use serde::{Deserialize, Serialize};

/// A search, or what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bisection {
    count: usize,
    /// Those that are needed for the failure.
    found: Vec<usize>,
    /// With so many of the row it works.
    works: usize,
    /// With so many of the row it fails.
    fails: usize,
    seen_working: bool,
    seen_failing: bool,
    tries: u32,
    turn: Turn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Turn {
    /// Half of what is open.
    Search,
    /// Those that were found, alone.
    Alone,
    /// All suspects.
    All,
    /// None of them.
    None,
    Over(Verdict),
}

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Those that were found break it together.
    Culprits,
    /// It fails without any of them.
    NoneOfThem,
    /// It works with all of them.
    Passed,
}

impl Bisection {
    /// A search among so many suspects.
    #[must_use]
    pub fn new(count: usize) -> Self {
        let mut search = Self {
            count,
            found: Vec::new(),
            works: 0,
            fails: count,
            seen_working: false,
            seen_failing: false,
            tries: 0,
            turn: if count == 0 { Turn::Over(Verdict::NoneOfThem) } else { Turn::Search },
        };
        search.narrow();
        search
    }

    /// The suspects to be left on for the next test call, all others off; `None` when the search is over.
    #[must_use]
    pub fn next(&self) -> Option<Vec<usize>> {
        match self.turn {
            Turn::Search => Some((0..self.middle()).chain(self.found.iter().copied()).collect()),
            Turn::Alone => Some(self.found.clone()),
            Turn::All => Some((0..self.count).collect()),
            Turn::None => Some(Vec::new()),
            Turn::Over(_) => None,
        }
    }

    /// Takes the outcome of the test call.
    pub fn learn(&mut self, worked: bool) {
        self.tries += 1;
        self.seen_working |= worked;
        let seen_failing = self.seen_failing;
        self.seen_failing |= !worked;
        match (self.turn, worked) {
            (Turn::Search, true) => self.works = self.middle(),
            (Turn::Search, false) => self.fails = self.middle(),
            (Turn::Alone, false) => self.fails_alone(),
            (Turn::Alone, true) if !seen_failing => self.turn = Turn::All,
            (Turn::Alone, true) | (Turn::All, false) => self.look_before_the_last(),
            (Turn::All, true) => self.turn = Turn::Over(Verdict::Passed),
            (Turn::None, true) => self.turn = Turn::Over(Verdict::Culprits),
            (Turn::None, false) => self.turn = Turn::Over(Verdict::NoneOfThem),
            (Turn::Over(_), _) => {}
        }
        self.narrow();
    }

    const fn middle(&self) -> usize {
        usize::midpoint(self.works, self.fails)
    }

    /// Where only one is open, it is needed. Whether it fails alone may be known already.
    fn narrow(&mut self) {
        if self.turn != Turn::Search || self.fails - self.works != 1 {
            return;
        }
        self.found.push(self.works);
        if self.works == 0 && self.seen_failing {
            self.fails_alone();
        } else {
            self.turn = Turn::Alone;
        }
    }

    fn fails_alone(&mut self) {
        self.turn = if self.seen_working { Turn::Over(Verdict::Culprits) } else { Turn::None };
    }

    /// The last one is needed, but not enough: another one stands before it, unless the failure has passed.
    fn look_before_the_last(&mut self) {
        let last = self.found.last().copied().unwrap_or_default();
        (self.works, self.fails) = (0, last);
        self.turn = if last > 0 { Turn::Search } else { Turn::Over(Verdict::Passed) };
    }

    /// How many test calls were made.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.tries
    }

    /// What the search came to, once it is over.
    #[must_use]
    pub const fn verdict(&self) -> Option<Verdict> {
        match self.turn {
            Turn::Over(verdict) => Some(verdict),
            _ => None,
        }
    }

    /// Those that break it, once they are proven to.
    #[must_use]
    pub fn culprits(&self) -> &[usize] {
        if self.verdict() == Some(Verdict::Culprits) { &self.found } else { &[] }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Runs a search in a world where the call fails as long as all of `needed` are on.
    fn search(count: usize, needed: &[usize]) -> Bisection {
        let mut search = Bisection::new(count);
        while let Some(on) = search.next() {
            search.learn(!needed.iter().all(|one| on.contains(one)));
            assert!(search.tries() < 200, "{search:?}");
        }
        search
    }

    #[test]
    fn finds_one_of_twelve_in_five() {
        for culprit in 0..12 {
            let search = search(12, &[culprit]);
            assert_eq!(search.culprits(), [culprit]);
            assert_eq!(search.verdict(), Some(Verdict::Culprits));
            assert!(search.tries() <= 5, "{culprit}: {}", search.tries());
        }
    }

    /// The call fails even with all of them off, or works with all of them on.
    #[test]
    fn verdicts_without_a_culprit() {
        for count in [1, 2, 12, 200] {
            assert_eq!(search(count, &[]).verdict(), Some(Verdict::NoneOfThem));
            assert_eq!(search(count, &[count + 1]).verdict(), Some(Verdict::Passed));
        }
        assert_eq!(Bisection::new(0).verdict(), Some(Verdict::NoneOfThem));
    }

    proptest! {
        #[test]
        fn finds_exactly_the_needed_extensions(count in 1_usize..200, picks in prop::collection::btree_set(0_usize..200, 1..4)) {
            let needed: Vec<_> = picks.into_iter().filter(|pick| *pick < count).collect();
            prop_assume!(!needed.is_empty());
            let search = search(count, &needed);
            let mut found = search.culprits().to_vec();
            found.sort_unstable();
            prop_assert_eq!(found, needed.clone());
            prop_assert_eq!(search.verdict(), Some(Verdict::Culprits));
            let halvings = count.next_power_of_two().trailing_zeros() + 1;
            prop_assert!(search.tries() <= halvings * needed.len() as u32 + 2);
        }

        #[test]
        fn contradictory_answers_still_terminate(count in 0_usize..40, answers in prop::collection::vec(any::<bool>(), 400)) {
            let mut search = Bisection::new(count);
            let mut answers = answers.into_iter();
            while search.next().is_some() {
                search.learn(answers.next().unwrap());
            }
            prop_assert!(search.verdict().is_some());
        }
    }
}
