//! The steps that lead on: once more, another AI, the rules of waiting, and support.

use super::{Line, Scene, Standing, Step, Troubleshooter, TroubleshooterEffect};
use unstuck_diagnose::ActionKind;
use unstuck_engine::{Call, Phase, Press, Reason, State, offered_source};

/// The call of this troubleshooter, as long as its card still has it.
pub(super) fn call<'a>(troubleshooter: &Troubleshooter, state: &'a State) -> Option<&'a Call> {
    let call = state.card(&troubleshooter.frame)?.call.as_ref()?;
    (call.id == troubleshooter.call).then_some(call)
}

/// What was asked, as long as the card still knows.
pub(super) fn prompt<'a>(troubleshooter: &Troubleshooter, state: &'a State) -> Option<&'a str> {
    call(troubleshooter, state).map(|call| call.prompt.as_str())
}

/// What became of a call that was sent anew; `None` while it runs.
pub(super) fn outcome(call: &Call) -> Option<(Standing, Line)> {
    match call.phase {
        Phase::Done => Some((Standing::Nothing, Line::new("step_reload_worked"))),
        Phase::Failed => Some((Standing::Found, Line::new("step_reload_failed"))),
        Phase::Cancelled => Some((Standing::CouldNot, Line::new("step_reload_stopped"))),
        Phase::Waiting { .. } => Some((Standing::Found, Line::new("step_reload_waits"))),
        _ => None,
    }
}

/// Asks the same once more.
pub(super) fn reload(
    troubleshooter: &mut Troubleshooter,
    state: &State,
) -> Vec<TroubleshooterEffect> {
    let line = match call(troubleshooter, state).map(|call| call.phase) {
        None => (Standing::CouldNot, "step_reload_gone"),
        Some(Phase::Done) => (Standing::Nothing, "step_reload_worked"),
        Some(Phase::Waiting { reason: Reason::Server | Reason::Turn, .. }) => {
            (Standing::CouldNot, "step_reload_waits")
        }
        Some(_) => {
            return press(troubleshooter, state, Step::Reload, Press::Retry);
        }
    };
    troubleshooter.tell(Step::Reload, line.0, vec![Line::new(line.1)]);
    Vec::new()
}

/// Lets the next source of the person's answer.
pub(super) fn another(
    troubleshooter: &mut Troubleshooter,
    scene: &Scene<'_>,
) -> Vec<TroubleshooterEffect> {
    let movable = call(troubleshooter, scene.state)
        .is_some_and(|call| !matches!(call.phase, Phase::Done) && !call.phase.in_flight());
    let other =
        offered_source(scene.state, &troubleshooter.frame, scene.now_ms).filter(|_| movable);
    let Some(other) = other else {
        let why = if movable { "step_another_ai_none" } else { "step_reload_gone" };
        troubleshooter.tell(Step::AnotherAi, Standing::CouldNot, vec![Line::new(why)]);
        return Vec::new();
    };
    let switch = Press::Switch { source: other.id.clone(), always: false };
    press(troubleshooter, scene.state, Step::AnotherAi, switch)
}

fn press(
    troubleshooter: &mut Troubleshooter,
    state: &State,
    step: Step,
    then: Press,
) -> Vec<TroubleshooterEffect> {
    troubleshooter.tell(step, Standing::Running, Vec::new());
    troubleshooter.sent_from = call(troubleshooter, state).map(|call| (call.attempt, call.phase));
    vec![TroubleshooterEffect::Press { frame: troubleshooter.frame.clone(), then }]
}

/// The rules of waiting and trying again that hold for the source.
pub(super) fn policy(troubleshooter: &Troubleshooter, state: &State) -> Vec<Line> {
    let rules = state.settings.rules(troubleshooter.source.as_deref().unwrap_or_default());
    let seconds = |ms: u64| (ms / 1_000).to_string();
    vec![
        Line::new("step_retries_attempts").with(rules.policy.attempts.to_string()),
        Line::new("step_retries_first_byte").with(seconds(rules.first_byte_ms)),
        Line::new("step_retries_stall").with(seconds(rules.stall_ms)),
        Line::new("step_retries_longest").with(seconds(rules.policy.longest_silent_wait_ms)),
    ]
}

/// Where support is, and that the report is on the clipboard.
pub(super) fn support(troubleshooter: &Troubleshooter, copied: bool) -> Vec<Line> {
    let provider = troubleshooter.diagnosis.provider;
    let page = provider.and_then(|provider| provider.link(ActionKind::OpenSupport));
    let line = match (provider, page) {
        (Some(provider), Some(page)) => {
            Line::new("step_support_page").with(provider.name()).to(page)
        }
        _ => Line::new("step_support_no_page"),
    };
    let copied = copied.then(|| Line::new("step_support_copied"));
    copied.into_iter().chain([line]).collect()
}
