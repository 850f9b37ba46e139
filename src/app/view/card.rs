//! The card at a message box: the ask, the draft as it arrives, and the banner when the call fails.

mod ask;
mod banner;
mod offers;
mod parts;

use super::{Element, Node, View, banner::run, button, diagnosis, el, page};
pub(super) use parts::close;
use parts::{CallBanner, draft, edit};
use unstuck_diagnose::{Messages, explain};
use unstuck_engine::{Card, FrameRef, Note, Phase, Press, State};

/// What a frame shows now: the card, else what failed in the page itself.
#[must_use]
pub fn view(state: &State, frame: &FrameRef, now_ms: u64, messages: &dyn Messages) -> View {
    let Some(card) = state.card(frame).filter(|card| card.open) else {
        return page::view(state, frame, messages).looking(&state.settings);
    };
    if !state.allows(frame) {
        return not_allowed(state, card, messages);
    }
    let source_name = source_name(state, card, messages);
    let (body, get, urgent) = match card.call.as_ref().filter(|_| !card.editing) {
        None => (ask::form(state, card, &source_name, messages), String::new(), false),
        Some(call) => {
            let source = source_name;
            call_body(&CallBanner { state, frame, call, source, now_ms, messages })
        }
    };
    let title = messages.get(&["task_", card.request.task.id(), "_title"].concat(), &[]);
    let heading = el("h1").child(title.clone());
    let asks = card.editing || card.call.is_none();
    // A failure has a headline of its own.
    let fails = !asks
        && card.call.as_ref().is_some_and(|call| {
            call.diagnosis.is_some() && matches!(call.phase, Phase::Failed | Phase::Waiting { .. })
        });
    let head = el("header")
        .class(if fails { "bare" } else { "" })
        .child(if asks || fails { heading.class("said") } else { heading })
        .children(asks.then(|| ask::tasks(card, messages)))
        .child(close(Press::Close, messages));
    let root = el("section")
        .class("card")
        .with("aria-label", title)
        .with("tabindex", "-1")
        .child(head)
        .children(body)
        .children(note(card, messages));
    let mut view =
        View::new(Some(root.into()), messages).looking(&state.settings).announcing(get, urgent);
    if let Some(note) = note_text(card, messages) {
        view = view.announcing(note, false);
    }
    view.busy = state.is_busy(frame, now_ms);
    view
}

/// What the person calls the source of the call, or of the next one.
fn source_name(state: &State, card: &Card, messages: &dyn Messages) -> String {
    let source = card.call.as_ref().and_then(|call| state.settings.source(&call.source));
    let source = source.or_else(|| state.first_source());
    source.map_or_else(|| messages.get("provider_unknown", &[]), |source| source.name.clone())
}

/// The banner of the call with this number, while the call can still be gone on with.
pub(super) fn banner_of<'a>(
    state: &'a State,
    frame: &'a FrameRef,
    number: u64,
    now_ms: u64,
    messages: &'a dyn Messages,
) -> Option<CallBanner<'a>> {
    let card = state.card(frame)?;
    let call = card.call.as_ref().filter(|call| call.id == number)?;
    let source = source_name(state, card, messages);
    let ended = call.phase.in_flight() || call.phase == Phase::Done;
    (!ended).then_some(CallBanner { state, frame, call, source, now_ms, messages })
}

/// The organisation does not let Unstuck be here: what was written and what has arrived is left, to be copied.
fn not_allowed(state: &State, card: &Card, messages: &dyn Messages) -> View {
    let told = messages.get("site_not_allowed", &[]);
    let head = el("header")
        .child(el("h1").child(messages.get("extension_name", &[])))
        .child(close(Press::Close, messages));
    let arrived = card.call.as_ref().filter(|call| !card.editing && !call.received.is_empty());
    let copy = || button(messages.get("panel_copy", &[]), "plain", Press::CopyDraft);
    let mut body = match arrived {
        Some(call) => vec![draft(call), el("div").class("actions").child(copy()).into()],
        None if card.editing || card.call.is_some() => vec![ask::text(card, messages)],
        None => Vec::new(),
    };
    let line = |key| Node::from(el("p").class("note").child(messages.get(key, &[])));
    body.extend((!body.is_empty()).then(|| line("site_not_allowed_kept")));
    let root = el("section")
        .class("card")
        .with("aria-label", messages.get("extension_name", &[]))
        .child(head)
        .children(body)
        .child(line("site_not_allowed"));
    View::new(Some(root.into()), messages).looking(&state.settings).announcing(told, true)
}

/// The body, what is said of it, and whether that is urgent.
fn call_body(banner: &CallBanner<'_>) -> (Vec<Node>, String, bool) {
    let CallBanner { call, messages, .. } = *banner;
    let source = &*banner.source;
    match call.phase {
        Phase::Due | Phase::Requesting => {
            let working = messages.get("panel_working", &[source]);
            let begun = (!call.begun.is_empty()).then(|| draft(call));
            let line = run(el("p").child(working.clone()), Press::Cancel, messages);
            (begun.into_iter().chain([line.into()]).collect(), working, false)
        }
        Phase::Streaming => {
            let line = el("p").child(messages.get("panel_writing", &[source]));
            (vec![draft(call), run(line, Press::Cancel, messages).into()], String::new(), false)
        }
        Phase::Done => {
            let told = el("p").class("quiet cost").child(cost(banner));
            (
                vec![draft(call), told.into(), draft_actions(messages).into()],
                call.received.clone(),
                false,
            )
        }
        Phase::Cancelled => {
            let again = button(messages.get("action_retry", &[]), "plain", Press::Retry);
            let body = if call.received.is_empty() {
                vec![el("div").class("actions").child(again).child(edit(messages)).into()]
            } else {
                let more = button(messages.get("action_continue", &[]), "plain", Press::Continue);
                vec![draft(call), draft_actions(messages).child(more).into()]
            };
            (body, String::new(), false)
        }
        Phase::Waiting { .. } | Phase::Failed => match &call.diagnosis {
            Some(found) => {
                let explanation = explain(found, messages);
                let shown = vec![banner.of(found, &explanation)];
                if banner.is_brief() {
                    return (shown, String::new(), false);
                }
                let changed = diagnosis::changed(found, messages);
                let said = [&explanation.headline, &explanation.why].into_iter().chain(&changed);
                let get = said.map(String::as_str).collect::<Vec<_>>().join(" ");
                let urgent = call.phase == Phase::Failed;
                (shown, get, urgent)
            }
            // Waiting although nothing failed here: what another call of the source learnt holds for this one too.
            None => {
                let why = banner.why_waiting();
                let told = why.clone().map(|why| el("p").class("why").child(why).into());
                let line = banner
                    .waiting()
                    .map(|running| run(running.line, running.stop, messages).into());
                let now = offers::past_wait(banner).map(|(label, press)| {
                    el("div").class("actions").child(button(label, "plain", press)).into()
                });
                let body = told.into_iter().chain(line).chain(now).collect();
                (body, why.unwrap_or_default(), false)
            }
        },
    }
}

/// Who answered, when it was not the first source, how long it took, and its tokens where the source told them.
fn cost(banner: &CallBanner<'_>) -> String {
    let messages = banner.messages;
    let tenths = banner.call.cost.ms / 100;
    let seconds = if tenths < 100 { messages.tenths(tenths) } else { (tenths / 10).to_string() };
    let tokens =
        banner.call.cost.tokens.map(|tokens| messages.get("panel_tokens", &[&tokens.to_string()]));
    let parts = banner.answered_by().into_iter();
    let parts = parts.chain([messages.get("panel_seconds", &[&seconds])]).chain(tokens);
    parts.collect::<Vec<_>>().join(" · ")
}

fn draft_actions(messages: &dyn Messages) -> Element {
    el("div")
        .class("actions")
        .child(button(messages.get("panel_insert", &[]), "primary", Press::Insert))
        .child(button(messages.get("panel_copy", &[]), "plain", Press::CopyDraft))
        .child(button(messages.get("panel_regenerate", &[]), "plain", Press::Regenerate))
        .child(edit(messages))
}

fn note(card: &Card, messages: &dyn Messages) -> Option<Node> {
    let undo = card.left.is_some().then(|| {
        let label = messages.get("options_undo", &[]);
        button(label, "small", Press::UndoGoBack)
    });
    let note = el("p").class("note").child(note_text(card, messages)?);
    Some(match undo {
        Some(undo) => el("div").class("told").child(note).child(undo).into(),
        None => note.into(),
    })
}

fn note_text(card: &Card, messages: &dyn Messages) -> Option<String> {
    let key = match card.note? {
        Note::DraftCopied => "panel_copied",
        Note::ReportCopied => "banner_copied",
        Note::NoBox => "panel_no_box",
        Note::NoSource => "panel_no_source",
        Note::NothingToAsk => "panel_nothing_to_ask",
        Note::TryAgain => "panel_try_again",
        Note::WentBack => "panel_went_back",
        Note::Undone => "options_undone",
        Note::UndoLate => "options_undo_late",
        Note::AskKept => "panel_ask_kept",
        Note::EmptyBox => "panel_empty_box",
        Note::LongText => "panel_long_text",
        Note::TooLong => "panel_too_long",
        Note::NoMessages => "panel_no_messages",
        Note::TextChanged => "panel_text_changed",
        Note::NoConsent => "panel_no_consent",
    };
    Some(messages.get(key, &[]))
}
