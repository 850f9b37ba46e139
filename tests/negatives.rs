//! What is no failure of a call: pages, good answers, talk about errors. The classifier has to stay unsure of it.
//! `cargo test --test negatives -- --nocapture` prints what it is sure of all the same.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use unstuck_diagnose::{Cause, Failure, classify};

const NEGATIVES: &str = include_str!("data/negatives.jsonl");

/// From here on a diagnosis is presented as certain.
const SURE: f64 = 0.8;

#[derive(Deserialize)]
struct Row {
    id: String,
    kind: String,
    lang: String,
    failure: Value,
}

fn rows() -> Vec<Row> {
    let row = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    NEGATIVES.lines().map(row).collect()
}

#[test]
fn talk_about_errors_raises_nothing() {
    let rows = rows();
    let mut sure = 0;
    for Row { id, kind, lang, failure } in &rows {
        let read = Failure::from_json(failure).unwrap_or_else(|| panic!("no failure: {id}"));
        let found = classify(&read);
        if found.cause != Cause::Unknown && found.confidence >= SURE {
            sure += 1;
            let (cause, confidence) = (found.cause.id(), found.confidence);
            let text = failure["message"].as_str().or(failure["body"].as_str());
            println!("SURE {id} {kind} {lang}: {cause} {confidence:.2} by {:?}", found.evidence);
            println!("     {}", text.unwrap_or_default());
        }
    }
    println!("{sure} of {} raise something sure", rows.len());
    assert!(sure * 100 <= rows.len(), "{sure} of {} raise something sure", rows.len());
}

#[test]
fn negatives_are_many_and_varied() {
    let rows = rows();
    let distinct = |of: &dyn Fn(&Row) -> String| rows.iter().map(of).collect::<BTreeSet<_>>().len();
    assert!(rows.len() >= 500);
    assert_eq!(distinct(&|row| row.id.clone()), rows.len());
    assert_eq!(distinct(&|row| row.failure.to_string()), rows.len());
    assert!(distinct(&|row| row.lang.clone()) >= 26);
    let english = rows.iter().filter(|row| row.lang == "en").count();
    assert!((2..=3).contains(&(english * 5 / rows.len())), "{english} in English");
}
