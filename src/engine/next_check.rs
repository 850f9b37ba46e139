//! When a source is checked next.

use serde::{Deserialize, Serialize};

/// When a source is checked next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthCheck {
    /// Id of the source.
    pub source: String,
    /// Not before this time, milliseconds since 1970.
    pub next_ms: u64,
}
