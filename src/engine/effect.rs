//! What a step of the engine wants done, and the one safe order for it.

use serde::Serialize;

use super::{AttemptId, DurableState, Fallback, FrameRef, HiddenSite, Source, State};
use crate::drafts::Draft;

/// Something the runner has to do. Performed in order; the next only when the one before is done.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Write the state down.
    Journal,
    /// Send the call's ask to its source and report what happens under this attempt id.
    Send {
        /// Which attempt of which call.
        attempt_id: AttemptId,
        /// Id of the source.
        source: String,
        /// What to ask.
        prompt: String,
        /// The answer so far, to be gone on from. Empty for a new answer.
        begun: String,
    },
    /// Gather more evidence about the attempt's failure, and report it.
    Probe {
        /// Which attempt of which call.
        attempt_id: AttemptId,
    },
    /// Stop the attempt; its later events are ignored.
    #[cfg_attr(feature = "types", ts(skip))]
    Abort {
        /// Which attempt of which call.
        attempt_id: AttemptId,
    },
    /// Deliver `Event::Woke` at this time (milliseconds since 1970) or a little later. Replaces an earlier one.
    WakeAt {
        /// The time.
        at_ms: u64,
    },
    /// Write down what has to outlive the browser, in place of what was written before.
    Keep {
        /// Asks and waits.
        #[cfg_attr(feature = "types", ts(type = "{ asks: object[], closed: [string, number][] }"))]
        durable: DurableState,
    },
    /// Add a choice of the person's to the settings.
    KeepFallback {
        /// The choice.
        #[cfg_attr(feature = "types", ts(type = "{ cause: string, source: string }"))]
        fallback: Fallback,
    },
    /// Put a source into the settings, in place of the one with its id.
    KeepSource {
        /// The source as it is from now on.
        #[cfg_attr(feature = "types", ts(type = "object"))]
        source: Source,
    },
    /// Note in the settings that messages may be read.
    KeepLeaveToRead,
    /// Note in the settings that the launcher is hidden on a site, and hide it there.
    KeepHidden {
        /// Where, and how long.
        hidden: HiddenSite,
    },
    /// Keep a draft on this device.
    KeepDraft {
        /// The draft.
        #[cfg_attr(feature = "types", ts(type = "object"))]
        draft: Draft,
        /// So many are kept, this one among them.
        most: usize,
    },
    /// Ask the page for the text of its message box.
    ReadBox {
        /// The frame.
        frame: FrameRef,
    },
    /// Ask the page for the last messages of its chat.
    ReadMessages {
        /// The frame.
        frame: FrameRef,
        /// How many.
        count: u32,
    },
    /// Show the card of this frame as it is now.
    Paint {
        /// The frame.
        frame: FrameRef,
    },
    /// Put text into the frame's message box without sending it.
    Insert {
        /// The frame.
        frame: FrameRef,
        /// The text.
        text: String,
        /// The text of the box whose place it takes. Empty for the caret.
        replaced: String,
    },
    /// Copy text to the clipboard.
    Copy {
        /// The frame.
        frame: FrameRef,
        /// The text.
        text: String,
    },
    /// Tell the person, wherever they are, that an ask which took long is over.
    Notify {
        /// The frame.
        frame: FrameRef,
        /// Whether there is an answer.
        answered: bool,
    },
    /// Write the health of the sources down.
    KeepHealth,
    /// Find out whether the network is there at all: ask the control host, and report `Event::Control`.
    AskControl,
    /// Check whether a source answers, by its free list of models, and report `Event::HealthChecked`.
    CheckHealth {
        /// Id of the source.
        source: String,
    },
    /// Tell the person that a source is down, or answers again.
    TellOutage {
        /// Its name.
        source: String,
        /// Whether it answers again.
        is_over: bool,
        /// Whether a mail about it is offered.
        mails: bool,
    },
    /// Tell a channel, and report `Event::Told`. What is to be told is in [`Health::parcel`](unstuck_health::Health::parcel);
    /// nothing is sent unless the [`Effect::KeepHealth`] before it was performed.
    Post {
        /// The ticket of the message.
        ticket: u64,
        /// Id of the channel.
        channel: String,
    },
    /// Copy the redacted report of the call's failure to the clipboard.
    CopyReport {
        /// The frame.
        frame: FrameRef,
        /// The call.
        call: u64,
    },
    /// Open a page in a new tab.
    OpenPage {
        /// Its address, from our own tables.
        url: String,
    },
    /// Open a page of the extension in a new tab.
    OpenOwnPage {
        /// Its path inside the extension.
        path: String,
    },
    /// Open the options page.
    OpenOptions,
    /// Open the page on which the failure of a call is gone through step by step.
    OpenTroubleshooter {
        /// The call.
        call: u64,
        /// Id of the step to begin with. Empty for none.
        step: String,
    },
    /// Look up whether the service tells of trouble itself, and go on meanwhile.
    LookUp {
        /// The call that failed.
        call: u64,
    },
    /// Reload the frame's page.
    ReloadPage {
        /// The frame.
        frame: FrameRef,
    },
    /// Reload the frame's page, and put back what stands in its message box.
    ReloadKeeping {
        /// The frame.
        frame: FrameRef,
    },
}

/// Effects of one step, put into the one safe order at its end.
#[derive(Debug, Default)]
pub(super) struct Effects {
    pub(super) list: Vec<Effect>,
    journal: bool,
}

impl Effects {
    pub(super) fn push(&mut self, effect: Effect) {
        self.list.push(effect);
    }

    /// The state changed in a way that a later life must know.
    pub(super) fn journal(&mut self) {
        self.journal = true;
    }

    pub(super) fn paint(&mut self, frame: &FrameRef) {
        let paint = Effect::Paint { frame: frame.clone() };
        if !self.list.contains(&paint) {
            self.list.push(paint);
        }
    }

    /// What has to outlive the browser and the journal first, then the effects in order, then the next wake-up. The journal comes
    /// second: a worker that is started anew in the same browser writes down again what lasts, the next browser cannot.
    pub(super) fn into_order(self, state: &State, durable: Option<DurableState>) -> Vec<Effect> {
        let mut order = Vec::with_capacity(self.list.len() + 3);
        order.extend(durable.map(|durable| Effect::Keep { durable }));
        if self.journal || self.list.iter().any(|effect| matches!(effect, Effect::Send { .. })) {
            order.push(Effect::Journal);
        }
        order.extend(self.list);
        if let Some(at_ms) = state.next_wake() {
            order.push(Effect::WakeAt { at_ms });
        }
        order
    }
}
