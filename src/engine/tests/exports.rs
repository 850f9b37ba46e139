//! What the engines of a team are fed, and that no death makes it more.

use super::*;
use unstuck_health::{Answer, Parcel};

const MINUTE: u64 = 60_000;

fn channel(kind: ChannelKind) -> Channel {
    Channel {
        id: kind.id().into(),
        kind,
        name: String::new(),
        origin: "https://sum.example".into(),
        ending: String::new(),
    }
}

/// A world with a store and one engine that is fed, in which a worker dies at one of its effects.
struct Fed {
    world: World,
    stored: Vec<u8>,
    /// Asks that were made, and those of them that were written down.
    asked: u64,
    kept: u64,
    told: u64,
    dropped: u64,
    /// How many effects are left to this life; none for a long life.
    life: Option<usize>,
}

impl Fed {
    fn new(kind: ChannelKind, life: Option<usize>) -> Self {
        let mut world = World::new();
        let settings = Settings { channels: vec![channel(kind)], ..world.state.settings.clone() };
        assert!(world.feed(Event::Configured { settings }).contains(&Effect::KeepHealth));
        let stored = world.state.health_bytes();
        Self { world, stored, asked: 0, kept: 0, told: 0, dropped: 0, life }
    }

    /// True when the worker dies instead.
    fn dies(&mut self) -> bool {
        let Some(left) = self.life.as_mut() else { return false };
        if *left > 0 {
            *left -= 1;
            return false;
        }
        self.life = None;
        self.asked = self.kept;
        let settings = self.world.state.settings.clone();
        self.world.state = State { settings, ..State::default() };
        self.world.state.take_health(&self.stored, 7);
        self.world.now_ms += 5_000;
        let started = self.world.feed(Event::Started { seed: 1, damaged: false, inherited: None });
        self.perform(started);
        let frame = self.world.frame.clone();
        self.world.feed(Event::Opened { frame, site: SITE.into() });
        true
    }

    /// False when the worker died meanwhile: what was left of its effects is nobody's.
    fn perform(&mut self, effects: Vec<Effect>) -> bool {
        for effect in effects {
            match effect {
                Effect::KeepHealth => {
                    if self.dies() {
                        return false;
                    }
                    self.stored = self.world.state.health_bytes();
                    self.kept = self.asked;
                }
                Effect::Post { ticket, .. } => {
                    if self.dies() {
                        return false;
                    }
                    let mut stored = State::default();
                    stored.take_health(&self.stored, 7);
                    let parcel = stored.health.parcel(self.world.now_ms, ticket);
                    let Some(Parcel::Numbers(batch)) = parcel else {
                        panic!("it is on the disk: {parcel:?}")
                    };
                    self.told += batch.asks();
                    self.dropped += batch.dropped();
                    if self.dies() {
                        return false;
                    }
                    let heard = self.world.feed(Event::Told { ticket, answer: Answer::Accepted });
                    if !self.perform(heard) {
                        return false;
                    }
                }
                _ => {}
            }
        }
        true
    }

    fn asks(&mut self) {
        let attempt_id = self.world.ask();
        self.world.now_ms += 2_000;
        self.world.chunk(attempt_id, "Yes.");
        self.asked += 1;
        let effects = self.world.feed(Event::Ended { attempt_id, tokens: None });
        self.perform(effects);
    }

    /// Time passes, and every alarm rings.
    fn passes(&mut self, ms: u64) {
        let until_ms = self.world.now_ms + ms;
        while let Some(at_ms) = self.world.state.next_wake().filter(|at_ms| *at_ms <= until_ms) {
            self.world.now_ms = self.world.now_ms.max(at_ms);
            let effects = self.world.feed(Event::Woke { online: true });
            self.perform(effects);
        }
        self.world.now_ms = self.world.now_ms.max(until_ms);
    }

    fn day(&mut self) {
        for _ in 0..3 {
            (0..3).for_each(|_| self.asks());
            self.passes(90 * MINUTE);
        }
    }
}

#[test]
fn each_ask_is_told_once() {
    for kind in [ChannelKind::OtlpDelta, ChannelKind::Datadog] {
        let mut fed = Fed::new(kind, None);
        fed.day();
        assert_eq!((fed.told, fed.dropped), (9, 0));
    }
}

/// Never more than was asked, and no more is missing than is told to be.
#[test]
fn deaths_make_numbers_no_greater() {
    let mut deaths = 0;
    loop {
        let mut fed = Fed::new(ChannelKind::OtlpDelta, Some(deaths));
        fed.day();
        let has_died = fed.life.take().is_none();
        // What was lost last is told with the next ask.
        fed.asks();
        fed.passes(180 * MINUTE);
        assert!(fed.told <= fed.kept, "death {deaths}: {} of {}", fed.told, fed.kept);
        assert!(fed.kept - fed.told <= fed.dropped, "death {deaths}: {} dropped", fed.dropped);
        deaths += 1;
        if !has_died {
            break;
        }
    }
    assert!(deaths > 15, "{deaths}");
}

/// The channels that are posted to; each takes it.
fn taken(world: &mut World, effects: Vec<Effect>) -> Vec<String> {
    let mut channels = Vec::new();
    for effect in effects {
        if let Effect::Post { ticket, channel } = effect {
            world.feed(Event::Told { ticket, answer: Answer::Accepted });
            channels.push(channel);
        }
    }
    channels
}

/// Numbers go to the engines that take numbers, incidents to the others.
#[test]
fn each_engine_gets_its_own() {
    let mut world = World::new();
    let mut settings = world.state.settings.clone();
    settings.policy.attempts = 1;
    settings.channels = ChannelKind::ENGINES.map(channel).into();
    world.feed(Event::Configured { settings });
    let mut posted = Vec::new();
    for _ in 0..3 {
        let attempt_id = world.ask();
        world.now_ms += 2_000;
        let effects = world.fail(attempt_id, status(500));
        posted.extend(taken(&mut world, effects));
    }
    world.now_ms += 8 * MINUTE;
    let effects = world.feed(Event::Woke { online: true });
    posted.extend(taken(&mut world, effects));
    assert_eq!(posted, ["splunk", "elastic", "otlp", "otlp_delta", "datadog"]);
}
