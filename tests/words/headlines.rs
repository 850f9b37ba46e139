//! Headlines, read back: what a headline says is read like any message of a program, and has to give its own cause away.
//! Where it does not, the headline is vague or the lexicon lacks a word. `--nocapture` prints what was read instead.

use std::collections::BTreeMap;

use unstuck_diagnose::{Cause, Failure, classify};

use super::{
    catalogue::Message,
    locales::{languages, words},
};

/// The share of headlines in each language that give their own cause away, at least. What is left are above all four that a
/// person has no other word for: servers behind servers that are slow, down or in trouble.
const LEAST: f64 = 0.85;

/// The names that a headline is filled with: a service and a host that are known, and the words for those that are not.
fn namings(words: &BTreeMap<String, Message>) -> [[&str; 2]; 2] {
    let told = |key: &str| words[key].message.as_str();
    [["OpenAI", "api.example.com"], [told("provider_unknown"), told("host_unknown")]]
}

/// What is read in the headline of a cause.
fn read(headline: &str, [provider, host]: [&str; 2]) -> (String, Cause) {
    let text = headline.replace("$PROVIDER$", provider).replace("$HOST$", host);
    let cause = classify(&Failure::from_message(&text)).cause;
    (text, cause)
}

#[test]
fn headlines_give_their_cause_away() {
    let mut vague = Vec::new();
    for language in languages() {
        let words = words(language);
        for names in namings(&words) {
            let mut right = 0;
            for cause in Cause::ALL {
                let headline = &words[&format!("{}_headline", cause.id())].message;
                let (text, found) = read(headline, names);
                right += usize::from(found == *cause);
                if found != *cause {
                    println!("{language} {}, read as {}: {text}", cause.id(), found.id());
                }
            }
            let share = right as f64 / Cause::ALL.len() as f64;
            println!("{language}, {}: {right} of {}", names[0], Cause::ALL.len());
            if share < LEAST {
                vague.push(format!("{language}: {:.0} %", share * 100.0));
            }
        }
    }
    assert!(vague.is_empty(), "too few headlines give their cause away: {vague:?}");
}

/// A person who reads two headlines has to tell them apart.
#[test]
fn headlines_of_one_language_differ() {
    const ALIKE: [&str; 3] = ["timeout", "gateway_timeout", "origin_timeout"];
    for language in languages() {
        let words = words(language);
        let mut told: BTreeMap<&str, &str> = BTreeMap::new();
        for id in Cause::ALL.iter().map(|cause| cause.id()).filter(|id| !ALIKE.contains(id)) {
            let headline = &words[&format!("{id}_headline")].message;
            let other = told.insert(headline, id);
            assert_eq!(other, None, "{language} {id}: {headline}");
        }
    }
}
