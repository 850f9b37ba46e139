//! What the person is told outside the card.

use super::{Element, Node, button, el, switch};
use crate::options::{AlertPress, Page, SourcePress};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let Settings { notify, notify_outages, .. } = *settings;
    let choices = [
        ("options_notify", notify, AlertPress::Notify { on: !notify }),
        ("options_outages", notify_outages, AlertPress::Outages { on: !notify_outages }),
    ];
    let choices = choices.map(|(label, on, press)| {
        let mut choice = switch(label, on, false, press, messages);
        // The browser is asked on the press.
        if let (false, Some(Node::Element(toggle))) = (on, choice.children.first_mut()) {
            toggle.attributes.push(("data-permission", "notifications".into()));
        }
        choice
    });
    el("section").children(choices).children(checks(settings, page, messages))
}

/// Which sources are checked without an ask. Where an organisation has set anything, none is.
fn checks(settings: &Settings, page: &Page, messages: &dyn Messages) -> Option<Element> {
    const LABEL: &str = "options_check";
    const HINT: &str = "options_check_hint";
    let sources = settings.sources.iter().filter(|source| !source.is_built_in());
    let mut switches = sources.map(|source| {
        let (id, on) = (source.id.clone(), source.checked);
        button(
            messages.get(LABEL, &[&source.name]),
            "switch",
            SourcePress::CheckSource { source: id.clone(), on: !on },
        )
        .with("data-key", id)
        .with("role", "switch")
        .with("aria-checked", on.to_string())
        .with("aria-describedby", HINT)
    });
    let first = switches.next().filter(|_| page.may_tell())?;
    let told = el("small").class("hint").with("id", HINT).child(messages.get(HINT, &[]));
    let choice = el("div").class("choice").with("id", LABEL).child(first);
    Some(choice.children(switches).child(told))
}
