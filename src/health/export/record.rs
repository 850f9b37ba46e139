//! One line of a log: an incident began, or it ended.

use unstuck_diagnose::workspace::iso_time;

use crate::{Incident, channel::identity};

/// An incident as a line of a log. One that ends is a second line: these engines only add.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// What happened, in one sentence, from [`Message`](crate::channel::message::Message).
    pub title: &'a str,
    /// The version of Unstuck.
    pub version: &'a str,
}

impl Record<'_> {
    /// Its identity: the same when it is sent again, so that it is never there twice.
    pub(super) fn id(&self) -> String {
        let half = if self.incident.ended_ms.is_some() { "ended" } else { "began" };
        let key =
            [&self.incident.key, ":", &iso_time(self.incident.started_ms), ":", half].concat();
        identity(&key, 255)
    }

    /// The moment of what it tells, milliseconds since 1970.
    pub(super) fn at_ms(&self) -> u64 {
        self.incident.ended_ms.unwrap_or(self.incident.started_ms)
    }

    /// How long the incident took, milliseconds; `None` while it lasts.
    pub(super) fn lasted_ms(&self) -> Option<u64> {
        Some(self.incident.ended_ms?.saturating_sub(self.incident.started_ms))
    }

    /// The cause that was seen most often.
    pub(super) fn cause(&self) -> Option<&'static str> {
        let most = self.incident.causes.iter().max_by_key(|span| span.count)?;
        Some(most.cause.id())
    }

    /// The kind of trouble.
    pub(super) fn kind(&self) -> &'static str {
        use crate::Kind;
        match self.incident.kind {
            Kind::Failing => "failing",
            Kind::Unstable => "unstable",
            Kind::Slow => "slow",
            Kind::Local => "local",
        }
    }
}
