//! Sites on which the person does not want to see the launcher: for a while, or until they say so. The site stays switched on.

use serde::{Deserialize, Serialize};

/// A site without the launcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HiddenSite {
    /// Its origin, without a port.
    pub site: String,
    /// Until when, in milliseconds since 1970; `None` until the person shows it again.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub until_ms: Option<u64>,
}

impl HiddenSite {
    /// Whether that still holds.
    #[must_use]
    pub fn holds(&self, now_ms: u64) -> bool {
        self.until_ms.is_none_or(|until_ms| now_ms < until_ms)
    }
}
