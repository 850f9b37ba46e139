//! The options page: a list of its sections, and the sections, a file each.

mod appearance;
mod apps;
mod built_in;
mod data;
mod find;
mod parts;
mod privacy;
mod prompts;
mod retry;
mod shortcuts;
mod sites;
mod sources;
mod welcome;

use super::{Element, Node, View, button, el};
use crate::options::{Page, PagePress, Test, find::Find};
use parts::{called, diagnosed, field, focus, input, note, passed, switch};
use unstuck_diagnose::{Messages, explain};
use unstuck_engine::Settings;

/// A section of the page.
type Show = fn(&Settings, &Page, &dyn Messages) -> Element;

/// The sections in the order of the page. The id of each is its anchor, and names its title: `options_<id>`.
const SECTIONS: [(&str, Show); 9] = [
    ("sources", sources::show),
    ("sites", sites::show),
    ("apps", apps::show),
    ("prompts", prompts::show),
    ("retry", retry::show),
    ("privacy", privacy::show),
    ("appearance", appearance::show),
    ("shortcuts", shortcuts::show),
    ("data", data::show),
];

/// What the options page shows, or the welcome page.
#[must_use]
pub fn view(settings: &Settings, page: &Page, messages: &dyn Messages) -> View {
    let root = if page.guided {
        welcome::show(&page.managed.over(settings), page, messages)
    } else {
        sections(settings, page, messages)
    };
    let mut view = View::new(Some(root.into()), messages).looking(settings);
    view.busy = matches!(page.test, Test::Running(_))
        || page.find == Find::Running
        || matches!(page.test, Test::Downloading(_));
    match (&page.done, &page.test) {
        (Some(done), _) => view.announcing(messages.get(done, &[]), false),
        (None, Test::Passed(_)) => view.announcing(passed(page, messages), false),
        (None, Test::Failed(diagnosis)) => {
            view.announcing(explain(diagnosis, messages).headline, true)
        }
        _ => view,
    }
}

fn sections(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    // What holds is shown, whoever has set it.
    let held = page.managed.over(settings);
    let title = |id: &str| messages.get(&["options_", id].concat(), &[]);
    let anchors = SECTIONS
        .iter()
        .map(|(id, _)| el("li").child(el("a").with("href", ["#", id].concat()).child(title(id))));
    let sections = SECTIONS.iter().map(|(id, show)| {
        let mut section = show(&held, page, messages).class(id).with("id", *id);
        section.children.insert(0, el("h2").child(title(id)).into());
        section
    });
    let nav = el("nav")
        .with("aria-label", messages.get("options_sections", &[]))
        .child(el("ul").children(anchors));
    el("main")
        .class("options")
        .child(el("h1").child(messages.get("options_title", &[])))
        .child(nav)
        .children(organisation(page, messages))
        .child(el("div").class("sections").children(sections))
        .children(page.done.map(|done| {
            let undo = page
                .can_undo(settings)
                .then(|| button(messages.get("options_undo", &[]), "quiet", PagePress::Undo));
            el("div").class("toast").child(note(messages.get(done, &[]))).children(undo)
        }))
}

/// What the organisation has set, and what is wrong with its policy.
fn organisation(page: &Page, messages: &dyn Messages) -> Option<Element> {
    if page.managed.is_empty() {
        return None;
    }
    let wrong = page.managed.wrong.iter().map(|wrong| {
        el("li").child(el("code").child(wrong.path.clone())).child(messages.get(&wrong.reason, &[]))
    });
    let told = el("div")
        .class("organisation")
        .child(el("p").child(messages.get("options_organisation", &[])));
    if page.managed.wrong.is_empty() {
        return Some(told);
    }
    let problem = el("p").class("problem").child(messages.get("options_policy_wrong", &[]));
    let closed = page.managed.site_policy.unreadable;
    let closed =
        closed.then(|| el("p").class("problem").child(messages.get("options_policy_closed", &[])));
    let told = told.children(closed);
    Some(told.child(problem).child(el("ul").class("wrong").children(wrong)))
}

#[cfg(test)]
mod tests;
