//! The limiter of a source: every call of every tab asks it for a permit, so that what one of them learnt holds for all.

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use super::Reason;
use crate::retry::{
    breaker::{Breaker, Passage},
    budget::Budget,
};
use unstuck_diagnose::{Cause, Diagnosis, Fault};

/// A wait that the server named closes the limiter for at most this long, in milliseconds. A longer one is no wait but a
/// verdict: it is told, nothing happens by itself, and the person decides.
pub const LONGEST_CLOSING_MS: u64 = 24 * 3_600_000;
/// Calls to a source that has just complained keep this distance, in milliseconds.
pub const DISTANCE_MS: u64 = 1_000;

/// What is known of a source, whoever calls it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limiter {
    /// Id of the source.
    pub source: String,
    /// The time before which its server asked not to be called, milliseconds since 1970.
    pub closed_until_ms: u64,
    /// The same, to the moment that the server named: not stretched, so that a person who insists can be let through from then on.
    pub named_until_ms: u64,
    /// What automatic retries it may still be bothered with.
    pub budget: Budget,
    /// Whether it is left alone after failures in a row.
    pub breaker: Breaker,
    /// Why it failed last. Gone once it has answered.
    pub trouble: Option<Cause>,
    /// When it answered last, milliseconds since 1970; zero for never.
    pub answered_at_ms: u64,
    /// Whether it said that it answers one call at a time.
    pub one_at_a_time: bool,
    /// Which key it has: a mark by which two are told apart, and nothing of the key. Zero for none.
    pub key: u32,
    /// The time before which no further call is sent, so that calls that waited together do not leave together.
    pub next_at_ms: u64,
}

/// Whether a call may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permit {
    /// Now.
    Free,
    /// Not before this time.
    NotBefore(u64, Reason),
    /// Not before another call of this source has ended.
    AfterAnother,
}

impl Limiter {
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.to_owned(), ..Self::default() }
    }

    /// Whether a call may be sent while `in_flight` others of this source are on their way, and its allowance asks for a pause. A
    /// person who forces it passes our own rules: the breaker and its trial, the distance, the pause, and what a wait was
    /// stretched by. Nobody passes the server's.
    pub(super) const fn permit(
        &self,
        now_ms: u64,
        in_flight: usize,
        pause_ms: u64,
        force: bool,
    ) -> Permit {
        let asked_until_ms = if force { self.named_until_ms } else { self.closed_until_ms };
        if asked_until_ms > now_ms {
            return Permit::NotBefore(self.closed_until_ms, Reason::Server);
        }
        if in_flight > 0 && self.one_at_a_time {
            return Permit::AfterAnother;
        }
        match self.breaker.passage(now_ms) {
            Passage::NotBefore(at_ms) if !force => {
                return Permit::NotBefore(at_ms, Reason::Resting);
            }
            Passage::AfterTheTrial if in_flight > 0 && !force => return Permit::AfterAnother,
            _ => {}
        }
        if self.next_at_ms > now_ms && !force {
            return Permit::NotBefore(self.next_at_ms, Reason::Turn);
        }
        if pause_ms > 0 && !force {
            return Permit::NotBefore(now_ms.saturating_add(pause_ms), Reason::Sparing);
        }
        Permit::Free
    }

    /// Whether a new call would have to wait for more than a moment.
    pub(super) const fn is_shut(&self, now_ms: u64) -> bool {
        self.shut_until_ms(now_ms).is_some()
    }

    /// The time before which no call is sent because the server asked for it, or because it failed several times in a row;
    /// milliseconds since 1970.
    #[must_use]
    pub const fn shut_until_ms(&self, now_ms: u64) -> Option<u64> {
        if self.closed_until_ms > now_ms {
            return Some(self.closed_until_ms);
        }
        match self.breaker.passage(now_ms) {
            Passage::NotBefore(at_ms) => Some(at_ms),
            _ => None,
        }
    }

    pub(super) const fn sent(&mut self, now_ms: u64) {
        self.breaker.sent();
        if self.trouble.is_some() {
            self.next_at_ms = now_ms.saturating_add(DISTANCE_MS);
        }
    }

    pub(super) fn answered(&mut self, now_ms: u64) {
        self.answered_at_ms = now_ms;
        self.budget.reward();
        self.breaker.answered();
        self.trouble = None;
        self.next_at_ms = 0;
    }

    /// An attempt ended without a verdict on the source.
    pub(super) const fn undecided(&mut self) {
        self.breaker.undecided();
    }

    pub(super) fn failed(&mut self, now_ms: u64, diagnosis: &Diagnosis, rng: &mut Rng) {
        let cause = diagnosis.cause;
        self.trouble = Some(cause);
        self.one_at_a_time |= cause == Cause::RequestInProgress;
        match cause.fault() {
            Fault::Provider | Fault::Network if cause != Cause::Offline => {
                self.breaker.failed(now_ms, rng);
            }
            // An answer that refuses this call shows a service that is well.
            Fault::Account | Fault::Request => self.breaker.answered(),
            _ => self.breaker.undecided(),
        }
    }

    /// The server asked not to be called before the time that it named; what comes by itself comes at `until_ms`.
    pub(super) fn close(&mut self, now_ms: u64, named_ms: u64, until_ms: u64) {
        if until_ms.saturating_sub(now_ms) <= LONGEST_CLOSING_MS {
            self.closed_until_ms = self.closed_until_ms.max(until_ms);
            self.named_until_ms = self.named_until_ms.max(named_ms);
        }
    }

    /// The clock was set back: what lay ahead lies as far ahead as before.
    pub(super) const fn shift(&mut self, back_ms: u64) {
        self.closed_until_ms = self.closed_until_ms.saturating_sub(back_ms);
        self.named_until_ms = self.named_until_ms.saturating_sub(back_ms);
        self.answered_at_ms = self.answered_at_ms.saturating_sub(back_ms);
        self.next_at_ms = self.next_at_ms.saturating_sub(back_ms);
        if let Breaker::Open { until_ms, .. } | Breaker::HalfOpen { until_ms, .. } =
            &mut self.breaker
        {
            *until_ms = until_ms.saturating_sub(back_ms);
        }
    }
}
