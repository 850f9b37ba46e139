//! Datadog's OTLP intake for metrics: deltas only, and the last write of a second wins.

use opentelemetry_proto::tonic::{
    collector::metrics::v1::ExportMetricsServiceRequest,
    common::v1::KeyValue,
    metrics::v1::{AggregationTemporality, Metric, metric::Data},
};
use prost::Message;
use serde_json::json;

use super::call::{Call, Memory, Reply};

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    if call.method != "POST" || call.path != "v1/metrics" {
        return Reply::text(404, "");
    }
    if call.header("dd-api-key").is_empty() {
        return Reply::text(403, "");
    }
    if call.body.len() > 500 * 1024 {
        return Reply::text(413, "");
    }
    if call.header("content-type") != "application/x-protobuf" {
        return Reply::text(415, "");
    }
    let Ok(request) = ExportMetricsServiceRequest::decode(call.body.clone()) else {
        return Reply::text(400, "proto: cannot parse invalid wire-format data");
    };
    for resource in &request.resource_metrics {
        let of = resource.resource.as_ref().map(|one| tags(&one.attributes)).unwrap_or_default();
        for metric in resource.scope_metrics.iter().flat_map(|scope| &scope.metrics) {
            let Some(points) = points(metric) else {
                return Reply::text(400, "only delta temporality is supported");
            };
            for (tags, time, count) in points {
                let second = time / 1_000_000_000;
                let key = format!("{} {of} {tags} {second}", metric.name);
                if memory.shown.insert(key, json!(count)).is_some() {
                    memory.dropped += 1;
                }
            }
        }
    }
    Reply::text(200, "")
}

fn tags(attributes: &[KeyValue]) -> String {
    let mut tags: Vec<_> =
        attributes.iter().map(|one| format!("{}:{:?}", one.key, one.value)).collect();
    tags.sort();
    tags.join(",")
}

/// Tags, time and count of each point; `None` for numbers that are no deltas.
fn points(metric: &Metric) -> Option<Vec<(String, u64, f64)>> {
    let is_delta = |temporality: i32| temporality == AggregationTemporality::Delta as i32;
    let of_numbers = |points: &[opentelemetry_proto::tonic::metrics::v1::NumberDataPoint]| {
        use opentelemetry_proto::tonic::metrics::v1::number_data_point::Value;
        let number = |value: &Option<Value>| match value {
            Some(Value::AsInt(whole)) => *whole as f64,
            Some(Value::AsDouble(number)) => *number,
            None => 0.0,
        };
        let point = points.iter();
        point.map(|p| (tags(&p.attributes), p.time_unix_nano, number(&p.value))).collect()
    };
    match metric.data.as_ref()? {
        Data::Gauge(gauge) => Some(of_numbers(&gauge.data_points)),
        Data::Sum(sum) => {
            is_delta(sum.aggregation_temporality).then(|| of_numbers(&sum.data_points))
        }
        Data::Histogram(all) => is_delta(all.aggregation_temporality).then(|| {
            let points = all.data_points.iter();
            points.map(|p| (tags(&p.attributes), p.time_unix_nano, p.count as f64)).collect()
        }),
        Data::ExponentialHistogram(all) => is_delta(all.aggregation_temporality).then(|| {
            let points = all.data_points.iter();
            points.map(|p| (tags(&p.attributes), p.time_unix_nano, p.count as f64)).collect()
        }),
        Data::Summary(_) => None,
    }
}
