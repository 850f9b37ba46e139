//! The engine driven by hand: every test is a short story of events.

mod address;
mod allowance;
mod allowed;
mod changed;
mod channels;
mod consent;
mod draft_requests;
mod exports;
mod health;
mod health_check;
mod hidden;
mod keeping;
mod limits;
mod mending;
mod notify;
mod page;
mod sources;

use super::*;
use crate::assistant::Task;
use unstuck_diagnose::{Cause, Failure, When};

const NOON: u64 = 1_700_000_000_000;
const SITE: &str = "https://chat.example";

struct World {
    state: State,
    now_ms: u64,
    frame: FrameRef,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            state: State::default(),
            now_ms: NOON,
            frame: FrameRef { tab: 7, id: 0, document: "D".into() },
        };
        world.feed(Event::Started { seed: 42, damaged: false, inherited: None });
        let source = Source {
            id: "lab".into(),
            name: "Lab".into(),
            base_url: "http://127.0.0.1:1/v1".into(),
            model: "m".into(),
            ..Source::default()
        };
        world.feed(Event::Configured {
            settings: Settings {
                sources: vec![source],
                agreed: Settings::EDITION,
                ..Settings::default()
            },
        });
        let frame = world.frame.clone();
        world.feed(Event::Opened { frame, site: SITE.into() });
        world
    }

    fn feed(&mut self, event: Event) -> Vec<Effect> {
        let effects = step(&mut self.state, self.now_ms, event);
        let Restored { mut state, damaged } = State::from_bytes(&self.state.to_bytes());
        state.settings = self.state.settings.clone();
        state.health = self.state.health.clone();
        state.answered.clone_from(&self.state.answered);
        state.health_wake_ms = self.state.health_wake_ms;
        state.trouble = self.state.trouble;
        assert_eq!((&state, damaged), (&self.state, false), "the journal holds everything");
        if let Some(sent) = effects.iter().position(|e| matches!(e, Effect::Send { .. })) {
            assert!(
                effects[..sent].contains(&Effect::Journal),
                "nothing is sent before it is written down"
            );
        }
        if let Some(posted) = effects.iter().position(|e| matches!(e, Effect::Post { .. })) {
            assert!(effects[..posted].contains(&Effect::KeepHealth), "nor told to others");
        }
        effects
    }

    fn press(&mut self, press: Press) -> Vec<Effect> {
        let frame = self.frame.clone();
        self.feed(Event::Pressed { frame, press, typed: Typed::default(), seq: 0 })
    }

    fn asks(&mut self, prompt: &str) -> Vec<Effect> {
        let (frame, typed) = (self.frame.clone(), Typed::prompt(prompt));
        self.feed(Event::Pressed { frame, press: Press::Ask, typed, seq: 0 })
    }

    fn ask(&mut self) -> AttemptId {
        sent(&self.asks("Say yes")).unwrap()
    }

    fn fail(&mut self, attempt_id: AttemptId, failure: Failure) -> Vec<Effect> {
        self.feed(Event::Failed { attempt_id, failure: Box::new(failure) })
    }

    fn call(&self) -> &Call {
        self.state.card(&self.frame).unwrap().call.as_ref().unwrap()
    }

    fn chunk(&mut self, attempt_id: AttemptId, text: &str) {
        self.feed(Event::Chunk { attempt_id, text: text.into() });
    }
}

fn sent(effects: &[Effect]) -> Option<AttemptId> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send { attempt_id, .. } => Some(*attempt_id),
        _ => None,
    })
}

fn status(code: u16) -> Failure {
    Failure { status: Some(code), now_ms: Some(NOON), ..Failure::default() }
}

fn too_many(seconds: u32) -> Failure {
    let mut failure = status(429);
    failure.headers.insert("retry-after".into(), seconds.to_string());
    failure
}

/// Nothing is sent to anyone in the chat.
#[test]
fn ask_streams_and_inserts_without_sending() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Yes, ");
    world.chunk(attempt_id, "gladly.");
    world.feed(Event::Ended { attempt_id, tokens: None });
    assert_eq!((world.call().phase, world.call().received.as_str()), (Phase::Done, "Yes, gladly."));
    let frame = world.frame.clone();
    assert!(world.press(Press::Insert).contains(&Effect::Insert {
        frame: frame.clone(),
        text: "Yes, gladly.".into(),
        replaced: String::new()
    }));
    world.feed(Event::Inserted { frame, done: true });
    assert!(!world.state.card(&world.frame).unwrap().open);
}

#[test]
fn missing_box_leaves_draft_on_card() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Yes");
    world.feed(Event::Ended { attempt_id, tokens: None });
    world.press(Press::Insert);
    let frame = world.frame.clone();
    world.feed(Event::Inserted { frame, done: false });
    let card = world.state.card(&world.frame).unwrap();
    assert_eq!(
        (card.open, card.note, card.call.as_ref().unwrap().received.as_str()),
        (true, Some(Note::NoBox), "Yes")
    );
}

/// A server that names a wait is not called before it is over, whatever is pressed.
#[test]
fn no_press_undercuts_a_server_wait() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(20));
    let Phase::Waiting { until_ms, reason: Reason::Server } = world.call().phase else {
        panic!("{:?}", world.call().phase)
    };
    assert!((NOON + 20_000..=NOON + 24_000).contains(&until_ms));
    world.now_ms += 19_000;
    assert_eq!(sent(&world.press(Press::Retry)), None);
    world.press(Press::Cancel);
    assert_eq!(
        sent(&world.press(Press::Retry)),
        None,
        "cancelling does not shorten the server's wait"
    );
    world.now_ms = until_ms;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })).map(|t| t.attempt), Some(2));
}

#[test]
fn wait_holds_for_every_tab() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(20));
    world.frame.tab = 8;
    let frame = world.frame.clone();
    world.feed(Event::Opened { frame, site: SITE.into() });
    let effects = world.asks("Another");
    assert_eq!(sent(&effects), None);
    let Phase::Waiting { until_ms, reason: Reason::Server } = world.call().phase else {
        panic!("{:?}", world.call().phase)
    };
    assert!((NOON + 20_000..=NOON + 24_000).contains(&until_ms), "{until_ms}");
    assert!(effects.contains(&Effect::WakeAt { at_ms: until_ms }));
    world.now_ms = until_ms;
    assert!(sent(&world.feed(Event::Woke { online: true })).is_some());
    assert_eq!(
        sent(&world.feed(Event::Woke { online: true })),
        None,
        "calls that waited together do not leave together"
    );
    world.now_ms += limiter::DISTANCE_MS;
    assert!(sent(&world.feed(Event::Woke { online: true })).is_some());
}

/// A wait of our own making ends early at a press, and retries end after three attempts.
#[test]
fn own_wait_can_be_cut_short() {
    let mut world = World::new();
    let first = world.ask();
    world.fail(first, status(500));
    assert!(matches!(world.call().phase, Phase::Waiting { reason: Reason::Backoff, .. }));
    let second = sent(&world.press(Press::Retry)).unwrap();
    world.fail(second, status(500));
    world.now_ms += 60_000;
    let third = sent(&world.feed(Event::Woke { online: true })).unwrap();
    world.fail(third, status(500));
    assert_eq!((third.attempt, world.call().phase), (3, Phase::Failed));
    let fourth = sent(&world.press(Press::Retry)).unwrap();
    assert_eq!((fourth.attempt, world.call().tries), (4, 1));
}

/// Once output was shown, nothing is repeated by itself, and the text is kept.
#[test]
fn no_automatic_retry_after_output() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Half an answ");
    world.fail(attempt_id, status(500));
    assert_eq!(
        (world.call().phase, world.call().received.as_str()),
        (Phase::Failed, "Half an answ")
    );
}

#[test]
fn stopped_attempt_events_are_ignored() {
    let mut world = World::new();
    let attempt_id = world.ask();
    assert!(world.press(Press::Cancel).contains(&Effect::Abort { attempt_id }));
    world.chunk(attempt_id, "late");
    world.feed(Event::Ended { attempt_id, tokens: None });
    world.fail(attempt_id, status(500));
    assert_eq!((world.call().phase, world.call().received.as_str()), (Phase::Cancelled, ""));
}

#[test]
fn double_press_makes_one_call() {
    let mut world = World::new();
    world.ask();
    assert_eq!(sent(&world.asks("Say yes")), None);
    assert_eq!(sent(&world.press(Press::Retry)), None);
    assert_eq!(sent(&world.press(Press::Regenerate)), None);
}

#[test]
fn offline_call_resumes_online() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(
        attempt_id,
        Failure { net_error: Some("net::ERR_INTERNET_DISCONNECTED".into()), ..Failure::default() },
    );
    assert!(matches!(
        world.call().phase,
        Phase::Waiting { until_ms: u64::MAX, reason: Reason::Offline }
    ));
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
    assert!(sent(&world.feed(Event::Online)).is_some());
}

/// The worker tells what it interrupted and repeats nothing.
#[test]
fn restarted_worker_reports_the_interruption() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Half");
    let effects = world.feed(Event::Started { seed: 1, damaged: false, inherited: None });
    assert_eq!(sent(&effects), None);
    assert!(matches!(effects[..2], [Effect::Keep { .. }, Effect::Journal]), "{effects:?}");
    assert_eq!((world.call().phase, world.call().received.as_str()), (Phase::Failed, "Half"));
    assert_eq!(world.call().diagnosis.as_ref().unwrap().cause, Cause::ExtensionRestarted);
}

#[test]
fn a_wait_survives_the_worker() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(40));
    world.now_ms += 100_000;
    assert!(
        sent(&world.feed(Event::Started { seed: 1, damaged: false, inherited: None })).is_some()
    );
}

/// The worker has to live for a call and a short wait, but not for a long one.
#[test]
fn worker_lives_through_short_waits() {
    let mut world = World::new();
    let busy = |world: &World| world.state.is_busy(&world.frame, world.now_ms);
    let attempt_id = world.ask();
    assert!(busy(&world));
    world.fail(attempt_id, too_many(20));
    assert!(busy(&world));
    world.press(Press::Cancel);
    assert!(!busy(&world));
    world.state.limiter_mut("lab").close(NOON, NOON + 3_600_000, NOON + 3_600_000);
    world.press(Press::Retry);
    assert!(matches!(world.call().phase, Phase::Waiting { .. }) && !busy(&world));
    world.now_ms += 3_600_000 - 20_000;
    assert!(busy(&world));
}

#[test]
fn failure_stays_until_an_answer() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, status(401));
    assert_eq!(
        (world.state.unsettled_in(7), world.state.cause_in(7)),
        (1, Some(Cause::InvalidApiKey))
    );
    assert_eq!(world.state.incidents[0].diagnosis.retry.when, When::AfterFix);
    let again = sent(&world.press(Press::Retry)).unwrap();
    world.fail(again, status(401));
    assert_eq!(world.state.incidents.len(), 1, "one call is one entry");
    let again = sent(&world.press(Press::Retry)).unwrap();
    world.chunk(again, "ok");
    world.feed(Event::Ended { attempt_id: again, tokens: None });
    assert_eq!(world.state.unsettled_in(7), 0);
}

/// Meanwhile the ask is kept.
#[test]
fn ask_without_source_opens_options() {
    let mut world = World::new();
    world.feed(Event::Configured { settings: Settings::default() });
    let effects = world.asks("Keep me");
    assert!(effects.contains(&Effect::OpenOptions));
    assert_eq!(world.state.card(&world.frame).unwrap().request.prompt, "Keep me");
}

#[test]
fn closing_page_stops_its_call() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let frame = world.frame.clone();
    assert!(world.feed(Event::Gone { frame }).contains(&Effect::Abort { attempt_id }));
    assert!(world.state.cards.is_empty());
}

#[test]
fn clock_jump_breaks_no_wait() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, status(500));
    world.now_ms -= 86_400_000;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
    world.now_ms += 10 * 86_400_000;
    assert!(sent(&world.feed(Event::Woke { online: true })).is_some());
}
