//! What the person is told outside the card.

use super::{Element, Node, el, switch};
use crate::options::{AlertPress, Page};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(settings: &Settings, _page: &Page, messages: &dyn Messages) -> Element {
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
    el("section").children(choices)
}
