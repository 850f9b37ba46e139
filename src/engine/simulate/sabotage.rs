//! Engines that are broken on purpose, one law each: the simulation is worth something only if it catches them.

use super::Law;
use crate::{
    Card, Effect, Limiter, Phase, Reason, State,
    retry::{breaker::Breaker, budget::Budget},
};

/// What a broken engine forgets before a step.
pub(super) fn before(broken: Option<Law>, state: &mut State, now_ms: u64) {
    match broken {
        Some(Law::NeverEarly) => {
            for limiter in &mut state.limiters {
                limiter.closed_until_ms = 0;
            }
            for call in state.cards.iter_mut().filter_map(|card| card.call.as_mut()) {
                if matches!(call.phase, Phase::Waiting { .. }) {
                    call.phase = Phase::Due;
                }
            }
        }
        Some(Law::Budget) => {
            state.limiters.iter_mut().for_each(|limiter| limiter.budget = Budget::default());
        }
        Some(Law::Breaker) => {
            state.limiters.iter_mut().for_each(|limiter| limiter.breaker = Breaker::default());
        }
        Some(Law::ChecksSparing) => {
            state.health_checks.iter_mut().for_each(|check| check.next_ms = now_ms);
        }
        Some(Law::OneAtATime) => {
            state.limiters.iter_mut().for_each(|limiter| limiter.one_at_a_time = false);
        }
        Some(Law::PersonDecides) => {
            for call in state.cards.iter_mut().filter_map(|card| card.call.as_mut()) {
                if call.phase == Phase::Failed {
                    call.phase = Phase::Waiting { until_ms: now_ms, reason: Reason::Backoff };
                }
            }
        }
        Some(Law::Heard) => {
            let free = |limiter: &&mut Limiter| limiter.closed_until_ms <= now_ms;
            for limiter in state.limiters.iter_mut().filter(free) {
                limiter.closed_until_ms = now_ms + 60_000;
                limiter.named_until_ms = limiter.closed_until_ms;
            }
        }
        Some(Law::NoAskLost) => {
            let failed = |card: &&mut Card| {
                card.call.as_ref().is_some_and(|call| call.phase == Phase::Failed)
            };
            state.cards.iter_mut().filter(failed).for_each(|card| card.request.prompt.clear());
        }
        _ => {}
    }
}

/// What a broken engine does otherwise than the real one.
pub(super) fn after(broken: Option<Law>, effects: &mut Vec<Effect>) {
    match broken {
        Some(Law::SentOnce) => {
            let again =
                effects.iter().find(|effect| matches!(effect, Effect::Send { .. })).cloned();
            effects.extend(again);
        }
        Some(Law::ToldOnce)
            if effects.iter().any(|effect| matches!(effect, Effect::Post { .. })) =>
        {
            effects.retain(|effect| *effect != Effect::KeepHealth);
        }
        Some(Law::Ends) => effects.retain(|effect| !matches!(effect, Effect::WakeAt { .. })),
        _ => {}
    }
}

/// What a broken engine writes.
pub(super) fn journal(broken: Option<Law>, state: &State) -> Vec<u8> {
    let mut bytes = state.to_bytes();
    if broken == Some(Law::Restorable)
        && let Some(byte) = bytes.last_mut()
    {
        *byte ^= 1;
    }
    bytes
}
