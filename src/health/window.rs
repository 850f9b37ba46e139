//! What the last month was like, for each source and each of its models: minutes for a day, hours for 30 days, and how long
//! answers took by the hour for a day and by the day for 30 days.

use serde::{Deserialize, Serialize};

use crate::{
    allowance::Allowance,
    call::Call,
    counts::{Counts, Times},
    ring::Ring,
};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// Sources that are remembered. The one that was asked longest ago gives way.
const MOST_SOURCES: usize = 31;
/// Models of a source that are counted by name: the first ones; whatever comes later is [`OTHER`].
const MOST_MODELS: usize = 20;
/// The name of all further models.
pub const OTHER: &str = "_OTHER";
/// Longest name of a model that is kept, in bytes.
const LONGEST_NAME: usize = 64;
/// What a source may take when it is stored, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The size is looked at once in so many calls, and then brought this far below the limit: one call adds less than 100 bytes.
const SIZED_EVERY: u32 = 64;
const SPARE: usize = 8 * 1024;

/// How all sources have been doing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Windows {
    sources: Vec<(String, Window)>,
}

/// How one source has been doing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Window {
    asked_at_ms: u64,
    minutes: Ring<Counts, MINUTE_MS, 1_440>,
    hours: Ring<Counts, HOUR_MS, 720>,
    hourly: Ring<Times, HOUR_MS, 24>,
    daily: Ring<Times, DAY_MS, 30>,
    models: Vec<(String, Model)>,
    allowance: Option<Allowance>,
    unsized_calls: u32,
}

/// How one model of a source has been doing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Model {
    days: Ring<Counts, DAY_MS, 30>,
    times: Ring<Times, { 15 * DAY_MS }, 2>,
}

/// A stretch of time, ending now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

/// An hour or a day of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// When it began, milliseconds since 1970.
    pub since_ms: u64,
    /// What was asked in it.
    pub counts: Counts,
    /// How long its answers took.
    pub times: Times,
}

impl Span {
    const fn ms(self) -> u64 {
        match self {
            Self::Day => DAY_MS,
            Self::Week => 7 * DAY_MS,
            Self::Month => 30 * DAY_MS,
        }
    }
}

impl Windows {
    /// Counts an ask.
    pub fn record(&mut self, now_ms: u64, call: &Call<'_>) {
        let window = self.window(now_ms, call.source);
        window.record(now_ms, call);
        window.unsized_calls += 1;
        if window.unsized_calls >= SIZED_EVERY {
            window.unsized_calls = 0;
            window.shrink();
        }
    }

    /// Notes what a source still allows.
    pub fn allow(&mut self, now_ms: u64, source: &str, allowance: Allowance) {
        self.window(now_ms, source).allowance = Some(allowance);
    }

    /// What a source still allows.
    #[must_use]
    pub fn allowance(&self, source: &str) -> Option<&Allowance> {
        self.of(source)?.allowance.as_ref()
    }

    /// Forgets a source.
    pub fn forget(&mut self, source: &str) {
        self.sources.retain(|(known, _)| known != source);
    }

    /// The last 24 hours, hour by hour, the running one last. An hour without asks is all zero.
    #[must_use]
    pub fn by_hour(&self, now_ms: u64, source: &str) -> [Counts; 24] {
        let mut hours: [Counts; 24] = Default::default();
        let first = (now_ms / HOUR_MS).saturating_sub(23);
        for (start_ms, counts) in
            self.of(source).into_iter().flat_map(|window| window.hours.last(DAY_MS, now_ms))
        {
            hours[(start_ms / HOUR_MS - first) as usize].merge(counts);
        }
        hours
    }

    /// A stretch of time in parts, oldest first, the running one last: hours of a day, or days, which begin at midnight UTC. A part
    /// without asks is there, too.
    #[must_use]
    pub fn parts(&self, now_ms: u64, source: &str, span: Span) -> Vec<Part> {
        let (step_ms, count) = match span {
            Span::Day => (HOUR_MS, 24),
            Span::Week => (DAY_MS, 7),
            Span::Month => (DAY_MS, 30),
        };
        let first = (now_ms / step_ms).saturating_sub(count - 1);
        let empty = |at| Part { since_ms: at * step_ms, ..Part::default() };
        let mut parts: Vec<_> = (first..first + count).map(empty).collect();
        let Some(window) = self.of(source) else { return parts };
        // The first hours of the span may lie before its first day.
        let at = |ms: u64| (ms / step_ms).checked_sub(first).map(|at| at as usize);
        for (ms, counts) in window.hours.last(span.ms(), now_ms) {
            if let Some(part) = at(ms).and_then(|at| parts.get_mut(at)) {
                part.counts.merge(counts);
            }
        }
        let mut time = |(ms, times): (u64, &Times)| {
            if let Some(part) = at(ms).and_then(|at| parts.get_mut(at)) {
                part.times.merge(times);
            }
        };
        match span {
            Span::Day => window.hourly.last(span.ms(), now_ms).for_each(&mut time),
            Span::Week | Span::Month => window.daily.last(span.ms(), now_ms).for_each(&mut time),
        }
        parts
    }

    /// The minutes of the last `minutes` (at most a day) in which something was asked, each with its beginning.
    pub fn by_minute(
        &self,
        now_ms: u64,
        source: &str,
        minutes: u64,
    ) -> impl Iterator<Item = (u64, &Counts)> {
        self.of(source)
            .into_iter()
            .flat_map(move |window| window.minutes.last(minutes * MINUTE_MS, now_ms))
    }

    /// Everything that was counted in a stretch of time.
    #[must_use]
    pub fn counts(&self, now_ms: u64, source: &str, span: Span) -> Counts {
        let mut sum = Counts::default();
        for (_, counts) in
            self.of(source).into_iter().flat_map(|window| window.hours.last(span.ms(), now_ms))
        {
            sum.merge(counts);
        }
        sum
    }

    /// The share of asks that no failure of the source ended, 0 to 1; none when nothing was asked.
    #[must_use]
    pub fn uptime(&self, now_ms: u64, source: &str, span: Span) -> Option<f64> {
        let counts = self.counts(now_ms, source, span);
        (counts.asks > 0).then(|| 1.0 - f64::from(counts.held_against()) / f64::from(counts.asks))
    }

    /// How long answers took in a stretch of time.
    #[must_use]
    pub fn times(&self, now_ms: u64, source: &str, span: Span) -> Times {
        let mut sum = Times::default();
        let Some(window) = self.of(source) else { return sum };
        match span {
            Span::Day => {
                window.hourly.last(span.ms(), now_ms).for_each(|(_, times)| sum.merge(times))
            }
            Span::Week | Span::Month => {
                window.daily.last(span.ms(), now_ms).for_each(|(_, times)| sum.merge(times));
            }
        }
        sum
    }

    /// The models of a source that were counted, in the order of their first ask, with the counts and times of the last 30 days.
    #[must_use]
    pub fn models(&self, now_ms: u64, source: &str) -> Vec<(&str, Counts, Times)> {
        let models = self.of(source).into_iter().flat_map(|window| &window.models);
        models
            .map(|(name, model)| {
                let (mut counts, mut times) = <(Counts, Times)>::default();
                model.days.last(Span::Month.ms(), now_ms).for_each(|(_, day)| counts.merge(day));
                model.times.last(Span::Month.ms(), now_ms).for_each(|(_, half)| times.merge(half));
                (name.as_str(), counts, times)
            })
            .collect()
    }

    fn of(&self, source: &str) -> Option<&Window> {
        self.sources.iter().find(|(known, _)| known == source).map(|(_, window)| window)
    }

    fn window(&mut self, now_ms: u64, source: &str) -> &mut Window {
        let at = self.sources.iter().position(|(known, _)| known == source).unwrap_or_else(|| {
            if self.sources.len() >= MOST_SOURCES {
                let oldest = self
                    .sources
                    .iter()
                    .enumerate()
                    .min_by_key(|(_, (_, window))| window.asked_at_ms);
                let oldest = oldest.map_or(0, |(at, _)| at);
                self.sources.remove(oldest);
            }
            self.sources.push((source.to_owned(), Window::default()));
            self.sources.len() - 1
        });
        let window = &mut self.sources[at].1;
        window.asked_at_ms = now_ms;
        window
    }
}

impl Window {
    fn record(&mut self, now_ms: u64, call: &Call<'_>) {
        self.minutes.at(now_ms).count(call);
        self.hours.at(now_ms).count(call);
        self.hourly.at(now_ms).count(call);
        self.daily.at(now_ms).count(call);
        let model = self.model(call.model);
        model.days.at(now_ms).count(call);
        model.times.at(now_ms).count(call);
    }

    fn model(&mut self, name: &str) -> &mut Model {
        let is_known = |name: &str| self.models.iter().position(|(known, _)| known == name);
        let name = if name.len() > LONGEST_NAME { OTHER } else { name };
        let named = is_known(name).or_else(|| {
            let named = self.models.iter().filter(|(known, _)| known != OTHER).count();
            (named >= MOST_MODELS).then(|| is_known(OTHER)).flatten()
        });
        let at = named.unwrap_or_else(|| {
            let named = self.models.iter().filter(|(known, _)| known != OTHER).count();
            let name = if named >= MOST_MODELS { OTHER } else { name };
            self.models.push((name.to_owned(), Model::default()));
            self.models.len() - 1
        });
        &mut self.models[at].1
    }

    /// Drops what is oldest and finest until the source is within its limit: times of models first, then the minutes.
    fn shrink(&mut self) {
        while size(self) > MOST_BYTES - SPARE {
            let mut has_shed = false;
            for (_, model) in &mut self.models {
                has_shed |= model.times.shed();
            }
            for _ in 0..if has_shed { 0 } else { 60 } {
                has_shed |= self.minutes.shed();
            }
            if !has_shed && !self.hourly.shed() && !self.daily.shed() && !self.hours.shed() {
                self.models.clear();
                return;
            }
        }
    }
}

/// What it takes when it is stored, in bytes.
fn size(window: &Window) -> usize {
    postcard::serialize_with_flavor(window, postcard::ser_flavors::Size::default())
        .unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
