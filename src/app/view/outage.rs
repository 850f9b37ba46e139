//! An outage while it lasts: since when, what is known, what the provider says, what Unstuck does, and what the person can do.

use super::{Element, button, el};
use crate::history::{HistoryPress, is_of, status_page};
use unstuck_diagnose::{Messages, workspace::moment_in_words};
use unstuck_engine::{Source, State};
use unstuck_health::{
    Incident, Kind,
    channel::message::{Step, known},
    post_mortem::title,
};

const MINUTE_MS: u64 = 60_000;

/// A card for each outage that lasts.
pub(super) fn cards(state: &State, messages: &dyn Messages) -> Vec<Element> {
    state.health.open().iter().map(|incident| card(state, incident, messages)).collect()
}

/// What the card of a failed call says besides, while its source has an outage.
pub(super) fn lines(state: &State, source: &str, messages: &dyn Messages) -> Vec<Element> {
    let Some(incident) = state.health.incident(source) else { return Vec::new() };
    let counts = [incident.failures, incident.asks].map(|count| count.to_string());
    let began = began(incident, messages);
    let told = messages.get("history_running", &[&began, &counts[0], &counts[1]]);
    let says = (!incident.status_words.is_empty())
        .then(|| messages.get("history_says", &[&incident.status_words]));
    [Some(told), says]
        .into_iter()
        .flatten()
        .map(|line| el("p").class("quiet").child(line))
        .collect()
}

fn began(incident: &Incident, messages: &dyn Messages) -> String {
    moment_in_words(incident.started_ms / MINUTE_MS * MINUTE_MS, messages)
}

fn card(state: &State, incident: &Incident, messages: &dyn Messages) -> Element {
    let is_local = incident.kind == Kind::Local;
    let source = state.settings.sources.iter().find(|source| is_of(incident, &source.id));
    let heading = if is_local {
        messages.get("history_local", &[])
    } else {
        title(Step::Trigger, incident, messages)
    };
    let began = messages.get("history_began", &[&began(incident, messages)]);
    el("section")
        .class("outage")
        .with("data-key", incident.key.clone())
        .child(el("h2").child(heading))
        .child(el("p").child(began))
        .children(facts(incident, messages))
        .child(el("h3").child(messages.get("history_do", &[])))
        .children(what_to_do(state, is_local, source, messages))
}

/// What is known of an incident, a line for each.
pub(super) fn facts(incident: &Incident, messages: &dyn Messages) -> Vec<Element> {
    let line = |(name, value): (String, String)| el("p").child([&name, ": ", &*value].concat());
    known(incident, messages).into_iter().map(line).collect()
}

fn what_to_do(
    state: &State,
    is_local: bool,
    source: Option<&Source>,
    messages: &dyn Messages,
) -> Vec<Element> {
    let told = |key: &str| el("p").child(messages.get(key, &[]));
    if is_local {
        return vec![told("history_do_local")];
    }
    let has_others = state.settings.sources.len() > 1;
    let (advice, label) = if has_others {
        ("history_do_order", "history_order")
    } else {
        ("history_do_add", "history_add")
    };
    let status = source.filter(|source| status_page(source).is_some()).map(|source| {
        let press = HistoryPress::OpenStatus { source: source.id.clone() };
        button(messages.get("action_open_status", &[]), "plain", press)
    });
    let open = button(messages.get(label, &[]), "plain", HistoryPress::OpenSources);
    vec![told(advice), el("div").class("actions").child(open).children(status)]
}
