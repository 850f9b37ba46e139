//! Incidents: the asks of the logs, put to the detector that watches live calls.

use unstuck_health::{Call, Change, Detector, Incident, Waits};

use super::calls::Asks;

/// So long the detector waits for a control host, which no log has, in milliseconds.
const PATIENCE_MS: u64 = 60_000;

/// Every incident, the earliest first. What still lasts at the end of the logs has no end.
pub(super) fn incidents(asks: &Asks) -> Vec<Incident> {
    let mut detector = Detector::new("logs");
    let mut over = Vec::new();
    let mut keep = |changes: Vec<Change>| {
        for change in changes {
            if let Change::Closed(incident) = change {
                over.push(incident);
            }
        }
    };
    for ask in asks.iter() {
        let mut ticked = 0;
        while let Some(due_ms) =
            detector.next_ms().filter(|due_ms| *due_ms <= ask.ms && *due_ms > ticked)
        {
            keep(detector.tick(due_ms));
            ticked = due_ms;
        }
        let call = Call {
            source: ask.source,
            name: ask.source,
            provider: None,
            host: "",
            model: "",
            failure: ask.cause,
            tries: ask.tries,
            retries: ask.tries.saturating_sub(1),
            waits: Waits::default(),
            answered_by: None,
            first_chunk_s: None,
            duration_s: 0.0,
        };
        keep(detector.call(ask.ms, &call, None));
    }
    // What still waits for a second opinion has waited long enough.
    if let Some(ask) = asks.iter().last() {
        keep(detector.tick(ask.ms + PATIENCE_MS));
    }
    over.extend(detector.open());
    over.sort_by_key(|incident| incident.started_ms);
    over
}
