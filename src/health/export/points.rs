//! What goes into an export: plain numbers with labels from closed lists, within limits.

use std::mem::discriminant;

use serde::{Deserialize, Serialize};
use unstuck_diagnose::{Cause, Provider};

use super::names::{Metric, OTHER, Semconv, Shape, WaitReason};

/// So many models are told by name; further ones are told as `_OTHER`.
pub const MODELS: usize = 20;

/// So many causes can be told. The list of causes is closed and shorter.
pub const CAUSES: usize = 60;

const _: () = assert!(Cause::ALL.len() <= CAUSES, "more causes than an engine is to be fed");

/// So many series a push may have.
pub const SERIES: usize = 200;

/// What tells one series of a metric from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Labels {
    /// The id of the provider, from [`super::names::provider_id`].
    provider: &'static str,
    model: String,
    cause: &'static str,
    address: &'static str,
    status: u16,
    wait: &'static str,
    probe: String,
}

impl Labels {
    /// Of a provider; `None` for one that is in no list.
    #[must_use]
    pub fn of(provider: Option<Provider>) -> Self {
        Self { provider: super::names::provider_id(provider), ..Self::default() }
    }

    /// With the model that was asked for. A name that could hold more than the name of a model becomes `_OTHER`.
    #[must_use]
    pub fn model(mut self, name: &str) -> Self {
        name_of_model(name).clone_into(&mut self.model);
        self
    }

    /// With the cause of a failure.
    #[must_use]
    pub fn cause(mut self, cause: Cause) -> Self {
        self.cause = cause.id();
        self
    }

    /// With the host that was called; one that is in no list becomes `custom`.
    #[must_use]
    pub fn host(mut self, host: &str) -> Self {
        self.address = super::names::address(host);
        self
    }

    /// With the status of an answer; what is no status is left out.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = if (100..600).contains(&status) { status } else { 0 };
        self
    }

    /// With the reason of a wait.
    #[must_use]
    pub fn wait(mut self, reason: WaitReason) -> Self {
        self.wait = reason.id();
        self
    }

    /// With the name that an operator gave a probe: several may ask the same model.
    #[must_use]
    pub fn probe(mut self, name: &str) -> Self {
        name.clone_into(&mut self.probe);
        self
    }

    /// Keys and values; a value that is not known is empty.
    pub(super) fn texts(&self) -> [(&'static str, &str); 6] {
        use super::names::{ADDRESS, ERROR, MODEL, PROBE, PROVIDER, WAIT_REASON};
        [
            (PROVIDER, self.provider),
            (MODEL, &self.model),
            (ERROR, self.cause),
            (ADDRESS, self.address),
            (WAIT_REASON, self.wait),
            (PROBE, &self.probe),
        ]
    }

    /// The status, 0 for none.
    pub(super) fn status_code(&self) -> u16 {
        self.status
    }
}

/// The name of a model as it may be told. A fine-tuned model has the name of an organisation in it (`ft:`), and a long run of
/// letters and digits is more likely a key than a name.
pub(super) fn name_of_model(name: &str) -> &str {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:/".contains(&byte);
    let longest_run = name.split(['-', '.', '_', ':', '/']).map(str::len).max().unwrap_or(0);
    let is_plain = name.len() <= 64 && longest_run <= 23 && name.bytes().all(fits);
    if is_plain && !name.starts_with("ft:") && !name.starts_with("sk-") { name } else { OTHER }
}

/// Counts between the bounds of a metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Histogram {
    /// How many values lie up to each bound, and beyond the last one: one more than there are bounds.
    pub counts: Vec<u64>,
    /// The sum of all values.
    pub sum: f64,
    /// The smallest and the largest one.
    pub range: Option<(f64, f64)>,
}

impl Histogram {
    /// Counts a duration in seconds; a bound belongs to the bucket below it. `false` when it is none and was not counted: not a
    /// number, negative, or over a day.
    pub(super) fn record(&mut self, seconds: f64, bounds: &[f64]) -> bool {
        if !(0.0..=86_400.0).contains(&seconds) {
            return false;
        }
        self.counts.resize(bounds.len() + 1, 0);
        let at = bounds.iter().filter(|&&bound| seconds > bound).count();
        self.counts[at] = self.counts[at].saturating_add(1);
        self.sum += seconds;
        true
    }

    /// Adds what another one with the same bounds has counted.
    pub(super) fn merge(&mut self, more: &Self) {
        self.counts.resize(self.counts.len().max(more.counts.len()), 0);
        for (known, more) in self.counts.iter_mut().zip(&more.counts) {
            *known = known.saturating_add(*more);
        }
        self.sum += more.sum;
        self.range = both(self.range, more.range);
    }

    /// How many values there are.
    pub(super) fn count(&self) -> u64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// Counts in buckets that grow by a constant factor, as the percentiles are kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exponential {
    /// The factor is 2 to the power of 2^-scale.
    pub scale: i32,
    /// The index of the first bucket.
    pub offset: i32,
    /// How many values lie in each bucket.
    pub counts: Vec<u64>,
    /// How many values are zero.
    pub zeros: u64,
    /// The sum of all values.
    pub sum: f64,
    /// The smallest and the largest one.
    pub range: Option<(f64, f64)>,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// How often something happened.
    Count(u64),
    /// What a state is.
    Gauge(f64),
    /// Values, counted by the bounds of the conventions.
    Histogram(Histogram),
    /// Values, counted finely; by choice, as not every engine takes them.
    Exponential(Exponential),
}

/// The series of one push.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Points {
    /// In order of metric and labels.
    series: Vec<((Metric, Labels), Value)>,
    models: Vec<String>,
    dropped: u64,
}

impl Points {
    /// Adds to a series, or begins it. What goes beyond the limits is told under `_OTHER` or counted as dropped, as is a value
    /// of another kind than its metric has.
    pub fn add(&mut self, metric: Metric, mut labels: Labels, value: Value) {
        if !self.suits(metric, &value) {
            self.dropped += 1;
            return;
        }
        if !labels.model.is_empty() && labels.model != OTHER && !self.models.contains(&labels.model)
        {
            if self.models.len() < MODELS {
                self.models.push(labels.model.clone());
            } else {
                OTHER.clone_into(&mut labels.model);
            }
        }
        let key = (metric, labels);
        match self.series.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(at) => {
                if !merge(&mut self.series[at].1, value) {
                    self.dropped += 1;
                }
            }
            Err(_) if self.series.len() >= SERIES => self.dropped += 1,
            Err(at) => self.series.insert(at, (key, value)),
        }
    }

    /// Whether the metric can have this value. Coarse and fine histograms do not mix under one name.
    fn suits(&self, metric: Metric, value: &Value) -> bool {
        let fits = match (metric.naming(Semconv::V1_41_0).shape, value) {
            (Shape::Gauge, Value::Gauge(state)) => state.is_finite(),
            (Shape::Counter, Value::Count(_)) => true,
            (Shape::Histogram(_), Value::Histogram(_) | Value::Exponential(_)) => true,
            _ => false,
        };
        let known = self.series.iter().find(|((of, _), _)| *of == metric);
        fits && known.is_none_or(|(_, known)| discriminant(known) == discriminant(value))
    }

    /// How many values found no place. The next push tells it as [`Metric::ExportDropped`].
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Whether there is nothing to tell, so that nothing is sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// How many series there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.series.len()
    }

    /// The series, those of one metric together.
    pub(super) fn series(&self) -> impl Iterator<Item = (Metric, &Labels, &Value)> {
        self.series.iter().map(|((metric, labels), value)| (*metric, labels, value))
    }
}

/// Whether the two could become one.
fn merge(known: &mut Value, more: Value) -> bool {
    match (known, more) {
        (Value::Count(known), Value::Count(more)) => *known = known.saturating_add(more),
        (Value::Gauge(known), Value::Gauge(more)) => *known = more,
        (Value::Histogram(known), Value::Histogram(more)) => known.merge(&more),
        (Value::Exponential(known), Value::Exponential(more)) if known.scale == more.scale => {
            let offset = known.offset.min(more.offset);
            let end = |of: &Exponential| i64::from(of.offset) + of.counts.len() as i64;
            let Ok(width) = usize::try_from(end(known).max(end(&more)) - i64::from(offset)) else {
                return false;
            };
            if width > BUCKETS {
                return false;
            }
            let mut counts = vec![0_u64; width];
            for part in [&*known, &more] {
                let start = part.offset.abs_diff(offset) as usize;
                for (at, count) in part.counts.iter().enumerate() {
                    counts[start + at] = counts[start + at].saturating_add(*count);
                }
            }
            known.range = both(known.range, more.range);
            known.sum += more.sum;
            known.zeros = known.zeros.saturating_add(more.zeros);
            (known.offset, known.counts) = (offset, counts);
        }
        _ => return false,
    }
    true
}

/// More buckets than any sketch of ours has: scale 5 from a microsecond to a year.
const BUCKETS: usize = 4096;

fn both(one: Option<(f64, f64)>, other: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(model: &str) -> Labels {
        Labels::of(Some(Provider::OpenAi)).model(model)
    }

    #[test]
    fn later_models_share_one_name() {
        let mut points = Points::default();
        for number in 0..10_000 {
            points.add(Metric::Retries, labels(&format!("model-{number}")), Value::Count(1));
        }
        assert_eq!((points.len(), points.dropped()), (MODELS + 1, 0));
        let other = points.series().find(|(_, labels, _)| labels.model == OTHER);
        assert_eq!(other.map(|(.., value)| value), Some(&Value::Count(9_980)));
    }

    #[test]
    fn series_beyond_the_limit_are_counted() {
        let mut points = Points::default();
        for &cause in Cause::ALL {
            for host in ["api.openai.com", "api.groq.com", "me.example", "you.example", "api.x.ai"]
            {
                let labels = labels("m").cause(cause).host(host);
                points.add(Metric::HttpDuration, labels, Value::Histogram(Histogram::default()));
            }
        }
        assert_eq!(points.len(), SERIES);
        // Two of the five hosts are one, `custom`; its second value joins the first where that one has a place.
        assert!(points.dropped() >= (Cause::ALL.len() * 4 - SERIES) as u64);
    }

    #[test]
    fn names_that_tell_more_are_hidden() {
        for name in ["gpt-4o", "claude-sonnet-4-20250514", "meta-llama/Llama-3.3-70B", "llama3:8b"]
        {
            assert_eq!(labels(name).model, name);
        }
        let key = ["AI", "za", &"SyFakeTest0".repeat(3)].concat();
        let key = key.as_str();
        let long = "a-".repeat(40);
        for name in ["ft:gpt-4o:acme::x1", "sk-proj-abc", key, "two words", "a\nb", "ä", &long] {
            assert_eq!(labels(name).model, OTHER, "{name}");
        }
    }

    #[test]
    fn same_series_add_up() {
        let mut points = Points::default();
        let value = |offset, range| {
            let counts = vec![1, 2];
            Value::Exponential(Exponential { scale: 5, offset, counts, zeros: 1, sum: 1.5, range })
        };
        points.add(Metric::Duration, labels("m"), value(3, Some((1.0, 2.0))));
        points.add(Metric::Duration, labels("m"), value(-1, Some((0.5, 1.0))));
        let counts = vec![1, 2, 0, 0, 1, 2];
        let range = Some((0.5, 2.0));
        let sum = Exponential { scale: 5, offset: -1, counts, zeros: 2, sum: 3.0, range };
        let told: Vec<_> = points.series().map(|(.., value)| value.clone()).collect();
        assert_eq!(told, [Value::Exponential(sum)]);
        points.add(Metric::Duration, labels("m"), value(i32::MAX, None));
        points.add(Metric::Duration, labels("m"), Value::Count(1));
        assert_eq!(points.dropped(), 2);
    }
}
