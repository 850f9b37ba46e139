//! What the person asks for on a card: what they type, and what the page hands over for it at their press.

use super::{Card, Effect, Effects, FrameRef, Note, Press, State, Typed};
use crate::assistant::{Message, Task, script};

/// A longer text is not worked on in one piece, in bytes.
const LONGEST_TEXT: usize = 32 * 1024;

/// A longer text is not taken up from a field, in bytes: what is journalled of all cards shares 10 MB.
const LONGEST_FIELD: usize = 256 * 1024;

/// A longer ask is not sent, in bytes: two fields and a tone fit in.
pub(super) const LONGEST_ASK: usize = 512 * 1024;

/// Keeps what was typed. What is too long stays in its field, where the page alone holds it.
pub(super) fn keep(state: &mut State, frame: &FrameRef, typed: Typed) {
    let Some(Card { request, oversize, .. }) = state.card_mut(frame) else { return };
    let Typed { prompt, text, messages, tone, language } = typed;
    let fits = |text: &String| text.len() <= LONGEST_FIELD;
    let shown = [&prompt, &text, &messages];
    if shown.iter().any(|text| text.is_some()) {
        *oversize = !shown.into_iter().flatten().all(fits);
    }
    let [prompt, text, messages] = [prompt, text, messages].map(|text| text.filter(fits));
    for (field, typed) in [
        (&mut request.prompt, prompt),
        (&mut request.text, text),
        (&mut request.messages, messages),
        (&mut request.tone, tone),
        (&mut request.language, language),
    ] {
        if let Some(typed) = typed {
            *field = typed;
        }
    }
}

/// Whether this press would take away a field whose text is nowhere else; then the person is told, and nothing else happens.
/// Who closes the card after that means it.
pub(super) fn would_lose(state: &mut State, frame: &FrameRef, press: &Press) -> bool {
    let Some(card) = state.card_mut(frame).filter(|card| card.oversize) else { return false };
    let told = card.note == Some(Note::TooLong);
    let loses = match press {
        Press::Ask | Press::Task { .. } => true,
        Press::Close | Press::Hide { .. } => !told,
        _ => false,
    };
    if loses {
        card.note = Some(Note::TooLong);
    }
    loses
}

/// The person chose a task. One that is done to a text gets the text of the box, unless they have changed the one that is there.
pub(super) fn choose(card: &mut Card, task: Task, effects: &mut Effects) {
    card.request.task = task;
    card.doubt = false;
    if task.is_on_text() && is_unchanged(card) {
        effects.push(Effect::ReadBox { frame: card.frame.clone() });
    }
}

/// A card that is opened again begins with a reply: the text that was taken up before may not be meant this time.
pub(super) fn begin_anew(card: &mut Card) {
    if card.editing && card.request.task.is_on_text() && is_unchanged(card) {
        forget_text(card);
    }
}

/// The text that is worked on goes, and with it its place in the box.
pub(super) fn forget_text(card: &mut Card) {
    card.request.task = Task::Reply;
    card.request.text.clear();
    card.taken.clear();
}

/// The text of the box whose place the draft takes. Empty for the caret.
pub(super) fn place(card: &Card) -> String {
    if card.request.task.is_on_text() { card.taken.clone() } else { String::new() }
}

fn is_unchanged(card: &Card) -> bool {
    card.request.text == card.taken
}

/// The box handed its text over: what is selected in it, else all of it.
pub(super) fn box_read(state: &mut State, frame: &FrameRef, text: String, effects: &mut Effects) {
    let Some(card) = state.card_mut(frame) else { return };
    if !card.editing || !card.request.task.is_on_text() || !is_unchanged(card) {
        return;
    }
    let text = if text.len() > LONGEST_TEXT {
        card.note = Some(Note::LongText);
        String::new()
    } else {
        card.note = text.trim().is_empty().then_some(Note::EmptyBox);
        text
    };
    card.request.text.clone_from(&text);
    card.taken = text;
    effects.journal();
    effects.paint(frame);
}

/// The person wants the last messages to be read: done when they ever agreed to it, else they are asked.
pub(super) fn read(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    let (agreed, count) = (state.settings.assistant.may_read, state.settings.assistant.messages);
    let Some(card) = state.card_mut(frame) else { return };
    card.doubt = !agreed;
    if agreed {
        effects.push(Effect::ReadMessages { frame: frame.clone(), count });
    }
}

/// The person agrees, once for all, that messages are read when they press for it.
pub(super) fn agree(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    if state.card(frame).is_some_and(|card| card.doubt) {
        state.settings.assistant.may_read = true;
        effects.push(Effect::KeepLeaveToRead);
        read(state, frame, effects);
    }
}

/// The page handed its last messages over.
pub(super) fn messages_read(
    state: &mut State,
    frame: &FrameRef,
    messages: &[Message],
    effects: &mut Effects,
) {
    let hide_names = state.settings.assistant.hide_names;
    let agreed = state.settings.assistant.may_read;
    let Some(card) = state.card_mut(frame).filter(|card| agreed && card.editing) else { return };
    card.request.messages = script(messages, hide_names);
    card.note = card.request.messages.is_empty().then_some(Note::NoMessages);
    effects.journal();
    effects.paint(frame);
}
