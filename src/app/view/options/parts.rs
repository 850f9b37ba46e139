//! What the sections of the options page are made of.

use super::super::{Element, Node, Pressed, button, diagnosis, el};
use crate::options::{Open, Page};
use unstuck_diagnose::{Diagnosis, Messages, explain};
use unstuck_engine::Source;

/// A choice between on and off, with what it means beneath; one that the organisation has made cannot be pressed.
pub(super) fn switch(
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
    el("div").class("choice").with("id", label).child(toggle).child(told)
}

/// A labelled field with its hint, or what is wrong with it in the hint's place.
pub(super) fn field(
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
        Some(problem) => messages.get(&problem.key, &[&problem.name, &problem.host]),
        None => messages.get(hint, &[]),
    };
    let id = ["set-", name].concat();
    el("label").with("id", id).child(el("span").child(messages.get(label, &[]))).child(input).child(
        el("small")
            .class(if problem.is_some() { "problem" } else { "hint" })
            .with("id", hint_id)
            .child(text),
    )
}

/// A few settings under a small heading.
pub(super) fn part(id: &str, title: &str, messages: &dyn Messages) -> Element {
    el("div").class("part").with("id", id).child(el("h3").child(messages.get(title, &[])))
}

/// The same for what is rarely wanted: only its heading is in sight until it is opened.
pub(super) fn folded(id: &str, title: &str, messages: &dyn Messages) -> Element {
    let title = el("summary").child(messages.get(title, &[]));
    el("details").class("fold").with("id", id).child(title)
}

/// The input of such a field.
pub(super) fn input(field: &mut Element) -> Option<&mut Element> {
    match field.children.get_mut(1) {
        Some(Node::Element(input)) => Some(input),
        _ => None,
    }
}

/// Lets a labelled field have the focus as soon as it is there.
pub(super) fn focus(field: &mut Element) {
    if let Some(input) = input(field) {
        input.attributes.push(("data-focus", String::new()));
    }
}

/// A line that tells what was just done.
pub(super) fn note(text: String) -> Node {
    el("p").class("note").child(text).into()
}

/// A failure of the source that is set up.
pub(super) fn diagnosed(found: &Diagnosis, messages: &dyn Messages) -> Node {
    let explanation = explain(found, messages);
    diagnosis::frame("section", &explanation)
        .children(diagnosis::summary(&explanation))
        .child(diagnosis::steps(&explanation, messages))
        .child(diagnosis::details(&explanation, messages))
        .into()
}

/// That the source which is open answered.
pub(super) fn passed(page: &Page, messages: &dyn Messages) -> String {
    let name = if let Open::Source(open) = &page.open { called(open) } else { "" };
    messages.get("options_test_ok", &[name])
}

/// What a source is called before it has a name.
pub(super) fn called(source: &Source) -> &str {
    if source.name.is_empty() { &source.base_url } else { &source.name }
}
