//! What a press led to, as the card tells it.

use serde::{Deserialize, Serialize};

/// What a press led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The draft was copied.
    DraftCopied,
    /// The report was copied.
    ReportCopied,
    /// The message box is gone: the draft is still here to be copied.
    NoBox,
    /// There is no source to ask yet.
    NoSource,
    /// Nothing was written that could be asked.
    NothingToAsk,
    /// What was in the way may be gone: the same ask can be tried again.
    TryAgain,
    /// The source is set to what it was when it last answered.
    WentBack,
    /// That was taken back.
    Undone,
    /// That was not taken back, since something else was changed meanwhile.
    UndoLate,
    /// This ask was kept from a card that is gone.
    AskKept,
    /// The message box holds no text to work on.
    EmptyBox,
    /// The text in the box is too long to be worked on in one piece.
    LongText,
    /// What was typed is too long to be asked, and too long to be kept.
    TooLong,
    /// No messages were found on the page.
    NoMessages,
    /// The text whose place the draft takes is not in the box any more.
    TextChanged,
    /// The person has not agreed that anything is sent.
    NoConsent,
}
