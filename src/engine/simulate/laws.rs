//! What must hold at every step, kept apart from the engine: a ledger of what the world saw of it.

use crate::{AttemptId, Phase, State};

/// A law of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// What was asked is on its card until the person moves on.
    NoAskLost,
    /// No attempt is sent twice, and nothing is sent that the journal does not know.
    SentOnce,
    /// After text was shown nothing is repeated without a press, and a press leads to as many attempts as the source's rules allow.
    PersonDecides,
    /// No call goes out before the time that the server named.
    NeverEarly,
    /// A source hears at most six automatic retries an hour, and one more for every ten answers.
    Budget,
    /// A source that failed five times in a row is left alone, and then tried by one call.
    Breaker,
    /// A source that answers one call at a time gets one at a time.
    OneAtATime,
    /// The journal gives back the whole state.
    Restorable,
    /// Who insists gets a call at once, unless the server named a wait or answers one call at a time.
    Heard,
    /// Every ask ends: in an answer, a diagnosis or a cancel.
    Ends,
    /// A source is checked every five minutes at most, never offline, and never unless the person chose it.
    ChecksSparing,
    /// Every channel is told once that an incident began and once that it is over, whatever dies; again only what may not have
    /// arrived.
    ToldOnce,
}

impl Law {
    /// Every law.
    pub const ALL: [Self; 12] = [
        Self::NoAskLost,
        Self::SentOnce,
        Self::PersonDecides,
        Self::NeverEarly,
        Self::Budget,
        Self::Breaker,
        Self::OneAtATime,
        Self::Restorable,
        Self::Heard,
        Self::Ends,
        Self::ChecksSparing,
        Self::ToldOnce,
    ];

    /// The law in one sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoAskLost => "an ask was lost",
            Self::SentOnce => "an attempt was sent twice, or without being written down",
            Self::PersonDecides => "something was repeated that was the person's to decide",
            Self::NeverEarly => "a call went out before the time that the server named",
            Self::Budget => "a source was bothered beyond its retry budget",
            Self::Breaker => "a failing source was not left alone",
            Self::OneAtATime => "a source that answers one call at a time got two",
            Self::Restorable => "the journal did not give back the state",
            Self::Heard => "somebody insisted and nothing was sent",
            Self::Ends => "an ask never ended",
            Self::ChecksSparing => {
                "a source was checked too soon, offline, or without having been chosen"
            }
            Self::ToldOnce => "a channel was not told of both ends of an incident, or twice",
        }
    }
}

/// What is known of one source, by the world's own count. Times are the world's, in milliseconds.
#[derive(Debug, Clone, Default)]
pub(super) struct Account {
    pub(super) not_before: u64,
    /// From when on nothing but our own rules holds a call back.
    pub(super) free_from: u64,
    pub(super) retries: u64,
    pub(super) answers: u64,
    pub(super) failures_in_a_row: u32,
    pub(super) resting_until: u64,
    pub(super) one_at_a_time: bool,
}

/// An attempt that was sent.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) attempt_id: AttemptId,
    pub(super) source: usize,
    pub(super) in_flight: bool,
    pub(super) shown: bool,
}

/// A call as the engine sends it.
pub(super) struct Sending<'a> {
    pub(super) attempt_id: AttemptId,
    pub(super) source: usize,
    pub(super) name: &'a str,
    pub(super) begun: &'a str,
    pub(super) now: u64,
    /// Sends of this call since the person last pressed, this one included, at this source.
    pub(super) since_press: u32,
    /// Whether the person has pressed on this call since it was sent last.
    pub(super) pressed: bool,
}

/// Everything that was seen.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) accounts: Vec<Account>,
    pub(super) sent: Vec<Sent>,
}

impl Ledger {
    /// Checks an attempt against every law that concerns it, and notes it.
    pub(super) fn send(
        &mut self,
        sending: &Sending,
        state: &State,
        journal: &State,
    ) -> Option<Law> {
        let Sending { attempt_id, source, now, .. } = *sending;
        if holder(state, attempt_id).is_none() {
            return Some(Law::SentOnce);
        }
        let known = holder(journal, attempt_id).and_then(|card| card.call.as_ref());
        if known.is_none_or(|call| call.phase != Phase::Requesting)
            || self.sent.iter().any(|sent| sent.attempt_id == attempt_id)
        {
            return Some(Law::SentOnce);
        }
        let shown = self
            .sent
            .iter()
            .rfind(|sent| sent.attempt_id.call == attempt_id.call)
            .is_some_and(|s| s.shown);
        let first = attempt_id.attempt == 1;
        if first && !sending.pressed
            || sending.since_press > state.settings.rules(sending.name).policy.attempts
            || shown && sending.begun.is_empty() && !sending.pressed
        {
            return Some(Law::PersonDecides);
        }
        let others = self.sent.iter().filter(|sent| sent.source == source && sent.in_flight);
        let others = others.count();
        let account = &mut self.accounts[source];
        if now < account.not_before {
            return Some(Law::NeverEarly);
        }
        if account.one_at_a_time && others > 0 {
            return Some(Law::OneAtATime);
        }
        if !sending.pressed && now < account.resting_until {
            return Some(Law::Breaker);
        }
        if sending.since_press > 1 && !sending.pressed {
            account.retries += 1;
            // A sixth, since the first of ten answers already lifts a budget above its half.
            if account.retries > 6 * (1 + now / 3_600_000) + account.answers / 10 {
                return Some(Law::Budget);
            }
        }
        self.sent.push(Sent { attempt_id, source, in_flight: true, shown: false });
        None
    }

    pub(super) fn find(&mut self, attempt_id: AttemptId) -> Option<&mut Sent> {
        self.sent.iter_mut().rfind(|sent| sent.attempt_id == attempt_id)
    }

    /// Whether a press of somebody who insists has to lead to a call of this source.
    pub(super) fn lets_through(&self, source: usize, now: u64) -> bool {
        self.accounts
            .get(source)
            .is_some_and(|account| now >= account.free_from && !account.one_at_a_time)
    }

    /// What was on its way is not any more: its worker is gone.
    pub(super) fn all_cut(&mut self) {
        self.sent.iter_mut().for_each(|sent| sent.in_flight = false);
    }
}

fn holder(state: &State, attempt_id: AttemptId) -> Option<&crate::Card> {
    state
        .cards
        .iter()
        .find(|card| card.call.as_ref().is_some_and(|call| call.attempt_id() == attempt_id))
}
