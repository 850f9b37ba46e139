//! What still has to be told to the channels, and what was told already.
//!
//! Each call returns effects in the order in which they have to be performed. [`Effect::Save`] comes before any post, so that a
//! worker that dies anywhere knows afterwards what may have been sent.

use serde::{Deserialize, Serialize};

use crate::incident::{Incident, Kind};

mod entry;
mod message;

use entry::{Entry, Step};
pub use message::{Answer, Channel, Effect, Loss, Message, Post};

/// Messages that may wait at once; what comes on top is lost, and said to be.
const MOST_ENTRIES: usize = 200;
/// Losses that are remembered.
const MOST_LOSSES: usize = 20;
/// Between two posts to one channel: Slack takes one message a second, and the first may have been longer on its way.
const PACE_MS: u64 = 1_100;
/// An answer that takes longer is lost, even if nobody says so.
const PATIENCE_MS: u64 = 120_000;

/// All messages of all incidents that are not done with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outbox {
    entries: Vec<Entry>,
    /// When each channel may be posted to again.
    gates: Vec<(String, u64)>,
    losses: Vec<Loss>,
    tickets: u64,
    now_ms: u64,
}

impl Outbox {
    /// An incident has begun. Troubles of this side are told to nobody.
    pub fn opened(
        &mut self,
        now_ms: u64,
        incident: &Incident,
        channels: &[Channel],
    ) -> Vec<Effect> {
        self.clock(now_ms);
        for channel in channels {
            let is_known =
                self.entries.iter().any(|entry| entry.is_open(&incident.key, &channel.id));
            if incident.kind == Kind::Local || is_known {
                continue;
            }
            if self.entries.len() < MOST_ENTRIES {
                self.entries.push(Entry::new(now_ms, incident, channel));
            } else {
                self.lose(&channel.id, &incident.key, Message::Trigger, false);
            }
        }
        self.effects(true)
    }

    /// More is known of a running incident: what is still to be posted says so. Nothing is posted for it.
    pub fn updated(&mut self, incident: &Incident) {
        let open = self.entries.iter_mut().filter(|entry| entry.incident.key == incident.key);
        open.filter(|entry| !entry.is_over()).for_each(|entry| entry.incident = incident.clone());
    }

    /// An incident is over; `incident` has its end.
    pub fn closed(&mut self, now_ms: u64, incident: &Incident) -> Vec<Effect> {
        self.clock(now_ms);
        for entry in &mut self.entries {
            if entry.incident.key == incident.key && !entry.is_over() {
                entry.incident = Incident {
                    ended_ms: Some(incident.ended_ms.unwrap_or(now_ms)),
                    ..incident.clone()
                };
                entry.close(now_ms);
            }
        }
        self.sweep();
        self.effects(true)
    }

    /// What came of a post. A ticket that nobody waits for is ignored.
    pub fn answered(&mut self, now_ms: u64, ticket: u64, answer: Answer) -> Vec<Effect> {
        self.clock(now_ms);
        let waiting = self.entries.iter_mut().find(|entry| entry.waits_for(ticket));
        let Some(entry) = waiting else { return self.effects(false) };
        let (channel, key, message) =
            (entry.channel.clone(), entry.incident.key.clone(), entry.message());
        if entry.answer(now_ms, answer) {
            self.lose(&channel, &key, message, answer == Answer::Refused);
        }
        if let Answer::TryLater { after_ms: Some(wait_ms) } = answer {
            self.hold(&channel, now_ms.saturating_add(wait_ms.min(entry::DAY_MS)));
        }
        self.sweep();
        self.effects(true)
    }

    /// The message with this ticket, if its answer is still waited for.
    #[must_use]
    pub fn post(&self, ticket: u64) -> Option<Post> {
        self.entries.iter().find(|entry| entry.waits_for(ticket)).map(|entry| entry.post(ticket))
    }

    /// The time has come that [`Effect::Wake`] named.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Effect> {
        self.clock(now_ms);
        let late: Vec<u64> = self
            .entries
            .iter()
            .filter_map(|entry| entry.lost_ticket(now_ms, PATIENCE_MS))
            .collect();
        late.into_iter().for_each(|ticket| {
            self.answered(now_ms, ticket, Answer::Unknown);
        });
        self.effects(false)
    }

    /// The worker starts with the state that was saved last. Answers to what was under way are lost; an incident that is not
    /// among `open` is over.
    pub fn started(&mut self, now_ms: u64, open: &[Incident]) -> Vec<Effect> {
        self.clock(now_ms);
        let before = self.entries.clone();
        for entry in &mut self.entries {
            entry.restart(now_ms);
            if !entry.is_over() && !open.iter().any(|incident| incident.key == entry.incident.key) {
                entry.incident.ended_ms = Some(now_ms);
                entry.close(now_ms);
            }
        }
        self.sweep();
        let has_changed = before != self.entries;
        self.effects(has_changed)
    }

    /// A channel was taken away: nothing more is told there.
    pub fn forget(&mut self, channel: &str) {
        self.entries.retain(|entry| entry.channel != channel);
        self.gates.retain(|(id, _)| id != channel);
    }

    /// What never arrived, oldest first.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Whether everything was told.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.entries.iter().all(|entry| entry.step == Step::Told)
    }

    /// When [`Outbox::tick`] has something to do, milliseconds since 1970.
    #[must_use]
    pub fn next_ms(&self) -> Option<u64> {
        let late = self.entries.iter().filter_map(|entry| entry.patience_ends(PATIENCE_MS));
        let due = (0..self.entries.len()).filter_map(|at| self.due_ms(at));
        late.chain(due).min()
    }

    /// When a message may go out: one at a time to a channel, those of one incident's key in their order.
    fn due_ms(&self, at: usize) -> Option<u64> {
        let entry = &self.entries[at];
        let is_behind = self.entries[..at].iter().any(|other| other.is_before(entry));
        let is_busy =
            self.entries.iter().any(|other| other.channel == entry.channel && other.is_sent());
        if is_behind || is_busy || entry.step == Step::Told {
            return None;
        }
        let gate = self.gates.iter().find(|(id, _)| *id == entry.channel).map_or(0, |gate| gate.1);
        Some(entry.due_ms.max(gate))
    }

    /// What is due now goes out.
    fn effects(&mut self, has_changed: bool) -> Vec<Effect> {
        let mut posts = Vec::new();
        for at in 0..self.entries.len() {
            if self.due_ms(at).is_some_and(|due_ms| due_ms <= self.now_ms) {
                self.tickets += 1;
                let channel = self.entries[at].channel.clone();
                self.hold(&channel, self.now_ms + PACE_MS);
                posts.push(Effect::Post(self.entries[at].send(self.tickets, self.now_ms)));
            }
        }
        let save = (has_changed || !posts.is_empty()).then_some(Effect::Save);
        save.into_iter().chain(posts).chain(self.next_ms().map(Effect::Wake)).collect()
    }

    fn hold(&mut self, channel: &str, until_ms: u64) {
        match self.gates.iter_mut().find(|(id, _)| id == channel) {
            Some((_, gate)) => *gate = until_ms.max(*gate),
            None => self.gates.push((channel.to_owned(), until_ms)),
        }
    }

    fn lose(&mut self, channel: &str, key: &str, message: Message, refused: bool) {
        if self.losses.len() >= MOST_LOSSES {
            self.losses.remove(0);
        }
        let (channel, key) = (channel.to_owned(), key.to_owned());
        self.losses.push(Loss { channel, key, message, at_ms: self.now_ms, refused });
    }

    fn sweep(&mut self) {
        self.entries.retain(|entry| entry.step != Step::Done);
    }

    /// When the clock goes back, all times go with it: no wait becomes longer.
    fn clock(&mut self, now_ms: u64) {
        let back_ms = self.now_ms.saturating_sub(now_ms);
        if back_ms > 0 {
            self.entries.iter_mut().for_each(|entry| entry.go_back(back_ms));
            self.gates.iter_mut().for_each(|(_, gate)| *gate = gate.saturating_sub(back_ms));
        }
        self.now_ms = now_ms;
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
