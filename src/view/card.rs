//! The card at a message box: the ask, the draft as it arrives, and the banner when the call fails.

use super::{Element, Node, View, button, diagnosis, el};
use crate::{
    ActionKind, Diagnosis, Explanation,
    engine::{Call, Card, Note, Phase, Press, Reason, State, Surface},
    explain,
    letter_case::capitalised,
    words::Words,
};

/// What a surface shows now.
#[must_use]
pub fn view(state: &State, surface: &Surface, now_ms: u64, words: &dyn Words) -> View {
    let Some(card) = state.card(surface).filter(|card| card.open) else {
        return View::new(None, words);
    };
    let source = card
        .call
        .as_ref()
        .and_then(|call| state.settings.sources.iter().find(|source| source.id == call.source))
        .or_else(|| state.first_source());
    let source_name =
        source.map_or_else(|| words.say("provider_unknown", &[]), |source| source.name.clone());

    let (body, say, urgent) = match card.call.as_ref().filter(|_| !card.editing) {
        None => (ask_form(state, card, words), String::new(), false),
        Some(call) => call_body(state, call, &source_name, words),
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

fn call_body(
    state: &State,
    call: &Call,
    source: &str,
    words: &dyn Words,
) -> (Vec<Node>, String, bool) {
    match call.phase {
        Phase::Due | Phase::Requesting => {
            let working = words.say("panel_working", &[source]);
            let actions = el("div").class("actions").child(button(
                words.say("panel_stop", &[]),
                "plain",
                Press::Cancel,
            ));
            (
                vec![el("p").class("working").child(working.clone()).into(), actions.into()],
                working,
                false,
            )
        }
        Phase::Streaming => {
            let actions = el("div").class("actions").child(button(
                words.say("panel_stop", &[]),
                "plain",
                Press::Cancel,
            ));
            (vec![draft(call), actions.into()], String::new(), false)
        }
        Phase::Done => {
            (vec![draft(call), draft_actions(words).into()], call.received.clone(), false)
        }
        Phase::Cancelled => {
            let again = button(words.say("action_retry", &[]), "plain", Press::Retry);
            let body = if call.received.is_empty() {
                vec![el("div").class("actions").child(again).child(edit(words)).into()]
            } else {
                vec![draft(call), draft_actions(words).into()]
            };
            (body, String::new(), false)
        }
        Phase::Waiting { .. } | Phase::Failed => match &call.diagnosis {
            Some(diagnosis) => {
                let explanation = explain(diagnosis, words);
                let say = format!("{} {}", explanation.headline, explanation.why);
                let urgent = call.phase == Phase::Failed;
                (banner(state, call, diagnosis, &explanation, words), say, urgent)
            }
            // Waiting although nothing failed here: the source asked another tab to wait.
            None => (waiting(call, words), words.say("banner_why_waiting", &[source]), false),
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

fn banner(
    state: &State,
    call: &Call,
    diagnosis: &Diagnosis,
    explanation: &Explanation,
    words: &dyn Words,
) -> Vec<Node> {
    let mut banner = diagnosis::frame("section", explanation)
        .with("aria-label", words.say("banner_region", &[]))
        .children(diagnosis::summary(explanation));
    if !call.received.is_empty() {
        banner = banner.child(draft(call));
    }
    banner = banner
        .children(waiting(call, words))
        .child(diagnosis::steps(explanation, words))
        .child(banner_actions(call, diagnosis, explanation, words))
        .child(diagnosis::details(explanation, words));
    if call.tries > 1 || matches!(call.phase, Phase::Waiting { .. }) {
        let (tries, most) =
            (call.tries.to_string(), state.settings.policy.attempts.max(call.tries).to_string());
        banner = banner
            .child(el("p").class("quiet").child(words.say("banner_attempt", &[&tries, &most])));
    }
    vec![banner.into()]
}

/// The running wait with its countdown, and how to end it.
fn waiting(call: &Call, words: &dyn Words) -> Vec<Node> {
    let Phase::Waiting { until_ms, reason } = call.phase else { return Vec::new() };
    let line = match reason {
        Reason::Offline => {
            el("p").class("countdown").child(words.say("banner_waiting_online", &[]))
        }
        Reason::Server | Reason::Backoff => el("p")
            .class("countdown")
            .with("role", "timer")
            .with("data-until", until_ms.to_string())
            .with("data-template", words.say("banner_retry_in", &["{s}"])),
    };
    let held = reason == Reason::Server;
    let why = held.then(|| {
        let host = call
            .diagnosis
            .as_ref()
            .and_then(|d| d.provider)
            .map(|provider| provider.name().to_owned());
        let who = host.unwrap_or_else(|| words.say("provider_unknown", &[]));
        el("p").class("quiet").child(capitalised(&words.say("banner_why_waiting", &[&who])))
    });
    let now = button(words.say("banner_retry_now", &[]), "primary", Press::Retry)
        .with_if(held, "disabled", "");
    let cancel = button(words.say("banner_cancel", &[]), "plain", Press::Cancel);
    std::iter::once(line.into())
        .chain(why.map(Node::from))
        .chain([el("div").class("actions").child(now).child(cancel).into()])
        .collect()
}

/// One primary action, a second beside it, the rest quiet; while a wait runs, its own buttons are the loud ones.
fn banner_actions(
    call: &Call,
    diagnosis: &Diagnosis,
    explanation: &Explanation,
    words: &dyn Words,
) -> Element {
    let waits = matches!(call.phase, Phase::Waiting { .. });
    let mut offers: Vec<(String, Press)> = diagnosis
        .actions
        .iter()
        .zip(&explanation.actions)
        .enumerate()
        .filter_map(|(index, (action, labelled))| {
            let press = match action.kind {
                ActionKind::Retry => Press::Retry,
                // Trying again looks again: each attempt is diagnosed afresh.
                ActionKind::CheckAgain if index == 0 => Press::Retry,
                ActionKind::CheckAgain => return None,
                ActionKind::Edit => Press::Edit,
                // No source can go on with half an answer; the report has its place at the end.
                ActionKind::Continue | ActionKind::CopyReport => return None,
                _ => Press::Open { action: index },
            };
            Some((labelled.label.clone(), press))
        })
        .collect();
    let retry = offers.iter().position(|(_, press)| *press == Press::Retry);
    // Whatever the cause, the person may always insist; a wait has its own button for it.
    if retry != Some(0) {
        let offer = retry.map_or_else(
            || (words.say("action_retry", &[]), Press::Retry),
            |index| offers.remove(index),
        );
        offers.insert(offers.len().min(1), offer);
    }
    offers.retain(|(_, press)| !(waits && *press == Press::Retry));
    if !call.received.is_empty() {
        offers.insert(1.min(offers.len()), (words.say("panel_insert", &[]), Press::Insert));
    }
    if !offers.iter().any(|(_, press)| *press == Press::Edit) {
        offers.push((words.say("action_edit", &[]), Press::Edit));
    }
    offers.push((words.say("action_copy_report", &[]), Press::CopyReport));
    let style = |index| match index {
        _ if waits => "quiet",
        0 => "primary",
        1 => "plain",
        _ => "quiet",
    };
    let buttons = offers
        .into_iter()
        .enumerate()
        .map(|(index, (label, press))| button(label, style(index), press));
    el("div").class("actions").children(buttons)
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
    };
    Some(words.say(key, &[]))
}
