//! The same as JSON, with the incidents.

use serde_json::{Value, json};

use super::course::{History, answered, id, ms, part_seconds};
use unstuck_diagnose::workspace::iso_time;
use unstuck_health::{Deed, Incident, Kind, Part};

pub(super) fn write(history: &History<'_>) -> String {
    let row = |part: &Part| row(history, part);
    let ais = history.courses.iter().map(|course| {
        let parts = course.parts.iter().filter(|part| part.counts.asks > 0);
        json!({"name": course.source.name, "parts": parts.map(row).collect::<Vec<_>>()})
    });
    json!({
        "format": "unstuck-health",
        "version": 1,
        "saved_at": iso_time(history.now_ms),
        "span": id(history.filter.span),
        "ais": ais.collect::<Vec<_>>(),
        "incidents": history.incidents.iter().map(|incident| over(incident)).collect::<Vec<_>>(),
    })
    .to_string()
}

fn row(history: &History<'_>, part: &Part) -> Value {
    let (counts, first) = (&part.counts, &part.times.first_chunk);
    let waited: u64 =
        counts.waited_ms.as_deref().into_iter().flatten().map(|ms| u64::from(*ms)).sum();
    let causes = history.failures(counts).map(|&(cause, failed)| count(cause.id(), failed));
    json!({
        "from": iso_time(part.since_ms),
        "seconds": part_seconds(history.filter.span),
        "requests": counts.asks,
        "answered": answered(counts),
        "failed": history.failed(counts),
        "causes": causes.collect::<Vec<_>>(),
        "tries": counts.tries,
        "retries": counts.retries,
        "answered_elsewhere": counts.failovers,
        "waited_ms": waited,
        "first_word_p50_ms": first.quantile(0.5).map(ms),
        "first_word_p95_ms": first.quantile(0.95).map(ms),
    })
}

fn count(cause: &str, failed: u32) -> Value {
    json!({"cause": cause, "failed": failed})
}

fn over(incident: &Incident) -> Value {
    let causes = incident.causes.iter().map(|span| {
        let mut seen = count(span.cause.id(), span.count);
        seen["first"] = iso_time(span.first_ms).into();
        seen["last"] = iso_time(span.last_ms).into();
        seen
    });
    let kind = match incident.kind {
        Kind::Failing => "failing",
        Kind::Unstable => "unstable",
        Kind::Slow => "slow",
        Kind::Local => "local",
    };
    let deeds = incident.deeds.iter().map(|deed| match deed {
        Deed::Retried(times) => json!({"retried": times}),
        Deed::Waited(ms) => json!({"waited_ms": ms}),
        Deed::Switched { to, times } => json!({"switched_to": to, "times": times}),
    });
    json!({
        "ai": incident.source,
        "kind": kind,
        "from": iso_time(incident.started_ms),
        "to": incident.ended_ms.map(iso_time),
        "requests": incident.asks,
        "failed": incident.failures,
        "causes": causes.collect::<Vec<_>>(),
        "status_page_said": incident.status_words,
        "unstuck_did": deeds.collect::<Vec<_>>(),
    })
}
