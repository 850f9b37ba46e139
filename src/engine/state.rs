//! All that the engine knows. Serialisable at every step; holds no key.

use serde::{Deserialize, Serialize};

use crate::{Cause, Diagnosis, retry::Policy};

/// How many failures are remembered.
pub const INCIDENTS_KEPT: usize = 50;

/// A wait of at least this many milliseconds is left to an alarm: the browser makes none that is shorter.
pub const LONG_WAIT_MS: u64 = 30_000;

/// A place where a card is shown: one document in one tab.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Surface {
    /// The tab.
    pub tab: i32,
    /// The frame inside the tab; 0 is the top one.
    pub frame: i32,
    /// The browser's id of the document: a navigation makes a new one.
    pub document: String,
}

/// One attempt of one call. Events of any other attempt are stale and ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticket {
    /// The call.
    pub call: u64,
    /// Its attempt, counted from 1 over the whole life of the call.
    pub attempt: u32,
}

/// An AI source, without its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// Base URL of its OpenAI-compatible API, for instance `https://api.openai.com/v1`.
    pub base_url: String,
    /// The model to ask.
    pub model: String,
}

/// What the person decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settings {
    /// The sources; the first one answers.
    pub sources: Vec<Source>,
    /// The rules of automatic retries.
    pub policy: Policy,
    /// Milliseconds to wait for the first byte of an answer.
    pub first_byte_ms: u64,
    /// Milliseconds of silence inside an answer after which it counts as cut off.
    pub stall_ms: u64,
    /// Origins (`https://host`) on which the launcher is shown.
    pub sites: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            policy: Policy::default(),
            first_byte_ms: 240_000,
            stall_ms: 45_000,
            sites: Vec::new(),
        }
    }
}

/// Why a call waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The server asked for it: it is not cut short.
    Server,
    /// Our own backoff: the person may cut it short.
    Backoff,
    /// The browser is offline.
    Offline,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// To be sent in this very step.
    Due,
    /// Waiting before the next attempt.
    Waiting {
        /// Not before this time, milliseconds since 1970; `u64::MAX` stands for "when online".
        until_ms: u64,
        /// Why.
        reason: Reason,
    },
    /// Sent; nothing of the answer has arrived.
    Requesting,
    /// The answer is arriving.
    Streaming,
    /// The answer is complete.
    Done,
    /// Failed, and the next move is the person's.
    Failed,
    /// Stopped by the person.
    Cancelled,
}

impl Phase {
    /// Whether a request of this call may be on its way.
    #[must_use]
    pub const fn in_flight(self) -> bool {
        matches!(self, Self::Requesting | Self::Streaming)
    }

    /// Whether the call still moves by itself.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Due | Self::Waiting { .. } | Self::Requesting | Self::Streaming)
    }
}

/// One ask and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Its number, never used twice.
    pub id: u64,
    /// The source that answers.
    pub source: String,
    /// What was asked.
    pub prompt: String,
    /// Where it stands.
    pub phase: Phase,
    /// The attempt that runs or ran last, counted from 1.
    pub attempt: u32,
    /// Attempts since the person last pressed: the automatic ones are counted from there.
    pub tries: u32,
    /// Answer text that has arrived.
    pub received: String,
    /// What went wrong last, if anything did. Gone once an answer is complete.
    pub diagnosis: Option<Diagnosis>,
    /// When the last attempt was sent, milliseconds since 1970.
    pub sent_at_ms: u64,
    /// When `received` was last journalled.
    pub journalled_at_ms: u64,
}

impl Call {
    /// The ticket of the present attempt.
    #[must_use]
    pub const fn ticket(&self) -> Ticket {
        Ticket { call: self.id, attempt: self.attempt }
    }
}

/// The card at a message box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Where it is.
    pub surface: Surface,
    /// Whether it is shown.
    pub open: bool,
    /// What the person asked last: kept for the next opening.
    pub prompt: String,
    /// Whether the ask is being written or edited.
    pub editing: bool,
    /// The running or last call.
    pub call: Option<Call>,
    /// What the last press led to, told on the card until the next press.
    pub note: Option<Note>,
}

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
}

/// A failure that is remembered for the popup. No words of the person, no words of the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// The attempt that failed.
    pub ticket: Ticket,
    /// Where.
    pub surface: Surface,
    /// When, milliseconds since 1970.
    pub at_ms: u64,
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// Whether an answer has arrived since, or the person has moved on.
    pub settled: bool,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct State {
    /// The settings, as last read.
    #[serde(skip)]
    pub settings: Settings,
    /// The cards, one for each surface that was opened.
    pub cards: Vec<Card>,
    /// The last failures, newest first.
    pub incidents: Vec<Incident>,
    /// For each source, the time before which its server asked not to be called (milliseconds since 1970).
    pub closed_until_ms: Vec<(String, u64)>,
    /// Number of the last call.
    pub last_call: u64,
    /// State of the random numbers, below 2^53 so that every store can hold it.
    pub seed: u64,
}

impl State {
    /// Everything in a few bytes, for the journal. They are read by the same version only.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Fails only for types whose length is not known beforehand, and there are none.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What [`State::to_bytes`] wrote, or `None` when the bytes are damaged.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The card of a surface.
    #[must_use]
    pub fn card(&self, surface: &Surface) -> Option<&Card> {
        self.cards.iter().find(|card| card.surface == *surface)
    }

    pub(super) fn card_mut(&mut self, surface: &Surface) -> Option<&mut Card> {
        self.cards.iter_mut().find(|card| card.surface == *surface)
    }

    pub(super) fn close_until(&mut self, source: &str, until_ms: u64) {
        match self.closed_until_ms.iter_mut().find(|(id, _)| id == source) {
            Some((_, known)) => *known = until_ms.max(*known),
            None => self.closed_until_ms.push((source.to_owned(), until_ms)),
        }
    }

    /// The card whose present attempt has this ticket.
    pub(super) fn card_with(&mut self, ticket: Ticket) -> Option<&mut Card> {
        self.cards
            .iter_mut()
            .find(|card| card.call.as_ref().is_some_and(|call| call.ticket() == ticket))
    }

    /// Whether a call of this surface is on its way, or about to be: the worker must live for it. Through a longer wait it
    /// may die; an alarm, or the page when it is online again, wakes the next one.
    #[must_use]
    pub fn is_busy(&self, surface: &Surface, now_ms: u64) -> bool {
        let call = self.card(surface).and_then(|card| card.call.as_ref());
        call.is_some_and(|call| match call.phase {
            Phase::Waiting { until_ms, .. } => until_ms < now_ms.saturating_add(LONG_WAIT_MS),
            phase => phase.is_live(),
        })
    }

    /// The source that a new ask goes to.
    #[must_use]
    pub fn first_source(&self) -> Option<&Source> {
        self.settings.sources.first()
    }

    /// The earliest time at which something is due by itself.
    #[must_use]
    pub fn next_wake(&self) -> Option<u64> {
        self.cards
            .iter()
            .filter_map(|card| match card.call.as_ref()?.phase {
                Phase::Waiting { until_ms, .. } if until_ms != u64::MAX => Some(until_ms),
                _ => None,
            })
            .min()
    }

    /// How many failures still wait for somebody's move, by tab.
    #[must_use]
    pub fn unsettled_in(&self, tab: i32) -> usize {
        self.incidents
            .iter()
            .filter(|incident| !incident.settled && incident.surface.tab == tab)
            .count()
    }

    pub(super) fn random(&mut self) -> fastrand::Rng {
        let mut rng = fastrand::Rng::with_seed(self.seed);
        self.seed = rng.u64(..) >> 11;
        rng
    }

    /// Marks the failures of a surface as over.
    pub(super) fn settle(&mut self, surface: &Surface) {
        for incident in &mut self.incidents {
            incident.settled |= incident.surface == *surface;
        }
    }

    /// Remembers a failure; of a call that fails again only the last failure is kept.
    pub(super) fn remember(&mut self, incident: Incident) {
        self.incidents.retain(|old| old.ticket.call != incident.ticket.call);
        self.incidents.insert(0, incident);
        self.incidents.truncate(INCIDENTS_KEPT);
    }

    /// The last unsettled cause in a tab.
    #[must_use]
    pub fn cause_in(&self, tab: i32) -> Option<Cause> {
        self.incidents
            .iter()
            .find(|i| !i.settled && i.surface.tab == tab)
            .map(|i| i.diagnosis.cause)
    }
}
