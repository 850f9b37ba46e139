//! Any receiver of webhooks, in the shape that Alertmanager sends (version 4): many programs know it.

use unstuck_diagnose::workspace::{checksum, iso_time};
use unstuck_source::json::quoted;

use super::{
    alert::{annotations, labels},
    message::Message,
    object::Object,
    text::identity,
};

/// What Alertmanager writes for an end that has not come.
const NEVER: &str = "0001-01-01T00:00:00Z";

/// The body of the request.
pub(super) fn body(message: &Message<'_>) -> String {
    let incident = message.incident;
    let is_open = message.is_open();
    let status = if is_open { "firing" } else { "resolved" };
    let ends = iso_time(incident.ended_ms.unwrap_or(message.now_ms));
    let key = identity(&incident.key, 255);
    let (labels, annotations) = (labels(message), annotations(message));
    let alert = Object::new()
        .text("status", status)
        .json("labels", &labels)
        .json("annotations", &annotations)
        .text("startsAt", &iso_time(incident.started_ms))
        .text("endsAt", if is_open { NEVER } else { &ends })
        .text("generatorURL", "")
        .text("fingerprint", &format!("{:08x}{:08x}", checksum(key.as_bytes()), key.len()))
        .end();
    let group = ["{incident=", &quoted(&key), "}"].concat();
    Object::new()
        .text("version", "4")
        .text("groupKey", &group)
        .number("truncatedAlerts", 0)
        .text("status", status)
        .text("receiver", "unstuck")
        .json("groupLabels", &Object::new().text("incident", &key).end())
        .json("commonLabels", &labels)
        .json("commonAnnotations", &annotations)
        .text("externalURL", "")
        .json("alerts", &["[", &alert, "]"].concat())
        .end()
}
