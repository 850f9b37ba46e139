//! The names of a place and of an attempt.

use serde::{Deserialize, Serialize};

/// A place where a card is shown: one document in one tab.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FrameRef {
    /// The tab.
    pub tab: i32,
    /// The frame inside the tab; 0 is the top one.
    pub id: i32,
    /// The browser's id of the document: a navigation makes a new one.
    pub document: String,
}

/// One attempt of one call. Events of any other attempt are stale and ignored.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AttemptId {
    /// The call.
    pub call: u64,
    /// Its attempt, counted from 1 over the whole life of the call; 0 for a call of the page itself.
    pub attempt: u32,
}
