//! Probes: when a failure stays undecided, the runner gathers more evidence, and a new diagnosis takes the place
//! of the old one.

use super::{
    AttemptId, Effect, Effects, FrameRef, Phase, ProbeState, State, answered, decide, health,
};
use unstuck_diagnose::{Cause, Diagnosis, Failure, classify};

/// A diagnosis below this share of belief is no decision.
const DECIDED: f64 = 0.6;

/// Whether more evidence could change the diagnosis.
#[must_use]
pub fn is_undecided(diagnosis: &Diagnosis) -> bool {
    let vague =
        matches!(diagnosis.cause, Cause::NetworkUnknown | Cause::AccessDenied | Cause::Unknown);
    vague || diagnosis.confidence < DECIDED
}

/// Looks into the failure of a call that has just failed.
pub(super) fn ask_if_undecided(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    let Some(call) = state.card_mut(frame).and_then(|card| card.call.as_mut()) else { return };
    let failed = matches!(call.phase, Phase::Failed | Phase::Waiting { .. });
    if failed && call.diagnosis.as_ref().is_some_and(is_undecided) {
        call.probe = ProbeState::Running;
        effects.push(Effect::Probe { attempt_id: call.attempt_id() });
    }
}

/// More is known of a failure. The call may have moved on meanwhile: then it is of no interest.
pub(super) fn apply(
    state: &mut State,
    now_ms: u64,
    attempt_id: AttemptId,
    failure: &Failure,
    effects: &mut Effects,
) {
    let mut rng = state.random();
    let Some(card) = state.card_with(attempt_id) else { return };
    let frame = card.frame.clone();
    let Some(call) = card.call.as_mut().filter(|call| call.probe == ProbeState::Running) else {
        return;
    };
    call.probe = ProbeState::Over;
    effects.paint(&frame);
    let diagnosis = classify(failure);
    if let Some(attempt) = call.attempts.last_mut() {
        attempt.cause = Some(diagnosis.cause);
    }
    if !matches!(call.phase, Phase::Failed | Phase::Waiting { .. }) {
        return;
    }
    let known = call.diagnosis.clone();
    let diagnosis = answered::compared(state, attempt_id, diagnosis);
    let is_known = known.as_ref() == Some(&diagnosis);
    let same_plan = known.is_some_and(|known| known.retry == diagnosis.retry);
    let asked = health::asked(state, now_ms, attempt_id);
    if is_known {
        return health::over(state, now_ms, attempt_id, asked, effects);
    }
    let diagnosed = decide::Diagnosed { diagnosis, facts: Some(Box::new(failure.without_words())) };
    if same_plan {
        if let Some(call) = state.card_with(attempt_id).and_then(|card| card.call.as_mut()) {
            call.diagnosis = Some(diagnosed.diagnosis.clone());
        }
        decide::remember(state, now_ms, attempt_id, frame, diagnosed, effects);
    } else {
        decide::decide(state, now_ms, attempt_id, diagnosed, &mut rng, effects);
    }
    health::over(state, now_ms, attempt_id, asked, effects);
}

/// The service's own word on it is looked up, if the person wants that done by itself.
pub(super) fn look_up(state: &State, call: u64, effects: &mut Effects) {
    if state.settings.status_pages && state.settings.may_send() {
        effects.push(Effect::LookUp { call });
    }
}

/// The troubleshooter found out more of a failure. What is planned for its call stays as it is: the person is at work on it.
pub(super) fn reconsider(
    state: &mut State,
    call: u64,
    diagnosis: &Diagnosis,
    effects: &mut Effects,
) {
    for card in &mut state.cards {
        let known = card.call.as_mut().filter(|known| known.id == call);
        let waits =
            known.filter(|known| matches!(known.phase, Phase::Failed | Phase::Waiting { .. }));
        if let Some(waits) = waits {
            waits.diagnosis = Some(diagnosis.clone());
            effects.paint(&card.frame);
        }
    }
    for incident in &mut state.incidents {
        if incident.attempt_id.call == call {
            incident.diagnosis = diagnosis.clone();
        }
    }
    effects.journal();
}
