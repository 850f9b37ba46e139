//! Checks of sources without an ask: when they are made, and what they lead to.

use super::*;
use unstuck_health::{Span, Standing};

const MINUTE: u64 = 60_000;
/// A check is never later than this.
const LATEST: u64 = 6 * MINUTE;

fn checks(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::CheckHealth { .. })).count()
}

impl World {
    fn checked() -> Self {
        let mut world = Self::new();
        let mut settings = world.state.settings.clone();
        settings.policy.attempts = 1;
        settings.notify_outages = true;
        settings.sources[0].checked = true;
        world.feed(Event::Configured { settings });
        world
    }

    /// The alarm rings when it is set to.
    fn rings(&mut self, online: bool) -> usize {
        self.now_ms = self.state.next_wake().unwrap().max(self.now_ms);
        checks(&self.feed(Event::Woke { online }))
    }

    fn finds(&mut self, failure: Option<Failure>) -> Vec<Effect> {
        let failure = failure.map(Box::new);
        self.feed(Event::HealthChecked { source: "lab".into(), failure, took_ms: 80 })
    }

    fn standing(&self) -> Standing {
        self.state.health.standing(self.now_ms, "lab")
    }
}

fn told(effects: &[Effect]) -> Option<bool> {
    effects.iter().find_map(|effect| match effect {
        Effect::TellOutage { is_over, .. } => Some(*is_over),
        _ => None,
    })
}

#[test]
fn nothing_is_checked_unless_chosen() {
    let mut world = World::new();
    world.now_ms += 60 * MINUTE;
    assert_eq!(checks(&world.feed(Event::Woke { online: true })), 0);
    assert_eq!(world.state.next_wake(), None);
    let settings = world.state.settings.clone();
    let mut world = World::checked();
    assert!(world.state.next_wake().is_some());
    world.feed(Event::Configured { settings });
    assert_eq!(world.state.next_wake(), None, "switched off");
}

#[test]
fn five_minutes_lie_between_checks() {
    let mut world = World::checked();
    let mut last_ms = NOON;
    for _ in 0..100 {
        assert_eq!(world.rings(true), 1);
        let wait_ms = world.now_ms - last_ms;
        assert!((5 * MINUTE..=LATEST).contains(&wait_ms), "{wait_ms}");
        last_ms = world.now_ms;
        assert_eq!(checks(&world.feed(Event::Woke { online: true })), 0);
    }
}

/// Nor where the source answered an ask, answers one, or asked to be left alone.
#[test]
fn some_rounds_are_passed_over() {
    let mut world = World::checked();
    assert_eq!(world.rings(false), 0, "offline");
    world.now_ms = world.state.next_wake().unwrap() - MINUTE;
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Yes.");
    assert_eq!(world.rings(true), 0, "an answer arrives");
    world.now_ms += MINUTE;
    world.feed(Event::Ended { attempt_id, tokens: None });
    assert_eq!(world.rings(true), 0, "it has answered");
    assert_eq!(world.rings(true), 1);
    let mut busy = status(429);
    busy.headers.insert("retry-after".into(), "720".into());
    world.finds(Some(busy));
    assert_eq!([world.rings(true), world.rings(true)], [0; 2], "it asked for twelve minutes");
    assert_eq!(world.rings(true), 1);
}

#[test]
fn checks_see_outages_come_and_go() {
    let mut world = World::checked();
    let mut heard = Vec::new();
    for failure in [Some(status(503)), None].into_iter().flat_map(|one| vec![one; 4]) {
        assert_eq!(world.rings(true), 1);
        heard.extend(told(&world.finds(failure)));
    }
    assert_eq!(heard, [false, true]);
    assert_eq!(world.standing(), Standing::Ok);
    let counts = world.state.health.windows().counts(world.now_ms, "lab", Span::Month);
    assert_eq!((counts.asks, counts.tries), (0, 0), "no check is an ask");
    let past: Vec<_> = world.state.health.past().incidents(world.now_ms).collect();
    assert_eq!((past.len(), past[0].asks, past[0].failures), (1, 0, 0));
}

/// A list of models that arrives is no answer of the model.
#[test]
fn checks_excuse_no_failed_ask() {
    let mut world = World::checked();
    for _ in 0..3 {
        world.finds(None);
        let attempt_id = world.ask();
        world.fail(attempt_id, status(500));
        world.now_ms += MINUTE;
    }
    assert_eq!(world.standing(), Standing::Failing);
}

#[test]
fn own_faults_count_for_nothing() {
    let mut world = World::checked();
    let offline =
        Failure { online: Some(false), error_name: Some("TypeError".into()), ..Failure::default() };
    for failure in [status(401), status(404), offline] {
        for _ in 0..4 {
            world.finds(Some(failure.clone()));
        }
    }
    assert!(world.state.health.open().is_empty());
}

/// No browser that was just started, and no worker, checks sooner.
#[test]
fn restarts_hasten_no_check() {
    let mut world = World::checked();
    let next_ms = world.state.next_wake().unwrap();
    let settings = world.state.settings.clone();
    let start = || Event::Started { seed: 3, damaged: false, inherited: None };
    world.state =
        State { settings: settings.clone(), ..State::from_bytes(&world.state.to_bytes()).state };
    world.feed(start());
    assert_eq!(world.state.next_wake(), Some(next_ms));
    world.now_ms = next_ms;
    world.state = State { settings, ..State::default() };
    world.feed(start());
    assert!(world.state.next_wake().unwrap() >= next_ms + 5 * MINUTE);
}
