//! A dashboard of Grafana, as the classic JSON model has it (`schemaVersion` 36).

use serde_json::{Value, json};

use super::threshold::Threshold;

const ABOUT: &str = "Made by `unstuck export grafana`. Its queries were tried with Prometheus 2.42 and VictoriaMetrics 1.112, its form with Grafana's types (13.2). How Grafana draws it was not seen.";

/// Title, unit, query, legend, and the way it is drawn.
const PANELS: [(&str, &str, &str, &str, &str); 8] = [
    (
        "Answers as expected",
        "bool_yes_no",
        "unstuck_probe_success{source=~\"$source\"}",
        "{{source}}",
        "stat",
    ),
    (
        "Why not",
        "short",
        "unstuck_probe_info{source=~\"$source\",cause!=\"\"}",
        "{{source}}: {{cause}}",
        "stat",
    ),
    (
        "Failures in a row",
        "short",
        "unstuck_probe_consecutive_failures{source=~\"$source\"}",
        "{{source}}",
        "timeseries",
    ),
    (
        "Failures by cause, an hour",
        "short",
        "increase(unstuck_probe_failures_total{source=~\"$source\"}[1h])",
        "{{source}}: {{cause}}",
        "timeseries",
    ),
    (
        "Share of answers as expected, an hour",
        "percentunit",
        "avg_over_time(unstuck_probe_success{source=~\"$source\"}[1h])",
        "{{source}}",
        "timeseries",
    ),
    (
        "Time of a run",
        "s",
        "unstuck_probe_duration_seconds{source=~\"$source\"}",
        "{{source}}",
        "timeseries",
    ),
    (
        "Time to the first chunk",
        "s",
        "unstuck_probe_time_to_first_chunk_seconds{source=~\"$source\"}",
        "{{source}}",
        "timeseries",
    ),
    (
        "Seconds since the last run",
        "s",
        "time() - unstuck_probe_last_run_timestamp_seconds{source=~\"$source\"}",
        "{{source}}",
        "timeseries",
    ),
];

pub(super) fn write(thresholds: &[Threshold]) -> serde_json::Result<String> {
    let least = thresholds.iter().map(|threshold| threshold.failures).min().unwrap_or(3);
    let panels = PANELS.iter().zip(0_u32..).map(|(panel, at)| drawn(*panel, at, least));
    let panels: Vec<Value> = panels.collect();
    let query = "label_values(unstuck_probe_success, source)";
    let dashboard = json!({
        "id": null,
        "uid": "unstuck-probes",
        "title": "AI sources (Unstuck)",
        "description": ABOUT,
        "tags": ["unstuck"],
        "timezone": "",
        "editable": true,
        "schemaVersion": 36,
        "refresh": "1m",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [
            {"type": "datasource", "name": "ds", "label": "Data source", "query": "prometheus"},
            {
                "type": "query", "name": "source", "label": "Source", "query": query,
                "datasource": {"type": "prometheus", "uid": "${ds}"},
                "refresh": 2, "multi": true, "includeAll": true, "allValue": ".*",
                "current": {"text": "All", "value": "$__all"},
            },
        ]},
        "panels": panels,
    });
    Ok(serde_json::to_string_pretty(&dashboard)? + "\n")
}

fn drawn(
    (title, unit, expr, legend, kind): (&str, &str, &str, &str, &str),
    at: u32,
    least: u32,
) -> Value {
    let is_count = title == "Failures in a row";
    let steps = if is_count {
        json!([{"color": "green", "value": null}, {"color": "red", "value": least}])
    } else {
        json!([{"color": "green", "value": null}])
    };
    json!({
        "id": at + 1,
        "type": kind,
        "title": title,
        "datasource": {"type": "prometheus", "uid": "${ds}"},
        "gridPos": {"h": 8, "w": 12, "x": (at % 2) * 12, "y": (at / 2) * 8},
        "fieldConfig": {
            "defaults": {"unit": unit, "thresholds": {"mode": "absolute", "steps": steps}},
            "overrides": [],
        },
        "options": {},
        "targets": [{
            "refId": "A",
            "datasource": {"type": "prometheus", "uid": "${ds}"},
            "expr": expr,
            "legendFormat": legend,
        }],
    })
}
