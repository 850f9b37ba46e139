//! Real failures as a person would paste them, and what Unstuck makes of each. The pages show nothing else, so what
//! they claim is what it does.
//!
//! In `specimens.txt` a line `= id: label` opens a shelf, and a line `-` parts the specimens on it.

use std::sync::LazyLock;

use unstuck_diagnose::{Diagnosis, Failure, classify};

const TEXT: &str = include_str!("specimens.txt");

/// Specimens that belong together.
pub(crate) struct Shelf {
    /// What it is about: a code's id, `more` or `example`.
    pub(crate) id: &'static str,
    /// What a person sees of it at first: a number or a few words.
    pub(crate) label: &'static str,
    pub(crate) specimens: Vec<Specimen>,
}

/// A failure and its diagnosis.
pub(crate) struct Specimen {
    pub(crate) text: &'static str,
    pub(crate) diagnosis: Diagnosis,
}

/// All shelves, in the order of the file. They are the same in every language.
pub(crate) static SHELVES: LazyLock<Vec<Shelf>> =
    LazyLock::new(|| TEXT.trim_start_matches("= ").split("\n= ").filter_map(shelf).collect());

fn shelf(section: &'static str) -> Option<Shelf> {
    let (title, texts) = section.split_once('\n')?;
    let (id, label) = title.split_once(": ").unwrap_or((title, ""));
    let specimens = texts.split("\n-\n").map(|text| Specimen::of(text.trim())).collect();
    Some(Shelf { id, label, specimens })
}

impl Specimen {
    fn of(text: &'static str) -> Self {
        Self { text, diagnosis: classify(&Failure::from_pasted(text)) }
    }
}
