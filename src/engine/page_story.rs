//! What failed last in a page, and what can be pressed there.

use serde::{Deserialize, Serialize};

use super::{AttemptId, FrameRef, Note};
use unstuck_diagnose::{Cause, Diagnosis, Failure};

/// What a call of a web app is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageCall {
    /// It brings an answer.
    Answer,
    /// It tells who is signed in.
    Session,
    /// None at all: the page itself says that something went wrong, and no call of it is known to have failed.
    Notice,
}

/// What happened to a call of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PageEvent {
    /// It failed; what was seen of it.
    Failed(Box<Failure>),
    /// It went well, after one of its kind had failed.
    Answered,
}

/// What failed last in a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageStory {
    /// The page.
    pub frame: FrameRef,
    /// The site it is on (`https://host`).
    pub site: String,
    /// What kind of call it was.
    pub of: PageCall,
    /// Its number among all calls.
    pub number: u64,
    /// What it was.
    pub diagnosis: Diagnosis,
    /// When it failed last, milliseconds since 1970.
    pub failed_at_ms: u64,
    /// When the person closed the banner, if it is closed.
    pub closed_at_ms: Option<u64>,
    /// Whether the person was sent to a page that mends the failure.
    pub mending: bool,
    /// Whether the person has come back from there.
    pub returned: bool,
    /// What the last press led to.
    pub note: Option<Note>,
    /// The number of the last press.
    pub last_seq: u64,
}

/// What can be pressed on the banner in a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PagePress {
    /// Reload the page, and put back what was typed.
    Reload,
    /// Open a page that the diagnosis offers: the action with this index.
    Open {
        /// Index into the diagnosis' actions.
        action: usize,
    },
    /// Read more about the cause.
    LearnMore,
    /// Go through the failure step by step.
    Troubleshooter {
        /// Id of the step to begin with. Empty for none.
        step: String,
    },
    /// Copy the redacted report.
    CopyReport,
    /// Close the banner.
    Close,
}

impl PageStory {
    /// Whether the banner is shown.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed_at_ms.is_none()
    }

    pub(super) const fn attempt_id(&self) -> AttemptId {
        AttemptId { call: self.number, attempt: 0 }
    }

    pub(super) fn is_about_the_session(&self) -> bool {
        self.of == PageCall::Session
            || matches!(self.diagnosis.cause, Cause::SessionExpired | Cause::NotLoggedIn)
    }
}
