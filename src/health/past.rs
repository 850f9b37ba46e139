//! The incidents of the last month that are over, and who was told of them: what a post-mortem needs.

use serde::{Deserialize, Serialize};

use crate::{incident::Incident, outbox::Message};

const MONTH_MS: u64 = 30 * 24 * 3_600_000;
/// Incidents that are remembered; the oldest give way.
const MOST_INCIDENTS: usize = 50;
/// Messages that are remembered; the oldest give way.
const MOST_TELLINGS: usize = 100;

/// The incidents of the last 30 days that are over, and who was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    incidents: Vec<Incident>,
    tellings: Vec<Telling>,
}

/// A message about an incident that a channel took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// The key of the incident.
    pub key: String,
    /// When that incident began: a source has the same key each time.
    pub started_ms: u64,
    /// The id of the channel.
    pub channel: String,
    /// What was told.
    pub message: Message,
    /// When it was taken, milliseconds since 1970.
    pub at_ms: u64,
}

impl Past {
    /// An incident is over.
    pub(crate) fn over(&mut self, now_ms: u64, incident: &Incident) {
        let oldest_ms = now_ms.saturating_sub(MONTH_MS);
        self.incidents.retain(|known| known.ended_ms.is_some_and(|ended| ended >= oldest_ms));
        self.tellings.retain(|told| told.at_ms >= oldest_ms);
        if self.incidents.len() >= MOST_INCIDENTS {
            self.incidents.remove(0);
        }
        self.incidents.push(incident.clone());
    }

    /// A channel took a message.
    pub(crate) fn told(
        &mut self,
        now_ms: u64,
        incident: &Incident,
        channel: &str,
        message: Message,
    ) {
        if self.tellings.len() >= MOST_TELLINGS {
            self.tellings.remove(0);
        }
        self.tellings.push(Telling {
            key: incident.key.clone(),
            started_ms: incident.started_ms,
            channel: channel.to_owned(),
            message,
            at_ms: now_ms,
        });
    }

    /// Nothing more is known of the source with this key.
    pub(crate) fn forget(&mut self, key: &str) {
        self.incidents.retain(|incident| incident.key != key);
        self.tellings.retain(|told| told.key != key);
    }

    /// The incidents that are over and ended within the last 30 days, oldest first.
    pub fn incidents(&self, now_ms: u64) -> impl DoubleEndedIterator<Item = &Incident> {
        let oldest_ms = now_ms.saturating_sub(MONTH_MS);
        self.incidents
            .iter()
            .filter(move |incident| incident.ended_ms.is_some_and(|ended| ended >= oldest_ms))
    }

    /// The messages about an incident that were taken, oldest first.
    pub fn told_of<'a>(&'a self, incident: &'a Incident) -> impl Iterator<Item = &'a Telling> {
        let is_of =
            |told: &&Telling| told.key == incident.key && told.started_ms == incident.started_ms;
        self.tellings.iter().filter(is_of)
    }
}
