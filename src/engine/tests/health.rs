//! What is counted of calls, and what a failing source leads to.

use super::*;
use unstuck_health::{Span, Standing};

const MINUTE: u64 = 60_000;

impl World {
    /// An ask that fails for good with this, or is answered.
    fn asks_once(&mut self, failure: Option<Failure>) -> Vec<Effect> {
        let attempt_id = self.ask();
        self.now_ms += 2_000;
        match failure {
            Some(failure) => self.fail(attempt_id, failure),
            None => {
                self.chunk(attempt_id, "Yes.");
                self.feed(Event::Ended { attempt_id, tokens: None })
            }
        }
    }

    fn counts(&self, span: Span) -> (u32, u32) {
        let counts = self.state.health.windows().counts(self.now_ms, "lab", span);
        (counts.asks, counts.failed())
    }
}

/// A failure that is not tried again by itself.
fn final_failure() -> Failure {
    status(500)
}

fn with_no_retries() -> World {
    let mut world = World::new();
    let mut settings = world.state.settings.clone();
    settings.policy.attempts = 1;
    settings.notify_outages = true;
    world.feed(Event::Configured { settings });
    world
}

fn outages(effects: &[Effect]) -> Vec<bool> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::TellOutage { is_over, .. } => Some(*is_over),
        _ => None,
    });
    told.collect()
}

#[test]
fn each_ask_counts_once() {
    let mut world = with_no_retries();
    assert!(world.asks_once(None).contains(&Effect::KeepHealth));
    world.asks_once(Some(final_failure()));
    world.asks_once(Some(status(401)));
    assert_eq!(world.counts(Span::Day), (3, 2));
    let times = world.state.health.windows().times(world.now_ms, "lab", Span::Day);
    let first = times.first_chunk.quantile(0.5).unwrap();
    assert!((1.95..2.05).contains(&first), "{first}");
}

/// A second look at a failure is no second failure.
#[test]
fn second_looks_count_nothing() {
    let mut world = with_no_retries();
    let unknown = Failure {
        error_name: Some("TypeError".into()),
        message: Some("Failed to fetch".into()),
        ..Failure::default()
    };
    let attempt_id = world.ask();
    world.fail(attempt_id, unknown.clone());
    assert_eq!(world.counts(Span::Day), (0, 0), "while it is looked into");
    for _ in 0..2 {
        world.feed(Event::Probed { attempt_id, failure: Box::new(unknown.clone()) });
    }
    assert_eq!(world.counts(Span::Day), (1, 1));
}

#[test]
fn retries_belong_to_their_ask() {
    let mut world = World::new();
    let first = world.ask();
    world.fail(first, too_many(2));
    assert_eq!(world.counts(Span::Day), (0, 0));
    world.now_ms += 4_000;
    let second = sent(&world.feed(Event::Woke { online: true })).unwrap();
    world.chunk(second, "Yes.");
    world.feed(Event::Ended { attempt_id: second, tokens: None });
    let counts = world.state.health.windows().counts(world.now_ms, "lab", Span::Day);
    assert_eq!((counts.asks, counts.failed(), counts.tries, counts.retries), (1, 0, 2, 1));
    assert_eq!(counts.waited_ms.as_deref().map(|waits| waits[0]), Some(4_000));
}

#[test]
fn an_outage_begins_and_ends() {
    let mut world = with_no_retries();
    let mut told = Vec::new();
    for _ in 0..4 {
        told.extend(outages(&world.asks_once(Some(final_failure()))));
        world.now_ms += MINUTE;
    }
    assert_eq!(told, [false]);
    assert_eq!(world.state.health.standing(world.now_ms, "lab"), Standing::Failing);
    for _ in 0..20 {
        world.now_ms += MINUTE;
        told.extend(outages(&world.asks_once(None)));
    }
    assert_eq!(told, [false, true]);
}

/// What a status page says belongs to the outage that lasts, and is written down once.
#[test]
fn status_words_join_the_outage() {
    let mut world = with_no_retries();
    let said = || Event::StatusSaid { source: "lab".into(), words: "Elevated errors".into() };
    assert!(!world.feed(said()).contains(&Effect::KeepHealth), "there is no outage");
    for _ in 0..3 {
        world.asks_once(Some(final_failure()));
    }
    assert!(world.feed(said()).contains(&Effect::KeepHealth));
    assert_eq!(world.state.health.incident("lab").unwrap().status_words, "Elevated errors");
    assert!(!world.feed(said()).contains(&Effect::KeepHealth), "that is known");
}

/// What the account is to blame for is no outage.
#[test]
fn own_faults_tell_no_outage() {
    let mut world = with_no_retries();
    for _ in 0..6 {
        assert!(outages(&world.asks_once(Some(status(401)))).is_empty());
        world.now_ms += MINUTE;
    }
}

#[test]
fn failing_sources_are_skipped() {
    let mut world = with_no_retries();
    let mut settings = world.state.settings.clone();
    let second = Source { id: "own".into(), name: "Own".into(), ..settings.sources[0].clone() };
    settings.sources.push(second);
    world.feed(Event::Configured { settings: settings.clone() });
    for _ in 0..4 {
        world.asks_once(Some(final_failure()));
        world.now_ms += MINUTE / 2;
    }
    world.ask();
    assert_eq!(world.call().source, "lab", "the person chose no other");
    world.press(Press::Cancel);
    let cause = world.state.limiter("lab").unwrap().trouble.unwrap();
    settings.fallbacks = vec![Fallback { cause, source: "own".into() }];
    world.feed(Event::Configured { settings });
    world.ask();
    assert_eq!(world.call().source, "own");
    world.press(Press::Cancel);
    world.state.limiters.clear();
    world.ask();
    assert_eq!(world.call().source, "own", "its outage outlives the browser");
}

#[test]
fn health_outlives_the_worker() {
    let mut world = with_no_retries();
    world.asks_once(None);
    let bytes = world.state.health_bytes();
    let mut next = State::default();
    next.take_health(&bytes, 1);
    assert_eq!(next.health, world.state.health);
    next.take_health(&bytes[..bytes.len() / 2], 1);
    assert_ne!(next.health, world.state.health, "damage begins anew");
}

/// It would seal what was just opened, with a key made for that where there is none.
#[test]
fn a_start_writes_no_health() {
    let mut world = with_no_retries();
    world.asks_once(None);
    for started in [State::default(), world.state] {
        let mut state = started;
        let event = Event::Started { seed: 1, damaged: false, inherited: None };
        let effects = step(&mut state, world.now_ms + MINUTE, event);
        assert!(!effects.contains(&Effect::KeepHealth));
    }
}

#[test]
fn removed_sources_are_forgotten() {
    let mut world = with_no_retries();
    world.asks_once(None);
    let settings = Settings { sources: Vec::new(), ..world.state.settings.clone() };
    world.feed(Event::Configured { settings });
    assert_eq!(world.counts(Span::Month), (0, 0));
}
