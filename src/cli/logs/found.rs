//! What the files came to, ready to be told.

use unstuck_diagnose::Messages;
use unstuck_health::{Incident, Kind};

use super::{calls::Asks, follow::Followed, reading::FileNotes, safe::Safe, tally::Tally};

/// Everything that a report needs.
pub(super) struct Found<'a> {
    pub(super) files: Vec<FileNotes>,
    pub(super) tally: Tally,
    pub(super) asks: Asks,
    pub(super) followed: Option<Followed>,
    pub(super) incidents: Vec<Incident>,
    /// Told with the report, even when there is none.
    pub(super) wants_incidents: bool,
    pub(super) notes: Vec<String>,
    pub(super) safe: Safe,
    pub(super) messages: &'a dyn Messages,
}

impl Found<'_> {
    /// A file by its number.
    pub(super) fn file(&self, at: usize) -> String {
        self.files.get(at).map_or_else(String::new, |file| self.safe.text(&file.name, 200))
    }

    pub(super) fn lines(&self) -> u64 {
        self.files.iter().map(|file| file.lines).sum()
    }

    /// Tries for each ask, where ids tell.
    pub(super) fn amplification(&self) -> Option<f64> {
        let retries = self.asks.retries;
        (retries.asks > 0).then(|| retries.tries as f64 / retries.asks as f64)
    }
}

/// A share in percent.
pub(super) fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

/// What kind of trouble, in words.
pub(super) const fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Failing => "does not answer",
        Kind::Unstable => "goes up and down",
        Kind::Slow => "answers late",
        Kind::Local => "fails together with others: look at this side first",
    }
}
