//! Splunk: events for the HTTP event collector, one object after the other.

use super::Record;
use crate::channel::{Object, line};

/// The body of a POST to `/services/collector/event`.
#[must_use]
pub fn body(records: &[Record<'_>]) -> String {
    records.iter().map(event).collect()
}

fn event(record: &Record<'_>) -> String {
    let incident = record.incident;
    let mut event = Object::new()
        .text("id", &record.id())
        .text("message", &line(record.title, 1000))
        .text("state", if incident.ended_ms.is_some() { "ended" } else { "began" })
        .text("kind", record.kind())
        .text("source", &line(&incident.source, 80))
        .number("asks", u64::from(incident.asks))
        .number("failures", u64::from(incident.failures));
    if let Some(cause) = record.cause() {
        event = event.text("cause", cause);
    }
    if let Some(ms) = record.lasted_ms() {
        event = event.number("lasted_ms", ms);
    }
    let (seconds, ms) = (record.at_ms() / 1000, record.at_ms() % 1000);
    Object::new()
        .json("time", &format!("{seconds}.{ms:03}"))
        .text("host", "browser")
        .text("source", "unstuck")
        .text("sourcetype", "_json")
        .json("event", &event.end())
        .json("fields", &Object::new().text("version", record.version).end())
        .end()
}
