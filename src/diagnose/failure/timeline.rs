//! When what happened during a call, as far as the browser tells.

use serde::{Deserialize, Serialize};

/// A moment in the life of a call, in the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The name of the host is looked up.
    LookUp,
    /// Its address is known.
    LookedUp,
    /// The connection is being made.
    Connect,
    /// TLS begins on it.
    Secure,
    /// The connection stands.
    Connected,
    /// The request is sent.
    Sent,
    /// Another address was named, and is called.
    Redirected,
    /// The head of the answer is there.
    Headers,
    /// The first part of its body is there.
    FirstByte,
    /// The last part that came is there.
    LastByte,
    /// The call is over.
    Over,
}

/// The moments of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// When the call began, milliseconds since 1970.
    pub started_ms: u64,
    /// Moments in order, with the milliseconds from the beginning.
    pub moments: Vec<(Moment, u32)>,
    /// The protocol (`http/1.1`, `h2`, `h3`); empty when the browser does not say.
    pub protocol: String,
    /// Bytes of the answer's body that arrived.
    pub bytes: u64,
    /// In how many parts they arrived.
    pub parts: u32,
}

impl Timeline {
    /// Takes note of a moment; of one that was seen before, the last time counts.
    pub fn mark(&mut self, moment: Moment, at_ms: u32) {
        self.moments.retain(|(known, _)| *known != moment);
        let place = self.moments.partition_point(|(known, _)| *known < moment);
        self.moments.insert(place, (moment, at_ms));
    }

    /// When it was, in milliseconds from the beginning.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Option<u32> {
        self.moments.iter().find(|(known, _)| *known == moment).map(|(_, at_ms)| *at_ms)
    }
}
