//! A call from being due to its end: sent, streamed, failed, waited for, sent again.

use super::{
    AttemptId, Cost, Effect, Effects, FrameRef, Phase, ProbeState, Reason, State, answered,
    attempt,
    decide::{Diagnosed, decide},
    failover, health,
    join::join,
    limiter::Permit,
    probe,
    state::ANSWER_LIMIT,
};
use crate::drafts::{self, Draft};
use unstuck_diagnose::{Failure, classify};

/// Streamed text is journalled at most this often, in milliseconds.
const JOURNAL_EVERY_MS: u64 = 1_000;

/// Sends every call whose time has come and whose source may be called.
pub(super) fn release_due(state: &mut State, now_ms: u64, effects: &mut Effects) {
    failover::leave_removed(state, effects);
    for index in 0..state.cards.len() {
        let Some(call) = state.cards[index].call.as_ref() else { continue };
        let (source, force) = (call.source.clone(), call.force);
        let others = state.in_flight(&source);
        let due = match call.phase {
            Phase::Due => true,
            Phase::Waiting { until_ms: u64::MAX, reason: Reason::Turn } => others == 0,
            Phase::Waiting { until_ms, .. } => until_ms <= now_ms,
            _ => false,
        };
        if !due {
            continue;
        }
        let pause_ms = state.health.advice(now_ms, &source).pause_ms;
        let limiter = state.limiter_mut(&source);
        let permit = limiter.permit(now_ms, others, pause_ms, force);
        if permit == Permit::Free {
            limiter.sent(now_ms);
        }
        let card = &mut state.cards[index];
        let Some(call) = card.call.as_mut() else { continue };
        let before = call.phase;
        if let (Phase::Waiting { reason, .. }, Permit::Free) = (before, permit) {
            health::waited(call, reason, now_ms);
        }
        call.phase = match permit {
            Permit::NotBefore(until_ms, reason) => Phase::Waiting { until_ms, reason },
            Permit::AfterAnother => Phase::Waiting { until_ms: u64::MAX, reason: Reason::Turn },
            Permit::Free => Phase::Requesting,
        };
        if permit == Permit::Free {
            call.attempt += 1;
            call.tries += 1;
            call.force = false;
            call.sent = None;
            call.fresh.clear();
            call.first_word_ms = None;
            call.probe = ProbeState::Over;
            attempt::sent(&mut call.attempts, call.attempt, now_ms);
            effects.push(Effect::Send {
                attempt_id: call.attempt_id(),
                source: call.source.clone(),
                prompt: call.prompt.clone(),
                begun: call.begun.clone(),
            });
        } else if call.phase == before {
            continue;
        }
        effects.journal();
        effects.paint(&card.frame);
    }
}

pub(super) fn chunk(
    state: &mut State,
    now_ms: u64,
    attempt_id: AttemptId,
    text: &str,
    effects: &mut Effects,
) {
    let Some(card) = state.card_with(attempt_id) else { return };
    let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { return };
    if call.begun.len() + call.fresh.len() + text.len() <= ANSWER_LIMIT {
        call.fresh.push_str(text);
    }
    call.received = join(&call.begun, &call.fresh);
    if call.phase == Phase::Requesting {
        let sent_ms = call.attempts.last().map_or(now_ms, |attempt| attempt.sent_ms);
        call.first_word_ms = Some(now_ms.saturating_sub(sent_ms));
    }
    call.phase = Phase::Streaming;
    if now_ms.abs_diff(call.journalled_at_ms) >= JOURNAL_EVERY_MS {
        call.journalled_at_ms = now_ms;
        effects.journal();
    }
    effects.paint(&card.frame);
}

pub(super) fn end(
    state: &mut State,
    now_ms: u64,
    attempt_id: AttemptId,
    tokens: Option<u64>,
    effects: &mut Effects,
) {
    let asked = health::asked(state, now_ms, attempt_id);
    let Some(card) = state.card_with(attempt_id) else { return };
    let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { return };
    call.phase = Phase::Done;
    call.received = join(&call.begun, &call.fresh);
    call.diagnosis = None;
    call.cost = Cost { ms: now_ms.saturating_sub(call.asked_at_ms), tokens };
    let (frame, source) = (card.frame.clone(), call.source.clone());
    state.limiter_mut(&source).answered(now_ms);
    state.settle(&frame);
    effects.journal();
    effects.paint(&frame);
    keep_draft(state, now_ms, &frame, effects);
    answered::answered(state, attempt_id);
    health::over(state, now_ms, attempt_id, asked, effects);
}

/// The draft is kept on this device, unless the person wants none to be.
fn keep_draft(state: &State, at_ms: u64, frame: &FrameRef, effects: &mut Effects) {
    let Some(card) = state.card(frame).filter(|_| state.settings.assistant.keep_drafts) else {
        return;
    };
    let Some(call) = card.call.as_ref().filter(|call| !call.received.is_empty()) else { return };
    let source = state.settings.source(&call.source).map_or("", |source| source.name.as_str());
    effects.push(Effect::KeepDraft {
        draft: Draft {
            at_ms,
            task: card.request.task,
            site: card.site.clone(),
            source: source.to_owned(),
            text: call.received.clone(),
        },
        most: drafts::KEPT,
    });
}

pub(super) fn fail(
    state: &mut State,
    now_ms: u64,
    attempt_id: AttemptId,
    failure: &Failure,
    effects: &mut Effects,
) {
    let mut rng = state.random();
    let Some(card) = state.card_with(attempt_id) else { return };
    let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { return };
    call.failed_at_ms = now_ms;
    let diagnosis = classify(failure);
    if let Some(attempt) = call.attempts.last_mut() {
        attempt.learn(failure, &diagnosis, now_ms);
    }
    let (frame, source) = (card.frame.clone(), call.source.clone());
    state.limiter_mut(&source).failed(now_ms, &diagnosis, &mut rng);
    let diagnosis = answered::compared(state, attempt_id, diagnosis);
    let diagnosed = Diagnosed { diagnosis, facts: Some(Box::new(failure.without_words())) };
    let asked = health::asked(state, now_ms, attempt_id);
    decide(state, now_ms, attempt_id, diagnosed, &mut rng, effects);
    probe::ask_if_undecided(state, &frame, effects);
    health::over(state, now_ms, attempt_id, asked, effects);
    probe::look_up(state, attempt_id.call, effects);
}

/// Calls that waited for the network are due.
pub(super) fn online(state: &mut State, now_ms: u64) {
    for call in state.cards.iter_mut().filter_map(|card| card.call.as_mut()) {
        if matches!(call.phase, Phase::Waiting { reason: Reason::Offline, .. }) {
            call.phase = Phase::Waiting { until_ms: now_ms, reason: Reason::Offline };
        }
    }
}
