//! An alert as Prometheus and Alertmanager have it: what it is (labels), and what is said about it (annotations).

use super::{
    message::Message,
    object::Object,
    text::{identity, line},
};

/// Longest text of an annotation, characters.
const TEXT: usize = 2000;

/// Who the alert is. Nothing here may change while it lasts: a changed label is another alert, and the first one never ends.
pub(super) fn labels(message: &Message<'_>) -> String {
    let name = if message.is_test { "UnstuckTest" } else { "UnstuckSource" };
    Object::new()
        .text("alertname", name)
        .text("incident", &identity(&message.incident.key, 255))
        .text("source", &message.source())
        .text("severity", "warning")
        .end()
}

/// What is known of it by now.
pub(super) fn annotations(message: &Message<'_>) -> String {
    let facts = message.facts.iter().map(|(name, value)| [name, ": ", value].concat());
    let description = facts.collect::<Vec<_>>().join("; ");
    let causes = message.incident.causes.iter().map(|span| span.cause.id());
    Object::new()
        .text("summary", &line(&message.title, TEXT))
        .text("description", &line(&description, TEXT))
        .text("cause", &causes.collect::<Vec<_>>().join(","))
        .end()
}
