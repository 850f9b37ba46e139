//! Another source in place of one that cannot answer. The chat goes to another company then, so it takes the person's word:
//! a press, or a choice that they made once for all.

use super::{Effect, Effects, Fallback, FrameRef, Phase, Settings, Source, State};
use unstuck_diagnose::{ActionKind, Cause, Diagnosis};
use unstuck_source::is_loopback_url;

/// A shorter wait than this is not worth a change of the source, in milliseconds.
const WORTH_WAITING_MS: u64 = 5_000;

/// Whether another source would help with this failure.
#[must_use]
pub fn helps(diagnosis: &Diagnosis) -> bool {
    diagnosis.actions.iter().any(|action| action.kind == ActionKind::SwitchSource)
}

/// The source to offer in place of the call's: the next one in the person's order that has not been tried and is not shut.
#[must_use]
pub fn offered<'a>(state: &'a State, frame: &FrameRef, now_ms: u64) -> Option<&'a Source> {
    let call = state.card(frame)?.call.as_ref()?;
    let open =
        |source: &&Source| state.limiter(&source.id).is_none_or(|limiter| !limiter.is_shut(now_ms));
    let others = || {
        let sources = state.settings.sources.iter();
        sources.filter(|source| source.id != call.source && !call.tried.contains(&source.id))
    };
    others().find(open).or_else(|| others().next())
}

/// The source that a new ask goes to: the first one, unless it is shut or fails and the person chose another for its trouble.
#[must_use]
pub(super) fn for_new_ask(state: &State, now_ms: u64) -> Option<&Source> {
    let first = state.first_source()?;
    let limiter = state.limiter(&first.id);
    let is_shut = limiter.is_some_and(|limiter| limiter.is_shut(now_ms));
    if !is_shut && !state.health.advice(now_ms, &first.id).skip {
        return Some(first);
    }
    // What this browser has not heard of it, its outage still tells.
    let outage = || state.health.incident(&first.id)?.causes.last().map(|span| span.cause);
    let trouble = limiter.and_then(|limiter| limiter.trouble).or_else(outage);
    let stands_in = trouble.and_then(|cause| agreed(&state.settings, cause, &[&first.id]));
    stands_in.or(Some(first))
}

/// A call that would wait for long or is left to the person goes on with a source that the person agreed to.
pub(super) fn go_on_elsewhere(state: &mut State, now_ms: u64, frame: &FrameRef) {
    let Some(call) = state.card(frame).and_then(|card| card.call.as_ref()) else { return };
    let Some(diagnosis) = call.diagnosis.as_ref().filter(|diagnosis| helps(diagnosis)) else {
        return;
    };
    let stuck = match call.phase {
        Phase::Failed => true,
        Phase::Waiting { until_ms, .. } => until_ms.saturating_sub(now_ms) > WORTH_WAITING_MS,
        _ => false,
    };
    if !stuck || !call.fresh.is_empty() {
        return;
    }
    let mut tried: Vec<&str> = call.tried.iter().map(String::as_str).collect();
    tried.push(&call.source);
    let Some(source) = agreed(&state.settings, diagnosis.cause, &tried) else { return };
    let source = source.id.clone();
    hand_over(state, frame, source);
}

/// The person lets another source answer this ask, and with `always` whenever the same goes wrong. An answer that has begun
/// meanwhile is not thrown away.
pub(super) fn switch(
    state: &mut State,
    frame: &FrameRef,
    source: &str,
    always: bool,
    effects: &mut Effects,
) {
    if state.settings.source(source).is_none() {
        return;
    }
    let Some(call) = state.card(frame).and_then(|card| card.call.as_ref()) else { return };
    let cause = call.diagnosis.as_ref().map(|diagnosis| diagnosis.cause);
    if matches!(call.phase, Phase::Requesting | Phase::Streaming | Phase::Done) {
        return;
    }
    if let Some(cause) = cause.filter(|_| always) {
        let fallback = Fallback { cause, source: source.to_owned() };
        state.settings.fallbacks.retain(|known| known.cause != cause);
        state.settings.fallbacks.push(fallback.clone());
        effects.push(Effect::KeepFallback { fallback });
    }
    hand_over(state, frame, source.to_owned());
}

/// A source was removed: a call that waits for it is left to the person, whose next press is for the sources that are left.
pub(super) fn leave_removed(state: &mut State, effects: &mut Effects) {
    for card in &mut state.cards {
        let Some(call) = card.call.as_mut() else { continue };
        let waits = matches!(call.phase, Phase::Waiting { .. });
        if waits && state.settings.source(&call.source).is_none() {
            call.phase = Phase::Cancelled;
            effects.journal();
            effects.paint(&card.frame);
        }
    }
}

/// The call is due at another source.
fn hand_over(state: &mut State, frame: &FrameRef, source: String) {
    let Some(call) = state.card_mut(frame).and_then(|card| card.call.as_mut()) else { return };
    call.tried.push(std::mem::replace(&mut call.source, source));
    call.phase = Phase::Due;
    call.count_anew();
}

/// The source that may stand in on this cause without being asked for.
fn agreed<'a>(settings: &'a Settings, cause: Cause, tried: &[&str]) -> Option<&'a Source> {
    let untried = |source: &&Source| !tried.contains(&source.id.as_str());
    let chosen = settings.fallbacks.iter().find(|fallback| fallback.cause == cause);
    let chosen = chosen.and_then(|fallback| settings.source(&fallback.source)).filter(untried);
    chosen.or_else(|| {
        let mut local = settings
            .sources
            .iter()
            .filter(|source| is_loopback_url(&source.base_url))
            .filter(untried);
        local.next().filter(|_| settings.local_fallback)
    })
}
