//! The lexicons, held to their rules: whole, in order, each stem in one sense or with a reason for two.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    concept::{ADVICE, EXPIRED, INVALID, KEY, MISSING, NAMES, NOT_FOUND},
    fold::fold_stem,
    source::LEXICONS,
};
use crate::text::clauses;

/// In a lexicon: the concepts for which the language has no word of its own, or only the English one.
const LACKS: &str = "lacks";
/// In a lexicon: a stem that stands in two concepts, and why.
const BOTH: &str = "both";

fn lines(lexicon: &str) -> impl Iterator<Item = (&str, &str)> {
    lexicon.lines().map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}")))
}

#[test]
fn every_concept_stands_or_is_lacking() {
    for (language, lexicon) in LEXICONS {
        let lacks: BTreeSet<&str> = lines(lexicon)
            .filter(|(name, _)| *name == LACKS)
            .flat_map(|(_, names)| names.split(", "))
            .collect();
        let present: Vec<&str> = lines(lexicon)
            .map(|(name, _)| name)
            .filter(|name| ![LACKS, BOTH].contains(name))
            .collect();
        for name in NAMES {
            let once = present.iter().filter(|known| *known == name).count();
            assert_eq!(once, usize::from(!lacks.contains(name)), "{language}: {name}");
        }
        for name in present.iter().chain(&lacks) {
            assert!(NAMES.contains(name), "{language}: {name} is no concept");
        }
    }
}

#[test]
fn two_senses_need_a_reason() {
    for (language, lexicon) in LEXICONS {
        let reasons: BTreeMap<String, &str> = lines(lexicon)
            .filter(|(name, _)| *name == BOTH)
            .map(|(_, line)| line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}")))
            .map(|(stem, reason)| (fold_stem(stem), reason))
            .collect();
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for (name, stems) in lines(lexicon).filter(|(name, _)| NAMES.contains(name)) {
            for stem in stems.split(',') {
                let stem = fold_stem(stem.trim().trim_start_matches(['=', '~']));
                if let Some(other) = seen.insert(stem.clone(), name) {
                    assert_ne!(other, name, "{language}: {stem} stands twice in {name}");
                    assert!(
                        reasons.contains_key(&stem),
                        "{language}: {stem} in {other} and {name}"
                    );
                    twice.insert(stem);
                }
            }
        }
        for stem in reasons.keys() {
            assert!(twice.contains(stem), "{language}: {stem} needs no reason");
        }
    }
}

/// What one clause says, without the words that tell the language.
fn says(text: &str) -> u128 {
    clauses(text).iter().fold(0, |all, clause| all | clause.says)
}

#[test]
fn order_and_gaps_are_free() {
    for text in [
        "Invalid API key",
        "The API key you have given us is currently invalid.",
        "Ihr API-Schlüssel ist leider ungültig",
        "La clé API est invalide",
        "API 密钥无效",
        "Ключ API недействителен",
        "مفتاح API غير صالح",
    ] {
        let found = says(text);
        assert!(found & KEY != 0 && found & INVALID != 0, "{text}");
    }
}

#[test]
fn negation_turns_and_undoes() {
    assert!(says("The key is not valid") & INVALID != 0);
    assert!(says("No key was provided") & MISSING != 0);
    assert!(says("Das Modell wurde nicht gefunden") & NOT_FOUND != 0);
    assert_eq!(says("The key has not expired") & EXPIRED, 0);
}

#[test]
fn advice_is_told_from_statement() {
    let [clause] = clauses("Please check your API key")[..] else { panic!("one clause") };
    assert!(clause.says & KEY != 0 && clause.states & KEY == 0 && clause.says & ADVICE != 0);
}

/// The words of one language do not speak in another.
#[test]
fn one_language_is_chosen() {
    let dutch = says("Probeer het over 5 minuten opnieuw, de server is overbelast");
    assert_eq!(dutch & super::concept::EXCEEDED, 0);
}
