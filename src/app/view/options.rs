//! The options page: a list of its sections, and the sections, a file each.

mod appearance;
mod apps;
mod built_in;
mod data;
mod find;
mod privacy;
mod prompts;
mod retry;
mod shortcuts;
mod sites;
mod sources;
mod welcome;

use super::{Element, Node, Pressed, View, button, diagnosis, el};
use crate::options::{Open, Page, PagePress, Test, find::Find};
use unstuck_diagnose::{Diagnosis, Messages, explain};
use unstuck_engine::{Settings, Source};

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

/// A choice between on and off, with what it means beneath; one that the organisation has made cannot be pressed.
fn switch(
    label: &str,
    on: bool,
    locked: bool,
    press: impl Into<Pressed>,
    messages: &dyn Messages,
) -> Element {
    let hint = [label, "_hint"].concat();
    let toggle = button(messages.get(label, &[]), "switch", press)
        .with("role", "switch")
        .with("aria-checked", on.to_string())
        .with("aria-describedby", hint.clone())
        .with_if(locked, "disabled", "");
    let key = if locked { "options_locked" } else { &hint };
    let told = el("small").class("hint").with("id", hint.clone()).child(messages.get(key, &[]));
    el("div").class("choice").child(toggle).child(told)
}

/// A labelled field with its hint, or what is wrong with it in the hint's place.
fn field(
    page: &Page,
    messages: &dyn Messages,
    name: &str,
    kind: &'static str,
    [label, hint]: [&str; 2],
    value: &str,
) -> Element {
    let problem = page.problems.iter().find(|problem| problem.field == name);
    let hint_id = format!("{name}-hint");
    let input = el("input")
        .with("name", name)
        .with("type", kind)
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .with("data-value", value)
        .with("aria-describedby", hint_id.clone())
        .with_if(problem.is_some(), "aria-invalid", "true")
        .with_if(name == "model", "list", "models");
    let text = match problem {
        Some(problem) => messages.get(&problem.key, &[&problem.name]),
        None => messages.get(hint, &[]),
    };
    el("label").child(el("span").child(messages.get(label, &[]))).child(input).child(
        el("small")
            .class(if problem.is_some() { "problem" } else { "hint" })
            .with("id", hint_id)
            .child(text),
    )
}

/// The input of such a field.
fn input(field: &mut Element) -> Option<&mut Element> {
    match field.children.get_mut(1) {
        Some(Node::Element(input)) => Some(input),
        _ => None,
    }
}

/// Lets a labelled field have the focus as soon as it is there.
fn focus(field: &mut Element) {
    if let Some(input) = input(field) {
        input.attributes.push(("data-focus", String::new()));
    }
}

/// A line that tells what was just done.
fn note(text: String) -> Node {
    el("p").class("note").child(text).into()
}

/// A failure of the source that is set up.
fn diagnosed(found: &Diagnosis, messages: &dyn Messages) -> Node {
    let explanation = explain(found, messages);
    diagnosis::frame("section", &explanation)
        .children(diagnosis::summary(&explanation))
        .child(diagnosis::steps(&explanation, messages))
        .child(diagnosis::details(&explanation, None, messages))
        .into()
}

/// That the source which is open answered.
fn passed(page: &Page, messages: &dyn Messages) -> String {
    let name = if let Open::Source(open) = &page.open { called(open) } else { "" };
    messages.get("options_test_ok", &[name])
}

/// What a source is called before it has a name.
fn called(source: &Source) -> &str {
    if source.name.is_empty() { &source.base_url } else { &source.name }
}

#[cfg(test)]
mod tests;
