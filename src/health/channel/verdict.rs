//! What an answer comes to.

use crate::Answer;

/// What it means. Each but the first has a key of `messages.json` that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It has arrived.
    Accepted,
    /// A part of it has arrived. These of what was sent have to be sent again; the others were refused for good or arrived.
    Partly {
        /// Their places in what was sent.
        again: Vec<usize>,
        /// How many were refused for good.
        refused: u64,
        /// Why.
        why: &'static str,
    },
    /// It was refused, and would be again.
    Refused(&'static str),
    /// It is too large: a shorter one may pass.
    TooBig,
    /// It was refused for now.
    Later {
        /// So many milliseconds were asked for.
        after_ms: Option<u64>,
        /// Why.
        why: &'static str,
    },
    /// It may have arrived or not. With a key of its own it can be sent again; a delta cannot, it is lost.
    Unknown(&'static str),
}

impl Verdict {
    /// What it is to the outbox.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self {
            Self::Accepted => Answer::Accepted,
            // Each record has an id of its own: what is there already can be sent again.
            Self::Partly { again, .. } if !again.is_empty() => Answer::TryLater { after_ms: None },
            Self::Refused(_) | Self::TooBig | Self::Partly { .. } => Answer::Refused,
            Self::Later { after_ms, .. } => Answer::TryLater { after_ms: *after_ms },
            Self::Unknown(_) => Answer::Unknown,
        }
    }

    /// What it is to a push of numbers. Of those that were taken in part nobody knows which: they are not pushed again.
    #[must_use]
    pub fn answer_to_numbers(&self) -> Answer {
        if matches!(self, Self::Partly { .. }) { Answer::Unknown } else { self.answer() }
    }

    /// The key of what a person reads. Its arguments are the name of the receiver and the status.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Accepted => "sink_accepted",
            Self::TooBig => "sink_too_big",
            Self::Refused(why) | Self::Unknown(why) => why,
            Self::Partly { why, .. } | Self::Later { why, .. } => why,
        }
    }
}
