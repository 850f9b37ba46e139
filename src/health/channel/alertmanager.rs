//! Alertmanager: `POST /api/v2/alerts`. Grouping, silences and further channels are its own.

use unstuck_diagnose::workspace::iso_time;

use super::{
    alert::{annotations, labels},
    message::{Message, Step},
    object::Object,
};

/// How long an alert stays without news, in intervals. It ends by itself when nobody is left to renew it.
const INTERVALS: u64 = 4;

/// The body of the request; it is repeated at every interval while the incident lasts. An alert that was never open needs no end.
pub(super) fn body(message: &Message<'_>, interval_ms: u64) -> Option<String> {
    let ends_ms = match message.step {
        Step::WasDown => return None,
        Step::Trigger => message.now_ms.saturating_add(interval_ms.saturating_mul(INTERVALS)),
        Step::Resolve => message.incident.ended_ms.unwrap_or(message.now_ms),
    };
    let alert = Object::new()
        .json("labels", &labels(message))
        .json("annotations", &annotations(message))
        .text("startsAt", &iso_time(message.incident.started_ms))
        .text("endsAt", &iso_time(ends_ms));
    Some(["[", &alert.end(), "]"].concat())
}
