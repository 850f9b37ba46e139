//! Stories of a source that answered before, and was set to something else since.

use super::*;
use unstuck_diagnose::Evidence;

const KEY: u32 = 5;

impl World {
    /// Asks, with this key, and is answered.
    fn answered_with(&mut self, key: u32) -> Vec<Effect> {
        let attempt_id = self.ask();
        self.feed(Event::Sent { attempt_id, key });
        self.chunk(attempt_id, "Yes.");
        self.feed(Event::Ended { attempt_id, tokens: None })
    }

    /// Asks, with this key, and is refused.
    fn refused_with(&mut self, key: u32, failure: Failure) {
        let attempt_id = self.ask();
        self.feed(Event::Sent { attempt_id, key });
        self.fail(attempt_id, failure);
    }

    fn set(&mut self, change: impl Fn(&mut Source)) {
        let mut settings = self.state.settings.clone();
        change(&mut settings.sources[0]);
        self.feed(Event::Configured { settings });
    }

    fn changes(&self) -> Vec<Evidence> {
        let evidence = &self.call().diagnosis.as_ref().unwrap().evidence;
        let change = |finding: &&Evidence| {
            use Evidence::{
                AddressChanged, DialectChanged, KeyChanged, ModelChanged, RulesChanged,
            };
            matches!(finding, AddressChanged { .. } | ModelChanged { .. } | DialectChanged { .. })
                || matches!(finding, RulesChanged | KeyChanged)
        };
        evidence.iter().filter(change).cloned().collect()
    }

    fn source(&self) -> &Source {
        &self.state.settings.sources[0]
    }

    fn returns(&self) -> bool {
        offered_return(&self.state, &self.frame).is_some()
    }
}

fn no_model() -> Failure {
    Failure { body: Some(r#"{"error":{"code":"model_not_found"}}"#.into()), ..status(404) }
}

fn kept(effects: &[Effect]) -> Option<&Source> {
    effects.iter().find_map(|effect| match effect {
        Effect::KeepSource { source } => Some(source),
        _ => None,
    })
}

#[test]
fn another_model_is_told_and_undone() {
    let mut world = World::new();
    assert!(
        world.answered_with(KEY).contains(&Effect::KeepHealth),
        "and with it what it was set to"
    );
    world.set(|source| source.model = "n".into());
    world.refused_with(KEY, no_model());
    let change = Evidence::ModelChanged { before: "m".into(), after: "n".into() };
    assert_eq!(world.changes(), std::slice::from_ref(&change));
    assert!(change_explains(&change, Cause::ModelNotFound));
    assert!(world.state.incidents[0].diagnosis.evidence.contains(&change), "and the popup has it");
    let effects = world.press(Press::GoBack);
    assert_eq!(kept(&effects).unwrap().model, "m");
    let attempt_id = sent(&effects).unwrap();
    assert_eq!(world.call().prompt, "Say yes", "what was typed is asked again");
    assert_eq!(world.state.card(&world.frame).unwrap().note, Some(Note::WentBack));
    world.feed(Event::Sent { attempt_id, key: KEY });
    world.feed(Event::Ended { attempt_id, tokens: None });
    let effects = world.press(Press::UndoGoBack);
    assert_eq!(kept(&effects).unwrap().model, "n");
    assert_eq!((world.source().model.as_str(), world.call().phase), ("n", Phase::Done));
    assert_eq!(kept(&world.press(Press::UndoGoBack)), None, "once");
}

#[test]
fn nothing_changed_is_nothing_told() {
    let mut world = World::new();
    world.refused_with(KEY, no_model());
    assert_eq!((world.changes(), world.returns()), (vec![], false), "it never answered");
    world.answered_with(KEY);
    world.set(|source| source.name = "Laboratory".into());
    world.refused_with(KEY, no_model());
    assert_eq!((world.changes(), world.returns()), (vec![], false));
    assert_eq!(sent(&world.press(Press::GoBack)), None);
}

/// What was answered by other settings than those at the time of its end proves nothing of the new ones.
#[test]
fn answer_counts_for_what_was_sent() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.feed(Event::Sent { attempt_id, key: KEY });
    world.set(|source| source.model = "n".into());
    world.feed(Event::Ended { attempt_id, tokens: None });
    world.refused_with(KEY, no_model());
    assert_eq!(world.changes().len(), 1);
}

#[test]
fn key_is_told_and_not_restored() {
    let mut world = World::new();
    world.answered_with(KEY);
    world.refused_with(6, Failure { body: Some("invalid api key".into()), ..status(401) });
    assert_eq!((world.changes(), world.returns()), (vec![Evidence::KeyChanged], false));
}

/// A key goes to no place for which it was not entered.
#[test]
fn another_key_keeps_its_site() {
    let elsewhere = |source: &mut Source| source.base_url = "https://other.example/v1".into();
    let mut world = World::new();
    world.answered_with(KEY);
    world.set(elsewhere);
    world.refused_with(6, status(404));
    assert_eq!((world.changes().len(), world.returns()), (2, false));
    assert_eq!(kept(&world.press(Press::GoBack)), None);

    let mut world = World::new();
    world.answered_with(KEY);
    world.set(elsewhere);
    world.refused_with(KEY, status(404));
    assert!(world.returns());
    world.feed(Event::Keyed { keys: vec![("lab".into(), 6)] });
    assert!(!world.returns(), "replaced while the card stood");
    world.feed(Event::Keyed { keys: vec![("lab".into(), KEY)] });
    assert!(kept(&world.press(Press::GoBack)).is_some());
    world.feed(Event::Keyed { keys: vec![("lab".into(), 7)] });
    assert_eq!(kept(&world.press(Press::UndoGoBack)), None, "nor is that undone");
    assert_eq!(world.state.card(&world.frame).unwrap().note, Some(Note::UndoLate));
}

#[test]
fn a_later_change_is_not_undone() {
    let mut world = World::new();
    world.answered_with(KEY);
    world.set(|source| source.model = "n".into());
    world.refused_with(KEY, no_model());
    world.press(Press::GoBack);
    world.set(|source| source.model = "o".into());
    assert_eq!(kept(&world.press(Press::UndoGoBack)), None);
    assert_eq!(world.source().model, "o");
}

/// Whether a source is checked is no part of what it answered by.
#[test]
fn going_back_keeps_the_check() {
    let mut world = World::new();
    world.answered_with(KEY);
    world.set(|source| source.checked = true);
    world.refused_with(KEY, no_model());
    assert!(!world.returns());
    world.set(|source| source.model = "n".into());
    world.refused_with(KEY, no_model());
    assert!(kept(&world.press(Press::GoBack)).is_some());
    assert!(world.source().checked);
    assert!(kept(&world.press(Press::UndoGoBack)).is_some());
    assert!(world.source().checked && world.source().model == "n");
}

/// What every source was set to outlives the worker and the browser, and not the source.
#[test]
fn what_answered_outlives_the_browser() {
    let mut world = World::new();
    world.answered_with(KEY);
    let mut next = State::default();
    let bytes = world.state.health_bytes();
    next.take_health(&bytes, 0);
    assert_eq!((next.answered.len(), &next.answered), (1, &world.state.answered));
    let before = postcard::to_extend(&world.state.health, vec![bytes[0]]).unwrap();
    next.take_health(&before, 0);
    assert_eq!(next.health, world.state.health, "what answered was not kept");
    assert_eq!(next.answered, []);
    let settings = Settings { sources: Vec::new(), ..world.state.settings.clone() };
    world.feed(Event::Configured { settings });
    assert_eq!(world.state.answered, []);
}

#[test]
fn given_source_is_not_the_persons() {
    let mut world = World::new();
    world.state.settings.sources[0].id = "organisation:http://127.0.0.1:1/v1 m".into();
    world.answered_with(KEY);
    world.set(|source| source.model = "n".into());
    world.refused_with(KEY, no_model());
    assert_eq!((world.changes().len(), world.returns()), (1, false));
}
