//! What outlives a card and the browser: asks that nobody has answered, and the waits of servers.

use serde::{Deserialize, Serialize};

use crate::assistant::DraftRequest;

/// How many asks that lost their card are kept to be taken up again.
pub(super) const ORPHANS_KEPT: usize = 8;

/// An ask that lost its card before it was answered: its page or the browser was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrphanedRequest {
    /// The site it was written on.
    pub site: String,
    /// What was asked for, without what others wrote. Stored under the name it had in the first version.
    #[serde(rename = "wish")]
    pub request: DraftRequest,
}

/// What has to outlive the browser.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DurableState {
    /// The asks that nobody has answered.
    pub asks: Vec<OrphanedRequest>,
    /// For each source, until when its server asked not to be called (milliseconds since 1970).
    pub closed: Vec<(String, u64)>,
}
