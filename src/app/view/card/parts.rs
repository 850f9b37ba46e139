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

/// The × that closes the card, as Escape does.
pub(in crate::view) fn close(press: Press, messages: &dyn Messages) -> Element {
    button("×".into(), "close", press)
        .with("aria-label", messages.get("panel_close", &[]))
        .with("aria-keyshortcuts", "Escape")
        .with("title", messages.get("panel_close_key", &[]))
}

/// Ways to be left alone on this site, where the launcher can be hidden.
pub(super) fn hides(
    state: &State,
    frame: &FrameRef,
    messages: &dyn Messages,
) -> Vec<(String, Press)> {
    let offer = |key, for_an_hour| (messages.get(key, &[]), Press::Hide { for_an_hour });
    let can = state.can_hide(frame).is_some();
    let offers = can.then(|| [offer("panel_snooze", true), offer("panel_hide", false)]);
    offers.into_iter().flatten().collect()
}

/// Back to the ask.
pub(super) fn edit(messages: &dyn Messages) -> Element {
    button(messages.get("action_edit", &[]), "quiet", Press::Edit)
}
