//! One JSON object.

use serde_json::{Value, json};
use unstuck_diagnose::{Messages, workspace::iso_time};

use super::super::report::Report;

pub(super) fn write(report: &Report<'_>, words: &dyn Messages) -> Vec<u8> {
    let rows = report.rows.iter().map(|row| {
        let told = row.tell(words);
        let (probe, finding) = (row.probe, &row.finding);
        json!({
            "name": probe.name,
            "source": probe.source,
            "model": probe.model,
            "check": probe.check.id(),
            "verdict": finding.verdict.id(),
            "exit": finding.verdict.exit(),
            "cause": Some(finding.cause()).filter(|cause| !cause.is_empty()),
            "headline": told.headline,
            "status": finding.status,
            "duration_s": finding.duration_s,
            "first_chunk_s": finding.first_chunk_s,
            "tries": finding.tries,
            "consecutive_failures": row.tally.consecutive,
            "breaches": finding.breaches,
            "diagnosis": told.explanation,
        })
    });
    let rows: Vec<Value> = rows.collect();
    let whole = json!({
        "at": iso_time(report.at_ms),
        "verdict": report.verdict().id(),
        "exit": report.verdict().exit(),
        "probes": rows,
    });
    let mut line = whole.to_string().into_bytes();
    line.push(b'\n');
    line
}
