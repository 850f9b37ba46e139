//! Stories of tasks: what the page hands over, when it may, and where the draft goes.

use super::*;
use crate::assistant::{Message, Task};

fn task(world: &mut World, task: Task) -> Vec<Effect> {
    world.press(Press::Task { task })
}

fn box_holds(world: &mut World, text: &str) {
    let frame = world.frame.clone();
    world.feed(Event::BoxRead { frame, text: text.into() });
}

fn card(world: &World) -> &Card {
    world.state.card(&world.frame).unwrap()
}

fn answer(world: &mut World, attempt_id: AttemptId, text: &str) -> Vec<Effect> {
    world.chunk(attempt_id, text);
    world.feed(Event::Ended { attempt_id, tokens: Some(61) })
}

fn asked(world: &World) -> &str {
    &world.call().prompt
}

fn read(world: &mut World) -> Vec<Effect> {
    let frame = world.frame.clone();
    let messages = vec![
        Message { mine: false, name: "Mara Lind".into(), text: "Dinner, Ola?".into() },
        Message { mine: true, name: "Ola".into(), text: "When, Mara?".into() },
    ];
    world.feed(Event::MessagesRead { frame, messages })
}

/// The text of the box is read at the press, and the draft takes its place.
#[test]
fn draft_replaces_text_read_at_press() {
    let mut world = World::new();
    let frame = world.frame.clone();
    let effects = task(&mut world, Task::Shorten);
    assert!(effects.contains(&Effect::ReadBox { frame: frame.clone() }));
    box_holds(&mut world, "a rather long text");
    let attempt_id = sent(&world.press(Press::Ask)).unwrap();
    assert!(asked(&world).contains("> a rather long text"));
    answer(&mut world, attempt_id, "a text");
    let replaced = "a rather long text".to_owned();
    let insert = Effect::Insert { frame: frame.clone(), text: "a text".into(), replaced };
    assert!(world.press(Press::Insert).contains(&insert));
    world.feed(Event::Inserted { frame: frame.clone(), done: false });
    assert_eq!(card(&world).note, Some(Note::TextChanged));
    world.feed(Event::Inserted { frame, done: true });
    let card = card(&world);
    assert_eq!(
        (card.request.task, card.request.text.as_str(), card.taken.as_str()),
        Default::default()
    );
}

/// Text that was changed in the card is sent as it is and never overwritten.
#[test]
fn edited_text_is_sent_and_kept() {
    let mut world = World::new();
    task(&mut world, Task::Rewrite);
    box_holds(&mut world, "first");
    let frame = world.frame.clone();
    let typed = Typed { text: Some("first, and more".into()), ..Typed::default() };
    let press = Press::Task { task: Task::Translate };
    let effects = world.feed(Event::Pressed { frame, press, typed, seq: 1 });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::ReadBox { .. })));
    box_holds(&mut world, "late");
    world.press(Press::Ask);
    assert!(asked(&world).contains("> first, and more"));
}

/// A reply never takes the place of text that another task took up.
#[test]
fn reply_replaces_no_other_text() {
    let mut world = World::new();
    task(&mut world, Task::Rewrite);
    box_holds(&mut world, "mine");
    task(&mut world, Task::Reply);
    let attempt_id = sent(&world.asks("Say yes")).unwrap();
    answer(&mut world, attempt_id, "Yes");
    let effects = world.press(Press::Insert);
    let inserts =
        |effect: &Effect| matches!(effect, Effect::Insert { replaced, .. } if replaced.is_empty());
    assert!(effects.iter().any(inserts), "{effects:?}");
}

#[test]
fn empty_and_oversized_boxes_are_reported() {
    let mut world = World::new();
    task(&mut world, Task::Rewrite);
    box_holds(&mut world, " ");
    assert_eq!(card(&world).note, Some(Note::EmptyBox));
    assert_eq!(sent(&world.press(Press::Ask)), None);
    box_holds(&mut world, &"x".repeat(40_000));
    assert_eq!((card(&world).note, card(&world).request.text.as_str()), (Some(Note::LongText), ""));
}

#[test]
fn reading_needs_consent_once() {
    let mut world = World::new();
    let reads = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::ReadMessages { count: 6, .. }))
    };
    assert!(!reads(&world.press(Press::Agree)), "nobody was asked yet");
    assert!(!reads(&world.press(Press::Read)));
    assert!(card(&world).doubt);
    read(&mut world);
    assert_eq!(card(&world).request.messages, "", "what comes unasked is not taken");
    world.press(Press::Decline);
    assert!(!card(&world).doubt && !reads(&world.press(Press::Agree)));
    world.press(Press::Read);
    let effects = world.press(Press::Agree);
    assert!(reads(&effects) && effects.contains(&Effect::KeepLeaveToRead));
    assert!(reads(&world.press(Press::Read)) && !card(&world).doubt);
}

/// Messages are shown, then sent without names, and kept nowhere else.
#[test]
fn messages_stay_off_the_disk() {
    let mut world = World::new();
    world.state.settings.assistant.may_read = true;
    world.press(Press::Read);
    read(&mut world);
    assert_eq!(card(&world).request.messages, "Them: Dinner, Me?\nMe: When, Them?");
    let attempt_id = sent(&world.asks("Say at eight")).unwrap();
    assert!(asked(&world).contains("> Them: Dinner, Me?\n> Me: When, Them?"));
    world.fail(attempt_id, too_many(3_600));
    let durable = world.state.durable(world.now_ms);
    let told = format!("{durable:?} {:?}", world.state.incidents);
    assert!(!told.contains("Dinner"), "{told}");
    world.press(Press::Edit);
    world.press(Press::LeaveOut);
    assert_eq!(card(&world).request.messages, "");
}

#[test]
fn a_page_without_messages_is_told() {
    let mut world = World::new();
    world.state.settings.assistant.may_read = true;
    let frame = world.frame.clone();
    world.feed(Event::MessagesRead { frame, messages: Vec::new() });
    assert_eq!(card(&world).note, Some(Note::NoMessages));
}

#[test]
fn closed_card_keeps_the_input() {
    let mut world = World::new();
    let (frame, typed) = (world.frame.clone(), Typed::prompt("half a tho"));
    world.feed(Event::Pressed { frame, press: Press::Close, typed, seq: 0 });
    assert_eq!(card(&world).request.prompt, "half a tho");
}

/// A draft tells what it took and is kept, unless drafts are switched off.
#[test]
fn draft_reports_usage_and_is_kept() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.now_ms += 2_300;
    let kept = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::KeepDraft { draft, most: 50 } => Some(draft.text.clone()),
            _ => None,
        })
    };
    assert_eq!(kept(&answer(&mut world, attempt_id, "Yes")), Some("Yes".into()));
    assert_eq!(world.call().cost, Cost { ms: 2_300, tokens: Some(61) });
    world.state.settings.assistant.keep_drafts = false;
    let again = sent(&world.press(Press::Regenerate)).unwrap();
    assert_eq!(world.call().prompt, "Say yes");
    assert_eq!(kept(&answer(&mut world, again, "Sure")), None);
}
