//! What the sentences of an answer mean, by the rules of concepts.

use std::sync::LazyLock;

use super::{
    ParsedFailure, Place, Scores, packed,
    patterns::Named,
    scores::{Understood, is_reason_phrase},
};
use crate::{
    Cause, Evidence, Stage,
    causes::ConceptRule,
    text::{Clause, clauses, concept::Concepts},
};

/// What is left of a finding's weight that only an advice speaks of.
const ADVISED: f32 = 0.5;
/// What is left of it where the clause says only what may be.
const DOUBTED: f32 = 0.9;

/// What is left of it beside a phrase that names a cause exactly, and on a page in the place of an answer.
const BESIDE_A_NAME: f32 = 0.5;

/// What is left of it in the sentences behind one that told what happened: they say what to do.
const LATER: f32 = 0.8;
/// What is left of it in a machine code that is read as words: services are careless with them.
const A_CODE: f32 = 0.7;
/// A reading with this weight tells what happened.
const TELLS: f32 = 3.0;

/// The rules of every cause, unpacked on the first text.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(Rules::unpacked);

/// Rules, and where to look for those that may hold.
pub(super) struct Rules {
    pub(super) all: Vec<(Cause, ConceptRule)>,
    /// For each concept the rules in whose first group it is.
    of_concept: [Vec<u16>; Concepts::BITS as usize],
}

impl Rules {
    fn unpacked() -> Self {
        let all = unpack();
        let mut of_concept = [const { Vec::new() }; Concepts::BITS as usize];
        for (number, (_, rule)) in all.iter().enumerate() {
            for concept in bits(rule.first_group()) {
                of_concept[concept].push(number as u16);
            }
        }
        Self { all, of_concept }
    }

    /// Every rule that may hold where this is said, each once.
    fn of(&self, says: Concepts) -> impl Iterator<Item = &(Cause, ConceptRule)> {
        bits(says).flat_map(move |concept| {
            let rules =
                self.of_concept[concept].iter().map(|&number| &self.all[usize::from(number)]);
            // A rule that is found by several concepts counts where the first of them is.
            rules.filter(move |(_, rule)| {
                (rule.first_group() & says).trailing_zeros() as usize == concept
            })
        })
    }
}

/// The numbers of the concepts in a set.
fn bits(mut set: Concepts) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let concept = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(concept)
    })
}

fn unpack() -> Vec<(Cause, ConceptRule)> {
    let (mut rules, mut packed) = (Vec::with_capacity(256), packed::meanings());
    while let [cause, size, rest @ ..] = packed {
        let Some((rule, after)) = rest.split_at_checked(usize::from(*size)) else { break };
        let cause = Cause::ALL.get(usize::from(*cause)).copied();
        rules.extend(cause.zip(ConceptRule::unpacked(rule)));
        packed = after;
    }
    rules
}

struct Reading {
    cause: Cause,
    weight: f32,
    rests_on: Concepts,
}

/// Puts into the scores what each clause says.
pub(super) fn score(parsed: &ParsedFailure, named: Named, scores: &mut Scores) {
    let web = parsed.place == Place::Web;
    let begun = parsed.failure.stage == Some(Stage::Stream)
        || parsed.failure.stream.is_some_and(|stream| stream.chars > 0);
    // A page in the place of an answer says more by being there than by its words.
    let page = parsed.html;
    if parsed.status.is_some() && is_reason_phrase(&parsed.scan.raw) {
        return;
    }
    let mut told = false;
    let mut understood = Understood::default();
    for clause in clauses(&parsed.scan.raw) {
        understood.letters += clause.letters;
        understood.read += clause.read;
        if clause.says == 0 || (named.by_code && clause.is_code) {
            continue;
        }
        let readings = readings(clause, web);
        let mut share = if told { LATER } else { 1.0 };
        share *= if clause.is_code { A_CODE } else { 1.0 };
        share *= if named.by_phrase || page { BESIDE_A_NAME } else { 1.0 };
        told |= readings.iter().any(|reading| reading.weight >= TELLS);
        for reading in readings {
            let cause = match reading.cause {
                Cause::ConnectionLost if begun => Cause::StreamInterrupted,
                cause => cause,
            };
            if !clause.doubts() && reading.rests_on.count_ones() > 1 {
                let clear = clause.read as f32 / clause.letters.max(1) as f32;
                understood.clearest.push((cause, clear));
            }
            scores.add(cause, reading.weight * share, Evidence::Meaning { cause });
        }
    }
    scores.keep_understood(understood);
}

/// What one clause says of the causes; of readings that rest on the same concepts the fuller one counts.
fn readings(clause: Clause, web: bool) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for (cause, rule) in RULES.of(clause.says) {
        #[cfg(test)]
        if super::needed::is_off(&super::needed::name_of(*cause, rule)) {
            continue;
        }
        // What an advice speaks of takes nothing back.
        let stated = rule.holds(clause.states, web);
        let Some(rests_on) = rule.holds(clause.says, web).or(stated) else { continue };
        let mut weight = rule.weight();
        if stated.is_none() {
            weight *= ADVISED;
        } else if clause.doubts() {
            weight *= DOUBTED;
        }
        readings.push(Reading { cause: *cause, weight, rests_on });
    }
    let fuller = |reading: &Reading| {
        readings.iter().any(|other| {
            other.cause != reading.cause
                && other.rests_on != reading.rests_on
                && other.rests_on & reading.rests_on == reading.rests_on
        })
    };
    let keep: Vec<bool> = readings.iter().map(|reading| !fuller(reading)).collect();
    readings.into_iter().zip(keep).filter_map(|(reading, keep)| keep.then_some(reading)).collect()
}
