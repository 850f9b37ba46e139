//! The troubleshooter as a whole: its order, its rounds, and how findings change the diagnosis.

mod culprits;
mod findings;
mod pages;

use super::*;
use unstuck_diagnose::{
    ActionKind,
    failure::Reach,
    messages::{Catalogue, Messages},
};
use unstuck_engine::{AttemptId, Event, Press, Settings, Typed, step};

const NOW: u64 = 1_700_000_000_000;

fn frame() -> FrameRef {
    FrameRef { tab: 1, id: 0, document: "d".into() }
}

/// A state in which one call has failed like this.
fn failed(failure: Failure) -> State {
    let mut state = State::default();
    let source = |id: &str| Source {
        id: id.into(),
        name: id.into(),
        base_url: "https://api.openai.com/v1".into(),
        model: "gpt-5".into(),
        ..Source::default()
    };
    state.settings = Settings {
        sources: vec![source("one"), source("two")],
        agreed: Settings::EDITION,
        ..Settings::default()
    };
    state.settings.policy.attempts = 1;
    for event in [
        Event::Opened { frame: frame(), site: "https://chat.test".into() },
        Event::Pressed {
            frame: frame(),
            press: Press::Ask,
            typed: Typed::prompt("canary"),
            seq: 0,
        },
        Event::Failed { attempt_id: AttemptId { call: 1, attempt: 1 }, failure: Box::new(failure) },
    ] {
        drop(step(&mut state, NOW, event));
    }
    state
}

fn unreachable() -> Failure {
    Failure {
        url: Some("https://api.openai.com/v1/chat/completions".into()),
        method: Some("POST".into()),
        error_name: Some("TypeError".into()),
        message: Some("Failed to fetch".into()),
        ..Failure::default()
    }
}

fn with_status(status: u16) -> Failure {
    let status = Some(status);
    Failure { status, error_name: None, message: None, ..unreachable() }
}

fn run(
    troubleshooters: &mut Troubleshooters,
    state: &State,
    step: Step,
) -> Vec<TroubleshooterEffect> {
    troubleshooters.press(state, NOW, 1, &TroubleshooterPress::Run { step: step.id().into() })
}

fn standing(troubleshooters: &Troubleshooters, step: Step) -> Standing {
    troubleshooters
        .find(1)
        .and_then(|troubleshooter| troubleshooter.step_state(step))
        .map(|step_state| step_state.standing)
        .unwrap()
}

fn keys(troubleshooters: &Troubleshooters, step: Step) -> Vec<String> {
    let step_state =
        troubleshooters.find(1).and_then(|troubleshooter| troubleshooter.step_state(step)).unwrap();
    step_state.lines.iter().map(|line| line.key.to_string()).collect()
}

#[test]
fn every_step_once_likely_ones_first() {
    for (failure, first) in [
        (with_status(503), Step::Status),
        (with_status(401), Step::Api),
        (with_status(400), Step::AnotherAi),
        (unreachable(), Step::Network),
        (
            Failure { net_error: Some("net::ERR_CONNECTION_RESET".into()), ..unreachable() },
            Step::Reload,
        ),
    ] {
        let troubleshooter = Troubleshooter::of(&failed(failure), 1).unwrap();
        let mut steps: Vec<_> =
            troubleshooter.steps.iter().map(|step_state| step_state.step.id()).collect();
        assert_eq!(steps[0], first.id(), "{:?}", troubleshooter.diagnosis.cause);
        assert!(
            troubleshooter.steps[0].likely
                && troubleshooter.steps[1].likely
                && !troubleshooter.steps[2].likely
        );
        steps.sort_unstable();
        steps.dedup();
        assert_eq!(steps.len(), Step::ALL.len());
    }
    assert_eq!(Troubleshooter::of(&failed(unreachable()), 2), None);
}

#[test]
fn a_step_that_does_not_apply_says_why_and_cannot_be_run() {
    let mut state =
        failed(Failure { url: Some("http://127.0.0.1:8080/v1".into()), ..with_status(500) });
    state.settings.sources.clear();
    state.cards.clear();
    let mut troubleshooters = Troubleshooters::default();
    for step in [Step::Status, Step::Api, Step::Retries] {
        assert_eq!(run(&mut troubleshooters, &state, step), []);
        assert_eq!(standing(&troubleshooters, step), Standing::NotHere);
        assert_eq!(keys(&troubleshooters, step).len(), 1);
    }
}

#[test]
fn once_more_presses_retry_on_the_card_and_follows_the_call_to_its_end() {
    let mut state = failed(with_status(401));
    let mut troubleshooters = Troubleshooters::default();
    let effects = run(&mut troubleshooters, &state, Step::Reload);
    assert_eq!(effects, [TroubleshooterEffect::Press { frame: frame(), then: Press::Retry }]);
    troubleshooters.open(&state, 1);
    assert_eq!(standing(&troubleshooters, Step::Reload), Standing::Running);
    let press =
        Event::Pressed { frame: frame(), press: Press::Retry, typed: Typed::default(), seq: 0 };
    drop(step(&mut state, NOW + 1, press));
    troubleshooters.open(&state, 1);
    assert_eq!(standing(&troubleshooters, Step::Reload), Standing::Running);
    drop(step(
        &mut state,
        NOW + 2,
        Event::Ended { attempt_id: AttemptId { call: 1, attempt: 2 }, tokens: None },
    ));
    troubleshooters.open(&state, 1);
    assert_eq!(keys(&troubleshooters, Step::Reload), ["step_reload_worked"]);
}

#[test]
fn an_attempt_that_fails_otherwise_brings_its_own_diagnosis() {
    let mut state = failed(with_status(401));
    let mut troubleshooters = Troubleshooters::default();
    drop(run(&mut troubleshooters, &state, Step::Reload));
    let press =
        Event::Pressed { frame: frame(), press: Press::Retry, typed: Typed::default(), seq: 0 };
    drop(step(&mut state, NOW + 1, press));
    let attempt_id = AttemptId { call: 1, attempt: 2 };
    let failure = Box::new(with_status(503));
    drop(step(&mut state, NOW + 2, Event::Failed { attempt_id, failure }));
    let troubleshooter = troubleshooters.open(&state, 1).unwrap();
    assert_eq!(troubleshooter.diagnosis.cause, Cause::ServiceUnavailable);
    assert_eq!(keys(&troubleshooters, Step::Reload), ["step_reload_failed"]);
}

#[test]
fn a_wait_that_the_service_asked_for_is_not_undercut() {
    let failure =
        Failure { headers: [("retry-after".into(), "20".into())].into(), ..with_status(429) };
    let mut state = failed(failure);
    state.settings.policy.attempts = 3;
    let press =
        Event::Pressed { frame: frame(), press: Press::Retry, typed: Typed::default(), seq: 0 };
    drop(step(&mut state, NOW, press));
    assert!(matches!(
        navigation::call(&Troubleshooter::of(&state, 1).unwrap(), &state).unwrap().phase,
        Phase::Waiting { .. }
    ));
    let mut troubleshooters = Troubleshooters::default();
    assert_eq!(run(&mut troubleshooters, &state, Step::Reload), []);
    assert_eq!(keys(&troubleshooters, Step::Reload), ["step_reload_waits"]);
}

#[test]
fn another_source_answers_or_the_text_is_copied() {
    let state = failed(with_status(401));
    let mut troubleshooters = Troubleshooters::default();
    let switch = Press::Switch { source: "two".into(), always: false };
    assert_eq!(
        run(&mut troubleshooters, &state, Step::AnotherAi),
        [TroubleshooterEffect::Press { frame: frame(), then: switch }]
    );
    let copied = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::CopyPrompt);
    assert_eq!(copied, [TroubleshooterEffect::Copy { text: "canary".into() }]);
}

#[test]
fn the_round_runs_what_changes_nothing_one_after_the_other() {
    let state = failed(with_status(503));
    let mut troubleshooters = Troubleshooters::default();
    let effects = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::RunAll);
    assert!(matches!(effects[..], [TroubleshooterEffect::ReadPages { .. }]), "{effects:?}");
    assert_eq!(run(&mut troubleshooters, &state, Step::Network), [], "one at a time");
    let read = TroubleshooterEvent::PagesRead {
        answers: vec![Some(
            r#"{"status":{"indicator":"none"},"components":[],"incidents":[]}"#.into(),
        )],
        clock: "12:03".into(),
    };
    let mut effects = troubleshooters.handle(&state, NOW, 1, &read);
    let mut asked = Vec::new();
    while let Some(effect) = effects.pop() {
        let event = match effect {
            TroubleshooterEffect::Probe => TroubleshooterEvent::Probed(network::Looks {
                online: true,
                host: Some(Reach::Answered),
                ..network::Looks::default()
            }),
            TroubleshooterEffect::CheckApi { .. } => {
                TroubleshooterEvent::ApiChecked(Box::new(api::Answer {
                    models: Ok(vec!["gpt-5".into()]),
                    headers: unstuck_diagnose::failure::Headers::default(),
                    credit: None,
                }))
            }
            other => panic!("{other:?} changes something"),
        };
        asked.push(format!("{event:?}"));
        effects = troubleshooters.handle(&state, NOW, 1, &event);
    }
    assert_eq!(asked.len(), 2);
    let troubleshooter = troubleshooters.find(1).unwrap();
    for step_state in
        troubleshooter.steps.iter().filter(|step_state| step_state.standing != Standing::NotHere)
    {
        let over = !matches!(step_state.standing, Standing::Idle | Standing::Running);
        assert_eq!(over, step_state.step.changes_nothing(), "{:?}", step_state.step);
    }
    assert!(!troubleshooter.is_busy());
}

#[test]
fn a_worker_that_dies_loses_nothing_that_was_told() {
    let state = failed(with_status(503));
    let mut troubleshooters = Troubleshooters::default();
    drop(run(&mut troubleshooters, &state, Step::Retries));
    drop(run(&mut troubleshooters, &state, Step::Network));
    let mut later = Troubleshooters::from_bytes(&troubleshooters.to_bytes());
    assert_eq!(standing(&later, Step::Retries), Standing::Shown);
    assert_eq!(standing(&later, Step::Network), Standing::Idle, "what ran died with it");
    assert_eq!(run(&mut later, &state, Step::Network), [TroubleshooterEffect::Probe]);
    assert_eq!(Troubleshooters::from_bytes(&[255; 40]), Troubleshooters::default());
}

#[test]
fn every_line_that_a_step_may_tell_has_its_words() {
    let messages = Catalogue::english();
    let source = [
        include_str!("status.rs"),
        include_str!("network.rs"),
        include_str!("inspect.rs"),
        include_str!("api.rs"),
        include_str!("navigation.rs"),
        include_str!("culprit.rs"),
        include_str!("extensions.rs"),
        include_str!("order.rs"),
        include_str!("../troubleshooter.rs"),
    ];
    let mut count = 0;
    for text in source {
        for key in text.split("\"step_").skip(1) {
            let key = ["step_", key.split('"').next().unwrap()].concat();
            assert!(messages.find(&key, &[]).is_some(), "{key} has no words");
            count += 1;
        }
    }
    assert!(count > 50);
    for step in Step::ALL {
        for part in ["", "_does", "_run"] {
            let key = ["step_", step.id(), part].concat();
            assert!(messages.find(&key, &[]).is_some(), "{key} has no words");
        }
    }
}

#[test]
fn support_is_where_the_provider_has_it() {
    let state = failed(with_status(500));
    let mut troubleshooters = Troubleshooters::default();
    assert_eq!(
        troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::CopyReport),
        [TroubleshooterEffect::CopyReport { call: 1 }]
    );
    assert_eq!(
        troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::ShowReport),
        [TroubleshooterEffect::OpenReport { call: 1 }]
    );
    let open = TroubleshooterPress::Open { step: "support".into(), line: 1 };
    let support =
        unstuck_diagnose::Provider::OpenAi.link(ActionKind::OpenSupport).unwrap().to_owned();
    assert_eq!(
        troubleshooters.press(&state, NOW, 1, &open),
        [TroubleshooterEffect::OpenPage { url: support }]
    );
}

#[test]
fn the_failure_itself_offers_the_likeliest_steps_that_have_no_button_there() {
    assert_eq!(offered(&failed(with_status(500)), 1), [Step::Status, Step::Retries]);
    assert_eq!(offered(&failed(with_status(401)), 1), [Step::Api]);
    let local = Failure { url: Some("http://127.0.0.1:11434/api/chat".into()), ..unreachable() };
    assert!(!offered(&failed(local), 1).contains(&Step::Status), "nobody has a status page for it");
    assert_eq!(offered(&failed(with_status(500)), 9), [], "nobody remembers that call");
}

#[test]
fn a_step_that_was_chosen_elsewhere_runs_once_if_it_only_looks() {
    let begin = |step: Step| TroubleshooterPress::Begin { step: step.id().into() };
    let (mut troubleshooters, state) = (Troubleshooters::default(), failed(with_status(500)));
    let mut press = |press| troubleshooters.press(&state, NOW, 1, &press);
    assert_eq!(press(begin(Step::Extensions)), [], "it waits for its own press");
    assert_eq!(press(begin(Step::Reload)), []);
    assert!(matches!(press(begin(Step::Status))[..], [TroubleshooterEffect::ReadPages { .. }]));
    press(begin(Step::Inspect));
    let pages = TroubleshooterEvent::PagesRead { answers: vec![None], clock: "12:00".into() };
    while !troubleshooters.handle(&state, NOW, 1, &pages).is_empty() {}
    let again = troubleshooters.press(&state, NOW, 1, &begin(Step::Status));
    assert_eq!(again, [], "a page that is loaded again does not look again");
}

#[test]
fn nothing_leaves_the_device_before_the_person_agreed_to_it() {
    let mut state = failed(unreachable());
    state.settings.agreed = 0;
    for step in [Step::Status, Step::Network, Step::Api] {
        let mut troubleshooters = Troubleshooters::default();
        assert_eq!(run(&mut troubleshooters, &state, step), [TroubleshooterEffect::OpenWelcome]);
        assert_eq!(standing(&troubleshooters, step), Standing::CouldNot);
        assert_eq!(keys(&troubleshooters, step), ["step_not_agreed"]);
    }
    let mut troubleshooters = Troubleshooters::default();
    let all = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::RunAll);
    assert_eq!(all, [TroubleshooterEffect::OpenWelcome]);
    assert!(!troubleshooters.find(1).unwrap().is_busy());
    let mut troubleshooters = Troubleshooters::default();
    let culprit = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::FindCulprit);
    assert_eq!(culprit, [TroubleshooterEffect::OpenWelcome], "no extension is switched off for it");
}
