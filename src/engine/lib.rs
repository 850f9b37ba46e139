//! The life of every ask, sans-IO: `step(state, now, event)` changes the state and names effects; a runner performs them.
//!
//! Time, randomness, network, storage and alarms are inputs and effects, so the same engine runs in the worker, in tests
//! and in simulation. [`Effect::Journal`] comes before every effect that the world can see: a worker that dies anywhere is
//! resumed from the journal.

pub mod assistant;
pub mod drafts;
pub mod retry;
#[cfg(feature = "simulate")]
pub mod simulate;
pub mod site_policy;

mod address;
mod allowed;
mod appearance;
pub mod attempt;
mod call;
mod consent;
mod draft_request;
mod durable;
mod effect;
mod failover;
mod join;
mod journal;
pub mod limiter;
mod page;
mod phase;
mod press;
mod probe;
mod recover;
pub mod recovered_text;
mod rules;
pub mod settings;
pub mod state;

use serde::{Deserialize, Serialize};

use crate::assistant::{Message, Task};
pub use address::offered as offered_address;
pub use appearance::{TextSize, Theme};
pub use attempt::Attempt;
pub use draft_request::Typed;
pub use durable::{DurableState, OrphanedRequest};
pub use effect::Effect;
use effect::Effects;
pub use failover::{helps as another_source_helps, offered as offered_source};
pub use journal::Restored;
pub use limiter::Limiter;
pub use page::{PageCall, PageEvent, PagePress, PageStory};
pub use phase::{Phase, ProbeState, Reason};
pub use press::{LONGEST_SCHEDULE_MS, reference_page, report_page};
pub use probe::is_undecided;
pub use rules::{OwnRules, Rule, Rules};
pub use settings::{Assistant, Fallback, GIVEN, Settings, Source, is_given};
pub use state::{AttemptId, Call, Card, Cost, FrameRef, Incident, Note, State, Trouble};
use unstuck_diagnose::{Diagnosis, Failure};

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
    Woke,
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
    /// Look closer at a failure that is undecided.
    CheckAgain,
    /// Let another source answer.
    Switch {
        /// Its id.
        source: String,
        /// Whether it answers by itself from now on when the same goes wrong.
        always: bool,
    },
    /// Ask at the address that the present one leads to, now and from now on.
    UseAddress,
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
    /// Go through the failure step by step.
    Troubleshooter {
        /// Id of the step to begin with. Empty for none.
        step: String,
    },
    /// Close the card. A running call is cancelled; what was asked is kept for the next opening.
    Close,
    /// Something on the banner that tells what failed in the page itself.
    OnPage {
        /// What.
        then: PagePress,
    },
}

/// Takes one step. `now_ms` is the wall clock, milliseconds since 1970; it may jump either way.
#[must_use]
pub fn step(state: &mut State, now_ms: u64, event: Event) -> Vec<Effect> {
    let mut effects = Effects::default();
    recover::follow_clock(state, now_ms);
    // A worker that died may have left unwritten what has to last.
    let durable = (!matches!(event, Event::Started { .. })).then(|| state.durable(now_ms));
    if let Some(event) = allowed::admitted(state, event, &mut effects) {
        apply(state, now_ms, event, &mut effects);
    }
    allowed::hold_back(state, &mut effects);
    if state.settings.may_send() {
        call::release_due(state, now_ms, &mut effects);
    } else {
        consent::hold_back(state, &mut effects);
    }
    let lasts = state.durable(now_ms);
    let changed = durable.is_none_or(|before| before != lasts);
    effects.into_order(state, changed.then_some(lasts))
}

/// What an event changes, before anything is sent.
fn apply(state: &mut State, now_ms: u64, event: Event, effects: &mut Effects) {
    match event {
        Event::Started { seed, damaged, inherited } => {
            if let Some(inherited) = inherited {
                recover::take_over(state, now_ms, inherited, effects);
            }
            recover::start(state, now_ms, seed, damaged, effects);
        }
        Event::JournalFailed => recover::make_room(state, effects),
        Event::Configured { settings } => {
            let changed = !state.settings.sources.is_empty();
            let same_sites = state.settings.site_policy == settings.site_policy;
            if !(state.settings.looks_like(&settings) && same_sites) {
                state
                    .cards
                    .iter()
                    .filter(|card| card.open)
                    .for_each(|card| effects.paint(&card.frame));
            }
            state.settings = settings;
            if changed {
                press::mended(state, None, effects);
            }
        }
        Event::Opened { frame, site } => press::open(state, frame, site, effects),
        Event::BoxMissed { frame, messenger } => {
            if let Some(card) = state.card_mut(&frame) {
                card.missed = messenger;
                effects.journal();
            }
        }
        Event::Pressed { frame, press, typed, seq } => {
            if let Some(then) = page::meant(state, &frame, &press) {
                page::press(state, now_ms, &frame, then, seq, effects);
            } else if press::is_new(state, &frame, seq) {
                draft_request::keep(state, &frame, typed);
                press::press(state, now_ms, &frame, press, effects);
            } else {
                effects.paint(&frame);
            }
        }
        Event::Chunk { attempt_id, text } => call::chunk(state, now_ms, attempt_id, &text, effects),
        Event::Ended { attempt_id, tokens } => {
            call::end(state, now_ms, attempt_id, tokens, effects)
        }
        Event::Failed { attempt_id, failure } => {
            call::fail(state, now_ms, attempt_id, &failure, effects)
        }
        Event::Probed { attempt_id, failure } => {
            probe::apply(state, now_ms, attempt_id, &failure, effects);
        }
        Event::Reconsidered { call, diagnosis } => {
            probe::reconsider(state, call, &diagnosis, effects);
        }
        Event::BoxRead { frame, text } => draft_request::box_read(state, &frame, text, effects),
        Event::MessagesRead { frame, messages } => {
            draft_request::messages_read(state, &frame, &messages, effects);
        }
        Event::Inserted { frame, done } => press::inserted(state, &frame, done, effects),
        Event::Woke => {}
        Event::Online => call::online(state, now_ms),
        Event::Cleared => {
            state.incidents.clear();
            effects.journal();
        }
        Event::Returned { frame } => {
            press::mended(state, Some(&frame), effects);
            page::returned(state, &frame, effects);
        }
        Event::OfPage { frame, site, of, event } => {
            page::apply(state, now_ms, (frame, site), of, event, effects);
        }
        Event::AccessGranted => press::access_granted(state, now_ms),
        Event::Erased => recover::erase(state, effects),
        Event::Gone { frame } => {
            press::forget(state, &frame, effects);
            page::forget(state, &frame, effects);
            recovered_text::forget(state, &frame);
        }
        Event::TextKept { frame, text } => recovered_text::show(state, frame, text, effects),
    }
}

#[cfg(test)]
mod tests;
