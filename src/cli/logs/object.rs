//! The report for a program.

use serde_json::{Value, json};

use super::found::{Found, percent};

const SAMPLE: usize = 1_000;

/// The whole report as one JSON object. Times are milliseconds since 1970.
pub(super) fn object(found: &Found<'_>) -> Value {
    let safe = &found.safe;
    if let Some(followed) = &found.followed {
        let steps: Vec<_> = followed.steps.iter().map(|step| json!({
            "file": found.file(step.place.file), "line": step.place.line, "at_ms": step.ms, "ended": step.ended,
            "text": safe.text(&step.text, SAMPLE),
        })).collect();
        let others: Vec<_> = followed.others.iter().map(|id| safe.text(&id.text, 128)).collect();
        return json!({ "request": safe.text(followed.id(), 200), "steps": steps, "left_out": followed.left_out, "other_ids": others, "notes": found.notes });
    }
    let (unit, rows) = found.tally.rows();
    let causes: Vec<_> = found.tally.causes().into_iter().map(|(cause, of)| {
        let sources: Vec<_> = of.sources().into_iter().map(|(id, count)| json!({ "name": safe.source(id), "count": count })).collect();
        let samples: Vec<_> = of.samples.iter().map(|sample| json!({
            "file": found.file(sample.place.file), "line": sample.place.line, "at_ms": sample.ms, "text": safe.text(&sample.text, SAMPLE),
        })).collect();
        json!({
            "cause": cause.id(), "fault": cause.fault().id(), "count": of.count, "share": percent(of.count, found.tally.failing) / 100.0,
            "confidence": of.belief / of.count as f64, "first_ms": of.first_ms, "last_ms": of.last_ms, "services": sources, "samples": samples,
        })
    }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(ms, row)| {
            let counts: serde_json::Map<String, Value> = row
                .into_iter()
                .map(|(cause, count)| (cause.id().to_owned(), count.into()))
                .collect();
            json!({ "at_ms": ms, "causes": counts })
        })
        .collect();
    let files: Vec<_> = found.files.iter().map(|file| json!({
        "name": safe.text(&file.name, 200), "lines": file.lines, "bytes": file.bytes, "cut_lines": file.cut, "nul_bytes": file.nul,
        "no_last_line_end": file.unended, "unread": file.broken.as_deref().map(|error| safe.text(error, 200)),
        "times_without_zone": file.unzoned, "times_back": file.back,
    })).collect();
    let retries = found.asks.retries;
    let mut object = json!({
        "files": files, "lines": found.lines(), "failing": found.tally.failing, "answered": found.tally.answered, "causes": causes,
        "by": unit.id(), "rows": rows, "notes": found.notes,
        "retries": { "requests": retries.asks, "tries": retries.tries, "tried_again": retries.retried, "answered_in_the_end": retries.saved, "amplification": found.amplification() },
    });
    if found.wants_incidents {
        let told = |incident: &unstuck_health::Incident| {
            json!({
                "service": safe.source(&incident.source), "kind": incident.kind, "started_ms": incident.started_ms, "ended_ms": incident.ended_ms,
                "requests": incident.asks, "failures": incident.failures, "causes": incident.causes,
            })
        };
        object["incidents"] = found.incidents.iter().map(told).collect();
    }
    object
}
