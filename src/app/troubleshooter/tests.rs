//! The troubleshooter as a whole: its order, its rounds, and how findings change the diagnosis.

mod culprits;
mod findings;
mod pages;

use super::*;
use unstuck_diagnose::{ActionKind, Cause, Messages, Reach};
use unstuck_engine::{AttemptId, Event, FrameRef, Phase, Press, Settings, Typed, step};

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
        let likely = troubleshooter.steps.iter().take_while(|step_state| step_state.likely).count();
        assert!((1..=4).contains(&likely), "{likely} steps at first sight");
        assert!(troubleshooter.steps[likely..].iter().all(|step_state| !step_state.likely));
        steps.sort_unstable();
        steps.dedup();
        assert_eq!(steps.len(), Step::ALL.len());
    }
    assert_eq!(Troubleshooter::of(&failed(unreachable()), 2), None);
}

/// A step that does not apply says why and cannot be run.
#[test]
fn inapplicable_step_explains_and_refuses() {
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

/// The step presses Retry on the card and follows the call to its end.
#[test]
fn reload_step_retries_to_the_end() {
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

/// An attempt that fails in another way brings its own diagnosis.
#[test]
fn different_failure_replaces_the_diagnosis() {
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

/// A wait that the service asked for is never cut short.
#[test]
fn troubleshooter_never_shortens_requested_wait() {
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
fn other_source_answers_or_text_copies() {
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

/// The round runs the steps that change nothing, one after the other.
#[test]
fn round_runs_safe_steps_in_turn() {
    let state = failed(with_status(503));
    let mut troubleshooters = Troubleshooters::default();
    let effects = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::RunAll);
    assert!(matches!(effects[..], [TroubleshooterEffect::ReadPages { .. }]), "{effects:?}");
    assert_eq!(run(&mut troubleshooters, &state, Step::Network), [], "one at a time");
    let read = TroubleshooterEvent::PagesRead {
        answers: vec![Some(
            r#"{"status":{"indicator":"none"},"components":[],"incidents":[]}"#.into(),
        )],
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
                    headers: unstuck_diagnose::Headers::default(),
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
fn findings_survive_a_worker_restart() {
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
fn every_finding_line_has_its_words() {
    let messages = crate::english();
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
fn support_links_follow_the_provider() {
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

/// The failure itself offers the likeliest steps that have no button of their own there.
#[test]
fn banner_offers_likely_steps_without_button() {
    assert_eq!(offered(&failed(with_status(500)), 1), [Step::Status, Step::Retries]);
    assert_eq!(offered(&failed(with_status(401)), 1), [Step::Api]);
    let local = Failure { url: Some("http://127.0.0.1:11434/api/chat".into()), ..unreachable() };
    assert!(!offered(&failed(local), 1).contains(&Step::Status), "nobody has a status page for it");
    assert_eq!(offered(&failed(with_status(500)), 9), [], "nobody remembers that call");
}

/// A step chosen elsewhere runs by itself only if it changes nothing, and only once.
#[test]
fn chosen_safe_step_runs_once() {
    let begin = |step: Step| TroubleshooterPress::Begin { step: step.id().into() };
    let (mut troubleshooters, state) = (Troubleshooters::default(), failed(with_status(500)));
    let mut press = |press| troubleshooters.press(&state, NOW, 1, &press);
    assert_eq!(press(begin(Step::Extensions)), [], "it waits for its own press");
    assert_eq!(press(begin(Step::Reload)), []);
    assert!(matches!(press(begin(Step::Status))[..], [TroubleshooterEffect::ReadPages { .. }]));
    press(begin(Step::Inspect));
    let pages = TroubleshooterEvent::PagesRead { answers: vec![None] };
    while !troubleshooters.handle(&state, NOW, 1, &pages).is_empty() {}
    let again = troubleshooters.press(&state, NOW, 1, &begin(Step::Status));
    assert_eq!(again, [], "a page that is loaded again does not look again");
}

/// Nothing leaves the device before the person has agreed to it.
#[test]
fn no_step_sends_before_consent() {
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
