//! What the person is told outside the card.

use super::{Element, Node, el, switch};
use crate::options::{AlertPress, Page};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(settings: &Settings, _page: &Page, messages: &dyn Messages) -> Element {
    let notify = AlertPress::Notify { on: !settings.notify };
    let mut choice = switch("options_notify", settings.notify, false, notify, messages);
    // The browser is asked on the press.
    if let (false, Some(Node::Element(toggle))) = (settings.notify, choice.children.first_mut()) {
        toggle.attributes.push(("data-permission", "notifications".into()));
    }
    el("section").child(choice)
}
