//! Stories of several sources and several tabs: the limiter, the budget, the breaker, and one source in place of another.

use super::*;
use crate::retry::breaker::FAILURES_TO_OPEN;

fn source(id: &str, base_url: &str) -> Source {
    Source {
        id: id.into(),
        name: id.into(),
        base_url: base_url.into(),
        model: "m".into(),
        ..Source::default()
    }
}

fn two_sources() -> Settings {
    let sources = vec![source("lab", "https://lab/v1"), source("own", "http://127.0.0.1:11434/v1")];
    Settings { sources, agreed: Settings::EDITION, ..Settings::default() }
}

impl World {
    fn with(settings: Settings) -> Self {
        let mut world = Self::new();
        world.feed(Event::Configured { settings });
        world
    }

    /// Another tab with its card open.
    fn turn_to_tab(&mut self, tab: i32) {
        self.frame = FrameRef { tab, id: 0, document: format!("D{tab}") };
        let frame = self.frame.clone();
        self.feed(Event::Opened { frame, site: SITE.into() });
    }

    fn fails_for_good(&mut self, failure: &Failure) {
        let mut attempt_id = self.ask();
        loop {
            self.fail(attempt_id, failure.clone());
            if !matches!(self.call().phase, Phase::Waiting { .. }) {
                return;
            }
            attempt_id = self.until_sent();
        }
    }

    /// Lets time pass until the call is sent again.
    fn until_sent(&mut self) -> AttemptId {
        loop {
            let Phase::Waiting { until_ms, .. } = self.call().phase else {
                panic!("{:?}", self.call().phase)
            };
            self.now_ms = self.now_ms.max(until_ms);
            if let Some(attempt_id) = sent(&self.feed(Event::Woke { online: true })) {
                return attempt_id;
            }
        }
    }
}

/// A source that fails several times in a row is left alone until one trial.
#[test]
fn failing_source_rests_until_trial() {
    let mut world = World::new();
    world.fails_for_good(&status(500));
    world.now_ms += limiter::DISTANCE_MS;
    let attempt_id = world.ask();
    world.fail(attempt_id, status(500));
    let fifth = world.until_sent();
    world.fail(fifth, status(500));
    assert_eq!(FAILURES_TO_OPEN, 5);
    world.press(Press::Cancel);
    assert_eq!(sent(&world.asks("Now?")), None);
    assert!(matches!(world.call().phase, Phase::Waiting { reason: Reason::Resting, .. }));
    let trial = sent(&world.press(Press::Retry)).expect("the person may insist");
    world.turn_to_tab(8);
    assert_eq!(sent(&world.asks("I too")), None);
    assert_eq!(
        world.call().phase,
        Phase::Waiting { until_ms: u64::MAX, reason: Reason::Turn },
        "one trial at a time"
    );
    world.chunk(trial, "ok");
    assert!(
        sent(&world.feed(Event::Ended { attempt_id: trial, tokens: None })).is_some(),
        "the trial decided"
    );
}

/// A trial that hangs keeps only those who do not insist.
#[test]
fn who_insists_waits_for_no_trial() {
    let mut world = World::new();
    world.fails_for_good(&status(500));
    world.now_ms += limiter::DISTANCE_MS;
    let attempt_id = world.ask();
    world.fail(attempt_id, status(500));
    let fifth = world.until_sent();
    world.fail(fifth, status(500));
    world.press(Press::Cancel);
    assert_eq!(sent(&world.asks("Now?")), None);
    assert!(sent(&world.press(Press::Retry)).is_some(), "the trial");
    world.turn_to_tab(8);
    assert_eq!(sent(&world.asks("I too")), None);
    assert!(sent(&world.press(Press::Retry)).is_some());
}

/// The stretch of a wait is ours. The wait is the server's.
#[test]
fn who_insists_waits_as_named() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(600));
    assert_eq!(world.call().phase, Phase::Failed);
    world.now_ms += 599_999;
    assert_eq!(sent(&world.press(Press::Retry)), None);
    assert!(matches!(world.call().phase, Phase::Waiting { reason: Reason::Server, .. }));
    world.now_ms += 1;
    assert!(sent(&world.press(Press::Retry)).is_some());
}

/// After five, the person decides.
#[test]
fn source_gets_five_automatic_retries() {
    let mut world = World::new();
    let mut retries = 0;
    for tab in 20..40 {
        world.turn_to_tab(tab);
        let attempt_id = world.ask();
        world.fail(attempt_id, too_many(1));
        while matches!(world.call().phase, Phase::Waiting { .. }) {
            let attempt_id = world.until_sent();
            retries += 1;
            world.fail(attempt_id, too_many(1));
        }
        world.now_ms += 5_000;
    }
    assert_eq!(retries, 5);
}

/// A source that answers one call at a time gets one call at a time.
#[test]
fn single_call_source_is_queued() {
    let mut world = World::new();
    let busy = Failure {
        status: Some(429),
        body: Some("Only one message at a time. Please allow any other responses to complete before sending another message.".into()),
        provider: Some("chatgpt_web".into()),
        ..Failure::default()
    };
    let attempt_id = world.ask();
    world.fail(attempt_id, busy);
    assert_eq!(world.call().diagnosis.as_ref().unwrap().cause, Cause::RequestInProgress);
    let first = sent(&world.press(Press::Retry)).unwrap();
    world.turn_to_tab(8);
    assert_eq!(sent(&world.asks("Second")), None);
    world.now_ms += 10_000;
    assert!(sent(&world.feed(Event::Ended { attempt_id: first, tokens: None })).is_some());
}

/// Another source answers at a press, or by itself if the person chose that.
#[test]
fn second_source_needs_press_or_consent() {
    let mut world = World::with(two_sources());
    let overloaded = Failure { status: Some(529), ..Failure::default() };
    world.fails_for_good(&overloaded);
    assert_eq!(world.call().source, "lab");
    assert_eq!(offered_source(&world.state, &world.frame, world.now_ms).unwrap().id, "own");
    let effects = world.press(Press::Switch { source: "own".into(), always: true });
    let fallback = Fallback { cause: Cause::ModelOverloaded, source: "own".into() };
    assert!(effects.contains(&Effect::KeepFallback { fallback }));
    let attempt_id = sent(&effects).unwrap();
    world.chunk(attempt_id, "Yes");
    world.feed(Event::Ended { attempt_id, tokens: None });
    assert_eq!((world.call().source.as_str(), world.call().phase), ("own", Phase::Done));

    world.now_ms += 3_600_000;
    world.fails_for_good(&overloaded);
    assert_eq!(world.call().source, "own", "the choice holds from now on");
    assert_eq!(world.call().tried, ["lab"], "the first source is asked first again");
}

/// A press for another source counts even if the wait has just ended.
#[test]
fn source_press_survives_ending_wait() {
    let mut world = World::with(two_sources());
    let elsewhere = || Press::Switch { source: "own".into(), always: true };
    let attempt_id = world.ask();
    world.fail(attempt_id, status(529));
    let again = world.until_sent();
    let effects = world.press(elsewhere());
    assert!(effects.contains(&Effect::Abort { attempt_id: again }), "nobody answers twice");
    let other = sent(&effects).unwrap();
    assert_eq!(world.call().source, "own");
    world.chunk(other, "Ye");
    assert_eq!(sent(&world.press(Press::Switch { source: "lab".into(), always: false })), None);
    world.feed(Event::Ended { attempt_id: other, tokens: None });
    assert_eq!(sent(&world.press(elsewhere())), None);
    assert_eq!((world.call().source.as_str(), world.call().phase), ("own", Phase::Done));
}

/// A source on this machine stands in only if the person allows it.
#[test]
fn local_source_stands_in_by_permission() {
    let quota = Failure {
        status: Some(429),
        body: Some(r#"{"error":{"code":"insufficient_quota"}}"#.into()),
        ..Failure::default()
    };
    for allowed in [false, true] {
        let mut world = World::with(Settings { local_fallback: allowed, ..two_sources() });
        let attempt_id = world.ask();
        let effects = world.fail(attempt_id, quota.clone());
        assert_eq!(sent(&effects).is_some(), allowed);
        assert_eq!(world.call().source, if allowed { "own" } else { "lab" });
    }
}

/// A failure that any other source would share stays where it is.
#[test]
fn shared_failure_stays_with_its_source() {
    let mut world = World::with(Settings { local_fallback: true, ..two_sources() });
    let attempt_id = world.ask();
    world.fail(attempt_id, status(400));
    assert_eq!((world.call().source.as_str(), world.call().phase), ("lab", Phase::Failed));
}

#[test]
fn source_change_keeps_shown_text() {
    let mut world = World::with(Settings { local_fallback: true, ..two_sources() });
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Half an answ");
    world.fail(attempt_id, status(529));
    assert_eq!(world.call().source, "lab");
    assert_eq!(world.call().received, "Half an answ");
}

#[test]
fn absurd_wait_does_not_lock_source() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(u32::MAX));
    assert_eq!(world.call().phase, Phase::Failed);
    assert!(sent(&world.press(Press::Retry)).is_some());
}

/// The next press goes to the sources that are left.
#[test]
fn removed_source_is_called_no_more() {
    let mut world = World::with(two_sources());
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(20));
    assert!(matches!(world.call().phase, Phase::Waiting { .. }));
    let mut settings = two_sources();
    settings.sources.remove(0);
    assert_eq!(sent(&world.feed(Event::Configured { settings })), None);
    assert_eq!(world.call().phase, Phase::Cancelled);
    world.now_ms += 60_000;
    assert_eq!(
        sent(&world.feed(Event::Woke { online: true })),
        None,
        "another source needs the person's word"
    );
    assert!(sent(&world.press(Press::Retry)).is_some());
    assert_eq!(world.call().source, "own");
}
