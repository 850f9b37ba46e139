//! The welcome page: what is kept and what is sent, then source and sites, one step after the other.

use super::{Element, Node, button, el, focus, note, sites, sources};
use crate::options::{Open, Page, SetUpPress};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

/// What the person agrees to. `docs/privacy.md` says the same, and the listing in the store.
const FACTS: [&str; 4] = ["welcome_kept", "welcome_sent", "welcome_never", "welcome_check"];

/// What one step shows while it is the present one.
type Show = fn(&Settings, &Page, &dyn Messages) -> Vec<Node>;

/// The steps in order. The id of each names its title: `welcome_<id>_title`.
const STEPS: [(&str, Show); 4] =
    [("agree", agree), ("source", source), ("sites", chats), ("ready", ready)];

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let now = present(settings, page);
    let steps = STEPS.iter().enumerate().map(|(at, (id, show))| {
        let done = at < now && (at > 0 || settings.may_send());
        let title = messages.get(&["welcome_", id, "_title"].concat(), &[]);
        let mut head = el("div").class("head").child(el("h2").child(title));
        if done && let Some(outcome) = outcome(at, settings, messages) {
            head = head.child(el("p").class("hint").child(outcome));
        }
        let step = el("li").with("data-key", *id).child(head);
        // One site more may be wanted after the first, and the agreement can be given at any time.
        let open =
            at == now || (*id == "sites" && done) || (*id == "agree" && !settings.may_send());
        let step = if open { step.children(show(settings, page, messages)) } else { step };
        step.with_if(done, "data-done", "").with_if(at == now, "aria-current", "step")
    });
    el("main")
        .class("welcome")
        .child(
            el("header")
                .child(el("h1").child(messages.get("welcome_title", &[])))
                .child(el("p").child(messages.get("welcome_lead", &[]))),
        )
        .child(el("ol").class("journey").children(steps))
}

/// The first step that is still to be done.
fn present(settings: &Settings, page: &Page) -> usize {
    let choosing = matches!(page.open, Open::Source(_) | Open::Services);
    let done = [
        settings.may_send() || page.declined,
        !settings.sources.is_empty() && !choosing,
        !settings.sites.is_empty(),
    ];
    done.iter().take_while(|done| **done).count()
}

/// What came of a step that is done.
fn outcome(step: usize, settings: &Settings, messages: &dyn Messages) -> Option<String> {
    match step {
        0 => Some(messages.get("welcome_agreed", &[])),
        1 => settings.sources.first().map(|source| [&source.name, " · ", &source.model].concat()),
        _ => None,
    }
}

/// Who puts it off may set up the rest all the same; nothing is sent until then.
fn agree(_settings: &Settings, page: &Page, messages: &dyn Messages) -> Vec<Node> {
    // What the organisation has switched on is said before anything of it is sent.
    let given = (!page.managed.exports.is_empty()).then_some("options_exports_managed");
    let facts = FACTS.into_iter().chain(given).map(|key| el("li").child(messages.get(key, &[])));
    let act = |key, style, on| button(messages.get(key, &[]), style, SetUpPress::Agree { on });
    let actions = el("div")
        .class("actions")
        .child(act("welcome_agree", if page.declined { "plain" } else { "primary" }, true))
        .children((!page.declined).then(|| act("welcome_decline", "plain", false)));
    let told = page.declined.then(|| note(messages.get("welcome_declined", &[])));
    let facts = el("ul").class("facts").children(facts);
    [Node::from(facts), actions.into()].into_iter().chain(told).collect()
}

fn source(_settings: &Settings, page: &Page, messages: &dyn Messages) -> Vec<Node> {
    sources::chooser(page, messages)
}

fn chats(settings: &Settings, page: &Page, messages: &dyn Messages) -> Vec<Node> {
    let mut nodes = sites::list(settings, page, messages);
    let typed = nodes.len() - 2;
    if let Node::Element(typed) = &mut nodes[typed]
        && settings.sites.is_empty()
    {
        focus(typed);
    }
    nodes
}

fn ready(_settings: &Settings, _page: &Page, messages: &dyn Messages) -> Vec<Node> {
    vec![el("p").class("go").child(messages.get("welcome_ready", &[])).into()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english;

    #[test]
    fn privacy_page_tells_the_same() {
        let page = include_str!("../../../../docs/privacy.md");
        let section = page.split("\n## ").find(|section| section.starts_with("What you agree to"));
        let told: Vec<_> =
            section.unwrap().lines().filter_map(|line| line.strip_prefix("- ")).collect();
        let messages = english();
        assert_eq!(told, FACTS.map(|key| messages.get(key, &[])));
        assert!(page.contains(&format!("It is edition {}:", Settings::EDITION)));
    }
}
