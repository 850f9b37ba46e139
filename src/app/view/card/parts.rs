//! What the card and its banner both show.

use super::super::{Element, Node, button, el};
use unstuck_diagnose::Messages;
use unstuck_engine::{Call, FrameRef, Press, State};

/// A call that has something to explain, and what it takes to do so.
pub(in crate::view) struct CallBanner<'a> {
    pub(in crate::view) state: &'a State,
    pub(in crate::view) frame: &'a FrameRef,
    pub(in crate::view) call: &'a Call,
    /// What the person calls the source.
    pub(in crate::view) source: String,
    pub(in crate::view) now_ms: u64,
    pub(in crate::view) messages: &'a dyn Messages,
}

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
