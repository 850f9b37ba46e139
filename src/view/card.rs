//! The card at a message box: the ask, the draft as it arrives, and the banner when the call fails.

mod banner;

use super::{Element, Node, View, button, el};
use crate::{
    engine::{Call, Card, Note, Phase, Press, State, Surface},
    explain,
    words::Words,
};
use banner::Banner;

/// What a surface shows now.
#[must_use]
pub fn view(state: &State, surface: &Surface, now_ms: u64, words: &dyn Words) -> View {
    let Some(card) = state.card(surface).filter(|card| card.open) else {
        return View::new(None, words);
    };
    let source = card
        .call
        .as_ref()
        .and_then(|call| state.settings.source(&call.source))
        .or_else(|| state.first_source());
    let source_name =
        source.map_or_else(|| words.say("provider_unknown", &[]), |source| source.name.clone());

    let (body, say, urgent) = match card.call.as_ref().filter(|_| !card.editing) {
        None => (ask_form(state, card, words), String::new(), false),
        Some(call) => {
            let banner = Banner { state, surface, call, source: &source_name, now_ms, words };
            call_body(&banner)
        }
    };
    let head = el("header").child(el("h1").child(words.say("panel_title", &[]))).child(
        button("×".into(), "close", Press::Close).with("aria-label", words.say("panel_close", &[])),
    );
    let root = el("section")
        .class("card")
        .with("aria-label", words.say("panel_title", &[]))
        .child(head)
        .children(body)
        .children(note(card, words));
    let mut view = View::new(Some(root.into()), words).saying(say, urgent);
    if let Some(note) = note_text(card, words) {
        view = view.saying(note, false);
    }
    view.busy = state.is_busy(surface, now_ms);
    view
}

fn ask_form(state: &State, card: &Card, words: &dyn Words) -> Vec<Node> {
    let field = el("textarea")
        .with("name", "prompt")
        .with("rows", "3")
        .with("data-value", card.prompt.clone())
        .with("data-focus", "")
        .with("data-submit", "")
        .with("placeholder", words.say("panel_ask_placeholder", &[]));
    let label = el("label").child(el("span").child(words.say("panel_ask_label", &[]))).child(field);
    let ask =
        button(words.say("panel_draft", &[]), "primary", Press::Ask { prompt: String::new() });
    let mut actions = el("div").class("actions").child(ask);
    if state.first_source().is_none() {
        actions = actions.child(button(words.say("popup_options", &[]), "plain", Press::Options));
    }
    vec![label.into(), actions.into()]
}

/// The body, what is said of it, and whether that is urgent.
fn call_body(banner: &Banner) -> (Vec<Node>, String, bool) {
    let Banner { call, source, words, .. } = *banner;
    let stop = || {
        let stop = button(words.say("panel_stop", &[]), "plain", Press::Cancel);
        Node::from(el("div").class("actions").child(stop))
    };
    match call.phase {
        Phase::Due | Phase::Requesting => {
            let working = words.say("panel_working", &[source]);
            let begun = (!call.begun.is_empty()).then(|| draft(call));
            let line = el("p").class("working").child(working.clone());
            (begun.into_iter().chain([line.into(), stop()]).collect(), working, false)
        }
        Phase::Streaming => (vec![draft(call), stop()], String::new(), false),
        Phase::Done => {
            let body = [draft(call)].into_iter().chain(banner.answered_by());
            (body.chain([draft_actions(words).into()]).collect(), call.received.clone(), false)
        }
        Phase::Cancelled => {
            let again = button(words.say("action_retry", &[]), "plain", Press::Retry);
            let body = if call.received.is_empty() {
                vec![el("div").class("actions").child(again).child(edit(words)).into()]
            } else {
                let more = button(words.say("action_continue", &[]), "plain", Press::Continue);
                vec![draft(call), draft_actions(words).child(more).into()]
            };
            (body, String::new(), false)
        }
        Phase::Waiting { .. } | Phase::Failed => match &call.diagnosis {
            Some(diagnosis) => {
                let explanation = explain(diagnosis, words);
                let say = format!("{} {}", explanation.headline, explanation.why);
                let urgent = call.phase == Phase::Failed;
                (vec![banner.of(diagnosis, &explanation)], say, urgent)
            }
            // Waiting although nothing failed here: what another call of the source learnt holds for this one too.
            None => (banner.waiting(), banner.why_waiting().unwrap_or_default(), false),
        },
    }
}

fn draft(call: &Call) -> Node {
    el("output")
        .class("draft")
        .with("aria-live", "off")
        .with("data-key", "draft")
        .child(call.received.clone())
        .into()
}

fn draft_actions(words: &dyn Words) -> Element {
    el("div")
        .class("actions")
        .child(button(words.say("panel_insert", &[]), "primary", Press::Insert))
        .child(button(words.say("panel_copy", &[]), "plain", Press::CopyDraft))
        .child(button(words.say("panel_regenerate", &[]), "plain", Press::Regenerate))
        .child(edit(words))
}

fn edit(words: &dyn Words) -> Element {
    button(words.say("action_edit", &[]), "quiet", Press::Edit)
}

fn note(card: &Card, words: &dyn Words) -> Option<Node> {
    note_text(card, words).map(|text| el("p").class("note").child(text).into())
}

fn note_text(card: &Card, words: &dyn Words) -> Option<String> {
    let key = match card.note? {
        Note::DraftCopied => "panel_copied",
        Note::ReportCopied => "banner_copied",
        Note::NoBox => "panel_no_box",
        Note::NoSource => "panel_no_source",
        Note::TryAgain => "panel_try_again",
        Note::AskKept => "panel_ask_kept",
    };
    Some(words.say(key, &[]))
}
