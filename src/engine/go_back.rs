//! Back to what a source was set to when it last answered, at the person's press; and that taken back.

use super::{Effect, Effects, FrameRef, Note, Phase, Setup, Source, State, answered};
use unstuck_diagnose::workspace::origin;

/// The source of a failed call as it was when it last answered, if it is another one now; its name and its check stay. A key goes
/// to no place for which it was not entered: a source with another key goes back to no other site.
#[must_use]
pub fn offered(state: &State, frame: &FrameRef) -> Option<Source> {
    let call = state.card(frame)?.call.as_ref()?;
    let stands = matches!(call.phase, Phase::Failed | Phase::Waiting { .. });
    call.diagnosis.as_ref().filter(|_| stands)?;
    let now = state.settings.source(&call.source).filter(|source| !source.is_given())?;
    let last = answered::last(state, call)?;
    let (name, checked) = (now.name.clone(), now.checked);
    let before = Source { name, checked, ..last.source.clone() };
    let may = may_take(now, key(state, &now.id), &before, last.key);
    (before != *now && may).then_some(before)
}

/// Whether the key that a source has now may go where the source went with that other one.
fn may_take(now: &Source, key: u32, before: &Source, of_before: u32) -> bool {
    key == of_before || origin(&before.base_url) == origin(&now.base_url)
}

fn key(state: &State, source: &str) -> u32 {
    state.limiter(source).map_or(0, |limiter| limiter.key)
}

/// The source is that again, and asked again.
pub(super) fn take(state: &mut State, frame: &FrameRef, now_ms: u64, effects: &mut Effects) {
    let Some(before) = offered(state, frame) else { return };
    let key = key(state, &before.id);
    let Some(known) = state.settings.source_mut(&before.id) else { return };
    let left = std::mem::replace(known, before.clone());
    let Some(card) = state.card_mut(frame) else { return };
    card.again(String::new(), now_ms);
    card.left = Some(Box::new(Setup { source: left, key }));
    card.note = Some(Note::WentBack);
    effects.push(Effect::KeepSource { source: before });
}

/// The source is as it was before the person went back, unless it was changed since. What is asked meanwhile goes on.
pub(super) fn undo(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    let Some(left) = state.card_mut(frame).and_then(|card| card.left.take()) else { return };
    let Setup { source: left, key: of_left } = *left;
    let key = key(state, &left.id);
    let last = state.answered.iter().find(|known| known.source.id == left.id);
    let went = last.map(|last| {
        let (name, checked) = (left.name.clone(), left.checked);
        Source { name, checked, ..last.source.clone() }
    });
    let known = state.settings.source_mut(&left.id);
    let known =
        known.filter(|now| went.as_ref() == Some(now) && may_take(now, key, &left, of_left));
    let note = match known {
        Some(known) => {
            known.clone_from(&left);
            effects.push(Effect::KeepSource { source: left });
            Note::Undone
        }
        None => Note::UndoLate,
    };
    if let Some(card) = state.card_mut(frame) {
        card.note = Some(note);
    }
}
