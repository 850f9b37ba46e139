//! A call from being due to its end: sent, streamed, failed, waited for, sent again.

use super::{Effect, Effects, Incident, Phase, Reason, State, Ticket};
use crate::{
    Failure, When, classify,
    retry::{Plan, Progress, plan},
};

/// Streamed text is journalled at most this often, in milliseconds.
const JOURNAL_EVERY_MS: u64 = 1_000;

/// Sends every call whose time has come.
pub(super) fn release_due(state: &mut State, now_ms: u64, effects: &mut Effects) {
    let closed = state.closed_until_ms.clone();
    for card in state.cards.iter_mut() {
        let Some(call) = card.call.as_mut() else { continue };
        let closed_until =
            closed.iter().find(|(id, _)| *id == call.source).map_or(0, |(_, until_ms)| *until_ms);
        match call.phase {
            Phase::Waiting { until_ms, .. } if until_ms <= now_ms => call.phase = Phase::Due,
            _ => {}
        }
        if call.phase != Phase::Due {
            continue;
        }
        if closed_until > now_ms {
            call.phase = Phase::Waiting { until_ms: closed_until, reason: Reason::Server };
        } else {
            call.attempt += 1;
            call.tries += 1;
            call.phase = Phase::Requesting;
            call.received.clear();
            call.sent_at_ms = now_ms;
            effects.push(Effect::Send {
                ticket: call.ticket(),
                source: call.source.clone(),
                prompt: call.prompt.clone(),
            });
        }
        effects.journal();
        effects.paint(&card.surface);
    }
}

pub(super) fn chunk(
    state: &mut State,
    now_ms: u64,
    ticket: Ticket,
    text: &str,
    effects: &mut Effects,
) {
    let Some(card) = state.card_with(ticket) else { return };
    let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { return };
    call.received.push_str(text);
    call.phase = Phase::Streaming;
    if now_ms.abs_diff(call.journalled_at_ms) >= JOURNAL_EVERY_MS {
        call.journalled_at_ms = now_ms;
        effects.journal();
    }
    effects.paint(&card.surface);
}

pub(super) fn end(state: &mut State, ticket: Ticket, effects: &mut Effects) {
    let Some(card) = state.card_with(ticket) else { return };
    let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { return };
    call.phase = Phase::Done;
    call.diagnosis = None;
    let surface = card.surface.clone();
    state.settle(&surface);
    effects.journal();
    effects.paint(&surface);
}

pub(super) fn fail(
    state: &mut State,
    now_ms: u64,
    ticket: Ticket,
    failure: &Failure,
    effects: &mut Effects,
) {
    let mut rng = state.random();
    let policy = state.settings.policy;
    let Some(card) = state.card_with(ticket) else { return };
    let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { return };
    let diagnosis = classify(failure);
    let progress = Progress { attempt: call.tries, shown: !call.received.is_empty() };
    call.phase = match plan(diagnosis.retry, progress, &policy, &mut rng) {
        Plan::After(wait_ms) => Phase::Waiting {
            until_ms: now_ms.saturating_add(wait_ms),
            reason: if diagnosis.retry.after_ms.is_some() {
                Reason::Server
            } else {
                Reason::Backoff
            },
        },
        Plan::WhenOnline => Phase::Waiting { until_ms: u64::MAX, reason: Reason::Offline },
        Plan::UpToPerson => Phase::Failed,
    };
    call.diagnosis = Some(diagnosis.clone());
    let (surface, source) = (card.surface.clone(), call.source.clone());
    if let (When::After, Some(wait_ms)) = (diagnosis.retry.when, diagnosis.retry.after_ms) {
        state.close_until(&source, now_ms.saturating_add(wait_ms));
    }
    state.remember(Incident {
        ticket,
        surface: surface.clone(),
        at_ms: now_ms,
        diagnosis,
        settled: false,
    });
    effects.journal();
    effects.paint(&surface);
}

/// Calls that waited for the network are due.
pub(super) fn online(state: &mut State, now_ms: u64) {
    for call in state.cards.iter_mut().filter_map(|card| card.call.as_mut()) {
        if matches!(call.phase, Phase::Waiting { reason: Reason::Offline, .. }) {
            call.phase = Phase::Waiting { until_ms: now_ms, reason: Reason::Offline };
        }
    }
}
