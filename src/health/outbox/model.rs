//! Random histories of incidents, channels that answer as they like, and a worker that dies before any effect.

use std::collections::BTreeMap;

use fastrand::Rng;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;

const NOON: u64 = 1_700_000_000_000;
const SOURCES: usize = 3;

/// What a worker keeps: the open incidents and the outbox, saved together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Worker {
    open: Vec<Incident>,
    outbox: Outbox,
}

/// What a channel heard of one incident (by key and beginning).
#[derive(Debug, Default)]
struct Heard {
    messages: Vec<Message>,
    /// Posts of which the worker does not know that they arrived, by message.
    lost: Vec<Message>,
    refused: bool,
}

/// A channel, and an incident by its key and beginning.
type Place = (String, String, u64);

/// What arrived and was answered, while that is not saved yet.
struct Unsaved {
    place: Place,
    message: Message,
    ticket: u64,
    /// Whether the worker has the answer.
    is_known: bool,
}

struct World {
    random: Rng,
    now_ms: u64,
    saved: Vec<u8>,
    worker: Worker,
    channels: Vec<Channel>,
    heard: BTreeMap<Place, Heard>,
    unsaved: Vec<Unsaved>,
    deaths: f64,
    calm: bool,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let channels = vec![
            Channel { id: "slack".into(), pages: false },
            Channel { id: "pager".into(), pages: true },
        ];
        let worker = Worker::default();
        let saved = postcard::to_allocvec(&worker).unwrap();
        let deaths = random.f64() * 0.3;
        let (heard, unsaved) = (BTreeMap::new(), Vec::new());
        Self { random, now_ms: NOON, saved, worker, channels, heard, unsaved, deaths, calm: false }
    }

    /// Performs effects in their order; before each one the worker may die. Returns what the channels answered, none after a
    /// death.
    fn perform(&mut self, effects: Vec<Effect>) -> Option<Vec<(u64, Answer)>> {
        let mut answers = Vec::new();
        for effect in effects {
            if !self.calm && self.random.f64() < self.deaths {
                return None;
            }
            match effect {
                Effect::Save => {
                    self.saved = postcard::to_allocvec(&self.worker).unwrap();
                    self.unsaved.retain(|unsaved| !unsaved.is_known);
                }
                Effect::Post(post) => answers.push((post.ticket, self.receive(&post))),
                Effect::Push { .. } => panic!("numbers are no message"),
                Effect::Wake(at_ms) => assert!(at_ms >= self.now_ms),
            }
        }
        Some(answers)
    }

    /// Performs effects and hands in the answers, in any order, until nothing is left to do now. After a death it goes on with
    /// what was saved.
    fn run(&mut self, mut effects: Vec<Effect>) {
        let mut answers = Vec::new();
        loop {
            match self.perform(effects) {
                Some(more) => answers.extend(more),
                None => {
                    answers.clear();
                    effects = self.restart();
                    continue;
                }
            }
            if answers.is_empty() {
                return;
            }
            let (ticket, answer) = answers.swap_remove(self.random.usize(..answers.len()));
            self.now_ms += self.random.u64(..3_000);
            let unsaved = self.unsaved.iter_mut().filter(|unsaved| unsaved.ticket == ticket);
            unsaved.for_each(|unsaved| unsaved.is_known = true);
            effects = self.worker.outbox.answered(self.now_ms, ticket, answer);
        }
    }

    fn restart(&mut self) -> Vec<Effect> {
        for Unsaved { place, message, .. } in self.unsaved.drain(..) {
            self.heard.get_mut(&place).unwrap().lost.push(message);
        }
        self.worker = postcard::from_bytes(&self.saved).unwrap();
        let open = self.worker.open.clone();
        self.worker.outbox.started(self.now_ms, &open)
    }

    fn receive(&mut self, post: &Post) -> Answer {
        assert_eq!(
            post.incident.key,
            format!("salt:{}", post.incident.source),
            "the key is stable"
        );
        let place = (post.channel.clone(), post.incident.key.clone(), post.incident.started_ms);
        let later = (place.0.clone(), place.1.clone(), place.2 + 1)
            ..(place.0.clone(), place.1.clone(), u64::MAX);
        assert!(
            self.heard.range(later).next().is_none(),
            "an older incident comes after a newer one"
        );
        let chance = if self.calm { 0.0 } else { self.random.f64() };
        let heard = self.heard.entry(place.clone()).or_default();
        let mut arrive = || {
            let times = heard.messages.iter().filter(|&&message| message == post.message).count();
            let lost = heard.lost.iter().filter(|&&message| message == post.message).count();
            assert!(times <= lost, "{:?} was sent again: {heard:?}", post.message);
            heard.messages.push(post.message);
        };
        match chance {
            ..0.5 => {
                arrive();
                let (ticket, message) = (post.ticket, post.message);
                self.unsaved.push(Unsaved { place, message, ticket, is_known: false });
                Answer::Accepted
            }
            ..0.65 => {
                arrive();
                heard.lost.push(post.message);
                Answer::Unknown
            }
            ..0.8 => Answer::Unknown,
            ..0.98 => {
                let after_ms = self.random.bool().then(|| self.random.u64(..600_000));
                Answer::TryLater { after_ms }
            }
            _ => {
                heard.refused = true;
                Answer::Refused
            }
        }
    }

    /// A source goes down, comes back, or time passes.
    fn step(&mut self) {
        self.now_ms += self.random.u64(..400_000);
        let source = self.random.usize(..SOURCES).to_string();
        let at = self.worker.open.iter().position(|incident| incident.source == source);
        let effects = match (self.random.u8(..3), at) {
            (0, _) => self.worker.outbox.tick(self.now_ms),
            (_, None) => {
                let incident = incident(&source, self.now_ms);
                self.worker.open.push(incident.clone());
                self.worker.outbox.opened(self.now_ms, &incident, &self.channels)
            }
            (_, Some(at)) => self.end(at),
        };
        self.run(effects);
    }

    fn end(&mut self, at: usize) -> Vec<Effect> {
        let incident = Incident { ended_ms: Some(self.now_ms), ..self.worker.open.remove(at) };
        self.worker.outbox.closed(self.now_ms, &incident)
    }

    /// All troubles end, and the channels work for a day.
    fn settle(&mut self) {
        self.calm = true;
        while !self.worker.open.is_empty() {
            let effects = self.end(0);
            self.run(effects);
        }
        for _ in 0..100 {
            self.now_ms += 1_800_000;
            let effects = self.worker.outbox.tick(self.now_ms);
            self.run(effects);
        }
        assert!(self.worker.outbox.entries.is_empty(), "{:?}", self.worker.outbox.entries);
    }

    fn check(&self) {
        for ((channel, ..), heard) in &self.heard {
            let first = |wanted| heard.messages.iter().position(|&message| message == wanted);
            let trigger = first(Message::Trigger);
            let end = first(Message::Resolve).or(first(Message::WasDown));
            assert!(heard.refused || trigger.is_none() || end.is_some(), "never ended: {heard:?}");
            if let Some(end) = first(Message::Resolve) {
                // A pager drops a resolve that ends nothing; it is sent when nobody knows whether the trigger arrived.
                assert!(
                    channel == "pager" || trigger.is_some_and(|trigger| trigger < end),
                    "{heard:?}"
                );
                assert!(first(Message::WasDown).is_none(), "ended twice: {heard:?}");
            }
            assert!(channel != "pager" || first(Message::WasDown).is_none(), "{heard:?}");
            let last = heard.messages.iter().rposition(|&message| message == Message::Trigger);
            assert!(end.is_none() || last < end, "begins after its end: {heard:?}");
        }
    }
}

fn incident(source: &str, now_ms: u64) -> Incident {
    Incident {
        key: format!("salt:{source}"),
        source: source.to_owned(),
        kind: Kind::Failing,
        started_ms: now_ms,
        ended_ms: None,
        causes: Vec::new(),
        asks: 3,
        failures: 3,
        status_words: String::new(),
        deeds: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn deaths_double_and_lose_nothing(seed in any::<u64>(), steps in 1_usize..40) {
        let mut world = World::new(seed);
        for _ in 0..steps {
            world.step();
        }
        world.settle();
        world.check();
    }
}
