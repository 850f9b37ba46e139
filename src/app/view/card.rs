//! The card at a message box: the ask, the draft as it arrives, and the banner when the call fails.

mod ask;
mod banner;
mod parts;

use super::{Element, Node, View, button, el, page};
use banner::Banner;
use parts::{draft, edit};
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
    let source = card
        .call
        .as_ref()
        .and_then(|call| state.settings.source(&call.source))
        .or_else(|| state.first_source());
    let source_name =
        source.map_or_else(|| messages.get("provider_unknown", &[]), |source| source.name.clone());

    let (body, get, urgent) = match card.call.as_ref().filter(|_| !card.editing) {
        None => (ask::form(state, card, &source_name, messages), String::new(), false),
        Some(call) => {
            let banner = Banner { state, frame, call, source: &source_name, now_ms, messages };
            call_body(&banner)
        }
    };
    let title = messages.get(&["task_", card.request.task.id(), "_title"].concat(), &[]);
    let heading = el("h1").child(title.clone());
    let asks = card.editing || card.call.is_none();
    let head = el("header")
        .child(if asks { heading.class("said") } else { heading })
        .children(asks.then(|| ask::tasks(card, messages)))
        .child(
            button("×".into(), "close", Press::Close)
                .with("aria-label", messages.get("panel_close", &[])),
        );
    let root = el("section")
        .class("card")
        .with("aria-label", title)
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

/// The organisation does not let Unstuck be here: what was written and what has arrived is left, to be copied.
fn not_allowed(state: &State, card: &Card, messages: &dyn Messages) -> View {
    let told = messages.get("site_not_allowed", &[]);
    let close = button("×".into(), "close", Press::Close);
    let head = el("header")
        .child(el("h1").child(messages.get("extension_name", &[])))
        .child(close.with("aria-label", messages.get("panel_close", &[])));
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
fn call_body(banner: &Banner) -> (Vec<Node>, String, bool) {
    let Banner { call, source, messages, .. } = *banner;
    let stop = || {
        let stop = button(messages.get("panel_stop", &[]), "plain", Press::Cancel);
        Node::from(el("div").class("actions").child(stop))
    };
    match call.phase {
        Phase::Due | Phase::Requesting => {
            let working = messages.get("panel_working", &[source]);
            let begun = (!call.begun.is_empty()).then(|| draft(call));
            let line = el("p").class("working").child(working.clone());
            (begun.into_iter().chain([line.into(), stop()]).collect(), working, false)
        }
        Phase::Streaming => (vec![draft(call), stop()], String::new(), false),
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
            Some(diagnosis) => {
                let explanation = explain(diagnosis, messages);
                let get = format!("{} {}", explanation.headline, explanation.why);
                let urgent = call.phase == Phase::Failed;
                (vec![banner.of(diagnosis, &explanation)], get, urgent)
            }
            // Waiting although nothing failed here: what another call of the source learnt holds for this one too.
            None => (banner.waiting(), banner.why_waiting().unwrap_or_default(), false),
        },
    }
}

/// Who answered, when it was not the first source, how long it took, and its tokens where the source told them.
fn cost(banner: &Banner) -> String {
    let messages = banner.messages;
    let tenths = banner.call.cost.ms / 100;
    let seconds = if tenths < 100 {
        [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string()].concat()
    } else {
        (tenths / 10).to_string()
    };
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
    note_text(card, messages).map(|text| el("p").class("note").child(text).into())
}

fn note_text(card: &Card, messages: &dyn Messages) -> Option<String> {
    let key = match card.note? {
        Note::DraftCopied => "panel_copied",
        Note::ReportCopied => "banner_copied",
        Note::NoBox => "panel_no_box",
        Note::NoSource => "panel_no_source",
        Note::TryAgain => "panel_try_again",
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
