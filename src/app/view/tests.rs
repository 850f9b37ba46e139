//! What a person finds on a card and in the popup, read from the tree.

mod changed;

use super::{Element, Node, card, popup};
use unstuck_diagnose::Failure;
use unstuck_engine::{
    AttemptId, Effect, Event, FrameRef, Press, Settings, Source, State, Typed, step,
};
use unstuck_health::Allowance;

const NOON: u64 = 1_700_000_000_000;

fn frame() -> FrameRef {
    FrameRef { tab: 7, id: 0, document: "D".into() }
}

pub(super) fn text(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) => element.children.iter().map(text).collect::<Vec<_>>().join(" "),
    }
}

pub(super) fn all<'a>(node: &'a Node, wanted: &dyn Fn(&Element) -> bool) -> Vec<&'a Element> {
    let Node::Element(element) = node else { return Vec::new() };
    let inside = element.children.iter().flat_map(|child| all(child, wanted));
    wanted(element).then_some(element).into_iter().chain(inside).collect()
}

pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

fn buttons(node: &Node) -> Vec<(String, &'static str, bool)> {
    let label = |button: &&Element| button.children.iter().map(text).collect::<String>();
    all(node, &|element| element.tag == "button")
        .iter()
        .map(|button| (label(button), button.class, attribute(button, "disabled").is_none()))
        .collect()
}

/// A card whose only ask ended in this failure.
pub(super) fn failed_with(failure: Failure) -> State {
    let mut state = State::default();
    let source = Source {
        id: "s".into(),
        name: "OpenAI".into(),
        base_url: "https://h/v1".into(),
        model: "m".into(),
        ..Source::default()
    };
    let settings =
        Settings { sources: vec![source], agreed: Settings::EDITION, ..Settings::default() };
    let typed = Typed::prompt("Say yes to Mara");
    for event in [
        Event::Configured { settings },
        Event::Opened { frame: frame(), site: String::new() },
        Event::Pressed { frame: frame(), press: Press::Ask, typed, seq: 0 },
        Event::Failed { attempt_id: AttemptId { call: 1, attempt: 1 }, failure: Box::new(failure) },
    ] {
        let _ = step(&mut state, NOON, event);
    }
    state
}

pub(super) fn status(code: u16, body: &str) -> Failure {
    let url = Some("https://api.openai.com/v1/chat/completions".into());
    Failure {
        url,
        status: Some(code),
        body: Some(body.into()),
        now_ms: Some(NOON),
        ..Failure::default()
    }
}

#[test]
fn card_is_empty_until_opened() {
    let mut state = State::default();
    assert_eq!(card::view(&state, &frame(), NOON, &crate::english()).root, None);
    let _ = step(&mut state, NOON, Event::Opened { frame: frame(), site: String::new() });
    let root = card::view(&state, &frame(), NOON, &crate::english()).root.unwrap();
    assert_eq!(all(&root, &|element| element.tag == "textarea").len(), 1);
    assert!(
        buttons(&root).iter().any(|(label, ..)| label == "Settings"),
        "no source yet: the way to the settings"
    );
}

/// A failure is shown with its ids, one primary action and a way to insist.
#[test]
fn failure_shows_ids_and_primary_action() {
    let state = failed_with(status(401, r#"{"error":{"code":"invalid_api_key"}}"#));
    let view = card::view(&state, &frame(), NOON, &crate::english());
    let root = view.root.unwrap();
    let diagnosis = all(&root, &|element| element.class == "diagnosis")[0];
    assert_eq!(attribute(diagnosis, "data-cause"), Some("invalid_api_key"));
    assert_eq!(attribute(diagnosis, "data-fault"), Some("account"));
    let confidence: f64 = attribute(diagnosis, "data-confidence").unwrap().parse().unwrap();
    assert!((0.8..=1.0).contains(&confidence));
    let buttons = buttons(&root);
    assert_eq!(
        buttons.iter().filter(|(_, style, _)| *style == "primary").count(),
        1,
        "{buttons:?}"
    );
    for wanted in ["Try again anyway", "Copy report", "Edit the request"] {
        assert!(buttons.iter().any(|(label, ..)| label == wanted), "{wanted} in {buttons:?}");
    }
    assert!(view.urgent && view.announcement.contains("key"), "{}", view.announcement);
}

/// The card offers to check again, and every button has an effect.
#[test]
fn undecided_failure_offers_another_check() {
    let state = failed_with(Failure::from_message("something odd"));
    let root = card::view(&state, &frame(), NOON, &crate::english()).root.unwrap();
    let check = all(&root, &|element| element.tag == "button" && element.class == "primary");
    assert_eq!(text(&Node::Element(check[0].clone())), "Check again");
    assert_eq!(check[0].press, Some(Press::Retry.into()));
    let retries = all(&root, &|element| element.press == Some(Press::Retry.into()));
    assert_eq!(retries.len(), 1);
}

/// A wait that another call has learnt is not this failure's own.
#[test]
fn borrowed_wait_says_who_asked() {
    let mut state = failed_with(status(401, r#"{"error":{"code":"invalid_api_key"}}"#));
    let other = FrameRef { tab: 8, ..frame() };
    let mut limited = status(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#);
    limited.headers.insert("retry-after".into(), "90".into());
    let typed = Typed::prompt("Say no to Mara");
    for event in [
        Event::Opened { frame: other.clone(), site: String::new() },
        Event::Pressed { frame: other, press: Press::Ask, typed, seq: 0 },
        Event::Failed { attempt_id: AttemptId { call: 2, attempt: 1 }, failure: Box::new(limited) },
        Event::Pressed { frame: frame(), press: Press::Retry, typed: Typed::default(), seq: 0 },
    ] {
        let _ = step(&mut state, NOON, event);
    }
    let root = card::view(&state, &frame(), NOON, &crate::english()).root.unwrap();
    assert!(text(&root).contains("asked for this wait"), "{}", text(&root));
}

/// A wait named by the server counts down and cannot be cut short.
#[test]
fn server_wait_counts_down_uncut() {
    let mut failure = status(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#);
    failure.headers.insert("retry-after".into(), "20".into());
    let view = card::view(&failed_with(failure), &frame(), NOON, &crate::english());
    let root = view.root.unwrap();
    let countdown = all(&root, &|element| attribute(element, "data-until").is_some());
    let until: u64 = attribute(countdown[0], "data-until").unwrap().parse().unwrap();
    assert!((NOON + 20_000..=NOON + 24_000).contains(&until));
    assert!(
        !buttons(&root).iter().any(|(label, style, _)| *style == "primary" || label == "Try now")
    );
    assert!(view.busy);
}

/// Hostile text stays text, and no word of the prompt is in the popup.
#[test]
fn popup_escapes_hostile_text() {
    let hostile = r#"{"error":{"code":"<img src=x onerror=alert(1)>","message":"<script>alert(1)</script> overloaded"}}"#;
    let state = failed_with(status(503, hostile));
    let root = popup::view(&state, (7, ""), NOON, &crate::english()).root.unwrap();
    assert!(all(&root, &|element| element.tag == "script" || element.tag == "img").is_empty());
    assert!(!text(&root).contains("Mara"));
    assert_eq!(all(&root, &|element| attribute(element, "data-cause").is_some()).len(), 1);
}

/// The popup of that tab names the messenger whose box was missed, until it is found.
#[test]
fn popup_reports_missing_message_box() {
    let mut state = State::default();
    let opened = || Event::Opened { frame: frame(), site: String::new() };
    let told = |state: &State, tab| {
        let root = popup::view(state, (tab, ""), NOON, &crate::english()).root.unwrap();
        text(&root).contains("the message box of Slack")
    };
    let missed = Event::BoxMissed { frame: frame(), messenger: "Slack".into() };
    let _ = step(&mut state, NOON, opened());
    assert!(!told(&state, 7));
    assert_eq!(step(&mut state, NOON, missed), [Effect::Journal]);
    assert!(told(&state, 7) && !told(&state, 8));
    let _ = step(&mut state, NOON, opened());
    assert!(!told(&state, 7));
}

#[test]
fn oversized_fields_are_not_painted_over() {
    let mut state = failed_with(status(500, ""));
    let value = |state: &State| {
        let view = card::view(state, &frame(), NOON, &crate::english());
        let named = |element: &Element| attribute(element, "name") == Some("prompt");
        let fields = all(view.root.as_ref().unwrap(), &named);
        fields.iter().map(|field| attribute(field, "data-value").is_some()).collect::<Vec<_>>()
    };
    let press = |state: &mut State, press, typed: &str| {
        let typed = Typed::prompt(typed);
        drop(step(state, NOON, Event::Pressed { frame: frame(), press, typed, seq: 0 }));
    };
    press(&mut state, Press::Edit, "");
    assert_eq!(value(&state), [true]);
    press(&mut state, Press::Ask, &"x".repeat(12 << 20));
    assert_eq!(value(&state), [false]);
}

/// A network that wants a sign-in is left by its sign-in page.
#[test]
fn captive_network_leads_to_its_page() {
    let page =
        r#"<html><title>Guest Wi-Fi</title>Sign in to the network to use the internet</html>"#;
    let root = card::view(&failed_with(status(200, page)), &frame(), NOON, &crate::english()).root;
    let buttons = buttons(&root.unwrap());
    assert!(buttons.contains(&("Open the sign-in page".into(), "primary", true)), "{buttons:?}");
}

/// What is pressed on an empty field is not without an answer.
#[test]
fn empty_ask_says_what_is_missing() {
    let mut state = failed_with(status(500, ""));
    for press in [Press::Edit, Press::Ask] {
        let typed = Typed::prompt("");
        drop(step(&mut state, NOON, Event::Pressed { frame: frame(), press, typed, seq: 0 }));
    }
    let view = card::view(&state, &frame(), NOON, &crate::english());
    assert_eq!(view.announcement, "Write what you want to say first.");
}

/// While the source has an outage, its card says so behind More, and nowhere else.
#[test]
fn more_tells_of_the_outage() {
    let mut state = failed_with(status(401, ""));
    let told = |state: &State| {
        let root = card::view(state, &frame(), NOON, &crate::english()).root.unwrap();
        let more = text(&all(&root, &|element| element.class == "more")[0].clone().into());
        (text(&root).matches("Outage:").count(), more.matches("Outage:").count(), more)
    };
    assert_eq!(told(&state).0, 0);
    for _ in 0..3 {
        let call = crate::history::tests::call("s", Some(unstuck_diagnose::Cause::ServerError));
        let _ = state.health.call(NOON, &call);
    }
    let _ = state.health.status_words(NOON, "s", "Elevated errors");
    let (all, in_more, more) = told(&state);
    assert_eq!((all, in_more), (1, 1));
    assert!(more.contains("3 of 3 requests failed."), "{more}");
    assert!(more.contains("Its status page says: Elevated errors"), "{more}");
}

/// A wait ahead of a limit says why, and is the person's to end.
#[test]
fn pauses_are_told_and_skippable() {
    let mut state = failed_with(status(500, ""));
    let full_at_ms = Some(NOON + 60_000);
    let allowance = Allowance { remaining: 1, limit: 100, full_at_ms, told_at_ms: NOON };
    state.health.allow(NOON, "s", allowance);
    let typed = Typed::prompt("Say no to Mara");
    for press in [Press::Edit, Press::Ask] {
        let typed = typed.clone();
        drop(step(&mut state, NOON, Event::Pressed { frame: frame(), press, typed, seq: 0 }));
    }
    let root = card::view(&state, &frame(), NOON, &crate::english()).root.unwrap();
    let told = text(&root);
    assert!(told.contains("Little is left of OpenAI’s limit."), "{told}");
    assert!(buttons(&root).contains(&("Try now".into(), "plain", true)), "{:?}", buttons(&root));
}
