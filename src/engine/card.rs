//! The card at a message box, and the call that it runs.

use serde::{Deserialize, Serialize};

use super::{Attempt, AttemptId, FrameRef, Note, Phase, ProbeState, Setup};
use crate::assistant::DraftRequest;
use unstuck_diagnose::Diagnosis;
use unstuck_health::Waits;

/// One ask and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Its number, never used twice.
    pub id: u64,
    /// The source that answers.
    pub source: String,
    /// What is asked, in full.
    pub prompt: String,
    /// When the person pressed for it, milliseconds since 1970.
    pub asked_at_ms: u64,
    /// What the answer took and cost, once it is complete.
    pub cost: Cost,
    /// Where it stands.
    pub phase: Phase,
    /// The attempt that runs or ran last, counted from 1.
    pub attempt: u32,
    /// What the running or last attempt was sent with, once it was. Gone when it has answered.
    pub sent: Option<Box<Setup>>,
    /// Attempts since the person last pressed: the automatic ones are counted from there.
    pub tries: u32,
    /// How long it has waited since then, and why.
    pub waits: Waits,
    /// Milliseconds until the first word of the running or last attempt.
    pub first_word_ms: Option<u64>,
    /// The last attempt whose end was counted.
    pub counted: u32,
    /// Whether the person pressed although the source is left alone.
    pub force: bool,
    /// Answer text that has arrived. Before the first word of a new attempt it is the text of the one before.
    pub received: String,
    /// The answer so far that the running attempt goes on from. Empty when it starts anew.
    pub begun: String,
    /// What the running attempt itself has brought.
    pub fresh: String,
    /// Sources that have been tried since the person last pressed, the present one not among them.
    pub tried: Vec<String>,
    /// What went wrong last, if anything did. Gone once an answer is complete.
    pub diagnosis: Option<Diagnosis>,
    /// When the last attempt failed, milliseconds since 1970.
    pub failed_at_ms: u64,
    /// Its attempts so far, oldest first.
    pub attempts: Vec<Attempt>,
    /// Whether the failure is looked into.
    pub probe: ProbeState,
    /// When `received` was last journalled.
    pub journalled_at_ms: u64,
}

impl Call {
    /// A call that is to be sent in this very step.
    pub(super) const fn new(id: u64, source: String, prompt: String, asked_at_ms: u64) -> Self {
        Self {
            id,
            source,
            prompt,
            asked_at_ms,
            cost: Cost { ms: 0, tokens: None },
            phase: Phase::Due,
            attempt: 0,
            sent: None,
            tries: 0,
            waits: Waits { asked_ms: 0, backoff_ms: 0, breaker_ms: 0, offline_ms: 0 },
            first_word_ms: None,
            counted: 0,
            force: false,
            received: String::new(),
            begun: String::new(),
            fresh: String::new(),
            tried: Vec::new(),
            diagnosis: None,
            failed_at_ms: 0,
            attempts: Vec::new(),
            probe: ProbeState::Over,
            journalled_at_ms: 0,
        }
    }

    /// Attempts and waits are counted from here.
    pub(super) fn count_anew(&mut self) {
        self.tries = 0;
        self.waits = Waits::default();
    }

    /// Identifies the present attempt.
    #[must_use]
    pub const fn attempt_id(&self) -> AttemptId {
        AttemptId { call: self.id, attempt: self.attempt }
    }
}

/// What an answer took and cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cost {
    /// Milliseconds from the press to the end.
    pub ms: u64,
    /// Tokens of the ask and the answer, where the source told them.
    pub tokens: Option<u64>,
}

/// The card at a message box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Where it is.
    pub frame: FrameRef,
    /// The site it is on (`https://host`), empty when the browser does not say.
    pub site: String,
    /// Whether it is shown.
    pub open: bool,
    /// What the person asks for: kept for the next opening.
    pub request: DraftRequest,
    /// The text that the message box handed over, whose place a draft takes. Empty for none.
    pub taken: String,
    /// Whether what stands in its fields is too long to be taken up: it stays there alone.
    pub oversize: bool,
    /// Whether the person is being asked for leave to read the chat.
    pub doubt: bool,
    /// Whether the ask is being written or edited.
    pub editing: bool,
    /// The running or last call.
    pub call: Option<Call>,
    /// What the last press led to, told on the card until the next press.
    pub note: Option<Note>,
    /// What the source was set to before the person went back, until they press something else.
    pub left: Option<Box<Setup>>,
    /// Whether the person was sent to a page that mends the failure.
    pub mending: bool,
    /// The number of the last press.
    pub last_seq: u64,
    /// Name of the messenger whose message box was not where it is expected, else empty.
    pub missed: String,
}

impl Card {
    /// A call that stands still, or only waits, is due: for the rest of its answer, or anew when nothing has begun. What its
    /// source or its limiter says against it is heard when it is sent.
    pub(super) fn again(&mut self, begun: String, now_ms: u64) {
        let Some(call) = self.call.as_mut() else { return };
        match call.phase {
            Phase::Failed | Phase::Cancelled => {
                call.count_anew();
                call.tried.clear();
                call.begun = begun;
                call.asked_at_ms = now_ms;
                self.editing = false;
            }
            Phase::Waiting { .. } => {}
            _ => return,
        }
        call.phase = Phase::Due;
        call.force = true;
    }
}
