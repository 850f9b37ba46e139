//! OTLP metrics in protobuf: whether each source is up, and how long the runs took.

use unstuck_diagnose::Cause;
use unstuck_health::{
    Buckets,
    export::{
        names::{Metric, Semconv},
        otlp::{Push, Temporality},
        points::{Histogram, Labels, Points, Value},
    },
};

use super::super::{
    report::{Report, Row},
    tally::Tally,
};

/// This run alone, or all runs that the state knows of.
pub(super) fn write(report: &Report<'_>, temporality: Temporality) -> Vec<u8> {
    let mut points = Points::default();
    let mut start_ms = report.at_ms;
    for row in &report.rows {
        let labels = labels(row);
        let up = if row.finding.failure().is_none() { 1.0 } else { 0.0 };
        points.add(Metric::SourceUp, labels.clone(), Value::Gauge(up));
        let alone = Tally::of_one(report.at_ms, &row.finding);
        let told = if temporality == Temporality::Delta { &alone } else { &row.tally };
        for (cause, buckets) in &told.durations {
            let cause = Cause::from_id(cause);
            let labels = cause.map_or_else(|| labels.clone(), |cause| labels.clone().cause(cause));
            points.add(Metric::Probe, labels, histogram(buckets));
        }
        if told.first_chunks.count() > 0 {
            points.add(Metric::FirstChunk, labels, histogram(&told.first_chunks));
        }
        start_ms = start_ms.min(told.since_ms);
    }
    let push = Push {
        semconv: Semconv::default(),
        temporality,
        version: env!("CARGO_PKG_VERSION"),
        instance: Some(report.instance),
        start_ms,
        end_ms: report.at_ms,
    };
    push.encode(&points)
}

fn labels(row: &Row<'_>) -> Labels {
    let url = row.probe.base_url.split("://").nth(1);
    let host = url.and_then(|rest| rest.split(['/', ':']).next());
    Labels::of(row.probe.dialect.provider())
        .probe(&row.probe.name)
        .model(&row.probe.model)
        .host(host.unwrap_or_default())
}

fn histogram(buckets: &Buckets) -> Value {
    let counts = buckets.counts().iter().map(|&count| u64::from(count)).collect();
    Value::Histogram(Histogram { counts, sum: buckets.sum(), range: None })
}
