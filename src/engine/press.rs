//! What each press does. Nothing here sends a chat message: the most it does is fill the box.

use super::{Call, Card, Effect, Effects, Note, Phase, Press, Reason, State, Surface};
use crate::ActionKind;

/// Shows the card of a surface, with what was asked before.
pub(super) fn open(state: &mut State, surface: Surface, effects: &mut Effects) {
    match state.card_mut(&surface) {
        Some(card) => card.open = true,
        None => state.cards.push(Card {
            surface: surface.clone(),
            open: true,
            prompt: String::new(),
            editing: true,
            call: None,
            note: None,
        }),
    }
    effects.journal();
    effects.paint(&surface);
}

pub(super) fn press(
    state: &mut State,
    now_ms: u64,
    surface: &Surface,
    press: Press,
    effects: &mut Effects,
) {
    let Some(source) = state.first_source().map(|source| source.id.clone()) else {
        return without_source(state, surface, &press, effects);
    };
    let next_call = state.last_call + 1;
    let Some(card) = state.card_mut(surface) else { return };
    card.note = None;
    match press {
        Press::Ask { prompt } => {
            if prompt.trim().is_empty()
                || card.call.as_ref().is_some_and(|call| call.phase.is_live())
            {
                return;
            }
            card.prompt.clone_from(&prompt);
            card.editing = false;
            card.call = Some(new_call(next_call, source, prompt));
            state.last_call = next_call;
            state.settle(surface);
        }
        Press::Regenerate => {
            if card.call.as_ref().is_none_or(|call| call.phase.is_live()) {
                return;
            }
            card.editing = false;
            card.call = Some(new_call(next_call, source, card.prompt.clone()));
            state.last_call = next_call;
        }
        Press::Retry => retry(card, now_ms, source),
        Press::Edit => {
            stop(card, effects);
            card.editing = true;
        }
        Press::Cancel => {
            stop(card, effects);
            card.editing = card.call.as_ref().is_none_or(|call| call.received.is_empty());
        }
        Press::Insert => {
            let Some(draft) = draft(card) else { return };
            effects.push(Effect::Insert { surface: surface.clone(), text: draft });
        }
        Press::CopyDraft => {
            let Some(draft) = draft(card) else { return };
            card.note = Some(Note::DraftCopied);
            effects.push(Effect::Copy { surface: surface.clone(), text: draft });
        }
        Press::CopyReport => {
            let Some(call) = card.call.as_ref().map(|call| call.id) else { return };
            card.note = Some(Note::ReportCopied);
            effects.push(Effect::CopyReport { surface: surface.clone(), call });
        }
        Press::Open { action } => open_action(card, action, effects),
        Press::Options => effects.push(Effect::OpenOptions),
        Press::Close => {
            stop(card, effects);
            card.open = false;
            state.settle(surface);
        }
    }
    effects.journal();
    effects.paint(surface);
}

/// Nothing can be asked yet: the press that asks leads to the options, and what was written is kept.
fn without_source(state: &mut State, surface: &Surface, press: &Press, effects: &mut Effects) {
    let Some(card) = state.card_mut(surface) else { return };
    match press {
        Press::Ask { prompt } => {
            card.prompt.clone_from(prompt);
            card.note = Some(Note::NoSource);
            effects.push(Effect::OpenOptions);
        }
        Press::Close => card.open = false,
        _ => effects.push(Effect::OpenOptions),
    }
    effects.journal();
    effects.paint(surface);
}

const fn new_call(id: u64, source: String, prompt: String) -> Call {
    Call {
        id,
        source,
        prompt,
        phase: Phase::Due,
        attempt: 0,
        tries: 0,
        received: String::new(),
        diagnosis: None,
        sent_at_ms: 0,
        journalled_at_ms: 0,
    }
}

/// A failed or stopped call becomes due; a running wait is cut short, unless the server asked for it.
fn retry(card: &mut Card, now_ms: u64, source: String) {
    let Some(call) = card.call.as_mut() else { return };
    match call.phase {
        Phase::Failed | Phase::Cancelled => {
            call.phase = Phase::Due;
            call.tries = 0;
            call.source = source;
            card.editing = false;
        }
        Phase::Waiting { reason: Reason::Backoff | Reason::Offline, .. } => {
            call.phase = Phase::Waiting { until_ms: now_ms, reason: Reason::Backoff };
        }
        _ => {}
    }
}

/// Stops whatever still moves; what has arrived is kept.
fn stop(card: &mut Card, effects: &mut Effects) {
    let Some(call) = card.call.as_mut().filter(|call| call.phase.is_live()) else { return };
    if call.phase.in_flight() {
        effects.push(Effect::Abort { ticket: call.ticket() });
    }
    call.phase = Phase::Cancelled;
}

/// The draft as far as it has arrived, once nothing moves any more.
fn draft(card: &Card) -> Option<String> {
    let call =
        card.call.as_ref().filter(|call| !call.phase.is_live() && !call.received.is_empty())?;
    Some(call.received.clone())
}

fn open_action(card: &Card, index: usize, effects: &mut Effects) {
    let diagnosis = card.call.as_ref().and_then(|call| call.diagnosis.as_ref());
    let Some(action) = diagnosis.and_then(|diagnosis| diagnosis.actions.get(index)) else { return };
    match (action.kind, &action.url) {
        (ActionKind::ReloadPage, _) => {
            effects.push(Effect::ReloadPage { surface: card.surface.clone() })
        }
        (_, Some(url)) => effects.push(Effect::OpenPage { url: url.clone() }),
        (_, None) => effects.push(Effect::OpenOptions),
    }
}

/// The box took the draft: the card closes and is ready for the next ask. It did not: the draft stays on the card.
pub(super) fn inserted(state: &mut State, surface: &Surface, done: bool, effects: &mut Effects) {
    let Some(card) = state.card_mut(surface) else { return };
    if done {
        card.open = false;
        card.editing = true;
        card.prompt.clear();
        card.call = None;
        state.settle(surface);
    } else {
        card.note = Some(Note::NoBox);
    }
    effects.journal();
    effects.paint(surface);
}

/// The page is gone: its running call is stopped and its card dropped; the failure stays in the history.
pub(super) fn forget(state: &mut State, surface: &Surface, effects: &mut Effects) {
    if let Some(index) = state.cards.iter().position(|card| card.surface == *surface) {
        stop(&mut state.cards.swap_remove(index), effects);
        state.settle(surface);
        effects.journal();
    }
}
