//! PagerDuty: Events API v2.

use unstuck_diagnose::workspace::iso_time;

use super::{
    message::{Message, Step},
    object::Object,
    text::{identity, line},
};
use crate::Kind;

/// Longest key that joins a trigger and its resolve, bytes.
const KEY: usize = 255;

/// Longest summary, characters.
const SUMMARY: usize = 1024;

/// The body of the request. An incident that is over and of which nothing was told is none of PagerDuty's.
pub(super) fn body(message: &Message<'_>, routing_key: &str) -> Option<String> {
    let incident = message.incident;
    let event = Object::new().text("routing_key", routing_key);
    let key = identity(&incident.key, KEY);
    match message.step {
        Step::WasDown => None,
        Step::Resolve => Some(event.text("event_action", "resolve").text("dedup_key", &key).end()),
        Step::Trigger => {
            let severity = match incident.kind {
                _ if message.is_test => "info",
                Kind::Failing => "error",
                Kind::Unstable | Kind::Slow | Kind::Local => "warning",
            };
            let facts = message.facts.iter();
            let details =
                facts.fold(Object::new(), |details, (name, value)| details.text(name, value));
            let mut payload = Object::new()
                .text("summary", &line(&message.title, SUMMARY))
                .text("source", "Unstuck")
                .text("severity", severity)
                .text("timestamp", &iso_time(incident.started_ms))
                .text("component", &message.source())
                .text("group", "ai-sources");
            if let Some(span) = incident.causes.first() {
                payload = payload.text("class", span.cause.id());
            }
            let payload = payload.json("custom_details", &details.end()).end();
            let event = event.text("event_action", "trigger").text("dedup_key", &key);
            Some(event.json("payload", &payload).text("client", "Unstuck").end())
        }
    }
}
