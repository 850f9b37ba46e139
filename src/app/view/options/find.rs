//! What answers on this computer, and the question for it.

use super::{Element, Node, button, diagnosed, el, note};
use crate::options::{
    Page, SetUpPress,
    find::{Find, Found},
};
use unstuck_diagnose::Messages;
use unstuck_source::{Dialect, presets};

/// Where the servers are: the browser is asked for access to both names of this machine.
const HERE: &str = "http://localhost/* http://127.0.0.1/*";

/// As many models of a server are offered.
const MODELS_SHOWN: usize = 60;

/// What can be used at once: it is offered before anything else.
pub(super) fn ready(page: &Page, messages: &dyn Messages) -> Vec<Node> {
    let Find::Over(found) = &page.find else { return Vec::new() };
    let rows: Vec<_> = found.iter().filter_map(|found| usable(found, messages)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let title = el("h3").child(messages.get("options_found_title", &[]));
    [title].into_iter().chain(rows).map(Node::from).collect()
}

/// The button that looks, and why nothing came of it.
pub(super) fn show(page: &Page, messages: &dyn Messages) -> Vec<Node> {
    let look = button(messages.get("options_find", &[]), "plain", SetUpPress::Find);
    let look = el("div").class("actions").child(look.with("data-origins", HERE));
    let refused = page.problems.iter().find(|problem| problem.field == "find");
    let more: Vec<Node> = match &page.find {
        _ if refused.is_some() => {
            refused.map(|problem| note(messages.get(&problem.key, &[]))).into_iter().collect()
        }
        Find::NotAsked => {
            vec![el("p").class("hint").child(messages.get("options_find_hint", &[])).into()]
        }
        Find::Running => {
            vec![el("p").class("working").child(messages.get("options_finding", &[])).into()]
        }
        Find::Over(found) if found.is_empty() => {
            vec![note(messages.get("options_found_none", &[]))]
        }
        Find::Over(found) => found.iter().flat_map(|found| useless(found, messages)).collect(),
    };
    [Node::from(look)].into_iter().chain(more).collect()
}

/// What was found with its models, each of which is kept by one press.
fn usable(found: &Found, messages: &dyn Messages) -> Option<Element> {
    let models = found.models.as_ref().ok().filter(|models| !models.is_empty())?;
    let service = found.service;
    let take = |model: &str| SetUpPress::UseLocal {
        service: service.id.to_owned(),
        model: model.to_owned(),
    };
    let row = el("div").class("found").with("data-key", service.id);
    if service.dialect == Dialect::BuiltIn {
        let told = el("p").child(messages.get("options_built_in_hint", &[]));
        let known = el("div").class("known").child(service.name).child(told.class("hint"));
        let label = messages.get("options_found_use", &[service.name]);
        return Some(row.child(known).child(button(
            label,
            "primary",
            take(presets::BUILT_IN_MODEL),
        )));
    }
    let models = models.iter().take(MODELS_SHOWN).map(|model| {
        let use_it = messages.get("options_found_use", &[&[service.name, " · ", model].concat()]);
        let press = button(model.clone(), "model", take(model)).with("aria-label", use_it);
        el("li").child(press.with("data-origins", HERE))
    });
    let told = el("p").class("hint").child(messages.get("options_found", &[]));
    let known = el("div").class("known").child(service.name).child(told);
    Some(row.child(known).child(el("ul").class("models").children(models)))
}

/// What is here and cannot be used, and why.
fn useless(found: &Found, messages: &dyn Messages) -> Vec<Node> {
    let name = found.service.name;
    match &found.models {
        Ok(models) if models.is_empty() => {
            vec![note(messages.get("options_found_empty", &[name]))]
        }
        Ok(_) => Vec::new(),
        Err(diagnosis) => vec![el("h3").child(name).into(), diagnosed(diagnosis, messages)],
    }
}
