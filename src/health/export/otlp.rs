//! Metrics as OTLP over HTTP, in protobuf (`opentelemetry-proto` 1.9: `metrics/v1/metrics.proto`).
//!
//! Written by hand because of its bytes: the generated types and their library would weigh more in the wasm than everything
//! else that is measured. The tests read what is written with those types.

use serde::{Deserialize, Serialize};

use super::{
    names::{METHOD, Metric, Naming, OPERATION, STATUS, Semconv, Shape},
    points::{Exponential, Histogram, Labels, Points, Value},
};

/// What is POSTed is of this type.
pub const CONTENT_TYPE: &str = "application/x-protobuf";

/// What a number counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Temporality {
    /// From the last push. For many browsers, whose numbers an aggregator adds up, and for Datadog, which takes nothing else.
    Delta,
    /// From the beginning. For Prometheus and VictoriaMetrics, which store a delta wrongly without a word.
    Cumulative,
}

/// Who tells it, and how.
#[derive(Debug, Clone, Copy)]
pub struct Push<'a> {
    /// Whose names are used.
    pub semconv: Semconv,
    /// What the numbers count from.
    pub temporality: Temporality,
    /// The version of Unstuck.
    pub version: &'a str,
    /// A random name of this install. Only cumulative numbers carry it: they need one writer for each series, while it would
    /// make a hundred thousand series of as many browsers.
    pub instance: Option<&'a str>,
    /// Where the numbers begin, milliseconds since 1970.
    pub start_ms: u64,
    /// Where they end, milliseconds since 1970.
    pub end_ms: u64,
}

impl Push<'_> {
    /// An `ExportMetricsServiceRequest`.
    #[must_use]
    pub fn encode(&self, points: &Points) -> Vec<u8> {
        let mut out = Out(Vec::new());
        let resource_metrics = out.open(1);
        let resource = out.open(1);
        out.attribute(1, "service.name", "unstuck");
        out.attribute(1, "service.version", self.version);
        if let (Temporality::Cumulative, Some(instance)) = (self.temporality, self.instance) {
            out.attribute(1, "service.instance.id", instance);
        }
        out.close(resource);
        let scope_metrics = out.open(2);
        let scope = out.open(1);
        out.text(1, "unstuck");
        out.text(2, self.version);
        out.close(scope);
        self.metrics(&mut out, points);
        out.text(3, self.semconv.schema_url());
        out.close(scope_metrics);
        out.text(3, self.semconv.schema_url());
        out.close(resource_metrics);
        out.0
    }

    /// The metrics, each name once: engines take a second one with the same name for a fault.
    fn metrics(&self, out: &mut Out, points: &Points) {
        let mut open: Option<(&str, u32, [usize; 2])> = None;
        for (metric, labels, value) in points.series() {
            let naming = metric.naming(self.semconv);
            let kind = kind(&naming, value);
            if let Some((name, of_kind, places)) = open {
                if (name, of_kind) != (naming.name, kind) {
                    self.end(out, of_kind, places);
                    open = None;
                }
            }
            if open.is_none() {
                let metric = out.open(2);
                out.text(1, naming.name);
                if !naming.unit.is_empty() {
                    out.text(3, naming.unit);
                }
                open = Some((naming.name, kind, [metric, out.open(kind)]));
            }
            let point = out.open(1);
            self.point(out, value, metric.bounds(), kind);
            labelled(
                out,
                if kind == EXPONENTIAL {
                    1
                } else if kind == HISTOGRAM {
                    9
                } else {
                    7
                },
                metric,
                &naming,
                labels,
            );
            out.close(point);
        }
        if let Some((_, kind, places)) = open {
            self.end(out, kind, places);
        }
    }

    fn end(&self, out: &mut Out, kind: u32, [metric, data]: [usize; 2]) {
        if kind != GAUGE {
            out.number(2, if self.temporality == Temporality::Delta { 1 } else { 2 });
        }
        if kind == SUM {
            out.number(3, 1);
        }
        out.close(data);
        out.close(metric);
    }

    fn point(&self, out: &mut Out, value: &Value, bounds: &[f64], kind: u32) {
        if kind != GAUGE {
            out.fixed_unless_zero(2, self.start_ms.saturating_mul(1_000_000));
        }
        out.fixed_unless_zero(3, self.end_ms.saturating_mul(1_000_000));
        match value {
            Value::Count(count) => out.fixed(6, (*count).min(i64::MAX as u64)),
            Value::Gauge(state) => out.double(4, *state),
            Value::Histogram(values) if kind == SUM => out.fixed(6, whole(values.sum)),
            Value::Histogram(values) => histogram(out, values, bounds),
            Value::Exponential(values) if kind == SUM => out.fixed(6, whole(values.sum)),
            Value::Exponential(values) => exponential(out, values),
        }
    }
}

// The field of `Metric` that holds each kind of data.
const GAUGE: u32 = 5;
const SUM: u32 = 7;
const HISTOGRAM: u32 = 9;
const EXPONENTIAL: u32 = 10;

/// How a value is told under its name: the sum of a histogram, where the edition has a counter.
fn kind(naming: &Naming, value: &Value) -> u32 {
    match (naming.shape, value) {
        (_, Value::Gauge(_)) => GAUGE,
        (Shape::Counter, _) | (_, Value::Count(_)) => SUM,
        (_, Value::Histogram(_)) => HISTOGRAM,
        (_, Value::Exponential(_)) => EXPONENTIAL,
    }
}

fn whole(sum: f64) -> u64 {
    // A float becomes the nearest number that there is: no number and what is below zero become 0.
    (sum as u64).min(i64::MAX as u64)
}

fn histogram(out: &mut Out, values: &Histogram, bounds: &[f64]) {
    let count = |at: usize| values.counts.get(at).copied().unwrap_or(0);
    let beyond = values
        .counts
        .iter()
        .skip(bounds.len())
        .fold(0, |sum: u64, count| sum.saturating_add(*count));
    let total = (0..bounds.len()).fold(beyond, |sum, at| sum.saturating_add(count(at)));
    out.fixed_unless_zero(4, total);
    out.sum_and_range(5, values.sum, [11, 12], values.range);
    let counts = out.open(6);
    for at in 0..bounds.len() {
        out.raw(count(at));
    }
    out.raw(beyond);
    out.close(counts);
    let all = out.open(7);
    for bound in bounds {
        out.raw(bound.to_bits());
    }
    out.close(all);
}

fn exponential(out: &mut Out, values: &Exponential) {
    let total = values.counts.iter().fold(values.zeros, |sum, count| sum.saturating_add(*count));
    out.fixed_unless_zero(4, total);
    out.sum_and_range(5, values.sum, [12, 13], values.range);
    out.signed(6, values.scale);
    out.fixed_unless_zero(7, values.zeros);
    let positive = out.open(8);
    out.signed(1, values.offset);
    if !values.counts.is_empty() {
        let counts = out.open(2);
        for count in &values.counts {
            out.varint(*count);
        }
        out.close(counts);
    }
    out.close(positive);
}

fn labelled(out: &mut Out, field: u32, metric: Metric, naming: &Naming, labels: &Labels) {
    for (key, value) in labels.texts() {
        if !value.is_empty() {
            out.attribute(field, key, value);
        }
    }
    if let Some((key, value)) = naming.fixed {
        out.attribute(field, key, value);
    }
    let (key, value) = match metric {
        Metric::HttpDuration => METHOD,
        Metric::Duration | Metric::FirstChunk | Metric::InputTokens | Metric::OutputTokens => {
            OPERATION
        }
        _ => return,
    };
    out.attribute(field, key, value);
    if labels.status_code() != 0 {
        let attribute = out.open(field);
        out.text(1, STATUS);
        let value = out.open(2);
        out.number(3, u64::from(labels.status_code()));
        out.close(value);
        out.close(attribute);
    }
}

/// Protobuf, as it is written.
struct Out(Vec<u8>);

impl Out {
    fn varint(&mut self, mut value: u64) {
        while value > 127 {
            self.0.push(value as u8 | 128);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn key(&mut self, field: u32, wire: u32) {
        self.varint(u64::from(field << 3 | wire));
    }

    /// Begins a message or a packed list; what is returned closes it.
    fn open(&mut self, field: u32) -> usize {
        self.key(field, 2);
        self.0.len()
    }

    /// Puts the length in front of what was written since.
    fn close(&mut self, start: usize) {
        let end = self.0.len();
        self.varint((end - start) as u64);
        // Seldom more than three bytes. Moving them one at a time is quick enough, and small in the wasm.
        for at in end..self.0.len() {
            let byte = self.0.remove(at);
            self.0.insert(start + at - end, byte);
        }
    }

    fn text(&mut self, field: u32, text: &str) {
        self.key(field, 2);
        self.varint(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, field: u32, value: u64) {
        self.key(field, 0);
        self.varint(value);
    }

    fn signed(&mut self, field: u32, value: i32) {
        if value != 0 {
            self.number(field, u64::from((value << 1 ^ value >> 31) as u32));
        }
    }

    fn raw(&mut self, bits: u64) {
        self.0.extend_from_slice(&bits.to_le_bytes());
    }

    fn fixed(&mut self, field: u32, value: u64) {
        self.key(field, 1);
        self.raw(value);
    }

    fn fixed_unless_zero(&mut self, field: u32, value: u64) {
        if value != 0 {
            self.fixed(field, value);
        }
    }

    fn double(&mut self, field: u32, value: f64) {
        self.fixed(field, value.to_bits());
    }

    /// A sum that is no number is left out, as the format allows: the counts stay true.
    fn sum_and_range(&mut self, field: u32, sum: f64, ends: [u32; 2], range: Option<(f64, f64)>) {
        if sum.is_finite() && sum >= 0.0 {
            self.double(field, sum);
        }
        if let Some((least, most)) = range.filter(|(a, b)| a.is_finite() && b.is_finite()) {
            self.double(ends[0], least);
            self.double(ends[1], most);
        }
    }

    fn attribute(&mut self, field: u32, key: &str, value: &str) {
        let attribute = self.open(field);
        self.text(1, key);
        let any = self.open(2);
        self.text(1, value);
        self.close(any);
        self.close(attribute);
    }
}

#[cfg(test)]
mod tests;
