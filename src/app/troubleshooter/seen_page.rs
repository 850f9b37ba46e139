//! A status page that was read.

use serde::{Deserialize, Serialize};

use super::status;

/// As long a status page is not read again, in milliseconds.
pub(super) const FRESH_MS: u64 = 60_000;

/// A status page as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenPage {
    pub(super) url: String,
    pub(super) at_ms: u64,
    pub(super) report: Option<status::Report>,
}

impl SeenPage {
    pub(super) fn is_fresh(&self, url: &str, now_ms: u64) -> bool {
        self.url == url && self.report.is_some() && now_ms.abs_diff(self.at_ms) < FRESH_MS
    }
}
