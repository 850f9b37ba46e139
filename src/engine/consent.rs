//! Nothing leaves the device before the person has agreed to it, and nothing more once they no longer do.

use super::{Effect, Effects, Note, Phase, ProbeState, State, press};

/// The page on which the person can agree.
pub(super) const WELCOME: &str = "welcome.html";

/// In place of sending: all that moves is stopped, and what was asked is kept. An ask that was pressed just now opens the page
/// on which the person can agree.
pub(super) fn hold_back(state: &mut State, effects: &mut Effects) {
    let moves = |card: &&super::Card| {
        let call = card.call.as_ref();
        call.is_some_and(|call| call.phase.is_live() || call.probe == ProbeState::Running)
    };
    let held: Vec<_> = state.cards.iter().filter(moves).map(|card| card.frame.clone()).collect();
    for frame in held {
        let call = state.card(&frame).and_then(|card| card.call.as_ref());
        let pressed = call.is_some_and(|call| call.phase == Phase::Due);
        press::stop(state, &frame, effects);
        if let Some(card) = state.card_mut(&frame) {
            card.note = Some(Note::NoConsent);
            card.editing = card.call.as_ref().is_none_or(|call| call.received.is_empty());
        }
        let welcome = Effect::OpenOwnPage { path: WELCOME.to_owned() };
        if pressed && !effects.list.contains(&welcome) {
            effects.push(welcome);
        }
        effects.journal();
        effects.paint(&frame);
    }
    effects.list.retain(|effect| !matches!(effect, Effect::Probe { .. }));
}
