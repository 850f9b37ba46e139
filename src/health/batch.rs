//! Numbers on their way to one feed.

use serde::{Deserialize, Serialize};

use crate::export::{
    Tally,
    names::Semconv,
    otlp::{Push, Temporality},
};

/// The numbers of one push.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// The id of the feed.
    pub feed: String,
    /// What the numbers count from.
    pub temporality: Temporality,
    /// A random name of this install.
    pub(crate) instance: String,
    pub(crate) since_ms: u64,
    pub(crate) at_ms: u64,
    pub(crate) tally: Tally,
    /// Which sources answer. Only where one browser is one writer: states of many cannot be added up.
    pub(crate) up: Vec<(String, bool)>,
}

impl Batch {
    /// With nothing in it: it shows whether a feed takes a push at all.
    #[must_use]
    pub fn empty(temporality: Temporality, now_ms: u64) -> Self {
        let (feed, instance) = <(String, String)>::default();
        let (tally, up) = (Tally::default(), Vec::new());
        Self { feed, temporality, instance, since_ms: now_ms, at_ms: now_ms, tally, up }
    }

    /// How many asks it tells of.
    #[must_use]
    pub fn asks(&self) -> u64 {
        self.tally.at_stake() - self.tally.dropped
    }

    /// How many asks it says are missing.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.tally.dropped
    }

    /// The bytes of the push.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let push = Push {
            semconv: Semconv::default(),
            temporality: self.temporality,
            version: env!("CARGO_PKG_VERSION"),
            instance: Some(&self.instance).filter(|name| !name.is_empty()).map(String::as_str),
            start_ms: self.since_ms,
            end_ms: self.at_ms,
        };
        push.encode(&self.tally.points(&self.up))
    }
}
