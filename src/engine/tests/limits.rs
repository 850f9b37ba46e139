//! Stories of what is too much: a typed text, a text of the page, a wait beyond any sense.

use super::*;
use crate::assistant::{Message, Task};
use unstuck_diagnose::{Evidence, Limit};

const TOO_MUCH: usize = 12 << 20;

fn card(world: &World) -> &Card {
    world.state.card(&world.frame).unwrap()
}

fn press_with(world: &mut World, press: Press, prompt: &str) -> Vec<Effect> {
    let (frame, typed) = (world.frame.clone(), Typed::prompt(prompt));
    world.feed(Event::Pressed { frame, press, typed, seq: 0 })
}

#[test]
fn too_long_asks_stay_unsent() {
    let mut world = World::new();
    let long = "x".repeat(TOO_MUCH);
    assert_eq!(sent(&world.asks(&long)), None);
    assert_eq!((card(&world).note, card(&world).editing), (Some(Note::TooLong), true));
    assert!(world.state.to_bytes().len() < 100_000);
    let other = FrameRef { tab: 8, id: 0, document: "D8".into() };
    let first = std::mem::replace(&mut world.frame, other.clone());
    world.feed(Event::Opened { frame: other, site: SITE.into() });
    assert!(sent(&world.asks("Say yes")).is_some(), "other tabs go on");
    world.frame = first;
    assert!(sent(&world.asks("Shorter")).is_some(), "and so does this one, once it is shorter");
    assert_eq!(card(&world).request.prompt, "Shorter");
}

#[test]
fn oversized_fields_are_left_alone() {
    let mut world = World::new();
    let long = "x".repeat(TOO_MUCH);
    press_with(&mut world, Press::Ask, "x");
    world.press(Press::Edit);
    for press in [Press::Ask, Press::Task { task: Task::Shorten }, Press::Read, Press::Close] {
        press_with(&mut world, press, &long);
        assert!(card(&world).open && card(&world).oversize);
        world.state.cards[0].note = None;
    }
    world.press(Press::Retry);
    assert!(card(&world).oversize, "a press from elsewhere brings no fields");
    press_with(&mut world, Press::Close, &long);
    press_with(&mut world, Press::Close, &long);
    assert!(!card(&world).open, "who was told may close it");
}

#[test]
fn page_texts_have_a_limit() {
    let mut world = World::new();
    world.state.settings.assistant.may_read = true;
    let frame = world.frame.clone();
    let message = |text: String| Message { mine: false, name: "Mara".into(), text };
    let messages = vec![message("old".into()), message("é".repeat(TOO_MUCH))];
    world.feed(Event::MessagesRead { frame: frame.clone(), messages });
    let taken = &card(&world).request.messages;
    assert!(taken.starts_with("Them: éé") && taken.len() <= 32 * 1024, "{}", taken.len());
    world.feed(Event::TextKept { frame: frame.clone(), text: "x".repeat(2_000) });
    assert!(world.state.to_bytes().len() > 34_000);
    let text = "x".repeat(TOO_MUCH);
    let _ = step(&mut world.state, NOON, Event::TextKept { frame: frame.clone(), text });
    assert!(world.state.to_bytes().len() < 100_000);
    assert_eq!(
        world.state.recovered_text(&frame).map(str::len),
        Some(TOO_MUCH),
        "and is shown whole"
    );
}

#[test]
fn over_limit_answers_are_not_repeated() {
    let mut world = World::new();
    let attempt_id = world.ask();
    let failure = Failure { limit: Some(Limit::Event), ..status(200) };
    assert_eq!(sent(&world.fail(attempt_id, failure)), None);
    let found = world.call().diagnosis.clone().unwrap();
    assert_eq!((found.cause, world.call().phase), (Cause::UnexpectedReply, Phase::Failed));
    assert!(found.evidence.contains(&Evidence::OverLimit { limit: Limit::Event }));
}

#[test]
fn absurd_waits_are_never_undercut() {
    for value in ["99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        for code in [429, 503, 500] {
            let mut world = World::new();
            let attempt_id = world.ask();
            let mut failure = status(code);
            failure.headers.insert("retry-after".into(), value.into());
            let effects = world.fail(attempt_id, failure);
            assert!(!effects.iter().any(|effect| matches!(effect, Effect::WakeAt { .. })));
            world.now_ms += 3_600_000;
            assert_eq!(sent(&world.feed(Event::Woke { online: true })), None, "{code} {value}");
            assert_eq!(world.call().phase, Phase::Failed);
        }
    }
}
