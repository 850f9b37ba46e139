//! What was typed before a reload, on a page that has come up without a box to put it back into: shown, to be copied.

pub use super::state::RecoveredText;
use super::{Effects, FrameRef, State};

impl State {
    /// The text that a page shows to be copied.
    #[must_use]
    pub fn recovered_text(&self, frame: &FrameRef) -> Option<&str> {
        let kept = self.recovered_texts.iter().find(|kept| kept.frame == *frame);
        kept.map(|kept| kept.text.as_str())
    }
}

pub(super) fn show(state: &mut State, frame: FrameRef, text: String, effects: &mut Effects) {
    effects.journal();
    effects.paint(&frame);
    forget(state, &frame);
    state.recovered_texts.push(RecoveredText { frame, text });
}

/// The person has closed it, or the page is gone.
pub(super) fn forget(state: &mut State, frame: &FrameRef) {
    state.recovered_texts.retain(|kept| kept.frame != *frame);
}
