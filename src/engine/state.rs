//! All that the engine knows. Serialisable at every step; holds no key.

use serde::{Deserialize, Serialize};

use super::{
    Attempt, AttemptId, Call, Card, DurableState, FrameRef, HealthCheck, Limiter, OrphanedRequest,
    PageStory, Phase, Settings, Setup, Source, durable::ORPHANS_KEPT,
};
use crate::assistant::DraftRequest;
use unstuck_diagnose::{Cause, Diagnosis, Failure, Limit};
use unstuck_health::Health;

/// How many failures are remembered.
pub const INCIDENTS_KEPT: usize = 50;

/// Of so many failures the facts are remembered too.
pub const FACTS_KEPT: usize = 8;

/// A wait of at least this many milliseconds is left to an alarm: the browser makes none that is shorter.
pub const LONG_WAIT_MS: u64 = 30_000;

/// As much of an answer is kept, in bytes.
pub const ANSWER_LIMIT: usize = Limit::Text.bytes();

/// A failure that is remembered for the popup. No words of the person, no words of the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// The attempt that failed.
    pub attempt_id: AttemptId,
    /// Where.
    pub frame: FrameRef,
    /// When, milliseconds since 1970.
    pub at_ms: u64,
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// What was seen of it, without any words; of the last failures only.
    pub facts: Option<Box<Failure>>,
    /// The attempts of the call up to this one, oldest first.
    pub attempts: Vec<Attempt>,
    /// Whether an answer has arrived since, or the person has moved on.
    pub settled: bool,
}

/// A text that waits to be copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredText {
    /// The page that shows it.
    pub frame: FrameRef,
    /// What was typed.
    pub text: String,
}

/// A longer text is shown, and not journalled, in bytes: it would stop the journal of all pages.
const LONGEST: usize = 1 << 20;

impl RecoveredText {
    /// Whether the journal has room for it.
    pub(super) fn fits(&self) -> bool {
        self.text.len() <= LONGEST
    }
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The settings, as last read. They have a store of their own.
    pub settings: Settings,
    /// What is known of each source that was called.
    pub limiters: Vec<Limiter>,
    /// How the sources have been doing. It has a store of its own.
    pub health: Health,
    /// What each source was set to when it last answered. Kept with the health.
    pub answered: Vec<Setup>,
    /// When something is due there, milliseconds since 1970.
    pub health_wake_ms: Option<u64>,
    /// When each source that the person has checked is checked next.
    pub health_checks: Vec<HealthCheck>,
    /// The cards, one for each frame that was opened.
    pub cards: Vec<Card>,
    /// The last failures, newest first.
    pub incidents: Vec<Incident>,
    /// What failed in the pages of web apps.
    pub pages: Vec<PageStory>,
    /// Texts that found no box after a reload.
    pub recovered_texts: Vec<RecoveredText>,
    /// Asks that lost their card, oldest first.
    pub orphaned: Vec<OrphanedRequest>,
    /// Number of the last call.
    pub last_call: u64,
    /// State of the random numbers, below 2^53 so that every store can hold it.
    pub seed: u64,
    /// The latest time seen, milliseconds since 1970: a clock that was set back is noticed by it.
    pub seen_ms: u64,
    /// What went wrong with the journal in this life, to be told.
    pub trouble: Option<Trouble>,
}

/// What went wrong with the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Some of it could not be read.
    Damaged,
    /// It could not be written.
    Unsaved,
}

impl State {
    /// The card of a frame.
    #[must_use]
    pub fn card(&self, frame: &FrameRef) -> Option<&Card> {
        self.cards.iter().find(|card| card.frame == *frame)
    }

    pub(super) fn card_mut(&mut self, frame: &FrameRef) -> Option<&mut Card> {
        self.cards.iter_mut().find(|card| card.frame == *frame)
    }

    /// What is known of a source.
    #[must_use]
    pub fn limiter(&self, source: &str) -> Option<&Limiter> {
        self.limiters.iter().find(|limiter| limiter.source == source)
    }

    pub(super) fn limiter_mut(&mut self, source: &str) -> &mut Limiter {
        let known = self.limiters.iter().position(|limiter| limiter.source == source);
        let index = known.unwrap_or_else(|| {
            self.limiters.push(Limiter::new(source));
            self.limiters.len() - 1
        });
        &mut self.limiters[index]
    }

    /// How many calls of a source are on their way.
    #[must_use]
    pub fn in_flight(&self, source: &str) -> usize {
        let calls = self.cards.iter().filter_map(|card| card.call.as_ref());
        calls.filter(|call| call.source == source && call.phase.in_flight()).count()
    }

    /// The card whose present attempt has this id.
    pub(super) fn card_with(&mut self, attempt_id: AttemptId) -> Option<&mut Card> {
        self.cards
            .iter_mut()
            .find(|card| card.call.as_ref().is_some_and(|call| call.attempt_id() == attempt_id))
    }

    /// Whether a call of this frame is on its way, or about to be: the worker must live for it. Through a longer wait it
    /// may die; an alarm, or the page when it is online again, wakes the next one.
    #[must_use]
    pub fn is_busy(&self, frame: &FrameRef, now_ms: u64) -> bool {
        let call = self.card(frame).and_then(|card| card.call.as_ref());
        call.is_some_and(|call| match call.phase {
            Phase::Waiting { until_ms, .. } => until_ms < now_ms.saturating_add(LONG_WAIT_MS),
            phase => phase.is_live(),
        })
    }

    /// The source that the person put first.
    #[must_use]
    pub fn first_source(&self) -> Option<&Source> {
        self.settings.sources.first()
    }

    /// The earliest time at which something is due by itself.
    #[must_use]
    pub fn next_wake(&self) -> Option<u64> {
        let waits = self.cards.iter().filter_map(|card| match card.call.as_ref()?.phase {
            Phase::Waiting { until_ms, .. } if until_ms != u64::MAX => Some(until_ms),
            _ => None,
        });
        let checks = self.health_checks.iter().map(|check| check.next_ms);
        waits.chain(self.health_wake_ms).chain(checks).min()
    }

    /// How many failures in a tab still wait for somebody's move: none whose call goes on by itself.
    #[must_use]
    pub fn unsettled_in(&self, tab: i32) -> usize {
        let goes_on =
            |incident: &Incident| self.live_in(tab).any(|call| call.id == incident.attempt_id.call);
        self.incidents
            .iter()
            .filter(|incident| !incident.settled && incident.frame.tab == tab && !goes_on(incident))
            .count()
    }

    /// Whether a call in a tab still moves by itself: it is on its way, or waits for its time.
    #[must_use]
    pub fn goes_on_in(&self, tab: i32) -> bool {
        self.live_in(tab).next().is_some()
    }

    fn live_in(&self, tab: i32) -> impl Iterator<Item = &Call> {
        let cards = self.cards.iter().filter(move |card| card.frame.tab == tab);
        cards.filter_map(|card| card.call.as_ref()).filter(|call| call.phase.is_live())
    }

    pub(super) fn random(&mut self) -> fastrand::Rng {
        let mut rng = fastrand::Rng::with_seed(self.seed);
        self.seed = rng.u64(..) >> 11;
        rng
    }

    /// Marks the failures of a frame's own calls as over.
    pub(super) fn settle(&mut self, frame: &FrameRef) {
        for incident in &mut self.incidents {
            incident.settled |= incident.frame == *frame && incident.attempt_id.attempt > 0;
        }
    }

    /// Remembers a failure; of a call that fails again only the last failure is kept.
    pub(super) fn remember(&mut self, incident: Incident) {
        self.incidents.retain(|old| old.attempt_id.call != incident.attempt_id.call);
        self.incidents.insert(0, incident);
        self.incidents.truncate(INCIDENTS_KEPT);
        self.incidents.iter_mut().skip(FACTS_KEPT).for_each(|old| old.facts = None);
    }

    /// What has to outlive the browser, or this copy of the extension: asks that are being written, wait for long or have lost
    /// their card, and the waits of servers.
    #[must_use]
    pub fn durable(&self, now_ms: u64) -> DurableState {
        let long = now_ms.saturating_add(LONG_WAIT_MS);
        let waits = self.cards.iter().filter(|card| {
            let phase = card.call.as_ref().map(|call| call.phase);
            let written = card.open && phase != Some(Phase::Done) && !card.request.is_empty();
            written || matches!(phase, Some(Phase::Waiting { until_ms, .. }) if until_ms >= long)
        });
        let waits = waits.map(|card| OrphanedRequest {
            site: card.site.clone(),
            request: card.request.without_messages(),
        });
        let closed = self.limiters.iter().filter(|limiter| limiter.closed_until_ms > now_ms);
        DurableState {
            asks: self.orphaned.iter().cloned().chain(waits).collect(),
            closed: closed
                .map(|limiter| (limiter.source.clone(), limiter.closed_until_ms))
                .collect(),
        }
    }

    /// Keeps an ask whose card is gone.
    pub(super) fn keep_ask(&mut self, ask: OrphanedRequest) {
        self.orphaned.retain(|known| *known != ask);
        self.orphaned.push(ask);
        let over = self.orphaned.len().saturating_sub(ORPHANS_KEPT);
        self.orphaned.drain(..over);
    }

    /// Takes up the last ask that was kept on this site.
    pub(super) fn claim(&mut self, site: &str) -> Option<DraftRequest> {
        let index = self.orphaned.iter().rposition(|ask| ask.site == site)?;
        Some(self.orphaned.remove(index).request)
    }

    /// Where the last ask that the source with this name failed still stands.
    #[must_use]
    pub fn failed_at(&self, name: &str) -> Option<&FrameRef> {
        let stands = |card: &&Card| {
            let call = card.call.as_ref().filter(|call| call.phase == Phase::Failed);
            let source = call.and_then(|call| self.settings.source(&call.source));
            card.open && source.is_some_and(|source| source.name == name)
        };
        let failed_ms = |card: &&Card| card.call.as_ref().map(|call| call.failed_at_ms);
        self.cards.iter().filter(stands).max_by_key(failed_ms).map(|card| &card.frame)
    }

    /// The last unsettled cause in a tab.
    #[must_use]
    pub fn cause_in(&self, tab: i32) -> Option<Cause> {
        self.incidents.iter().find(|i| !i.settled && i.frame.tab == tab).map(|i| i.diagnosis.cause)
    }
}
