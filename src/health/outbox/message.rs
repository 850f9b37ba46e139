//! What goes out to a channel, and what comes back.

use serde::{Deserialize, Serialize};

use crate::incident::Incident;

/// A place where incidents are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its stable id.
    pub id: String,
    /// Whether it calls people to work, as PagerDuty does: what is over already is not told there at all.
    pub pages: bool,
}

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// The incident has begun.
    Trigger,
    /// It is over.
    Resolve,
    /// It was, and is over: the channel did not take the trigger in time.
    WasDown,
}

/// What came of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The channel took it.
    Accepted,
    /// It will never take it: a wrong shape, a wrong key, a channel that is gone.
    Refused,
    /// It did not take it now: busy, too many, out of order.
    TryLater {
        /// How long it asked to wait, in milliseconds.
        after_ms: Option<u64>,
    },
    /// No answer came: it may have taken it.
    Unknown,
}

/// A message to be posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// What [`Outbox::answered`](crate::Outbox::answered) has to be called with.
    pub ticket: u64,
    /// The id of the channel.
    pub channel: String,
    /// What to say.
    pub message: Message,
    /// Of what. [`Incident::key`] is what the channel tells repetitions by.
    pub incident: Incident,
}

/// What has to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the state to where it outlives the browser. Nothing that follows may be done before that is done.
    Save,
    /// Post a message.
    Post(Post),
    /// Push numbers: those of [`Health::parcel`](crate::Health::parcel).
    Push {
        /// What [`Health::answered`](crate::Health::answered) has to be called with.
        ticket: u64,
        /// The id of the feed.
        feed: String,
    },
    /// Call [`Outbox::tick`](crate::Outbox::tick) at this time, milliseconds since 1970.
    Wake(u64),
}

/// A message that never arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The id of the channel.
    pub channel: String,
    /// The key of the incident.
    pub key: String,
    /// What was not told.
    pub message: Message,
    /// When it was given up, milliseconds since 1970.
    pub at_ms: u64,
    /// Whether the channel refused it; otherwise it was unreachable for a day, or too much was waiting.
    pub refused: bool,
}
