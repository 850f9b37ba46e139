//! Numbers for the engines that a team already has: when they are pushed, and what became of them.
//!
//! A delta is told at most once. It is cut, written down and pushed, and whatever may have arrived is never pushed again: where
//! the answer is lost, so is the delta, and its asks are counted as dropped. Counting twice is worse than a gap. What was surely
//! not taken is told with the next one. Cumulative numbers are the same however often they arrive, and are pushed until taken.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::workspace::checksum;

use crate::{
    call::Call,
    export::{Tally, otlp::Temporality},
    outbox::{Answer, Effect},
};

/// Between the first ask that no push has told and its push. Two pushes are never closer.
const INTERVAL_MS: u64 = 300_000;
/// As much longer it may take by chance, so that not all browsers come at once.
const SPREAD_MS: u64 = 120_000;
/// After failures the wait doubles up to this.
const LONGEST_MS: u64 = 3_600_000;
/// After so many in a row nothing is pushed before the next ask.
const MOST_TRIES: u32 = 12;
/// An alarm may come so late. What is due for longer was slept through: whole offices wake at nine.
const LATE_MS: u64 = 180_000;
/// What was slept through waits as much longer.
const AWAKE_MS: u64 = 300_000;
/// An answer that takes longer is lost, even if nobody says so.
const PATIENCE_MS: u64 = 120_000;
/// Tickets of pushes begin beyond all those of messages.
const FIRST_TICKET: u64 = 1 << 40;

/// Where numbers go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Its stable id.
    pub id: String,
    /// What its numbers count from.
    pub temporality: Temporality,
}

/// What all feeds have been told, and what they are still to be told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Feeds {
    meters: Vec<Meter>,
    tickets: u64,
    now_ms: u64,
}

/// What one feed is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Meter {
    feed: Feed,
    /// What no push has told; of cumulative numbers everything.
    tally: Tally,
    since_ms: u64,
    sent: Option<Cut>,
    due_ms: Option<u64>,
    /// Pushes in a row that were not taken.
    failures: u32,
}

/// A push that is under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cut {
    ticket: u64,
    pub(crate) since_ms: u64,
    pub(crate) at_ms: u64,
    pub(crate) tally: Tally,
}

impl Feeds {
    /// Where numbers go from now on. What is left out is told nothing more. Gives whether they are others than before.
    pub(crate) fn set(&mut self, now_ms: u64, feeds: Vec<Feed>) -> bool {
        if self.meters.iter().map(|meter| &meter.feed).eq(&feeds) {
            return false;
        }
        let mut known = std::mem::take(&mut self.meters);
        self.meters = feeds
            .into_iter()
            .map(|feed| match known.iter().position(|meter| meter.feed == feed) {
                Some(at) => known.remove(at),
                None => Meter::new(now_ms, feed),
            })
            .collect();
        true
    }

    /// An ask has come to its end.
    pub(crate) fn count(&mut self, now_ms: u64, call: &Call<'_>) {
        self.clock(now_ms);
        let tickets = self.tickets;
        for meter in &mut self.meters {
            meter.tally.count(call);
            meter.due_ms.get_or_insert(now_ms + meter.wait_ms(tickets));
        }
    }

    /// The time has come that [`Feeds::next_ms`] named: cuts what is due.
    pub(crate) fn tick(&mut self, now_ms: u64) -> Vec<Effect> {
        self.clock(now_ms);
        let (mut has_changed, mut pushes) = (false, Vec::new());
        for meter in &mut self.meters {
            if meter.sent.as_ref().is_some_and(|cut| now_ms >= cut.at_ms + PATIENCE_MS) {
                meter.answer(now_ms, self.tickets, Answer::Unknown);
                has_changed = true;
            }
            if meter.sent.is_none() && meter.due_ms.is_some_and(|due_ms| due_ms <= now_ms) {
                self.tickets += 1;
                let ticket = FIRST_TICKET + self.tickets;
                meter.cut(now_ms, ticket);
                pushes.push(Effect::Push { ticket, feed: meter.feed.id.clone() });
            }
        }
        let save = (has_changed || !pushes.is_empty()).then_some(Effect::Save);
        save.into_iter().chain(pushes).collect()
    }

    /// The worker starts with the state that was saved last: answers that were waited for are lost.
    pub(crate) fn started(&mut self, now_ms: u64) -> Vec<Effect> {
        self.clock(now_ms);
        let mut has_changed = false;
        for meter in &mut self.meters {
            if meter.sent.is_some() {
                meter.answer(now_ms, self.tickets, Answer::Unknown);
                has_changed = true;
            }
            if meter.due_ms.is_some_and(|due_ms| due_ms + LATE_MS < now_ms) {
                meter.due_ms = Some(now_ms + AWAKE_MS + meter.wait_ms(self.tickets));
                has_changed = true;
            }
        }
        has_changed.then_some(Effect::Save).into_iter().collect()
    }

    /// What came of a push; none of these has the ticket of a message.
    pub(crate) fn answered(&mut self, now_ms: u64, ticket: u64, answer: Answer) -> Vec<Effect> {
        self.clock(now_ms);
        let waits = |meter: &&mut Meter| meter.sent.as_ref().is_some_and(|c| c.ticket == ticket);
        let Some(meter) = self.meters.iter_mut().find(waits) else { return Vec::new() };
        meter.answer(now_ms, self.tickets, answer);
        vec![Effect::Save]
    }

    /// The push with this ticket, if its answer is still waited for, and where it goes.
    pub(crate) fn cut(&self, ticket: u64) -> Option<(&Feed, &Cut)> {
        self.meters.iter().find_map(|meter| {
            let cut = meter.sent.as_ref().filter(|cut| cut.ticket == ticket)?;
            Some((&meter.feed, cut))
        })
    }

    /// When [`Feeds::tick`] has something to do, milliseconds since 1970.
    pub(crate) fn next_ms(&self) -> Option<u64> {
        let due = self.meters.iter().filter_map(|meter| match &meter.sent {
            Some(cut) => Some(cut.at_ms + PATIENCE_MS),
            None => meter.due_ms,
        });
        due.min()
    }

    /// When the clock goes back, all times go with it: no wait becomes longer.
    fn clock(&mut self, now_ms: u64) {
        let back_ms = self.now_ms.saturating_sub(now_ms);
        for meter in self.meters.iter_mut().filter(|_| back_ms > 0) {
            let sent = meter.sent.as_mut().map(|cut| &mut cut.at_ms);
            let times = meter.due_ms.as_mut().into_iter().chain(sent);
            times.for_each(|time| *time = time.saturating_sub(back_ms));
        }
        self.now_ms = now_ms;
    }
}

impl Meter {
    fn new(now_ms: u64, feed: Feed) -> Self {
        let tally = Tally::default();
        Self { feed, tally, since_ms: now_ms, sent: None, due_ms: None, failures: 0 }
    }

    fn is_delta(&self) -> bool {
        self.feed.temporality == Temporality::Delta
    }

    fn cut(&mut self, now_ms: u64, ticket: u64) {
        let since_ms = self.since_ms.min(now_ms);
        let tally = if self.is_delta() {
            self.since_ms = now_ms;
            std::mem::take(&mut self.tally)
        } else {
            self.tally.clone()
        };
        self.sent = Some(Cut { ticket, since_ms, at_ms: now_ms, tally });
        self.due_ms = None;
    }

    fn answer(&mut self, now_ms: u64, tickets: u64, answer: Answer) {
        let Some(Cut { since_ms, tally, .. }) = self.sent.take() else { return };
        let asked_ms = match answer {
            Answer::Accepted => {
                self.failures = 0;
                return;
            }
            Answer::Unknown if self.is_delta() => {
                self.tally.dropped = self.tally.dropped.saturating_add(tally.at_stake());
                0
            }
            Answer::TryLater { after_ms } => after_ms.unwrap_or(0).min(24 * LONGEST_MS),
            Answer::Refused | Answer::Unknown => 0,
        };
        if self.is_delta() && answer != Answer::Unknown {
            let since = std::mem::replace(&mut self.tally, tally);
            self.tally.merge(since);
            self.since_ms = since_ms;
        }
        self.failures = self.failures.saturating_add(1);
        // Who never takes anything hears of the next asks, and is not pressed without any.
        let goes_on = self.failures < MOST_TRIES && !self.tally.is_empty();
        self.due_ms = goes_on.then(|| now_ms + self.wait_ms(tickets).max(asked_ms));
    }

    /// The interval, and some more by chance: it differs from feed to feed, browser to browser, and push to push.
    fn wait_ms(&self, tickets: u64) -> u64 {
        let spread_ms = match self.failures {
            0 => SPREAD_MS,
            failures => (INTERVAL_MS << failures.min(10)).min(LONGEST_MS),
        };
        let mut of = self.feed.id.clone().into_bytes();
        of.extend(self.since_ms.to_le_bytes());
        of.extend(tickets.to_le_bytes());
        of.extend(self.failures.to_le_bytes());
        INTERVAL_MS + u64::from(checksum(&of)) % spread_ms
    }
}

#[cfg(test)]
mod tests;
