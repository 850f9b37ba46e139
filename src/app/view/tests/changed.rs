//! What has changed since a source last answered, on the card and in the popup.

use super::*;
use unstuck_engine::Note;

/// A source that answered as model `m` with key 1, and was refused after this change, with this key.
fn refused(change: impl Fn(&mut Source), key: u32, failure: Failure) -> State {
    let mut state = failed_with(status(500, ""));
    let mut feed = |event| drop(step(&mut state, NOON, event));
    let press = |press| Event::Pressed { frame: frame(), press, typed: Typed::default(), seq: 0 };
    feed(press(Press::Retry));
    let second = AttemptId { call: 1, attempt: 2 };
    feed(Event::Sent { attempt_id: second, key: 1 });
    feed(Event::Ended { attempt_id: second, tokens: None });
    let mut settings = state.settings.clone();
    change(&mut settings.sources[0]);
    let mut feed = |event| drop(step(&mut state, NOON, event));
    feed(Event::Configured { settings });
    feed(press(Press::Regenerate));
    let third = AttemptId { call: 2, attempt: 1 };
    feed(Event::Sent { attempt_id: third, key });
    feed(Event::Failed { attempt_id: third, failure: Box::new(failure) });
    state
}

fn on_card(state: &State) -> Node {
    card::view(state, &frame(), NOON, &crate::english()).root.unwrap()
}

fn in_popup(state: &State) -> Node {
    popup::view(state, (7, ""), NOON, &crate::english()).root.unwrap()
}

/// What is told up front, and how often it is told behind More.
fn told(root: &Node) -> (Option<String>, usize) {
    let front = all(root, &|element| element.class == "note changed");
    let more = text(&all(root, &|element| element.class == "more")[0].clone().into());
    (
        front.first().map(|line| line.children.iter().map(text).collect()),
        more.matches("Since the last answer").count(),
    )
}

fn style(root: &Node, wanted: &str) -> Option<&'static str> {
    buttons(root).into_iter().find(|(label, ..)| label == wanted).map(|(_, style, _)| style)
}

const MODEL: &str = "Since the last answer, the model changed from m to n";

#[test]
fn likely_change_leads_back_up_front() {
    let body = r#"{"error":{"code":"model_not_found"}}"#;
    let state = refused(|source| source.model = "n".into(), 1, status(404, body));
    for root in [on_card(&state), in_popup(&state)] {
        assert_eq!(told(&root), (Some(MODEL.to_owned()), 1));
        assert_eq!(style(&root, "Go back"), Some("primary"));
    }
    let said = card::view(&state, &frame(), NOON, &crate::english()).announcement;
    assert!(said.ends_with(MODEL), "{said}");
}

#[test]
fn unlikely_change_is_behind_more() {
    let state = refused(|source| source.model = "n".into(), 1, status(401, "invalid_api_key"));
    for root in [on_card(&state), in_popup(&state)] {
        assert_eq!(told(&root), (None, 1));
        assert_eq!(style(&root, "Go back"), Some("item"));
    }
}

/// Nobody keeps the key that was: the way is to the settings, whatever failed.
#[test]
fn replaced_key_leads_to_the_settings() {
    for failure in [status(401, "invalid_api_key"), status(429, "insufficient_quota")] {
        let root = on_card(&refused(|_| (), 2, failure));
        let key = "Since the last answer, the key was replaced".to_owned();
        assert_eq!(told(&root), (Some(key), 1));
        assert_eq!(style(&root, "Go back"), None);
        let settings = ["Open settings", "Fix the key"].map(|label| style(&root, label));
        assert!(settings.iter().any(Option::is_some), "{:?}", buttons(&root));
    }
}

#[test]
fn going_back_is_told_beside_undo() {
    let mut state = refused(|source| source.model = "n".into(), 1, status(404, "model_not_found"));
    let press = |press| Event::Pressed { frame: frame(), press, typed: Typed::default(), seq: 0 };
    let _ = step(&mut state, NOON, press(Press::GoBack));
    let root = on_card(&state);
    assert!(text(&root).contains("The settings that worked are back."));
    assert_eq!(style(&root, "Undo"), Some("small"));
    let _ = step(&mut state, NOON, press(Press::UndoGoBack));
    assert_eq!(state.card(&frame()).unwrap().note, Some(Note::Undone));
    assert_eq!(style(&on_card(&state), "Undo"), None);
}
