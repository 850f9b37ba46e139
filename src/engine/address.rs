//! The address of a source that leads to another one: the new one is taken at the person's press.

use super::{Effect, Effects, FrameRef, State};
use unstuck_diagnose::ActionKind;

/// The base URL to offer in place of the one that leads there.
#[must_use]
pub fn offered(state: &State, frame: &FrameRef) -> Option<String> {
    let call = state.card(frame)?.call.as_ref()?;
    let actions = &call.diagnosis.as_ref()?.actions;
    let action = actions.iter().find(|action| action.kind == ActionKind::UseAddress)?;
    let source = state.settings.source(&call.source)?;
    let target = action.url.as_deref().filter(|_| !source.is_given())?;
    unstuck_source::moved(source.endpoint(), target)
}

/// The source is asked there from now on, first of all again.
pub(super) fn take(state: &mut State, frame: &FrameRef, now_ms: u64, effects: &mut Effects) {
    let Some(base_url) = offered(state, frame) else { return };
    let Some(card) = state.cards.iter_mut().find(|card| card.frame == *frame) else { return };
    let Some(id) = card.call.as_ref().map(|call| call.source.clone()) else { return };
    card.again(String::new(), now_ms);
    if let Some(source) = state.settings.source_mut(&id) {
        source.base_url = base_url;
        effects.push(Effect::KeepSource { source: source.clone() });
    }
}
