//! Labelled failures said a little differently: whatever keeps the meaning has to keep the cause.
//! `cargo test --test mutations -- --nocapture` prints the share of each kind and what got lost.

#[path = "mutations/kinds.rs"]
mod kinds;

use serde::Deserialize;
use serde_json::Value;
use unstuck_diagnose::{Cause, Failure, classify};

use fastrand::Rng;
use kinds::KINDS;

const CORPORA: [&str; 2] =
    [include_str!("data/failures.jsonl"), include_str!("data/own_failures.jsonl")];
/// How many texts are changed in each way.
const OF_EACH: u32 = 240;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
/// At least this share of all keeps the cause, and of each kind not much less.
const KEEP: f64 = 0.90;
const OF_EACH_KEEP: f64 = 0.85;

#[derive(Deserialize)]
struct Row {
    id: String,
    failure: Value,
    accept: Vec<Cause>,
}

impl Row {
    fn is_right(&self, failure: &Value) -> bool {
        let read = Failure::from_json(failure).unwrap_or_else(|| panic!("no failure: {}", self.id));
        self.accept.contains(&classify(&read).cause)
    }
}

/// Where the sentence of a failure stands.
enum Sentence {
    Message(String),
    /// Within the JSON of a body, at this place.
    Body(Value, &'static str, String),
}

impl Sentence {
    fn of(failure: &Value) -> Option<Self> {
        const PLACES: [&str; 5] =
            ["/error/message", "/message", "/error", "/detail", "/error/error/message"];
        if let Some(message) = failure["message"].as_str() {
            return is_sentence(message).then(|| Self::Message(message.to_owned()));
        }
        let body: Value = serde_json::from_str(failure["body"].as_str()?).ok()?;
        let at =
            |place: &&str| body.pointer(place).and_then(Value::as_str).is_some_and(is_sentence);
        let place = PLACES.into_iter().find(at)?;
        let text = body.pointer(place)?.as_str()?.to_owned();
        Some(Self::Body(body, place, text))
    }

    fn text(&self) -> &str {
        match self {
            Self::Message(text) | Self::Body(_, _, text) => text,
        }
    }

    /// The failure with this text in the place of its own.
    fn put(&self, failure: &Value, text: String) -> Value {
        let mut changed = failure.clone();
        match self {
            Self::Message(_) => changed["message"] = text.into(),
            Self::Body(body, place, _) => {
                let mut body = body.clone();
                if let Some(own) = body.pointer_mut(place) {
                    *own = text.into();
                }
                changed["body"] = body.to_string().into();
            }
        }
        changed
    }
}

/// Whether this is said in words: no code, no page, no data.
fn is_sentence(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let words = text.split_whitespace().count();
    let said = words >= 3 || text.chars().filter(|letter| !letter.is_ascii()).count() >= 6;
    said && letters >= 6 && text.len() <= 400 && !text.contains(['{', '<', '\n'])
}

/// Rows that stand for the exact wording of one program: another order of its words is no longer that program's.
const OF_ONE_WORDING: &str = "own-p";

fn right_sentences() -> Vec<(Row, Sentence)> {
    let row = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    let rows = CORPORA.iter().flat_map(|corpus| corpus.lines()).map(row);
    rows.filter(|row: &Row| !row.id.starts_with(OF_ONE_WORDING) && row.is_right(&row.failure))
        .filter_map(|row| Sentence::of(&row.failure).map(|sentence| (row, sentence)))
        .collect()
}

#[test]
fn other_words_keep_the_cause() {
    let rows = right_sentences();
    assert!(rows.len() >= 800, "{} sentences", rows.len());
    let mut random = Rng::with_seed(SEED);
    let (mut all, mut all_kept) = (0, 0);
    for (kind, mutate) in KINDS {
        let (mut tried, mut kept) = (0_u32, 0_u32);
        // Each kind begins elsewhere, and takes the rows that it can change.
        let (start, step) = (random.usize(..rows.len()), 7919 % rows.len());
        for turn in 0..rows.len() {
            let (row, sentence) = &rows[(start + turn * step) % rows.len()];
            let Some(text) = mutate(sentence.text(), &mut random) else { continue };
            if text == sentence.text() {
                continue;
            }
            tried += 1;
            let changed = sentence.put(&row.failure, text);
            if row.is_right(&changed) {
                kept += 1;
            } else {
                let said = Sentence::of(&changed);
                let said = said.as_ref().map_or("", Sentence::text);
                println!("LOST {kind} {} {:?}: {said}", row.id, row.accept);
            }
            if tried == OF_EACH {
                break;
            }
        }
        println!("{kind}: {kept} of {tried} keep the cause");
        assert!(tried >= 20, "{kind}: only {tried}");
        assert!(f64::from(kept) >= OF_EACH_KEEP * f64::from(tried), "{kind}: {kept} of {tried}");
        (all, all_kept) = (all + tried, all_kept + kept);
    }
    let share = f64::from(all_kept) / f64::from(all);
    println!("{all_kept} of {all} = {:.1} % keep the cause", 100.0 * share);
    assert!(share >= KEEP, "{share}");
}
