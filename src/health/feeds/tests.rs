//! When numbers are pushed, and that none counts twice.

use unstuck_diagnose::Cause;

use super::*;
use crate::{Health, Outcome, Parcel, Waits, batch::Batch};

const NOON: u64 = 1_700_000_000_000;
const MINUTE: u64 = 60_000;
const CANARY: &str = "canary7Qz9";

fn call(failure: Option<Cause>) -> Call<'static> {
    Call {
        source: "canary7Qz9-source",
        name: "canary7Qz9 AI",
        provider: None,
        host: "canary7Qz9.internal.example",
        model: "m",
        failure,
        tries: 1,
        retries: 0,
        waits: Waits::default(),
        answered_by: None,
        first_chunk_s: None,
        duration_s: 1.0,
    }
}

/// A health with one feed, and its clock.
struct Fed {
    health: Health,
    now_ms: u64,
}

impl Fed {
    fn new(temporality: Temporality) -> Self {
        let mut health = Health::new("salt");
        let feed = Feed { id: "canary7Qz9-feed".into(), temporality };
        assert!(health.set_feeds(NOON, vec![feed.clone()]));
        assert!(!health.set_feeds(NOON, vec![feed]), "the same ones are no others");
        Self { health, now_ms: NOON }
    }

    fn asks(&mut self, times: usize) {
        for _ in 0..times {
            self.health.call(self.now_ms, &call(None));
        }
    }

    /// Time passes until something is pushed: its ticket.
    fn pushes(&mut self) -> u64 {
        loop {
            let outcome = self.health.tick(self.now_ms);
            if let [Effect::Save, Effect::Push { ticket, .. }, ..] = outcome.effects[..] {
                return ticket;
            }
            self.now_ms = outcome.wakes().expect("something is due");
        }
    }

    fn batch(&self, ticket: u64) -> Batch {
        match self.health.parcel(self.now_ms, ticket) {
            Some(Parcel::Numbers(batch)) => batch,
            other => panic!("{other:?}"),
        }
    }

    fn answered(&mut self, ticket: u64, answer: Answer) -> Outcome {
        self.health.answered(self.now_ms, ticket, answer)
    }

    /// Asks told by the next push, and those that it says were dropped.
    fn told(&mut self) -> (u64, u64) {
        let ticket = self.pushes();
        let batch = self.batch(ticket);
        self.answered(ticket, Answer::Accepted);
        (batch.asks(), batch.dropped())
    }
}

impl Outcome {
    fn wakes(&self) -> Option<u64> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Wake(at_ms) => Some(*at_ms),
            _ => None,
        })
    }
}

#[test]
fn nothing_is_pushed_without_asks() {
    let mut fed = Fed::new(Temporality::Delta);
    assert_eq!(fed.health.tick(NOON + 600 * MINUTE).effects, []);
    fed.asks(3);
    assert_eq!(fed.told(), (3, 0));
    assert!(fed.now_ms >= NOON + INTERVAL_MS && fed.now_ms < NOON + INTERVAL_MS + SPREAD_MS);
    assert_eq!(fed.health.tick(fed.now_ms + 600 * MINUTE).wakes(), None);
}

#[test]
fn pushes_are_never_close() {
    let mut fed = Fed::new(Temporality::Delta);
    let mut last_ms = 0;
    for _ in 0..50 {
        fed.asks(1);
        assert_eq!(fed.told(), (1, 0));
        assert!(fed.now_ms >= last_ms + INTERVAL_MS);
        last_ms = fed.now_ms;
    }
}

#[test]
fn lost_deltas_are_counted() {
    let mut fed = Fed::new(Temporality::Delta);
    fed.asks(4);
    let ticket = fed.pushes();
    fed.answered(ticket, Answer::Unknown);
    fed.asks(2);
    let ticket = fed.pushes();
    // Nobody says anything at all.
    fed.now_ms += PATIENCE_MS;
    fed.health.tick(fed.now_ms);
    fed.answered(ticket, Answer::Accepted);
    fed.asks(1);
    assert_eq!(fed.told(), (1, 6));
    fed.asks(1);
    assert_eq!(fed.told(), (1, 0));
}

#[test]
fn what_was_not_taken_goes_along() {
    let mut fed = Fed::new(Temporality::Delta);
    fed.asks(4);
    for answer in [Answer::Refused, Answer::TryLater { after_ms: Some(30 * MINUTE) }] {
        let ticket = fed.pushes();
        let since_ms = fed.batch(ticket).since_ms;
        assert_eq!(since_ms, NOON, "it still begins where the first one did");
        fed.asks(1);
        fed.answered(ticket, answer);
    }
    let before_ms = fed.now_ms;
    assert_eq!(fed.told(), (6, 0));
    assert!(fed.now_ms >= before_ms + 30 * MINUTE);
}

#[test]
fn deaths_lose_what_may_have_arrived() {
    let mut fed = Fed::new(Temporality::Delta);
    fed.asks(2);
    fed.pushes();
    fed.asks(3);
    fed.health.started(fed.now_ms);
    assert_eq!(fed.told(), (3, 2));
}

#[test]
fn cumulative_numbers_only_grow() {
    let mut fed = Fed::new(Temporality::Cumulative);
    fed.asks(2);
    let ticket = fed.pushes();
    assert_eq!(fed.batch(ticket).instance, "salt");
    fed.answered(ticket, Answer::Unknown);
    assert_eq!(fed.told(), (2, 0), "it is pushed again");
    fed.asks(3);
    fed.pushes();
    fed.health.started(fed.now_ms);
    assert_eq!(fed.told(), (5, 0));
    let fails = call(Some(Cause::ServerError));
    (0..3).for_each(|_| drop(fed.health.call(fed.now_ms, &fails)));
    let ticket = fed.pushes();
    let batch = fed.batch(ticket);
    assert_eq!((batch.asks(), batch.since_ms), (8, NOON));
    assert_eq!(batch.up.iter().map(|(_, up)| *up).collect::<Vec<_>>(), [false]);
}

/// Whole offices wake at nine.
#[test]
fn what_was_slept_through_waits() {
    let mut fed = Fed::new(Temporality::Delta);
    fed.asks(1);
    let due_ms = fed.health.tick(NOON).wakes().unwrap();
    for late_ms in [0, LATE_MS] {
        let mut woken = fed.health.clone();
        woken.started(due_ms + late_ms);
        assert!(!woken.tick(due_ms + late_ms).effects.is_empty(), "an alarm woke the worker");
    }
    let morning_ms = due_ms + 600 * MINUTE;
    let wake_ms = fed.health.started(morning_ms).wakes().unwrap();
    assert!(wake_ms >= morning_ms + 10 * MINUTE, "{}", wake_ms - morning_ms);
}

#[test]
fn clocks_set_back_delay_no_push() {
    let mut fed = Fed::new(Temporality::Delta);
    fed.asks(1);
    fed.now_ms -= 24 * 60 * MINUTE;
    let wake_ms = fed.health.tick(fed.now_ms).wakes().unwrap();
    assert!(wake_ms <= fed.now_ms + INTERVAL_MS + SPREAD_MS);
    let ticket = fed.pushes();
    let batch = fed.batch(ticket);
    assert!(batch.since_ms <= batch.at_ms);
}

/// It is pressed a dozen times within hours, and then waits for the next ask.
#[test]
fn who_never_answers_is_left_alone() {
    let mut fed = Fed::new(Temporality::Cumulative);
    fed.asks(1);
    let mut pushes = 0;
    while fed.health.tick(fed.now_ms).wakes().is_some() {
        let ticket = fed.pushes();
        fed.answered(ticket, Answer::Refused);
        pushes += 1;
    }
    assert_eq!(pushes, MOST_TRIES);
    assert!(fed.now_ms < NOON + 24 * 60 * MINUTE);
    fed.asks(1);
    assert_eq!(fed.told(), (2, 0));
}

#[test]
fn no_name_is_in_the_bytes() {
    for temporality in [Temporality::Delta, Temporality::Cumulative] {
        let mut fed = Fed::new(temporality);
        fed.asks(3);
        fed.health.call(fed.now_ms, &Call { model: "canary7Qz9 secret", ..call(None) });
        let ticket = fed.pushes();
        let batch = fed.batch(ticket);
        let told = String::from_utf8_lossy(&batch.encode()).into_owned();
        assert!(told.contains("custom") && told.contains("_OTHER") && !told.contains(CANARY));
        let has_instance = told.contains("service.instance.id");
        assert_eq!(has_instance, temporality == Temporality::Cumulative);
    }
}
