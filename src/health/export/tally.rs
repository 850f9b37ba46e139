//! What asks came to, counted until it is pushed: counts and times by service, model and cause, and no word of anybody's.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::{Cause, Provider};

use super::{
    names::{Metric, OTHER, WaitReason, address},
    points::{Histogram, Labels, MODELS, Points, Value, name_of_model},
};
use crate::call::Call;

/// So many kinds of asks are counted apart. Each makes at most three series, so that all of them fit into a push.
const KINDS: usize = 60;

/// Everything that was counted in a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tally {
    rows: Vec<Row>,
    waits: Vec<(WaitReason, Histogram)>,
    /// Asks that found no place here, or whose push was lost.
    pub(crate) dropped: u64,
}

/// Asks of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    kind: Kind,
    duration: Histogram,
    first_chunk: Histogram,
    retries: u64,
    failovers: u64,
}

/// What tells asks apart. The id of the source never leaves this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kind {
    source: String,
    provider: Option<Provider>,
    host: String,
    model: String,
    failure: Option<Cause>,
}

impl Tally {
    /// Counts an ask. One that took no time that there is counts as dropped.
    pub(crate) fn count(&mut self, call: &Call<'_>) {
        let kind = Kind {
            source: call.source.to_owned(),
            provider: call.provider,
            host: address(call.host).to_owned(),
            model: self.model(name_of_model(call.model)).to_owned(),
            failure: call.failure,
        };
        let mut duration = Histogram::default();
        let is_time = duration.record(call.duration_s, Metric::Duration.bounds());
        let Some(row) = is_time.then(|| self.row(kind)).flatten() else {
            self.dropped = self.dropped.saturating_add(1);
            return;
        };
        row.duration.merge(&duration);
        row.retries = row.retries.saturating_add(u64::from(call.retries));
        row.failovers = row.failovers.saturating_add(u64::from(call.answered_by.is_some()));
        if let (None, Some(seconds)) = (call.failure, call.first_chunk_s) {
            row.first_chunk.record(seconds, Metric::FirstChunk.bounds());
        }
        let waits = call.waits;
        for (reason, ms) in [
            (WaitReason::Asked, waits.asked_ms),
            (WaitReason::Backoff, waits.backoff_ms),
            (WaitReason::Breaker, waits.breaker_ms),
            (WaitReason::Offline, waits.offline_ms),
        ] {
            if ms > 0 {
                self.wait(reason).record(ms as f64 / 1_000.0, Metric::Wait.bounds());
            }
        }
    }

    /// Adds what was counted elsewhere. What finds no place is counted as dropped.
    pub(crate) fn merge(&mut self, other: Self) {
        for more in other.rows {
            let asks = more.duration.count();
            match self.row(more.kind) {
                Some(row) => {
                    row.duration.merge(&more.duration);
                    row.first_chunk.merge(&more.first_chunk);
                    row.retries = row.retries.saturating_add(more.retries);
                    row.failovers = row.failovers.saturating_add(more.failovers);
                }
                None => self.dropped = self.dropped.saturating_add(asks),
            }
        }
        for (reason, more) in other.waits {
            self.wait(reason).merge(&more);
        }
        self.dropped = self.dropped.saturating_add(other.dropped);
    }

    /// Whether no ask was counted.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many asks are missing where this does not arrive.
    pub(crate) fn at_stake(&self) -> u64 {
        self.rows.iter().fold(self.dropped, |sum, row| sum.saturating_add(row.duration.count()))
    }

    /// The sources of what was counted, each once.
    pub(crate) fn sources(&self) -> Vec<&str> {
        let mut sources: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !sources.contains(&row.kind.source.as_str()) {
                sources.push(&row.kind.source);
            }
        }
        sources
    }

    /// The same as series. `up` says of sources whether they answer.
    pub(crate) fn points(&self, up: &[(String, bool)]) -> Points {
        let mut points = Points::default();
        if *self == Self::default() {
            return points;
        }
        points.add(Metric::ExportDropped, Labels::default(), Value::Count(self.dropped));
        for (reason, waits) in &self.waits {
            add(&mut points, Metric::Wait, Labels::default().wait(*reason), waits);
        }
        for Row { kind, duration, first_chunk, retries, failovers } in &self.rows {
            let asked = kind.labels();
            let ended = kind.failure.map_or_else(|| asked.clone(), |why| asked.clone().cause(why));
            add(&mut points, Metric::Duration, ended.clone(), duration);
            add(&mut points, Metric::FirstChunk, asked, first_chunk);
            for (metric, times) in [(Metric::Retries, *retries), (Metric::Failovers, *failovers)] {
                if times > 0 {
                    points.add(metric, ended.clone(), Value::Count(times));
                }
            }
        }
        for (source, is_up) in up {
            // The kind of ask that came last is what the source is set to.
            if let Some(row) = self.rows.iter().rfind(|row| row.kind.source == *source) {
                let value = Value::Gauge(if *is_up { 1.0 } else { 0.0 });
                points.add(Metric::SourceUp, row.kind.labels(), value);
            }
        }
        points
    }

    /// The first names of models are told, later ones are one.
    fn model<'a>(&self, name: &'a str) -> &'a str {
        let mut known: Vec<&str> = Vec::new();
        for Row { kind, .. } in &self.rows {
            if kind.model != OTHER && !known.contains(&kind.model.as_str()) {
                known.push(&kind.model);
            }
        }
        if known.len() < MODELS || known.contains(&name) { name } else { OTHER }
    }

    fn wait(&mut self, reason: WaitReason) -> &mut Histogram {
        let known = self.waits.iter().position(|(known, _)| *known == reason);
        let at = known.unwrap_or_else(|| {
            self.waits.push((reason, Histogram::default()));
            self.waits.len() - 1
        });
        &mut self.waits[at].1
    }

    fn row(&mut self, kind: Kind) -> Option<&mut Row> {
        let at = self.rows.iter().position(|row| row.kind == kind).or_else(|| {
            if self.rows.len() >= KINDS {
                return None;
            }
            let (duration, first_chunk) = <(Histogram, Histogram)>::default();
            self.rows.push(Row { kind, duration, first_chunk, retries: 0, failovers: 0 });
            Some(self.rows.len() - 1)
        });
        self.rows.get_mut(at?)
    }
}

impl Kind {
    fn labels(&self) -> Labels {
        Labels::of(self.provider).model(&self.model).host(&self.host)
    }
}

fn add(points: &mut Points, metric: Metric, labels: Labels, values: &Histogram) {
    if values.count() > 0 {
        points.add(metric, labels, Value::Histogram(values.clone()));
    }
}

#[cfg(test)]
mod tests;
