//! The drafts that are kept on this device, and the page that shows them. Sans-IO, like the options.

use serde::Serialize;

use crate::assistant::Task;

/// So many are kept; the oldest go first.
pub const KEPT: usize = 50;

/// A draft that was written for the person. Nothing of what others wrote is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// When it was complete, milliseconds since 1970.
    pub at_ms: u64,
    /// What was done.
    pub task: Task,
    /// The site it was written for, empty when the browser did not say.
    pub site: String,
    /// What the person calls the source that wrote it.
    pub source: String,
    /// The draft.
    pub text: String,
}

/// What can be pressed on the page of drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftsPress {
    /// Copy a draft.
    Copy {
        /// Its place in the list.
        draft: usize,
    },
    /// Erase a draft.
    Erase {
        /// When it was complete.
        at_ms: u64,
    },
    /// Ask whether all are to be erased.
    Doubt,
    /// Leave them.
    Leave,
    /// Erase all of them.
    EraseAll,
    /// Keep drafts from now on, or none.
    Keep {
        /// Whether they are kept.
        on: bool,
    },
}
