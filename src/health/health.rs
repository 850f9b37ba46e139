//! Everything that is known of the health of all sources, in one state that can be saved at every step.

use serde::{Deserialize, Serialize};

use crate::{
    allowance::Allowance,
    batch::Batch,
    call::Call,
    counts::Times,
    detect::{Advice, Change, Detector, Rules, Standing},
    export::otlp::Temporality,
    feeds::{Feed, Feeds},
    outbox::{Answer, Channel, Effect, Loss, Outbox, Post},
    past::Past,
    window::{Span, Windows},
};

/// Answers of the last seven days without which their median says nothing.
const LEAST_ANSWERS: u64 = 20;

/// What an event has changed, and what has to be done for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// For whoever shows it: incidents that began, changed, ended, and whether the control host has to be asked.
    pub changes: Vec<Change>,
    /// For whoever performs it, in this order. [`Effect::Wake`] stands last and replaces the one before it.
    pub effects: Vec<Effect>,
}

/// The health of all sources.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Health {
    windows: Windows,
    detector: Detector,
    outbox: Outbox,
    channels: Vec<Channel>,
    feeds: Feeds,
    past: Past,
}

/// What goes out under one ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Parcel {
    /// A message about an incident.
    Message(Post),
    /// Numbers.
    Numbers(Batch),
}

impl Health {
    /// Begins with nothing known. The salt is a random text of this installation: incidents are told by it and the id of their
    /// source.
    #[must_use]
    pub fn new(salt: &str) -> Self {
        Self { detector: Detector::new(salt), ..Self::default() }
    }

    /// With what the keys of incidents begin.
    #[must_use]
    pub fn salt(&self) -> &str {
        self.detector.salt()
    }

    /// The channels that are told. One that is left out hears nothing more. Gives whether they are others than before.
    pub fn set_channels(&mut self, channels: Vec<Channel>) -> bool {
        if self.channels == channels {
            return false;
        }
        for channel in &self.channels {
            if !channels.iter().any(|kept| kept.id == channel.id) {
                self.outbox.forget(&channel.id);
            }
        }
        self.channels = channels;
        true
    }

    /// Where numbers are pushed. One that is left out is told nothing more. Gives whether they are others than before.
    pub fn set_feeds(&mut self, now_ms: u64, feeds: Vec<Feed>) -> bool {
        self.feeds.set(now_ms, feeds)
    }

    /// Gives sources rules of their own. They are not saved with the state, so they are set at each start.
    pub fn set_rules(&mut self, rules: Vec<(String, Rules)>) {
        self.detector.set_rules(rules);
    }

    /// An ask has come to its end.
    pub fn call(&mut self, now_ms: u64, call: &Call<'_>) -> Outcome {
        let usual_s = self.usual_s(now_ms, call);
        self.windows.record(now_ms, call);
        self.feeds.count(now_ms, call);
        let changes = self.detector.call(now_ms, call, usual_s);
        self.after(now_ms, changes)
    }

    /// A check that nobody asked anything with has come to its end. It tells how the source is doing, and counts as no ask.
    pub fn checked(&mut self, now_ms: u64, call: &Call<'_>) -> Outcome {
        let changes = self.detector.checked(now_ms, call);
        self.after(now_ms, changes)
    }

    /// An answer told what the service still allows.
    pub fn allow(&mut self, now_ms: u64, source: &str, allowance: Allowance) {
        self.windows.allow(now_ms, source, allowance);
    }

    /// Whether the control host was reached, after [`Change::AskControl`] or otherwise.
    pub fn control(&mut self, now_ms: u64, is_reached: bool) -> Outcome {
        let changes = self.detector.control(now_ms, is_reached);
        self.after(now_ms, changes)
    }

    /// The browser says that it has no network.
    pub fn offline(&mut self, now_ms: u64) -> Outcome {
        let changes = self.detector.offline(now_ms);
        self.after(now_ms, changes)
    }

    /// The machine woke, or the browser says that the network is back.
    pub fn woke(&mut self, now_ms: u64) -> Outcome {
        let changes = self.detector.woke(now_ms);
        self.after(now_ms, changes)
    }

    /// What came of a post or a push.
    pub fn answered(&mut self, now_ms: u64, ticket: u64, answer: Answer) -> Outcome {
        if answer == Answer::Accepted
            && let Some(post) = self.outbox.post(ticket)
        {
            self.past.told(now_ms, &post.incident, &post.channel, post.message);
        }
        let mut effects = self.outbox.answered(now_ms, ticket, answer);
        effects.extend(self.feeds.answered(now_ms, ticket, answer));
        self.outcome(Vec::new(), effects)
    }

    /// The message with this ticket, if its answer is still waited for.
    #[must_use]
    pub fn post(&self, ticket: u64) -> Option<Post> {
        self.outbox.post(ticket)
    }

    /// What goes out under this ticket, if its answer is still waited for.
    #[must_use]
    pub fn parcel(&self, now_ms: u64, ticket: u64) -> Option<Parcel> {
        let Some((feed, cut)) = self.feeds.cut(ticket) else {
            return self.post(ticket).map(Parcel::Message);
        };
        let is_up = |source: &str| match self.standing(now_ms, source) {
            Standing::NoData => None,
            standing => Some((source.to_owned(), standing != Standing::Failing)),
        };
        let up = match feed.temporality {
            Temporality::Cumulative => cut.tally.sources().into_iter().filter_map(is_up).collect(),
            Temporality::Delta => Vec::new(),
        };
        Some(Parcel::Numbers(Batch {
            feed: feed.id.clone(),
            temporality: feed.temporality,
            instance: self.salt().to_owned(),
            since_ms: cut.since_ms,
            at_ms: cut.at_ms,
            tally: cut.tally.clone(),
            up,
        }))
    }

    /// The time has come that [`Effect::Wake`] named.
    pub fn tick(&mut self, now_ms: u64) -> Outcome {
        let changes = self.detector.tick(now_ms);
        let mut outcome = self.after(now_ms, changes);
        outcome.effects.extend(self.outbox.tick(now_ms));
        outcome.effects.extend(self.feeds.tick(now_ms));
        self.outcome(outcome.changes, outcome.effects)
    }

    /// The worker starts with the state that was saved last: what was under way is sent again, what is over is told.
    pub fn started(&mut self, now_ms: u64) -> Outcome {
        // First what the last life has left: what is posted from here on is under way and not lost.
        let mut effects = self.outbox.started(now_ms, &self.detector.open());
        effects.extend(self.feeds.started(now_ms));
        let changes = self.detector.tick(now_ms);
        let outcome = self.after(now_ms, changes);
        effects.extend(outcome.effects);
        self.outcome(outcome.changes, effects)
    }

    /// A source was taken away.
    pub fn forget(&mut self, now_ms: u64, source: &str) -> Outcome {
        self.windows.forget(source);
        let changes = self.detector.forget(now_ms, source).into_iter().collect();
        let outcome = self.after(now_ms, changes);
        self.past.forget(&self.detector.key(source));
        outcome
    }

    /// What the provider's status page says of a source with an incident.
    pub fn status_words(&mut self, now_ms: u64, source: &str, words: &str) -> Outcome {
        let changes = self.detector.status_words(source, words).into_iter().collect();
        self.after(now_ms, changes)
    }

    /// How a source is doing.
    #[must_use]
    pub fn standing(&self, now_ms: u64, source: &str) -> Standing {
        self.detector.standing(now_ms, source)
    }

    /// What the next ask of a source should heed.
    #[must_use]
    pub fn advice(&self, now_ms: u64, source: &str) -> Advice {
        self.detector.advice(now_ms, source, self.windows.allowance(source))
    }

    /// Counts and percentiles.
    #[must_use]
    pub fn windows(&self) -> &Windows {
        &self.windows
    }

    /// The incident of a source, while it lasts.
    #[must_use]
    pub fn incident(&self, source: &str) -> Option<&crate::Incident> {
        self.detector.incident(source)
    }

    /// The incidents that last.
    #[must_use]
    pub fn open(&self) -> Vec<crate::Incident> {
        self.detector.open()
    }

    /// The incidents of the last 30 days that are over, and who was told of which.
    #[must_use]
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// Messages that never arrived, oldest first.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        self.outbox.losses()
    }

    /// The median of seven days of what this call tells: its first chunk, or else its duration.
    fn usual_s(&self, now_ms: u64, call: &Call<'_>) -> Option<f64> {
        if call.failure.is_some() {
            return None;
        }
        let Times { duration, first_chunk } = self.windows.times(now_ms, call.source, Span::Week);
        let times = if call.first_chunk_s.is_some() { first_chunk } else { duration };
        (times.count() >= LEAST_ANSWERS).then(|| times.quantile(0.5)).flatten()
    }

    fn after(&mut self, now_ms: u64, changes: Vec<Change>) -> Outcome {
        let mut effects = Vec::new();
        for change in &changes {
            effects.extend(match change {
                Change::Opened(incident) => self.outbox.opened(now_ms, incident, &self.channels),
                Change::Updated(incident) => {
                    self.outbox.updated(incident);
                    vec![Effect::Save]
                }
                Change::Closed(incident) => {
                    self.past.over(now_ms, incident);
                    self.outbox.closed(now_ms, incident)
                }
                Change::AskControl => Vec::new(),
            });
        }
        // What is still to be told is told as it is known by then.
        self.detector.open().iter().for_each(|incident| self.outbox.updated(incident));
        self.outcome(changes, effects)
    }

    /// One save, before everything that the world can see, and one time to wake.
    fn outcome(&self, changes: Vec<Change>, effects: Vec<Effect>) -> Outcome {
        let next = [self.outbox.next_ms(), self.detector.next_ms(), self.feeds.next_ms()];
        let wake_ms = next.into_iter().flatten().min();
        let (mut saves, mut posts) = (false, Vec::new());
        for effect in effects {
            match effect {
                Effect::Save => saves = true,
                Effect::Post(_) | Effect::Push { .. } => posts.push(effect),
                Effect::Wake(_) => {}
            }
        }
        let save = saves.then_some(Effect::Save);
        let effects = save.into_iter().chain(posts).chain(wake_ms.map(Effect::Wake)).collect();
        Outcome { changes, effects }
    }
}

#[cfg(test)]
mod days;
#[cfg(test)]
mod tests;
