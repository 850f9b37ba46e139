//! An incident: one trouble of one source, from its beginning to its end.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Cause;

/// What kind of trouble an incident is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The source does not answer.
    Failing,
    /// It answers now and then: at least four changes an hour.
    Unstable,
    /// It answers much later than it used to.
    Slow,
    /// Several sources, or the control host, fail together: the trouble is on this side. It is never told to others.
    Local,
}

/// One cause within an incident. Causes come and go, the incident stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseSpan {
    /// The cause.
    pub cause: Cause,
    /// When it was seen first, milliseconds since 1970.
    pub first_ms: u64,
    /// When it was seen last, milliseconds since 1970.
    pub last_ms: u64,
    /// How often it was seen.
    pub count: u32,
}

/// What Unstuck did by itself during an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// It tried again, so many times.
    Retried(u32),
    /// It waited as long as the service asked, so many milliseconds in all.
    Waited(u64),
    /// Another source answered, so many times: its name.
    Switched {
        /// The name of the other source.
        to: String,
        /// How often.
        times: u32,
    },
}

/// One trouble of one source. Holds no words of the person and none of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its identity towards every channel, `<salt>:<source>`. The cause is content and never part of it: a changed key would be
    /// another alert.
    pub key: String,
    /// The name of the source, as the person reads it.
    pub source: String,
    /// What kind of trouble.
    pub kind: Kind,
    /// When the first failure of it was seen, milliseconds since 1970.
    pub started_ms: u64,
    /// When it was over, milliseconds since 1970; none while it lasts.
    pub ended_ms: Option<u64>,
    /// Its causes, in the order in which they were first seen.
    pub causes: Vec<CauseSpan>,
    /// Asks during it.
    pub asks: u32,
    /// Asks during it that failed.
    pub failures: u32,
    /// What the provider's status page said, in the provider's words; empty for none.
    pub status_words: String,
    /// What Unstuck did by itself.
    pub deeds: Vec<Deed>,
}
