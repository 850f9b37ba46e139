//! Start of a worker: calls that an earlier life left in flight are told and kept, never silently repeated.

use super::{Effects, Incident, Phase, State};
use crate::{Failure, classify, failure::Received};

/// The text by which the browser itself names this situation.
const WORKER_STOPPED: &str = "A listener indicated an asynchronous response by returning true, but the message channel closed before a response was received";

pub(super) fn start(state: &mut State, now_ms: u64, seed: u64, effects: &mut Effects) {
    state.seed ^= seed;
    let mut orphans = Vec::new();
    for card in state.cards.iter_mut() {
        let Some(call) = card.call.as_mut().filter(|call| call.phase.in_flight()) else { continue };
        let diagnosis = classify(&Failure {
            message: Some(WORKER_STOPPED.into()),
            stream: Some(Received { chars: call.received.chars().count() as u64, ended: false }),
            now_ms: Some(now_ms),
            ..Failure::default()
        });
        call.phase = Phase::Failed;
        call.diagnosis = Some(diagnosis.clone());
        orphans.push(Incident {
            ticket: call.ticket(),
            surface: card.surface.clone(),
            at_ms: now_ms,
            diagnosis,
            settled: false,
        });
        effects.paint(&card.surface);
    }
    if !orphans.is_empty() {
        effects.journal();
    }
    orphans.into_iter().for_each(|orphan| state.remember(orphan));
}
