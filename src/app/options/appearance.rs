//! How everything that Unstuck shows looks.

use serde::{Deserialize, Serialize};

use unstuck_engine::{Settings, TextSize, Theme};

/// What can be pressed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppearancePress {
    /// Take this theme.
    TakeTheme {
        /// Its name.
        theme: Theme,
    },
    /// Take this size of text.
    TakeSize {
        /// Its name.
        size: TextSize,
    },
}

pub(super) const fn press(settings: &mut Settings, press: &AppearancePress) {
    match *press {
        AppearancePress::TakeTheme { theme } => settings.theme = theme,
        AppearancePress::TakeSize { size } => settings.text_size = size,
    }
}
