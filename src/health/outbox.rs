//! What still has to be told to the channels, and what was told already.
//!
//! Each call returns effects in the order in which they have to be performed. [`Effect::Save`] comes before any post, so that a
//! worker that dies anywhere knows afterwards what may have been sent.

use serde::{Deserialize, Serialize};

use crate::incident::{Incident, Kind};

mod entry;

use entry::{Entry, Step};

/// Messages that may wait at once; what comes on top is lost, and said to be.
const MOST_ENTRIES: usize = 200;
/// Losses that are remembered.
const MOST_LOSSES: usize = 20;
/// Between two posts to one channel (Slack: one message a second).
const PACE_MS: u64 = 1_000;
/// An answer that takes longer is lost, even if nobody says so.
const PATIENCE_MS: u64 = 120_000;

/// A place where incidents are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its stable id.
    pub id: String,
    /// Whether it calls people to work, as PagerDuty does: what is over already is not told there at all.
    pub pages: bool,
}

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// The incident has begun.
    Trigger,
    /// It is over.
    Resolve,
    /// It was, and is over: the channel did not take the trigger in time.
    WasDown,
}

/// What came of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The channel took it.
    Accepted,
    /// It will never take it: a wrong shape, a wrong key, a channel that is gone.
    Refused,
    /// It did not take it now: busy, too many, out of order.
    TryLater {
        /// How long it asked to wait, in milliseconds.
        after_ms: Option<u64>,
    },
    /// No answer came: it may have taken it.
    Unknown,
}

/// A message to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// What [`Outbox::answered`] has to be called with.
    pub ticket: u64,
    /// The id of the channel.
    pub channel: String,
    /// What to say.
    pub message: Message,
    /// Of what. [`Incident::key`] is what the channel tells repetitions by.
    pub incident: Incident,
}

/// What has to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write the state to where it outlives the browser. Nothing that follows may be done before that is done.
    Save,
    /// Post a message.
    Post(Post),
    /// Call [`Outbox::tick`] at this time, milliseconds since 1970.
    Wake(u64),
}

/// A message that never arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The id of the channel.
    pub channel: String,
    /// The key of the incident.
    pub key: String,
    /// What was not told.
    pub message: Message,
    /// When it was given up, milliseconds since 1970.
    pub at_ms: u64,
    /// Whether the channel refused it; otherwise it was unreachable for a day, or too much was waiting.
    pub refused: bool,
}

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
        for entry in &mut self.entries {
            entry.restart(now_ms);
            if !entry.is_over() && !open.iter().any(|incident| incident.key == entry.incident.key) {
                entry.incident.ended_ms = Some(now_ms);
                entry.close(now_ms);
            }
        }
        self.sweep();
        self.effects(true)
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

    /// What is due now goes out, one message a channel at a time; the messages of one incident's key keep their order.
    fn effects(&mut self, has_changed: bool) -> Vec<Effect> {
        let (mut posts, mut wake_ms) = (Vec::new(), None::<u64>);
        for at in 0..self.entries.len() {
            let (earlier, rest) = self.entries.split_at(at);
            let entry = &rest[0];
            let is_behind = earlier.iter().any(|other| other.is_before(entry));
            if let Some(late_ms) = entry.patience_ends(PATIENCE_MS) {
                wake_ms = Some(wake_ms.map_or(late_ms, |wake| wake.min(late_ms)));
            }
            let is_busy =
                self.entries.iter().any(|other| other.channel == entry.channel && other.is_sent());
            if is_behind || is_busy || entry.step == Step::Told {
                continue;
            }
            let gate =
                self.gates.iter().find(|(id, _)| *id == entry.channel).map_or(0, |gate| gate.1);
            let due_ms = entry.due_ms.max(gate);
            if due_ms > self.now_ms {
                wake_ms = Some(wake_ms.map_or(due_ms, |wake| wake.min(due_ms)));
                continue;
            }
            self.tickets += 1;
            let channel = entry.channel.clone();
            self.hold(&channel, self.now_ms + PACE_MS);
            posts.push(self.entries[at].send(self.tickets, self.now_ms));
            let late_ms = self.now_ms + PATIENCE_MS;
            wake_ms = Some(wake_ms.map_or(late_ms, |wake| wake.min(late_ms)));
        }
        let save = (has_changed || !posts.is_empty()).then_some(Effect::Save);
        save.into_iter()
            .chain(posts.into_iter().map(Effect::Post))
            .chain(wake_ms.map(Effect::Wake))
            .collect()
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
