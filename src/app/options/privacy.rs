//! What may be done, and who may be asked, without a question first.

use serde::{Deserialize, Serialize};

use unstuck_diagnose::Cause;
use unstuck_engine::Settings;

/// What can be pressed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivacyPress {
    /// Let sources on this machine stand in for others, or not.
    LocalFallback {
        /// Whether they may.
        on: bool,
    },
    /// Ask again before another source answers on this cause.
    ForgetFallback {
        /// Id of the cause.
        cause: String,
    },
    /// Let status pages be read by themselves, or not.
    StatusPages {
        /// Whether they may.
        on: bool,
    },
    /// Let a second host be asked when one is silent, or not.
    SecondHost {
        /// Whether it may.
        on: bool,
    },
}

pub(super) fn press(settings: &mut Settings, press: PrivacyPress) {
    match press {
        PrivacyPress::LocalFallback { on } => settings.local_fallback = on,
        PrivacyPress::StatusPages { on } => settings.status_pages = on,
        PrivacyPress::SecondHost { on } => settings.second_host = on,
        PrivacyPress::ForgetFallback { cause } => {
            let cause = Cause::from_id(&cause);
            settings.fallbacks.retain(|fallback| Some(fallback.cause) != cause);
        }
    }
}
