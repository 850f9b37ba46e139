//! What happens outside: the input of every step.

use serde::{Deserialize, Serialize};

use super::{AttemptId, DurableState, FrameRef, PageCall, PageEvent, PagePress, Settings};
use crate::assistant::{Message, Task};
use unstuck_diagnose::{Diagnosis, Failure};
use unstuck_health::{Allowance, Answer};

/// Something that happened outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The worker started. `seed` feeds all randomness; calls that were in flight in an earlier life are orphans.
    Started {
        /// Fresh randomness, below 2^53.
        seed: u64,
        /// Whether some of the journal could not be read.
        damaged: bool,
        /// What the last browser left behind, when this worker is the first of a new one.
        inherited: Option<DurableState>,
    },
    /// The journal could not be written.
    JournalFailed,
    /// The settings were read or changed.
    Configured {
        /// The settings as they are now.
        settings: Settings,
    },
    /// The person opened the card at a message box.
    Opened {
        /// Where.
        frame: FrameRef,
        /// The site it is on (`https://host`), empty when the browser does not say.
        site: String,
    },
    /// The page just opened is one of a known messenger, but its message box is not where it is expected.
    BoxMissed {
        /// Where.
        frame: FrameRef,
        /// Name of the messenger.
        messenger: String,
    },
    /// The person pressed something on a card, or in the popup on a card's behalf.
    Pressed {
        /// The card.
        frame: FrameRef,
        /// What was pressed.
        press: Press,
        /// What stood in the fields of the card.
        typed: Typed,
        /// Which press of this card it is: a page that does not know whether it was heard says it again under the same number.
        /// 0 for a press that is never said twice.
        seq: u64,
    },
    /// The person is typing in a card.
    Typed {
        /// The card.
        frame: FrameRef,
        /// What stands in the fields of the card.
        typed: Typed,
    },
    /// The attempt is on its way.
    Sent {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// A mark of the key that goes along. Zero for none.
        key: u32,
    },
    /// Keys were kept or forgotten.
    Keyed {
        /// Of each source that has one, its id and the mark of its key.
        keys: Vec<(String, u32)>,
    },
    /// The headers of an answer, good or bad, told what the source still allows.
    Allowed {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// What is left.
        allowance: Allowance,
    },
    /// A part of the answer arrived.
    Chunk {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// Answer text.
        text: String,
    },
    /// The answer ended with its protocol's end mark.
    Ended {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// How many tokens the ask and the answer took, where the source told it.
        tokens: Option<u64>,
    },
    /// The attempt failed.
    Failed {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// What was seen of it.
        failure: Box<Failure>,
    },
    /// More is known of a failure that was undecided.
    Probed {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// All that was seen of it, the new with the old.
        failure: Box<Failure>,
    },
    /// The control host was asked.
    Control {
        /// Whether it answered.
        is_reached: bool,
    },
    /// A source was checked.
    HealthChecked {
        /// Id of the source.
        source: String,
        /// What was seen of its failure; none when it answered.
        failure: Option<Box<Failure>>,
        /// How long it took, in milliseconds.
        took_ms: u64,
    },
    /// The status page of the service behind a source tells of trouble.
    StatusSaid {
        /// Id of the source.
        source: String,
        /// What it says, in its own words.
        words: String,
    },
    /// What came of telling a channel.
    Told {
        /// The ticket of the message.
        ticket: u64,
        /// What came of it.
        answer: Answer,
    },
    /// The troubleshooter found out more of a failure.
    Reconsidered {
        /// The call that failed.
        call: u64,
        /// What it is now.
        diagnosis: Box<Diagnosis>,
    },
    /// The message box handed its text over.
    BoxRead {
        /// Where.
        frame: FrameRef,
        /// What is selected in it, else all of it; empty when there is none.
        text: String,
    },
    /// The page handed the last messages of its chat over.
    MessagesRead {
        /// Where.
        frame: FrameRef,
        /// The messages, oldest first; none when none were found.
        messages: Vec<Message>,
    },
    /// The page tried to put a draft into the message box.
    Inserted {
        /// Where.
        frame: FrameRef,
        /// Whether the box took it.
        done: bool,
    },
    /// A wait that the engine asked for is over, or an alarm fired.
    Woke {
        /// Whether the browser says that it is online.
        online: bool,
    },
    /// The browser is online again.
    Online,
    /// The person cleared the list of failures.
    Cleared,
    /// The person is back on this page.
    Returned {
        /// The frame.
        frame: FrameRef,
    },
    /// The browser granted the extension access to a host.
    AccessGranted,
    /// Everything is to be forgotten.
    Erased,
    /// Something happened to a call of the page itself, on a web app that is watched.
    OfPage {
        /// The page.
        frame: FrameRef,
        /// The site it is on (`https://host`).
        site: String,
        /// What the call was for.
        of: PageCall,
        /// What.
        event: PageEvent,
    },
    /// A page came up after a reload without a box for what was typed before.
    TextKept {
        /// The page.
        frame: FrameRef,
        /// What was typed.
        text: String,
    },
    /// The page behind a frame is gone.
    Gone {
        /// The frame.
        frame: FrameRef,
    },
}

/// What can be pressed on a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Press {
    /// Turn to another task.
    Task {
        /// Which.
        task: Task,
    },
    /// Read the last messages of the chat.
    Read,
    /// Agree that they are read, now and at every later press.
    Agree,
    /// Do not let them be read.
    Decline,
    /// Leave the messages that were read out of the ask.
    LeaveOut,
    /// Ask for a draft, as it stands in the fields.
    Ask,
    /// Try the same ask again.
    Retry,
    /// Ask for the rest of an answer that was cut off.
    Continue,
    /// Let another source answer.
    Switch {
        /// Its id.
        source: String,
        /// Whether it answers by itself from now on when the same goes wrong.
        always: bool,
    },
    /// Ask at the address that the present one leads to, now and from now on.
    UseAddress,
    /// Set the source to what it was when it last answered, and ask it again.
    GoBack,
    /// Take that back.
    UndoGoBack,
    /// Try by itself once the limit opens again.
    Schedule,
    /// Go back to the ask and edit it.
    Edit,
    /// Stop the running call or the wait; what has arrived is kept.
    Cancel,
    /// Put the draft into the message box.
    Insert,
    /// Copy the draft.
    CopyDraft,
    /// Copy the redacted report of the failure.
    CopyReport,
    /// Look at the report and choose what it says.
    SeeReport,
    /// Read about the cause in the reference.
    LearnMore,
    /// Ask the same again for another draft.
    Regenerate,
    /// Open a page that the diagnosis offers: the action with this index.
    Open {
        /// Index into the diagnosis' actions.
        action: usize,
    },
    /// Open the options page.
    Options,
    /// Choose to be told when an ask that takes long is over.
    Notify,
    /// Go through the failure step by step.
    Troubleshooter {
        /// Id of the step to begin with. Empty for none.
        step: String,
    },
    /// Close the card. A running call is cancelled; what was asked is kept for the next opening.
    Close,
    /// Close it, and take the launcher off this site.
    Hide {
        /// Whether only for an hour.
        for_an_hour: bool,
    },
    /// Something on the banner that tells what failed in the page itself.
    OnPage {
        /// What.
        then: PagePress,
    },
}

/// What stands in the fields that a card shows; `None` for those that it does not show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// What a reply should say.
    pub prompt: Option<String>,
    /// The text that is worked on.
    pub text: Option<String>,
    /// The messages that are sent along.
    pub messages: Option<String>,
    /// Id of a tone or of an own prompt.
    pub tone: Option<String>,
    /// Code of a language.
    pub language: Option<String>,
}

impl Typed {
    /// Only what a reply should say.
    #[must_use]
    pub fn prompt(prompt: impl Into<String>) -> Self {
        Self { prompt: Some(prompt.into()), ..Self::default() }
    }
}
