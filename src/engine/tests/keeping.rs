//! Stories of what must not be lost: half an answer, an ask whose page is gone, a damaged journal, a clock set back.

use super::*;

#[test]
fn cut_answer_continues_without_repeats() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "See you at the station");
    world.fail(attempt_id, status(500));
    let effects = world.press(Press::Continue);
    let Some(Effect::Send { begun, attempt_id, .. }) =
        effects.iter().find(|effect| matches!(effect, Effect::Send { .. })).cloned()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(begun, "See you at the station");
    assert_eq!(world.call().received, "See you at the station");
    world.chunk(attempt_id, "at the station ");
    world.chunk(attempt_id, "at eight.");
    world.feed(Event::Ended { attempt_id, tokens: None });
    assert_eq!(world.call().received, "See you at the station at eight.");
}

/// A retry that fails before its first word leaves the text that was there.
#[test]
fn failed_retry_keeps_earlier_text() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Half an answ");
    world.fail(attempt_id, status(500));
    let again = sent(&world.press(Press::Retry)).unwrap();
    world.fail(again, status(401));
    assert_eq!(world.call().received, "Half an answ");
    let anew = sent(&world.press(Press::Retry)).unwrap();
    world.chunk(anew, "Another");
    assert_eq!(world.call().received, "Another");
}

/// An ask whose page is gone comes back on the same site.
#[test]
fn lost_ask_returns_on_same_site() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, status(500));
    let frame = world.frame.clone();
    world.feed(Event::Gone { frame });
    assert_eq!(world.state.durable(NOON).asks.len(), 1);
    for (site, prompt) in [("https://other.example", ""), (SITE, "Say yes")] {
        world.frame.document.push('2');
        let frame = world.frame.clone();
        world.feed(Event::Opened { frame, site: site.into() });
        assert_eq!(world.state.card(&world.frame).unwrap().request.prompt, prompt);
    }
    assert!(world.state.orphaned.is_empty());
}

/// What is being typed is written down before a button is pressed, and no longer once it was answered.
#[test]
fn typing_outlives_an_update() {
    let mut world = World::new();
    let frame = world.frame.clone();
    let effects = world.feed(Event::Typed { frame, typed: Typed::prompt("Say n") });
    let Some(Effect::Keep { durable }) = effects.last_keep() else { panic!("{effects:?}") };
    assert_eq!(durable.asks[0].request.prompt, "Say n");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Paint { .. })), "{effects:?}");

    let mut next = World { state: State::default(), ..World::new() };
    next.feed(Event::Started { seed: 1, damaged: false, inherited: Some(durable.clone()) });
    let frame = next.frame.clone();
    next.feed(Event::Opened { frame, site: SITE.into() });
    assert_eq!(next.state.card(&next.frame).unwrap().request.prompt, "Say n");

    let attempt_id = world.ask();
    world.chunk(attempt_id, "Yes.");
    world.feed(Event::Ended { attempt_id, tokens: None });
    assert!(world.state.durable(NOON).asks.is_empty());
}

#[test]
fn wait_survives_a_browser_restart() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let effects = world.fail(attempt_id, too_many(50));
    let Some(Effect::Keep { durable }) = effects.last_keep() else { panic!("{effects:?}") };
    assert_eq!(durable.asks[0].request.prompt, "Say yes");

    let mut next = World::new();
    next.feed(Event::Started { seed: 7, damaged: false, inherited: Some(durable.clone()) });
    next.now_ms += 10_000;
    assert_eq!(sent(&next.asks("Again")), None);
    assert!(matches!(next.call().phase, Phase::Waiting { reason: Reason::Server, .. }));
    next.frame.document.push('2');
    let frame = next.frame.clone();
    next.feed(Event::Opened { frame, site: SITE.into() });
    assert_eq!(next.state.card(&next.frame).unwrap().note, Some(Note::AskKept));
}

trait LastKeep {
    fn last_keep(&self) -> Option<&Effect>;
}

impl LastKeep for Vec<Effect> {
    fn last_keep(&self) -> Option<&Effect> {
        self.iter().rfind(|effect| matches!(effect, Effect::Keep { .. }))
    }
}

#[test]
fn damaged_journal_keeps_its_readable_parts() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, status(401));
    let bytes = world.state.to_bytes();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let restored = State::from_bytes(&damaged);
        assert!(restored.damaged, "byte {at}");
        let kept = restored.state.cards.len() + restored.state.incidents.len();
        assert!(kept <= 2 && restored.state.last_call <= 1);
    }
    let mut cut = bytes.clone();
    cut.truncate(bytes.len() - 1);
    let restored = State::from_bytes(&cut);
    assert!(restored.damaged && restored.state.cards.len() == 1, "only the last part is lost");
    assert_eq!(restored.state.last_call, 1);
    assert!(!State::from_bytes(&[]).damaged);
}

/// A clock that was set back does not turn seconds into days.
#[test]
fn clock_set_back_keeps_waits_short() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(20));
    world.now_ms -= 3 * 86_400_000;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
    world.now_ms += 19_000;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
    world.now_ms += 6_000;
    assert!(sent(&world.feed(Event::Woke { online: true })).is_some());
}

/// A full store is reported and costs no running call.
#[test]
fn full_store_keeps_running_calls() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.feed(Event::JournalFailed);
    assert_eq!(world.state.trouble, Some(state::Trouble::Unsaved));
    world.chunk(attempt_id, "Yes");
    world.feed(Event::Ended { attempt_id, tokens: None });
    assert_eq!(world.call().received, "Yes");
}

#[test]
fn endless_answer_does_not_fill_store() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let page = "x".repeat(10_000);
    for _ in 0..100 {
        world.chunk(attempt_id, &page);
    }
    assert!(world.call().received.len() <= state::ANSWER_LIMIT);
}

#[test]
fn a_new_life_paints_waiting_calls() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, status(500));
    assert!(matches!(world.call().phase, Phase::Waiting { .. }));
    let frame = world.frame.clone();
    let paint = Effect::Paint { frame: frame.clone() };
    let started = world.feed(Event::Started { seed: 1, damaged: false, inherited: None });
    assert!(started.contains(&paint), "{started:?}");
    // The page is gone: nothing is sent for it, and the ask is kept.
    world.feed(Event::Gone { frame });
    world.now_ms += 3_600_000;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
    assert_eq!(world.state.orphaned.len(), 1);
}
