//! What happens next with a call that has failed.

use super::{AttemptId, Effects, FrameRef, Incident, Phase, Reason, State, failover};
use crate::retry::{Plan, Progress, plan};
use unstuck_diagnose::{Diagnosis, Failure, When};

/// A failure as it is understood now.
pub(super) struct Diagnosed {
    pub(super) diagnosis: Diagnosis,
    /// What was seen of it, without any words.
    pub(super) facts: Option<Box<Failure>>,
}

/// What happens next with a call that has this diagnosis now.
pub(super) fn decide(
    state: &mut State,
    now_ms: u64,
    attempt_id: AttemptId,
    diagnosed: Diagnosed,
    rng: &mut fastrand::Rng,
    effects: &mut Effects,
) {
    let diagnosis = &diagnosed.diagnosis;
    let Some(card) = state.card_with(attempt_id) else { return };
    let Some(call) = card.call.as_ref() else { return };
    let (frame, source) = (card.frame.clone(), call.source.clone());
    let policy = state.settings.rules(&source).policy;
    let Some(call) = state.card_with(attempt_id).and_then(|card| card.call.as_mut()) else {
        return;
    };
    let progress = Progress { attempt: call.tries, shown: !call.fresh.is_empty() };
    call.diagnosis = Some(diagnosis.clone());
    let plan = plan(diagnosis.retry, progress, &policy, rng);
    let limiter = state.limiter_mut(&source);
    let phase = match plan {
        Plan::After(wait_ms) if limiter.budget.draw(now_ms) => Phase::Waiting {
            until_ms: now_ms.saturating_add(wait_ms),
            reason: if diagnosis.retry.after_ms.is_some() {
                Reason::Server
            } else {
                Reason::Backoff
            },
        },
        Plan::WhenOnline => Phase::Waiting { until_ms: u64::MAX, reason: Reason::Offline },
        Plan::After(_) | Plan::UpToPerson => Phase::Failed,
    };
    if let (When::After, Some(wait_ms)) = (diagnosis.retry.when, diagnosis.retry.after_ms) {
        let until_ms = match phase {
            Phase::Waiting { until_ms, .. } => until_ms,
            _ => now_ms.saturating_add(policy.stretched(wait_ms, rng)),
        };
        limiter.close(now_ms, now_ms.saturating_add(wait_ms), until_ms);
    }
    if let Some(call) = state.card_with(attempt_id).and_then(|card| card.call.as_mut()) {
        call.phase = phase;
    }
    failover::go_on_elsewhere(state, now_ms, &frame);
    remember(state, now_ms, attempt_id, frame, diagnosed, effects);
}

/// Notes a failure for the popup.
pub(super) fn remember(
    state: &mut State,
    at_ms: u64,
    attempt_id: AttemptId,
    frame: FrameRef,
    diagnosed: Diagnosed,
    effects: &mut Effects,
) {
    let Diagnosed { diagnosis, facts } = diagnosed;
    effects.journal();
    effects.paint(&frame);
    let call = state.card_with(attempt_id).and_then(|card| card.call.as_ref());
    let attempts = call.map(|call| call.attempts.clone()).unwrap_or_default();
    state.remember(Incident {
        attempt_id,
        frame,
        at_ms,
        diagnosis,
        facts,
        attempts,
        settled: false,
    });
}
