//! Start of a worker: calls that an earlier life left in flight are told and kept, never silently repeated; and a clock that
//! was set back between two steps.

use super::{
    Call, DurableState, Effect, Effects, Incident, Phase, ProbeState, State, durable::ORPHANS_KEPT,
    state::Trouble,
};
use unstuck_diagnose::{Action, ActionKind, Cause, Diagnosis, Evidence, Retry, When};

pub(super) fn start(
    state: &mut State,
    now_ms: u64,
    seed: u64,
    damaged: bool,
    effects: &mut Effects,
) {
    state.seed ^= seed;
    if damaged {
        state.trouble = Some(Trouble::Damaged);
    }
    let mut orphans = Vec::new();
    for card in &mut state.cards {
        let Some(call) = card.call.as_mut() else { continue };
        call.probe = ProbeState::Over;
        if !call.phase.in_flight() {
            // Its page may have gone while the earlier life died, unheard: whoever paints it finds out before it is due.
            if call.phase.is_live() {
                effects.paint(&card.frame);
            }
            continue;
        }
        let diagnosis = interrupted(call);
        if let Some(attempt) = call.attempts.last_mut() {
            attempt.cause = Some(diagnosis.cause);
        }
        call.phase = Phase::Failed;
        call.diagnosis = Some(diagnosis.clone());
        orphans.push(Incident {
            attempt_id: call.attempt_id(),
            frame: card.frame.clone(),
            at_ms: now_ms,
            diagnosis,
            facts: None,
            attempts: call.attempts.clone(),
            settled: false,
        });
        effects.paint(&card.frame);
    }
    if !orphans.is_empty() {
        state.limiters.iter_mut().for_each(super::Limiter::undecided);
        effects.journal();
    }
    orphans.into_iter().for_each(|orphan| state.remember(orphan));
}

/// What is said of a call that an earlier life left in flight: it may have reached its source, so it is the person's to repeat.
fn interrupted(call: &Call) -> Diagnosis {
    let begun = !call.received.is_empty();
    let kinds = [ActionKind::Continue, ActionKind::Retry, ActionKind::CopyReport];
    let offered = kinds.into_iter().filter(|kind| begun || *kind != ActionKind::Continue);
    Diagnosis {
        cause: Cause::ExtensionRestarted,
        confidence: 1.0,
        retry: Retry::when(When::AfterFix),
        evidence: vec![Evidence::WorkerStopped],
        also: Vec::new(),
        provider: None,
        host: None,
        request_id: None,
        opens_at_ms: None,
        actions: offered.map(|kind| Action { kind, url: None }).collect(),
    }
}

/// The first worker of a new browser: what the last one left behind.
pub(super) fn take_over(
    state: &mut State,
    now_ms: u64,
    durable: DurableState,
    effects: &mut Effects,
) {
    for (source, until_ms) in durable.closed {
        state.limiter_mut(&source).close(now_ms, until_ms, until_ms);
    }
    let over = durable.asks.len().saturating_sub(ORPHANS_KEPT);
    durable.asks.into_iter().skip(over).for_each(|ask| state.keep_ask(ask));
    effects.journal();
}

/// The store did not take the journal: what can be spared is dropped, so that the next one fits.
pub(super) fn make_room(state: &mut State, effects: &mut Effects) {
    let first = state.trouble != Some(Trouble::Unsaved);
    state.trouble = Some(Trouble::Unsaved);
    state.incidents.truncate(5);
    state.cards.retain(|card| card.open || card.call.as_ref().is_some_and(|c| c.phase.is_live()));
    if first {
        effects.journal();
    }
}

/// Forgets everything: what runs is stopped, and every card closes. The numbers of calls go on, so that a late word of an old
/// call is nobody's.
pub(super) fn erase(state: &mut State, effects: &mut Effects) {
    for card in &state.cards {
        if let Some(call) = card.call.as_ref().filter(|call| call.phase.in_flight()) {
            effects.push(Effect::Abort { attempt_id: call.attempt_id() });
        }
        effects.paint(&card.frame);
    }
    let diagnosed = state.pages.iter().map(|page| &page.frame);
    let kept = state.recovered_texts.iter().map(|kept| &kept.frame);
    diagnosed.chain(kept).for_each(|frame| effects.paint(frame));
    let State { last_call, seed, seen_ms, .. } = *state;
    *state = State { last_call, seed, seen_ms, ..State::default() };
    let random = state.random().u64(..);
    state.take_health(&[], random);
    effects.journal();
}

/// A clock that was set back would turn seconds of waiting into days: everything that lies ahead is set back with it.
/// A clock that runs ahead cannot be told from a machine that slept.
pub(super) fn follow_clock(state: &mut State, now_ms: u64) {
    const NOTICED_MS: u64 = 2_000;
    let back_ms = state.seen_ms.saturating_sub(now_ms);
    state.seen_ms = now_ms;
    if back_ms < NOTICED_MS {
        return;
    }
    state.limiters.iter_mut().for_each(|limiter| limiter.shift(back_ms));
    for check in &mut state.health_checks {
        check.next_ms = check.next_ms.saturating_sub(back_ms);
    }
    state.health_wake_ms = state.health_wake_ms.map(|at_ms| at_ms.saturating_sub(back_ms));
    for call in state.cards.iter_mut().filter_map(|card| card.call.as_mut()) {
        if let Phase::Waiting { until_ms, .. } = &mut call.phase
            && *until_ms != u64::MAX
        {
            *until_ms = until_ms.saturating_sub(back_ms);
        }
    }
}
