//! OTLP metrics in protobuf: whether each source is up, and how long the runs took. A run is told as a delta of its own.

use unstuck_health::{
    Buckets, GEN_AI,
    export::{
        names::{Metric, Semconv},
        otlp::{Push, Temporality},
        points::{Histogram, Labels, Points, Value},
    },
};

use super::super::report::Report;

pub(super) fn write(report: &Report<'_>) -> Vec<u8> {
    let mut points = Points::default();
    let mut longest_s: f64 = 0.0;
    for row in &report.rows {
        let finding = &row.finding;
        let host =
            row.probe.base_url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next());
        let labels = Labels::of(row.probe.dialect.provider())
            .model(&row.probe.model)
            .host(host.unwrap_or_default());
        let up = if finding.failure().is_none() { 1.0 } else { 0.0 };
        points.add(Metric::SourceUp, labels.clone(), Value::Gauge(up));
        let failed = match finding.failure() {
            Some(cause) => labels.clone().cause(cause),
            None => labels.clone(),
        };
        points.add(Metric::Probe, failed, histogram(finding.duration_s));
        if let Some(seconds) = finding.first_chunk_s {
            points.add(Metric::FirstChunk, labels, histogram(seconds));
        }
        longest_s = longest_s.max(finding.duration_s);
    }
    let push = Push {
        semconv: Semconv::default(),
        temporality: Temporality::Delta,
        version: env!("CARGO_PKG_VERSION"),
        instance: None,
        start_ms: report.at_ms.saturating_sub((longest_s * 1_000.0) as u64),
        end_ms: report.at_ms,
    };
    push.encode(&points)
}

fn histogram(seconds: f64) -> Value {
    let mut buckets = Buckets::default();
    buckets.record(seconds, &GEN_AI);
    let counts = buckets.counts().iter().map(|&count| u64::from(count)).collect();
    Value::Histogram(Histogram { counts, sum: buckets.sum(), range: Some((seconds, seconds)) })
}
