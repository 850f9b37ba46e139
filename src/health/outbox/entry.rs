//! What one channel is told of one incident.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::workspace::checksum;

use super::message::{Answer, Channel, Message, Post};
use crate::incident::Incident;

pub(super) const DAY_MS: u64 = 24 * 3_600_000;
/// The first wait after a post that was not taken; each further one is twice as long, up to the longest.
const FIRST_WAIT_MS: u64 = 30_000;
const LONGEST_WAIT_MS: u64 = 1_800_000;
/// A clock that jumps a day ahead does not end the tries: so many are made in any case.
const LEAST_TRIES: u32 = 8;

/// How far the channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Step {
    /// The trigger has to go out.
    Trigger,
    /// The channel knows of the incident, and the incident lasts.
    Told,
    /// The resolve has to go out.
    Resolve,
    /// That it was and is over has to go out.
    WasDown,
    /// There is nothing left to tell.
    Done,
}

/// What one channel is told of one incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) incident: Incident,
    pub(super) channel: String,
    pages: bool,
    pub(super) step: Step,
    /// Whether a trigger may have arrived whose answer was lost.
    in_doubt: bool,
    /// The ticket of the post that is under way, and since when.
    sent: Option<(u64, u64)>,
    tries: u32,
    pub(super) due_ms: u64,
    since_ms: u64,
}

impl Entry {
    pub(super) fn new(now_ms: u64, incident: &Incident, channel: &Channel) -> Self {
        Self {
            incident: incident.clone(),
            channel: channel.id.clone(),
            pages: channel.pages,
            step: Step::Trigger,
            in_doubt: false,
            sent: None,
            tries: 0,
            due_ms: now_ms,
            since_ms: now_ms,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.incident.ended_ms.is_some()
    }

    /// Whether it is of this incident, in this channel, and the incident lasts.
    pub(super) fn is_open(&self, key: &str, channel: &str) -> bool {
        self.incident.key == key && self.channel == channel && !self.is_over()
    }

    /// Whether another entry has to wait for this one: a late resolve would end the next incident of the same key.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        self.incident.key == other.incident.key && self.channel == other.channel
    }

    pub(super) fn is_sent(&self) -> bool {
        self.sent.is_some()
    }

    pub(super) fn waits_for(&self, ticket: u64) -> bool {
        self.sent.is_some_and(|(sent, _)| sent == ticket)
    }

    pub(super) fn patience_ends(&self, patience_ms: u64) -> Option<u64> {
        self.sent.map(|(_, since_ms)| since_ms + patience_ms)
    }

    pub(super) fn lost_ticket(&self, now_ms: u64, patience_ms: u64) -> Option<u64> {
        self.sent.filter(|(_, since_ms)| now_ms >= since_ms + patience_ms).map(|(ticket, _)| ticket)
    }

    pub(super) fn message(&self) -> Message {
        match self.step {
            Step::Trigger | Step::Told => Message::Trigger,
            Step::Resolve | Step::Done => Message::Resolve,
            Step::WasDown => Message::WasDown,
        }
    }

    pub(super) fn send(&mut self, ticket: u64, now_ms: u64) -> Post {
        self.sent = Some((ticket, now_ms));
        self.post(ticket)
    }

    pub(super) fn post(&self, ticket: u64) -> Post {
        let (channel, incident) = (self.channel.clone(), self.incident.clone());
        Post { ticket, channel, message: self.message(), incident }
    }

    /// The incident is over.
    pub(super) fn close(&mut self, now_ms: u64) {
        let next = match self.step {
            // What is under way has to be answered first.
            Step::Trigger if self.sent.is_some() => return,
            Step::Trigger if !self.pages => Step::WasDown,
            // The channel may have an open alert, and drops a resolve that ends none.
            Step::Trigger if self.in_doubt => Step::Resolve,
            Step::Trigger => Step::Done,
            Step::Told => Step::Resolve,
            Step::Resolve | Step::WasDown | Step::Done => return,
        };
        (self.step, self.tries, self.since_ms) = (next, 0, now_ms);
        self.due_ms = now_ms;
    }

    /// What came of the post under way; `true` when it is given up.
    pub(super) fn answer(&mut self, now_ms: u64, answer: Answer) -> bool {
        self.sent = None;
        let wait_ms = match answer {
            Answer::Accepted => {
                self.step = if self.step == Step::Trigger { Step::Told } else { Step::Done };
                if self.is_over() {
                    self.close(now_ms);
                }
                return false;
            }
            Answer::Refused => {
                self.step = Step::Done;
                return true;
            }
            Answer::TryLater { after_ms } => after_ms.unwrap_or(0).min(DAY_MS),
            Answer::Unknown => {
                self.in_doubt |= self.step == Step::Trigger;
                0
            }
        };
        self.tries = self.tries.saturating_add(1);
        if self.step == Step::Trigger && self.is_over() {
            self.close(now_ms);
            self.due_ms = now_ms + wait_ms.max(FIRST_WAIT_MS);
            return false;
        }
        self.due_ms = now_ms + wait_ms.max(self.backoff_ms());
        let is_too_late = self.tries >= LEAST_TRIES && now_ms >= self.since_ms + DAY_MS;
        let gives_up = self.step != Step::Trigger && is_too_late;
        if gives_up {
            self.step = Step::Done;
        }
        gives_up
    }

    /// The worker died: an answer that was waited for is lost.
    pub(super) fn restart(&mut self, now_ms: u64) {
        if self.sent.is_some() {
            self.answer(now_ms, Answer::Unknown);
        }
    }

    pub(super) fn go_back(&mut self, back_ms: u64) {
        let times = [&mut self.due_ms, &mut self.since_ms].into_iter();
        for time in times.chain(self.sent.as_mut().map(|(_, since_ms)| since_ms)) {
            *time = time.saturating_sub(back_ms);
        }
    }

    /// Twice as long after each try, and up to a fourth more, so that not all browsers come at once.
    fn backoff_ms(&self) -> u64 {
        let wait_ms = (FIRST_WAIT_MS << self.tries.saturating_sub(1).min(10)).min(LONGEST_WAIT_MS);
        let chance = checksum(self.incident.key.as_bytes())
            .wrapping_add(self.tries.wrapping_mul(40_503))
            % 256;
        wait_ms + wait_ms * u64::from(chance) / 1_024
    }
}
