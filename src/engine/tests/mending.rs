//! Stories of what happens after the failure: a second probe, a fix elsewhere, an attempt at a later time.

use super::*;
use unstuck_diagnose::{Probes, Reach};

fn unknown() -> Failure {
    Failure {
        error_name: Some("TypeError".into()),
        message: Some("Failed to fetch".into()),
        context: Some(unstuck_diagnose::Context::Worker),
        ..Failure::default()
    }
}

fn with_probes(host: Reach, other: Reach) -> Failure {
    let probes = Probes { host: Some(host), other: Some(other), ..Probes::default() };
    Failure { probes: Some(probes), ..unknown() }
}

fn probes(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Probe { .. }))
}

/// An undecided failure is probed, and its diagnosis changes in place.
#[test]
fn unclear_failure_is_probed_and_updated() {
    let mut world = World::new();
    let attempt_id = world.ask();
    assert!(probes(&world.fail(attempt_id, unknown())));
    assert_eq!(world.call().probe, ProbeState::Running);
    let failure = Box::new(with_probes(Reach::Silent, Reach::Silent));
    world.feed(Event::Probed { attempt_id, failure });
    assert_eq!(world.call().diagnosis.as_ref().unwrap().cause, Cause::Offline);
    assert!(matches!(world.call().phase, Phase::Waiting { reason: Reason::Offline, .. }));
    assert_eq!(world.state.incidents.len(), 1);
    assert_eq!(world.state.incidents[0].diagnosis.cause, Cause::Offline);
}

#[test]
fn clear_failure_is_not_probed() {
    let mut world = World::new();
    let attempt_id = world.ask();
    assert!(!probes(&world.fail(attempt_id, too_many(2))));
}

#[test]
fn late_probe_result_is_ignored() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, unknown());
    let again = sent(&world.press(Press::Retry)).unwrap();
    let failure = Box::new(with_probes(Reach::Silent, Reach::Silent));
    world.feed(Event::Probed { attempt_id, failure });
    assert_eq!((world.call().phase, world.call().attempt_id()), (Phase::Requesting, again));
}

/// While it is looked into, after that, and in the worker's next life.
#[test]
fn a_denied_call_can_insist() {
    let mut world = World::new();
    let denied = Failure { status: Some(403), ..Failure::default() };
    let attempt_id = world.ask();
    assert!(probes(&world.fail(attempt_id, denied.clone())));
    let attempt_id = sent(&world.press(Press::Retry)).expect("the look goes on");
    assert!(
        probes(&world.fail(attempt_id, denied.clone())),
        "what stays unclear is looked into again"
    );
    world.feed(Event::Probed { attempt_id, failure: Box::new(denied.clone()) });
    assert_eq!((world.call().phase, world.call().probe), (Phase::Failed, ProbeState::Over));
    let attempt_id = sent(&world.press(Press::Retry)).expect("the look is over");
    world.fail(attempt_id, denied);
    world.feed(Event::Started { seed: 2, damaged: false, inherited: None });
    assert!(sent(&world.press(Press::Retry)).is_some());
}

#[test]
fn returning_from_fix_suggests_retry() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let mut refused = status(401);
    refused.provider = Some("openai".into());
    world.fail(attempt_id, refused);
    let frame = world.frame.clone();
    world.feed(Event::Returned { frame: frame.clone() });
    assert_eq!(world.state.card(&frame).unwrap().note, None, "they had not gone anywhere");
    let actions = &world.call().diagnosis.as_ref().unwrap().actions;
    let page = actions.iter().position(|action| action.url.is_some()).unwrap();
    world.press(Press::Open { action: page });
    world.feed(Event::Returned { frame: frame.clone() });
    assert_eq!(world.state.card(&frame).unwrap().note, Some(Note::TryAgain));
}

/// Once the missing access is granted, what was never sent goes out.
#[test]
fn granted_access_sends_the_held_call() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let mut refused = unknown();
    refused.site_access = Some(false);
    refused.trail = Some(Vec::new());
    world.fail(attempt_id, refused);
    assert_eq!(world.call().diagnosis.as_ref().unwrap().cause, Cause::SiteAccessMissing);
    assert!(sent(&world.feed(Event::AccessGranted)).is_some());
}

/// An attempt can be scheduled for the time at which a cap opens.
#[test]
fn retry_can_wait_for_cap() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let capped = Failure {
        provider: Some("chatgpt_web".into()),
        status: Some(429),
        body: Some(r#"{"error":{"type":"usage_limit_reached","message":"The usage limit has been reached","resets_in_seconds":7200}}"#.into()),
        now_ms: Some(NOON),
        ..Failure::default()
    };
    world.fail(attempt_id, capped);
    assert_eq!(world.call().phase, Phase::Failed);
    let effects = world.press(Press::Schedule);
    let Some(Effect::WakeAt { at_ms }) = effects.last() else { panic!("{effects:?}") };
    assert!((NOON + 7_200_000..=NOON + 7_320_000).contains(at_ms), "{effects:?}");
    world.now_ms = at_ms - 1;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
    world.now_ms += 1;
    assert!(sent(&world.feed(Event::Woke { online: true })).is_some());
}
