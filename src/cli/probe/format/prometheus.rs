//! Prometheus' text format 0.0.4, without times of its own: what is scraped or collected is dated by whoever reads it.

use std::fmt::Write as _;

use super::super::{
    report::{Report, Row},
    verdict::Verdict,
};

/// The name, its type and its help of everything that is told.
const METRICS: [(&str, &str, &str); 10] = [
    ("unstuck_probe_success", "gauge", "Whether the last run was answered as expected."),
    ("unstuck_probe_duration_seconds", "gauge", "How long the last run took."),
    (
        "unstuck_probe_time_to_first_chunk_seconds",
        "gauge",
        "How long the first chunk of the last answer took.",
    ),
    ("unstuck_probe_http_status_code", "gauge", "The status of the last answer, 0 for none."),
    (
        "unstuck_probe_consecutive_failures",
        "gauge",
        "Runs in a row that were not answered as expected.",
    ),
    ("unstuck_probe_attempts_total", "counter", "Runs so far."),
    (
        "unstuck_probe_failures_total",
        "counter",
        "Runs that were not answered as expected, by cause.",
    ),
    ("unstuck_probe_last_run_timestamp_seconds", "gauge", "When the last run ended."),
    (
        "unstuck_probe_verdict",
        "gauge",
        "What the last run came to: 1 for one of them, 0 for the others.",
    ),
    ("unstuck_probe_info", "gauge", "The model, and the cause of the last failure; always 1."),
];

pub(super) fn write(report: &Report<'_>) -> String {
    let mut text = String::new();
    for (name, kind, help) in METRICS {
        let mut lines = String::new();
        for row in &report.rows {
            samples(&mut lines, name, row);
        }
        if !lines.is_empty() {
            // Writing to a text cannot fail.
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{lines}");
        }
    }
    text
}

fn samples(lines: &mut String, name: &str, row: &Row<'_>) {
    let (finding, tally) = (&row.finding, &row.tally);
    let source = escaped(&row.probe.name);
    let mut sample = |labels: &str, value: String| {
        let _ = writeln!(lines, "{name}{{source=\"{source}\"{labels}}} {value}");
    };
    match name {
        "unstuck_probe_success" => {
            sample("", u8::from(finding.verdict == Verdict::Answered).to_string());
        }
        "unstuck_probe_duration_seconds" => sample("", finding.duration_s.to_string()),
        "unstuck_probe_time_to_first_chunk_seconds" => {
            if let Some(seconds) = finding.first_chunk_s {
                sample("", seconds.to_string());
            }
        }
        "unstuck_probe_http_status_code" => sample("", finding.status.unwrap_or(0).to_string()),
        "unstuck_probe_consecutive_failures" => sample("", tally.consecutive.to_string()),
        "unstuck_probe_attempts_total" => sample("", tally.attempts.to_string()),
        "unstuck_probe_failures_total" => {
            for (cause, fault, count) in &tally.failures {
                let labels = format!(",cause=\"{}\",fault=\"{}\"", escaped(cause), escaped(fault));
                sample(&labels, count.to_string());
            }
        }
        "unstuck_probe_last_run_timestamp_seconds" => {
            sample("", (tally.last_run_ms as f64 / 1_000.0).to_string());
        }
        "unstuck_probe_verdict" => {
            for verdict in Verdict::ALL {
                let labels = format!(",verdict=\"{}\"", verdict.id());
                sample(&labels, u8::from(verdict == finding.verdict).to_string());
            }
        }
        _ => {
            let model = escaped(&row.probe.model);
            sample(&format!(",cause=\"{}\",model=\"{model}\"", finding.cause()), "1".to_owned());
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
