//! What is said of a source.

use serde::{Deserialize, Serialize};

use crate::incident::Incident;

/// How a source is doing, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing was heard of it for a day. That is not health.
    NoData,
    /// It answers.
    Ok,
    /// Its last ask failed.
    Suspect,
    /// It does not answer.
    Failing,
    /// It answers again, not yet for long enough.
    Recovering,
    /// It goes up and down.
    Unstable,
    /// It answers much later than it used to.
    Slow,
}

/// What an observation has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An incident has begun.
    Opened(Incident),
    /// A running incident is of another kind now, or more is known of it.
    Updated(Incident),
    /// It is over.
    Closed(Incident),
    /// "Me or them?": the control host should be asked now, and its answer handed to [`Detector::control`](crate::Detector::control).
    AskControl,
}

/// What the next ask should heed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Advice {
    /// Whether to ask the person's next source instead, if they chose one. Now and then it is `false` for a failing source, so
    /// that somebody notices when it answers again.
    pub skip: bool,
    /// How long to hold the ask back because little is left of the allowance, in milliseconds.
    pub pause_ms: u64,
}
