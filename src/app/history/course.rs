//! What was asked in a stretch of time, filtered: what the page of health shows and saves.

use crate::options::Fields;
use unstuck_diagnose::{ActionKind, Cause, Provider, workspace::Url};
use unstuck_engine::{Source, State};
use unstuck_health::{Counts, Incident, Part, Span};

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Id of the only source; empty for all.
    pub source: String,
    /// The stretch of time.
    pub span: Span,
    /// The only cause of failures that counts.
    pub cause: Option<Cause>,
}

impl Filter {
    /// What was chosen in the fields of the page; a day of everything where nothing was.
    #[must_use]
    pub fn of(fields: &Fields) -> Self {
        Self {
            source: fields.get("source").to_owned(),
            span: SPANS
                .into_iter()
                .find(|span| id(*span) == fields.get("span"))
                .unwrap_or(Span::Day),
            cause: Cause::from_id(fields.get("cause")),
        }
    }
}

/// The stretches of time that can be chosen.
pub const SPANS: [Span; 3] = [Span::Day, Span::Week, Span::Month];

/// What a stretch of time is called in a field and in a file.
#[must_use]
pub const fn id(span: Span) -> &'static str {
    match span {
        Span::Day => "day",
        Span::Week => "week",
        Span::Month => "month",
    }
}

/// Seconds of each part of a stretch.
#[must_use]
pub const fn part_seconds(span: Span) -> u64 {
    match span {
        Span::Day => 3_600,
        Span::Week | Span::Month => 86_400,
    }
}

/// One source in the stretch of time.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    /// The source.
    pub source: &'a Source,
    /// The stretch in parts, oldest first; of failures only those that count.
    pub parts: Vec<Part>,
    /// All of it.
    pub sum: Counts,
}

/// What the page shows besides what happens now.
#[derive(Debug, Clone)]
pub struct History<'a> {
    /// What was chosen.
    pub filter: Filter,
    /// The sources that were asked in that time, in the person's order.
    pub courses: Vec<Course<'a>>,
    /// All causes of failures in that time, whether they count or not, the most frequent first.
    pub causes: Vec<(Cause, u32)>,
    /// The incidents that lasted into that time and are over, newest first.
    pub incidents: Vec<&'a Incident>,
    /// When it was looked at, milliseconds since 1970.
    pub now_ms: u64,
}

impl<'a> History<'a> {
    /// What is known at this time.
    #[must_use]
    pub fn of(state: &'a State, now_ms: u64, filter: Filter) -> Self {
        let shown = state
            .settings
            .sources
            .iter()
            .filter(|source| filter.source.is_empty() || filter.source == source.id);
        let windows = state.health.windows();
        let mut causes: Vec<(Cause, u32)> = Vec::new();
        let mut courses = Vec::new();
        for source in shown {
            let mut parts = windows.parts(now_ms, &source.id, filter.span);
            let mut sum = Counts::default();
            for part in &mut parts {
                for &(cause, times) in &part.counts.failures {
                    match causes.iter_mut().find(|(known, _)| *known == cause) {
                        Some((_, count)) => *count += times,
                        None => causes.push((cause, times)),
                    }
                }
                sum.merge(&part.counts);
            }
            if sum.asks > 0 {
                courses.push(Course { source, parts, sum });
            }
        }
        // By hand: a sort would weigh more in the wasm than this file.
        for at in 1..causes.len() {
            let mut to = at;
            while to > 0 && causes[to - 1].1 < causes[to].1 {
                causes.swap(to - 1, to);
                to -= 1;
            }
        }
        let since_ms = now_ms.saturating_sub(match filter.span {
            Span::Day => 86_400_000,
            Span::Week => 7 * 86_400_000,
            Span::Month => 30 * 86_400_000,
        });
        let incidents = state.health.past().incidents(now_ms).rev();
        let incidents = incidents
            .filter(|incident| incident.ended_ms.is_some_and(|ended_ms| ended_ms >= since_ms))
            .filter(|incident| filter.source.is_empty() || is_of(incident, &filter.source))
            .filter(|incident| {
                let has = |cause| incident.causes.iter().any(|span| span.cause == cause);
                filter.cause.is_none_or(has)
            })
            .collect();
        Self { filter, courses, causes, incidents, now_ms }
    }

    /// The failures of counts that count here.
    pub fn failures<'c>(&self, counts: &'c Counts) -> impl Iterator<Item = &'c (Cause, u32)> {
        let only = self.filter.cause;
        counts.failures.iter().filter(move |(cause, _)| only.is_none_or(|only| only == *cause))
    }

    /// How many failures of counts count here.
    #[must_use]
    pub fn failed(&self, counts: &Counts) -> u32 {
        self.failures(counts).map(|(_, times)| times).sum()
    }

    /// The causes that count here and were seen.
    pub fn counted(&self) -> impl Iterator<Item = Cause> {
        let only = self.filter.cause;
        let seen = self.causes.iter().map(|(cause, _)| *cause);
        seen.filter(move |cause| only.is_none_or(|only| only == *cause))
    }

    /// The name of a file that holds it.
    pub(super) fn file(&self, extension: &str) -> String {
        let day = unstuck_diagnose::workspace::iso_time(self.now_ms);
        let day = day.get(..10).unwrap_or_default();
        ["unstuck-health-", id(self.filter.span), "-", day, extension].concat()
    }
}

/// Answers of counts, whatever failed.
#[must_use]
pub fn answered(counts: &Counts) -> u32 {
    counts.asks.saturating_sub(counts.failed())
}

/// Whether an incident is of the source with this id.
#[must_use]
pub fn is_of(incident: &Incident, source: &str) -> bool {
    incident.key.split_once(':').is_some_and(|(_, id)| id == source)
}

/// The address of the status page of the service behind a source.
#[must_use]
pub fn status_page(source: &Source) -> Option<&'static str> {
    let url = Url::read(&source.base_url)?;
    Provider::from_host(url.host())?.link(ActionKind::OpenStatus)
}

/// Seconds as milliseconds.
pub(super) fn ms(seconds: f64) -> u64 {
    (seconds * 1_000.0 + 0.5) as u64
}
