//! The keys that open the card. Only the browser's own page can change them.

use serde::{Deserialize, Serialize};

use super::OptionsEffect;

/// Where the browser lets a person change the keys.
const BROWSERS_PAGE: &str = "chrome://extensions/shortcuts";

/// A command and the keys that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcut {
    /// What it does, in the person's language.
    pub does: String,
    /// Its keys as the browser writes them; empty when it has none.
    pub keys: String,
}

/// What can be pressed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortcutPress {
    /// Open the browser's page for them.
    ChangeShortcuts,
}

pub(super) fn press(ShortcutPress::ChangeShortcuts: ShortcutPress) -> Vec<OptionsEffect> {
    vec![OptionsEffect::OpenPage { url: BROWSERS_PAGE }]
}
