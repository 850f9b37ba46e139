//! Counts, detector and outbox together.

use unstuck_diagnose::Cause;

use super::*;
use crate::{Message, Post, Waits};

const NOON: u64 = 1_700_000_000_000;
const MINUTE: u64 = 60_000;

fn call(failure: Option<Cause>) -> Call<'static> {
    Call {
        source: "a",
        name: "A",
        provider: None,
        host: "",
        model: "one",
        failure,
        tries: 1,
        retries: 0,
        waits: Waits::default(),
        answered_by: None,
        first_chunk_s: None,
        duration_s: 1.0,
    }
}

fn failing() -> (Health, Outcome) {
    let mut health = Health::new("salt");
    health.set_channels(vec![Channel { id: "slack".into(), pages: false }]);
    let mut outcome = Outcome::default();
    for minute in 0..3 {
        outcome = health.call(NOON + minute * MINUTE, &call(Some(Cause::ServerError)));
    }
    (health, outcome)
}

fn post(outcome: &Outcome) -> &Post {
    match &outcome.effects[..] {
        [Effect::Save, Effect::Post(post), Effect::Wake(_)] => post,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_post_follows_its_save() {
    let (health, outcome) = failing();
    assert_eq!((post(&outcome).message, post(&outcome).incident.failures), (Message::Trigger, 3));
    assert_eq!(
        (health.standing(NOON + 2 * MINUTE, "a"), health.open().len()),
        (Standing::Failing, 1)
    );
    assert_eq!(health.windows().counts(NOON + 2 * MINUTE, "a", Span::Day).asks, 3);
}

#[test]
fn late_triggers_tell_the_latest() {
    let (mut health, outcome) = failing();
    let later = Answer::TryLater { after_ms: Some(10 * MINUTE) };
    health.answered(NOON + 2 * MINUTE, post(&outcome).ticket, later);
    health.call(NOON + 3 * MINUTE, &call(Some(Cause::BadGateway)));
    let outcome = health.tick(NOON + 13 * MINUTE);
    assert_eq!((post(&outcome).incident.failures, post(&outcome).incident.causes.len()), (4, 2));
}

/// The worker dies with a post under way and starts again with what was saved.
#[test]
fn starts_go_on_with_posts() {
    let (health, outcome) = failing();
    let saved = postcard::to_allocvec(&health).unwrap();
    let mut health: Health = postcard::from_bytes(&saved).unwrap();
    let Some(Effect::Wake(at_ms)) = health.started(NOON + 3 * MINUTE).effects.pop() else {
        panic!()
    };
    let again = health.tick(at_ms);
    assert_eq!(post(&again).incident.key, post(&outcome).incident.key);
    // A day later nothing was heard of the source: the incident is over, and that is told.
    health.answered(at_ms, post(&again).ticket, Answer::Accepted);
    let outcome = health.started(NOON + 48 * 60 * MINUTE);
    assert_eq!(post(&outcome).message, Message::Resolve);
    assert_eq!(health.open(), []);
}

#[test]
fn lost_channels_hear_nothing_more() {
    let (mut health, _) = failing();
    health.set_channels(Vec::new());
    let outcome = health.forget(NOON + 3 * MINUTE, "a");
    assert!(matches!(outcome.changes[..], [Change::Closed(_)]));
    assert!(!outcome.effects.iter().any(|effect| matches!(effect, Effect::Post(_))));
    assert_eq!(health.windows().counts(NOON + 3 * MINUTE, "a", Span::Day).asks, 0);
}

/// What a start itself posts is under way: once it is taken, nothing more is told.
#[test]
fn starts_post_nothing_twice() {
    let (mut health, outcome) = failing();
    health.answered(NOON + 2 * MINUTE, post(&outcome).ticket, Answer::Accepted);
    let later = NOON + 48 * 60 * MINUTE;
    let outcome = health.started(later);
    health.answered(later, post(&outcome).ticket, Answer::Accepted);
    assert_eq!(health.tick(later + 10 * MINUTE), Outcome::default());
}

#[test]
fn ended_incidents_are_remembered_a_month() {
    let (mut health, outcome) = failing();
    health.answered(NOON + 2 * MINUTE, post(&outcome).ticket, Answer::Accepted);
    let closed = health.started(NOON + 48 * 60 * MINUTE);
    health.answered(NOON + 48 * 60 * MINUTE, post(&closed).ticket, Answer::Accepted);
    let past = health.past();
    let over = past.incidents(NOON + 48 * 60 * MINUTE).next().unwrap();
    assert_eq!((over.failures, over.causes.len()), (3, 1));
    let told: Vec<_> = past.told_of(over).map(|told| (&*told.channel, told.message)).collect();
    assert_eq!(told, [("slack", Message::Trigger), ("slack", Message::Resolve)]);
    assert_eq!(past.incidents(NOON + 32 * 24 * 60 * MINUTE).count(), 0);
    health.forget(NOON + 49 * 60 * MINUTE, "a");
    assert_eq!(health.past().incidents(NOON + 49 * 60 * MINUTE).count(), 0);
}

/// One more than is kept.
#[test]
fn past_incidents_stay_few() {
    let mut health = Health::new("salt");
    let mut now = NOON;
    for _ in 0..60 {
        for _ in 0..3 {
            now += MINUTE;
            health.call(now, &call(Some(Cause::ServerError)));
        }
        for _ in 0..12 {
            now += 10 * MINUTE;
            health.call(now, &call(None));
        }
    }
    let kept = health.past().incidents(now);
    assert_eq!(kept.count(), 50);
}
