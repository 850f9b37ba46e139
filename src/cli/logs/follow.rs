//! One request through all files.

use super::{ids::Id, tally::Place};

/// Entries of one request that are kept.
const MOST: usize = 10_000;

/// An entry of the request.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) place: Place,
    pub(super) ms: Option<i64>,
    /// The id of the cause, if it failed; `answered` if it was.
    pub(super) ended: Option<&'static str>,
    pub(super) text: String,
}

/// What was found of a request.
#[derive(Debug)]
pub(super) struct Followed {
    id: String,
    pub(super) steps: Vec<Step>,
    pub(super) left_out: u64,
    /// Other ids that its entries name.
    pub(super) others: Vec<Id>,
}

impl Followed {
    pub(super) const fn new(id: String) -> Self {
        Self { id, steps: Vec::new(), left_out: 0, others: Vec::new() }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whether a line names the request.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let is_part = |letter: Option<char>| {
            letter.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        text.match_indices(self.id.as_str()).any(|(at, _)| {
            let end = at + self.id.len();
            !is_part(text[..at].chars().next_back()) && !is_part(text[end..].chars().next())
        })
    }

    pub(super) fn push(&mut self, step: Step, ids: &[Id]) {
        for id in ids {
            if id.text != self.id {
                super::ids::add(&mut self.others, Some(id.clone()));
            }
        }
        if self.steps.len() == MOST {
            self.left_out += 1;
        } else {
            self.steps.push(step);
        }
    }

    /// Puts the entries in the order of time; those without a time stay behind the one before them.
    pub(super) fn sort(&mut self) {
        let mut last = i64::MIN;
        let mut keyed: Vec<_> = self
            .steps
            .drain(..)
            .map(|step| {
                last = step.ms.unwrap_or(last);
                (last, step)
            })
            .collect();
        keyed.sort_by_key(|(ms, _)| *ms);
        self.steps = keyed.into_iter().map(|(_, step)| step).collect();
    }
}
