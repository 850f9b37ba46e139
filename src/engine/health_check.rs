//! Checks of sources that the person switched on: without an ask, every five minutes and a little, the free list of models shows
//! whether a source answers.

use unstuck_diagnose::{Cause, Failure, Fault, When, classify};
use unstuck_health::{Call, Standing, Waits};

use super::{Effect, Effects, HealthCheck, State, health};

/// Between two checks of a source lie at least so many milliseconds.
pub(super) const INTERVAL_MS: u64 = 300_000;
/// And up to so many more, so that not all browsers come at once.
const SPREAD_MS: u64 = 60_000;

/// Checked are the sources that the person chose, and no other.
pub(super) fn follow(state: &mut State, now_ms: u64, effects: &mut Effects) {
    let may_send = state.settings.may_send();
    let chosen = state.settings.sources.iter().filter(|source| may_send && source.is_checked());
    let chosen: Vec<_> = chosen.map(|source| source.id.clone()).collect();
    let before = state.health_checks.len();
    state.health_checks.retain(|check| chosen.contains(&check.source));
    let mut has_changed = state.health_checks.len() != before;
    for source in chosen {
        if state.health_checks.iter().all(|check| check.source != source) {
            let next_ms = after(state, now_ms);
            state.health_checks.push(HealthCheck { source, next_ms });
            has_changed = true;
        }
    }
    if has_changed {
        effects.journal();
    }
}

/// Checks what is due. A source is passed over while the browser is offline, when it has just answered an ask, while one is on its
/// way, and while it asked to be left alone or is left alone.
pub(super) fn send_due(state: &mut State, now_ms: u64, online: bool, effects: &mut Effects) {
    for at in 0..state.health_checks.len() {
        if state.health_checks[at].next_ms > now_ms {
            continue;
        }
        state.health_checks[at].next_ms = after(state, now_ms);
        effects.journal();
        let source = state.health_checks[at].source.clone();
        let is_known = state.limiter(&source).is_some_and(|limiter| {
            limiter.is_shut(now_ms) || now_ms < limiter.answered_at_ms.saturating_add(INTERVAL_MS)
        });
        if online && !is_known && state.in_flight(&source) == 0 {
            effects.push(Effect::CheckHealth { source });
        }
    }
}

/// What came of a check.
pub(super) fn over(
    state: &mut State,
    now_ms: u64,
    source: &str,
    failure: Option<&Failure>,
    took_ms: u64,
    effects: &mut Effects,
) {
    // It may have been switched off meanwhile.
    if state.health_checks.iter().all(|check| check.source != source) {
        return;
    }
    let Some(known) = state.settings.source(source).cloned() else { return };
    let diagnosis = failure.map(classify);
    let cause = diagnosis.as_ref().map(|diagnosis| diagnosis.cause);
    if cause == Some(Cause::Offline) {
        return;
    }
    let retry = diagnosis.map(|diagnosis| diagnosis.retry);
    if let Some(wait_ms) = retry.filter(|retry| retry.when == When::After).and_then(|r| r.after_ms)
    {
        let mut rng = state.random();
        let own_ms = state.settings.rules(source).policy.stretched(wait_ms, &mut rng);
        let [named_ms, until_ms] = [wait_ms, own_ms].map(|ms| now_ms.saturating_add(ms));
        state.limiter_mut(source).close(now_ms, named_ms, until_ms);
        effects.journal();
    }
    let call = Call {
        source,
        name: &known.name,
        // No engine is fed with checks.
        provider: None,
        host: "",
        model: &known.model,
        failure: cause,
        tries: 1,
        retries: 0,
        waits: Waits::default(),
        answered_by: None,
        first_chunk_s: None,
        duration_s: took_ms as f64 / 1_000.0,
    };
    let outcome = state.health.checked(now_ms, &call);
    effects.push(Effect::KeepHealth);
    health::heed(state, outcome, effects);
    if cause.is_none() && state.health.standing(now_ms, source) == Standing::Ok {
        let ours = |cause: Cause| !matches!(cause.fault(), Fault::Provider | Fault::Network);
        let limiter = state.limiter_mut(source);
        limiter.trouble = limiter.trouble.filter(|&cause| ours(cause));
        effects.journal();
    }
}

fn after(state: &mut State, now_ms: u64) -> u64 {
    now_ms.saturating_add(INTERVAL_MS + state.random().u64(..=SPREAD_MS))
}
