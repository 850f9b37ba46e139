//! What one run of a check comes to, and the exit status that says so.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Fault;

/// What came of a check, the better ones first: of several, the last one is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    /// It answered as expected.
    Answered,
    /// It answered, but not as expected.
    Degraded,
    /// The way to it is broken.
    Network,
    /// It refuses something of ours: the key, the quota, the request.
    Yours,
    /// It fails itself, or nobody can tell.
    Provider,
}

impl Verdict {
    /// All of them, the better ones first.
    pub(super) const ALL: [Self; 5] =
        [Self::Answered, Self::Degraded, Self::Network, Self::Yours, Self::Provider];

    /// Whose turn it is after a failure.
    pub(super) const fn of(fault: Fault) -> Self {
        match fault {
            Fault::Network => Self::Network,
            Fault::Browser | Fault::Account | Fault::Request => Self::Yours,
            Fault::Provider | Fault::Unknown => Self::Provider,
        }
    }

    /// The exit status.
    pub(super) const fn exit(self) -> u8 {
        match self {
            Self::Answered => 0,
            Self::Provider => 1,
            Self::Degraded => 3,
            Self::Yours => 4,
            Self::Network => 5,
        }
    }

    /// The id, as JSON and labels have it.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Degraded => "degraded",
            Self::Network => "network",
            Self::Yours => "yours",
            Self::Provider => "provider",
        }
    }
}

/// How an answer fell short of what was expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(super) enum Breach {
    /// It does not contain the expected text.
    Missing,
    /// Its first chunk came too late.
    FirstChunk { took_s: f64, limit_s: f64 },
    /// Its end came too late.
    Duration { took_s: f64, limit_s: f64 },
    /// The status page tells of trouble, in the provider's words.
    Status { words: String },
}

impl Breach {
    /// The id, as labels have it.
    pub(super) const fn id(&self) -> &'static str {
        match self {
            Self::Missing => "unexpected_reply",
            Self::FirstChunk { .. } | Self::Duration { .. } => "over_limit",
            Self::Status { .. } => "status_page",
        }
    }
}
