//! Who turned to something else during a long ask is told of its end.

use super::*;

fn told(effects: &[Effect]) -> Option<bool> {
    effects.iter().find_map(|effect| match effect {
        Effect::Notify { answered, .. } => Some(*answered),
        _ => None,
    })
}

/// An ask that takes so long, and ends with an answer or a failure.
fn asked(notify: bool, ms: u64, answered: bool) -> Option<bool> {
    let mut world = World::new();
    let settings = Settings { notify, ..world.state.settings.clone() };
    world.feed(Event::Configured { settings });
    let attempt_id = world.ask();
    world.now_ms += ms;
    if answered {
        world.chunk(attempt_id, "Yes.");
        return told(&world.feed(Event::Ended { attempt_id, tokens: None }));
    }
    told(&world.fail(attempt_id, status(401)))
}

#[test]
fn only_long_asks_notify() {
    assert_eq!(asked(true, LONG_ASK_MS, true), Some(true));
    assert_eq!(asked(true, LONG_ASK_MS, false), Some(false));
    assert_eq!(asked(true, LONG_ASK_MS - 1, true), None);
}

#[test]
fn nobody_is_told_unasked() {
    assert_eq!(asked(false, LONG_ASK_MS, true), None);
}

#[test]
fn a_retry_to_come_is_silent() {
    let mut world = World::new();
    let settings = Settings { notify: true, ..world.state.settings.clone() };
    world.feed(Event::Configured { settings });
    let attempt_id = world.ask();
    world.now_ms += LONG_ASK_MS;
    let effects = world.fail(attempt_id, too_many(2));
    assert!(matches!(world.call().phase, Phase::Waiting { .. }));
    assert_eq!(told(&effects), None);
}
