//! The options page: a list of its sections, and the sections, a file each.

mod alerts;
mod appearance;
mod apps;
mod built_in;
mod channels;
mod data;
mod find;
mod parts;
mod privacy;
mod prompts;
mod retry;
mod search;
mod shortcuts;
mod sites;
mod sources;
mod tabs;
mod welcome;

use super::{Element, Node, View, button, el};
use crate::options::{ChannelTest, Page, PagePress, Test, find::Find};
use parts::{called, diagnosed, field, focus, folded, input, note, part, passed, switch};
use unstuck_diagnose::{Messages, explain};
use unstuck_engine::Settings;

/// What the options page shows, or the welcome page.
#[must_use]
pub fn view(settings: &Settings, page: &Page, messages: &dyn Messages) -> View {
    // What holds is shown, whoever has set it.
    let held = page.managed.over(settings);
    let (root, found) = if page.guided {
        (welcome::show(&held, page, messages), None)
    } else {
        let panels: Vec<_> = tabs::ALL
            .iter()
            .map(|(_, sections)| tabs::sections(sections, &held, page, messages))
            .collect();
        let found = search::find(&panels, &page.search);
        let told = search::told(&found, &page.search, messages);
        (main(settings, panels, found, page, messages), told)
    };
    let mut view = View::new(Some(root.into()), messages).looking(settings);
    view.busy = matches!(page.test, Test::Running(_))
        || page.find == Find::Running
        || matches!(page.channel_test, ChannelTest::Running(_))
        || matches!(page.test, Test::Downloading(_));
    if let Some((told, arrived)) = channels::outcome(&held, page, messages) {
        return view.announcing(told, !arrived);
    }
    match (found, &page.done, &page.test) {
        (Some(found), ..) => view.announcing(found, false),
        (None, Some(done), _) => view.announcing(messages.get(done, &[]), false),
        (None, None, Test::Passed(_)) => view.announcing(passed(page, messages), false),
        (None, None, Test::Failed(diagnosis)) => {
            view.announcing(explain(diagnosis, messages).headline, true)
        }
        _ => view,
    }
}

fn main(
    settings: &Settings,
    panels: Vec<Element>,
    found: Vec<search::Setting>,
    page: &Page,
    messages: &dyn Messages,
) -> Element {
    let chosen = tabs::chosen(&panels, &page.part);
    let head = el("header")
        .child(el("h1").child(messages.get("options_title", &[])))
        .child(search::field(messages))
        .children(search::results(found, page, messages));
    el("main")
        .class("options")
        .child(head)
        .children(organisation(page, messages))
        .child(tabs::list(chosen, messages))
        .child(el("div").class("panels").children(tabs::panels(panels, chosen)))
        .children(page.done.map(|done| {
            let undo = page.can_undo(settings).then(|| {
                // What was given back is asked for again.
                let origins = page.undo.as_ref().map(|undo| page.freed(&undo.before, settings));
                let origins = origins.unwrap_or_default().join(" ");
                button(messages.get("options_undo", &[]), "quiet", PagePress::Undo).with_if(
                    !origins.is_empty(),
                    "data-origins",
                    origins,
                )
            });
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
    let closed = page.managed.site_policy.unreadable;
    let closed =
        closed.then(|| el("p").class("problem").child(messages.get("options_policy_closed", &[])));
    let problem = el("summary").class("problem").child(messages.get("options_policy_wrong", &[]));
    let places = el("details").child(problem).child(el("ul").class("wrong").children(wrong));
    Some(told.children(closed).child(places))
}

#[cfg(test)]
mod tests;
