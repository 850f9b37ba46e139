//! Whether every phrase and every rule of concepts is needed: some labelled example is told wrongly without it.
//!
//! The examples are those of the causes, and the rows of `tests/data`.

use std::{cell::RefCell, collections::BTreeSet};

use serde_json::Value;

use super::{ParsedFailure, patterns, sentences};
use crate::{
    Cause, Failure,
    causes::{ConceptRule, EXAMPLES, Form, PATTERNS, failure_of},
    classify,
    text::clauses,
};

thread_local! {
    static SWITCHED_OFF: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether a phrase or rule is switched off in this thread.
pub(super) fn is_off(name: &str) -> bool {
    SWITCHED_OFF.with_borrow(|off| off.as_deref() == Some(name))
}

/// What a rule is called here.
pub(super) fn name_of(cause: Cause, rule: &ConceptRule) -> String {
    format!("{} {rule}", cause.id())
}

struct Example {
    failure: Failure,
    accept: Vec<Cause>,
    /// What stands in it.
    names: BTreeSet<String>,
}

impl Example {
    fn of(failure: Failure, accept: Vec<Cause>) -> Self {
        let parsed = ParsedFailure::of(&failure);
        let mut names: BTreeSet<String> =
            patterns::find(&parsed.scan).iter().map(|hit| hit.pattern.text.to_owned()).collect();
        for clause in clauses(&parsed.scan.raw) {
            for (cause, rule) in sentences::RULES.all.iter() {
                let holds = [true, false].iter().any(|&web| rule.holds(clause.says, web).is_some());
                names.extend(holds.then(|| name_of(*cause, rule)));
            }
        }
        Self { failure, accept, names }
    }

    fn is_right(&self) -> bool {
        self.accept.contains(&classify(&self.failure).cause)
    }

    fn is_right_without(&self, name: &str) -> bool {
        SWITCHED_OFF.set(Some(name.to_owned()));
        let right = self.is_right();
        SWITCHED_OFF.set(None);
        right
    }
}

fn examples() -> Vec<Example> {
    const ROWS: [&str; 2] = [
        include_str!("../../../tests/data/failures.jsonl"),
        include_str!("../../../tests/data/own_failures.jsonl"),
    ];
    let rows = ROWS.iter().flat_map(|rows| rows.lines()).map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        let accept = serde_json::from_value(row["accept"].clone()).unwrap();
        Example::of(Failure::from_json(&row["failure"]).unwrap(), accept)
    });
    let written = EXAMPLES.iter().copied().flatten().flat_map(|(cause, texts)| {
        texts.iter().map(|(provider, status, text)| {
            Example::of(failure_of(provider, *status, text), vec![*cause])
        })
    });
    rows.chain(written).filter(Example::is_right).collect()
}

/// Every phrase and every rule of concepts. Codes are what services document: they stay without an example.
fn all_names() -> BTreeSet<String> {
    let rules = sentences::RULES.all.iter().map(|(cause, rule)| name_of(*cause, rule));
    let patterns = PATTERNS.iter().copied().flatten();
    let phrases = patterns.filter(|pattern| pattern.form == Form::Words);
    phrases.map(|phrase| phrase.text.to_owned()).chain(rules).collect()
}

/// What no example needs is switched off without a loss, so it goes.
#[test]
fn every_phrase_is_needed() {
    let mut unneeded = all_names();
    for example in examples() {
        for name in &example.names {
            if unneeded.contains(name) && !example.is_right_without(name) {
                unneeded.remove(name);
            }
        }
    }
    assert!(unneeded.is_empty(), "no example needs these {}: {unneeded:#?}", unneeded.len());
}
