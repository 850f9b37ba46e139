//! What rate-limit headers foresee, and the wait that follows.

use super::*;
use unstuck_health::Allowance;

impl World {
    /// An ask that is answered, and whose headers tell that so much of a hundred is left for a minute.
    fn answered_with_left(&mut self, remaining: u64) {
        let attempt_id = self.ask();
        let (now_ms, limit) = (self.now_ms, 100);
        let full_at_ms = Some(now_ms + 60_000);
        let allowance = Allowance { remaining, limit, full_at_ms, told_at_ms: now_ms };
        self.feed(Event::Allowed { attempt_id, allowance });
        self.chunk(attempt_id, "Yes.");
        self.feed(Event::Ended { attempt_id, tokens: None });
    }
}

#[test]
fn scarce_limits_slow_the_next_ask() {
    let mut world = World::new();
    world.answered_with_left(9);
    world.now_ms += 1_000;
    assert_eq!(sent(&world.asks("More")), None);
    let until_ms = NOON + 6_000;
    assert_eq!(world.call().phase, Phase::Waiting { until_ms, reason: Reason::Sparing });
    assert_eq!(world.state.next_wake(), Some(until_ms));
    world.now_ms = until_ms;
    assert!(sent(&world.feed(Event::Woke { online: true })).is_some());
    assert_eq!(world.call().waits.backoff_ms, 5_000);
}

#[test]
fn a_press_skips_the_pause() {
    let mut world = World::new();
    world.answered_with_left(0);
    assert_eq!(sent(&world.asks("More")), None);
    assert!(sent(&world.press(Press::Retry)).is_some());
}

/// Nobody waits for longer than ten seconds after the last answer, and nobody who was slow anyway.
#[test]
fn pauses_are_short() {
    let mut world = World::new();
    world.answered_with_left(0);
    world.now_ms += 10_000;
    assert!(sent(&world.asks("More")).is_some());
    let mut world = World::new();
    world.answered_with_left(10);
    assert!(sent(&world.asks("More")).is_some(), "a tenth is left");
}
