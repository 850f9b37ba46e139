//! What the card and its banner both show.

use super::super::{Element, Node, button, el};
use unstuck_diagnose::Messages;
use unstuck_engine::{Call, Press};

/// The answer so far, or the whole of it.
pub(super) fn draft(call: &Call) -> Node {
    el("output")
        .class("draft")
        .with("aria-live", "off")
        .with("data-key", "draft")
        .child(call.received.clone())
        .into()
}

/// Back to the ask.
pub(super) fn edit(messages: &dyn Messages) -> Element {
    button(messages.get("action_edit", &[]), "quiet", Press::Edit)
}
