//! What the person is told outside the card.

use serde::{Deserialize, Serialize};

use unstuck_engine::Settings;

/// What can be pressed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertPress {
    /// Show a notification when an ask that took long is over, or not.
    Notify {
        /// Whether it is shown.
        on: bool,
    },
    /// Show a notification when a source is down, and when it answers again, or not.
    Outages {
        /// Whether it is shown.
        on: bool,
    },
}

/// `granted` says whether the browser lets notifications be shown. Gives the message key of what was in the way.
pub(super) const fn press(
    settings: &mut Settings,
    press: AlertPress,
    granted: bool,
) -> Option<&'static str> {
    let (switch, on) = match press {
        AlertPress::Notify { on } => (&mut settings.notify, on),
        AlertPress::Outages { on } => (&mut settings.notify_outages, on),
    };
    *switch = on && granted;
    if on && !granted { Some("options_notify_refused") } else { None }
}
