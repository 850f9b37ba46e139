//! How a task can end.

use std::io;

use unstuck_redact::Leak;

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was done.
    Done,
    /// All was done, and failed calls were found.
    FailuresFound,
    /// All was done that could be; some of the input was not of the agreed form.
    PartOfInputUnread,
    /// All was done, and this exit status says what it came to.
    Status(u8),
}

/// Why a task could not go on.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A file that the person named cannot be read.
    Unreadable { path: String, error: io::Error },
    /// Standard input or output broke.
    Broken(io::Error),
    /// The simulation found a broken law, and has told it.
    LawBroken,
    /// Something has to be called or written in another way, in words.
    Usage(String),
    /// A text could not be made safe.
    Unsafe(Leak),
}

impl From<Leak> for Stop {
    fn from(leak: Leak) -> Self {
        Self::Unsafe(leak)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}
