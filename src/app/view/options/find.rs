//! The servers on this computer: the question for them, and what answered.

use super::{Node, button, diagnosed, el, note};
use crate::options::{
    Page, SetUpPress,
    find::{Find, Found},
};
use unstuck_diagnose::Messages;

/// Where the servers are: the browser is asked for access to both names of this machine.
const HERE: &str = "http://localhost/* http://127.0.0.1/*";

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
        Find::Over(found) => found.iter().flat_map(|found| row(found, messages)).collect(),
    };
    [Node::from(look)].into_iter().chain(more).collect()
}

fn row(found: &Found, messages: &dyn Messages) -> Vec<Node> {
    let name = found.service.name;
    match &found.models {
        Ok(models) => {
            let take = SetUpPress::TakeServer { service: found.service.id.to_owned() };
            let use_it = messages.get("options_found_use", &[name]);
            let count = models.len().to_string();
            let told = messages.get("options_found", &[name, &count]);
            let row = el("div").class("found").child(el("p").child(told));
            vec![row.child(button(use_it, "primary", take)).into()]
        }
        Err(diagnosis) => vec![el("h3").child(name).into(), diagnosed(diagnosis, messages)],
    }
}
