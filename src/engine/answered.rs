//! What each source was set to when it last answered, and what of that has changed when it fails.

use super::{AttemptId, Call, Settings, Setup, State};
use unstuck_diagnose::Diagnosis;

/// An attempt is on its way, with this key.
pub(super) fn sent(state: &mut State, attempt_id: AttemptId, key: u32) {
    let State { cards, settings, .. } = state;
    let call = cards.iter_mut().filter_map(|card| card.call.as_mut());
    let call = call.into_iter().find(|call| call.attempt_id() == attempt_id);
    let Some(call) = call else { return };
    let Some(source) = settings.source(&call.source).cloned() else { return };
    call.sent = Some(Box::new(Setup { source, key }));
    let source = call.source.clone();
    state.limiter_mut(&source).key = key;
}

/// These are the keys that are kept now, by source.
pub(super) fn keyed(state: &mut State, keys: &[(String, u32)]) {
    for limiter in &mut state.limiters {
        let kept = keys.iter().find(|(source, _)| *source == limiter.source);
        limiter.key = kept.map_or(0, |(_, key)| *key);
    }
}

/// What this call was sent with has brought an answer.
pub(super) fn answered(state: &mut State, attempt_id: AttemptId) {
    let call = state.card_with(attempt_id).and_then(|card| card.call.as_mut());
    let Some(sent) = call.and_then(|call| call.sent.take()) else { return };
    forget_removed(&mut state.answered, &state.settings);
    state.answered.retain(|known| known.source.id != sent.source.id);
    state.answered.push(*sent);
}

/// Of sources that were taken away nothing is kept.
pub(super) fn forget_removed(answered: &mut Vec<Setup>, settings: &Settings) {
    answered.retain(|known| settings.source(&known.source.id).is_some());
}

/// The diagnosis, and what has changed since the source of its call last answered.
pub(super) fn compared(state: &State, attempt_id: AttemptId, mut found: Diagnosis) -> Diagnosis {
    let calls = state.cards.iter().filter_map(|card| card.call.as_ref());
    let call = calls.into_iter().find(|call| call.attempt_id() == attempt_id);
    let sent = call.and_then(|call| call.sent.as_deref());
    if let Some((answered, sent)) = sent.and_then(|sent| Some((last(state, call?)?, sent))) {
        found.evidence.extend(answered.changes(sent));
    }
    found
}

/// What the source of this call was set to when it last answered.
pub(super) fn last<'a>(state: &'a State, call: &Call) -> Option<&'a Setup> {
    state.answered.iter().find(|known| known.source.id == call.source)
}
