//! What is gathered of a trouble, before and while it is an incident.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Cause;

use crate::{
    call::Call,
    incident::{CauseSpan, Deed},
};

/// Other sources that an incident names.
const MOST_NAMES: usize = 5;

/// By what a source was heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// An ask of the person's.
    Ask,
    /// A check, by which nothing was asked.
    Check,
}

/// Asks, failures, causes and deeds since a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trouble {
    /// The first failure of it, milliseconds since 1970; 0 before there is one.
    pub(super) since_ms: u64,
    /// Asks, and checks.
    pub(super) asks: u32,
    pub(super) failures: u32,
    /// The checks among them.
    pub(super) checks: u32,
    pub(super) failed_checks: u32,
    pub(super) causes: Vec<CauseSpan>,
    pub(super) deeds: Vec<Deed>,
}

impl Trouble {
    /// An ask or a check during it.
    pub(super) fn note(&mut self, now_ms: u64, call: &Call<'_>, cause: Option<Cause>, by: By) {
        self.asks = self.asks.saturating_add(1);
        if by == By::Check {
            self.checks = self.checks.saturating_add(1);
            self.failed_checks = self.failed_checks.saturating_add(u32::from(cause.is_some()));
        }
        if let Some(cause) = cause {
            if self.since_ms == 0 {
                self.since_ms = now_ms;
            }
            self.failures = self.failures.saturating_add(1);
            match self.causes.iter_mut().find(|span| span.cause == cause) {
                Some(span) => {
                    span.last_ms = now_ms.max(span.last_ms);
                    span.count = span.count.saturating_add(1);
                }
                None => self.causes.push(CauseSpan {
                    cause,
                    first_ms: now_ms,
                    last_ms: now_ms,
                    count: 1,
                }),
            }
        }
        self.did(call);
    }

    /// What was asked, and how much of it failed: without the checks.
    pub(super) const fn asked(&self) -> (u32, u32) {
        let asks = self.asks.saturating_sub(self.checks);
        (asks, self.failures.saturating_sub(self.failed_checks))
    }

    /// What Unstuck did for an ask.
    fn did(&mut self, call: &Call<'_>) {
        let waits = call.waits;
        let waited_ms = [waits.asked_ms, waits.backoff_ms, waits.breaker_ms]
            .into_iter()
            .fold(0, u64::saturating_add);
        let (mut retried, mut waited, mut switched) = (call.retries, waited_ms, call.answered_by);
        for deed in &mut self.deeds {
            match deed {
                Deed::Retried(times) => *times = times.saturating_add(std::mem::take(&mut retried)),
                Deed::Waited(ms) => *ms = ms.saturating_add(std::mem::take(&mut waited)),
                Deed::Switched { to, times } if switched == Some(to.as_str()) => {
                    *times = times.saturating_add(1);
                    switched = None;
                }
                Deed::Switched { .. } => {}
            }
        }
        if retried > 0 {
            self.deeds.push(Deed::Retried(retried));
        }
        if waited > 0 {
            self.deeds.push(Deed::Waited(waited));
        }
        if let Some(to) = switched.filter(|_| self.deeds.len() < MOST_NAMES + 2) {
            self.deeds.push(Deed::Switched { to: to.to_owned(), times: 1 });
        }
    }

    pub(super) fn go_back(&mut self, back_ms: u64) {
        self.since_ms = self.since_ms.saturating_sub(back_ms);
    }
}
