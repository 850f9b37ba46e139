//! Where a call stands, and why it waits.

use serde::{Deserialize, Serialize};

/// Why a call waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The server asked for it: it is not cut short.
    Server,
    /// Our own backoff: the person may cut it short.
    Backoff,
    /// The browser is offline.
    Offline,
    /// The source failed several times in a row and is left alone for a while. The person may cut it short.
    Resting,
    /// Another call of the same source goes first.
    Turn,
    /// Little is left of what the source allows, and a moment makes it last. The person may cut it short.
    Sparing,
    /// The person asked for an attempt at this time.
    Scheduled,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// To be sent in this very step.
    Due,
    /// Waiting before the next attempt.
    Waiting {
        /// Not before this time, milliseconds since 1970; `u64::MAX` stands for "when something has happened".
        until_ms: u64,
        /// Why.
        reason: Reason,
    },
    /// Sent; nothing of the answer has arrived.
    Requesting,
    /// The answer is arriving.
    Streaming,
    /// The answer is complete.
    Done,
    /// Failed, and the next move is the person's.
    Failed,
    /// Stopped by the person.
    Cancelled,
}

impl Phase {
    /// Whether a request of this call may be on its way.
    #[must_use]
    pub const fn in_flight(self) -> bool {
        matches!(self, Self::Requesting | Self::Streaming)
    }

    /// Whether the call still moves by itself.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Due | Self::Waiting { .. } | Self::Requesting | Self::Streaming)
    }
}

/// Whether more evidence is being gathered about a failure that is undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeState {
    /// It is not, or not any more.
    #[default]
    Over,
    /// It is being looked into.
    Running,
}
