//! What was typed before a reload, on a page that has come up without a box to put it back into: shown, to be copied.

use serde::{Deserialize, Serialize};

use super::{Effects, FrameRef, State};

/// A text that waits to be copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredText {
    /// The page that shows it.
    pub frame: FrameRef,
    /// What was typed.
    pub text: String,
}

/// A longer text is shown, and not journalled, in bytes: it would stop the journal of all pages.
const LONGEST: usize = 1 << 20;

impl RecoveredText {
    /// Whether the journal has room for it.
    pub(super) fn fits(&self) -> bool {
        self.text.len() <= LONGEST
    }
}

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
