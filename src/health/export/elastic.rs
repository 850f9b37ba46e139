//! Elasticsearch: records for the bulk interface, with the field names of the Elastic Common Schema. They are only ever created,
//! each under an id of its own: one that is sent twice is there once.

use unstuck_diagnose::workspace::iso_time;

use super::Record;
use crate::channel::{Object, line};

/// Where the records go: a data stream, which takes nothing but `create`.
const STREAM: &str = "logs-unstuck-default";

/// The body of a POST to `/_bulk`, with the newline at its end that the interface insists on.
#[must_use]
pub fn body(records: &[Record<'_>]) -> String {
    let mut body = String::new();
    for record in records {
        let place = Object::new().text("_index", STREAM).text("_id", &record.id()).end();
        for part in [Object::new().json("create", &place).end(), document(record)] {
            body.push_str(&part);
            body.push('\n');
        }
    }
    body
}

fn document(record: &Record<'_>) -> String {
    let incident = record.incident;
    let has_ended = incident.ended_ms.is_some();
    let mut document = Object::new()
        .text("@timestamp", &iso_time(record.at_ms()))
        .text("message", &line(record.title, 1000))
        .text("log.level", if has_ended { "info" } else { "error" })
        .text("event.kind", "alert")
        .text("event.outcome", if has_ended { "success" } else { "failure" })
        .text("service.name", "unstuck")
        .text("service.version", record.version)
        .text("labels.incident", &record.id())
        .text("labels.kind", record.kind())
        .text("labels.source", &line(&incident.source, 80))
        .text("labels.asks", &incident.asks.to_string())
        .text("labels.failures", &incident.failures.to_string());
    if let Some(cause) = record.cause() {
        document = document.text("error.type", cause);
    }
    if let Some(ms) = record.lasted_ms() {
        document = document.number("event.duration", ms.saturating_mul(1_000_000));
    }
    document.end()
}
