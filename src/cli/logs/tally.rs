//! What is counted while the files are read, in bounded memory.

use std::collections::BTreeMap;

use unstuck_diagnose::{Cause, workspace::head};

use super::names::Names;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// More spans of time than this are counted together to longer ones.
const MOST_SPANS: usize = 3_000;
/// Rows of a table that a person can still read.
const ROWS: i64 = 48;
/// Samples of each cause.
const SAMPLES: usize = 3;
/// So much of a sample is kept, in bytes; much more than is shown, so that no secret is cut in half before it is found.
const SAMPLE: usize = 8 << 10;
const MOST_SOURCES: usize = 32;

/// Where an entry stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) line: u64,
}

/// One entry as an example of its cause.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) place: Place,
    pub(super) ms: Option<i64>,
    /// As it stands in the log: it has to be redacted.
    pub(super) text: String,
}

/// What is known of one cause.
#[derive(Debug)]
pub(super) struct CauseCount {
    pub(super) count: u64,
    /// The sum of the confidences.
    pub(super) belief: f64,
    pub(super) first_ms: Option<i64>,
    pub(super) last_ms: Option<i64>,
    sources: Names,
    by_source: Vec<u64>,
    pub(super) samples: Vec<Sample>,
}

/// How long one row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
}

impl Unit {
    pub(super) const fn ms(self) -> i64 {
        match self {
            Self::Minute => MINUTE_MS,
            Self::Hour => HOUR_MS,
            Self::Day => DAY_MS,
        }
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

type Row = BTreeMap<Cause, u64>;

/// All counts.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) failing: u64,
    pub(super) answered: u64,
    /// Failing entries without a time.
    pub(super) untimed: u64,
    causes: BTreeMap<Cause, CauseCount>,
    rows: BTreeMap<i64, Row>,
    row_ms: i64,
    dice: u64,
}

impl Tally {
    pub(super) const fn new() -> Self {
        Self {
            failing: 0,
            answered: 0,
            untimed: 0,
            causes: BTreeMap::new(),
            rows: BTreeMap::new(),
            row_ms: MINUTE_MS,
            dice: 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// Counts a failing entry.
    pub(super) fn fail(
        &mut self,
        cause: Cause,
        confidence: f64,
        ms: Option<i64>,
        source: &str,
        place: Place,
        text: &str,
    ) {
        self.failing += 1;
        let dice = self.throw();
        let known = self.causes.entry(cause).or_insert_with(CauseCount::new);
        known.count += 1;
        known.belief += confidence;
        let number = known.sources.number(source);
        known.by_source.resize(known.by_source.len().max(number + 1), 0);
        known.by_source[number] += 1;
        // The reservoir: each entry of the cause is as likely to be kept as any other.
        let at = if known.samples.len() < SAMPLES {
            known.samples.len()
        } else {
            (dice % known.count) as usize
        };
        if at < SAMPLES {
            let sample = Sample { place, ms, text: whole_words(text).to_owned() };
            known.samples.truncate(SAMPLES);
            if at < known.samples.len() {
                known.samples[at] = sample
            } else {
                known.samples.push(sample)
            }
        }
        let Some(ms) = ms else {
            self.untimed += 1;
            return;
        };
        known.first_ms = Some(known.first_ms.map_or(ms, |first| first.min(ms)));
        known.last_ms = Some(known.last_ms.map_or(ms, |last| last.max(ms)));
        *self.rows.entry(ms.div_euclid(self.row_ms)).or_default().entry(cause).or_default() += 1;
        if self.rows.len() > MOST_SPANS && self.row_ms < DAY_MS {
            let longer = if self.row_ms == MINUTE_MS { HOUR_MS } else { DAY_MS };
            self.rows = gathered(&self.rows, longer / self.row_ms);
            self.row_ms = longer;
        }
    }

    /// The causes, the most frequent first.
    pub(super) fn causes(&self) -> Vec<(Cause, &CauseCount)> {
        let mut causes: Vec<_> = self.causes.iter().map(|(cause, of)| (*cause, of)).collect();
        causes.sort_by_key(|(_, of)| std::cmp::Reverse(of.count));
        causes
    }

    /// The first and the last failure.
    pub(super) fn span(&self) -> Option<(i64, i64)> {
        let first = self.causes.values().filter_map(|of| of.first_ms).min()?;
        Some((first, self.causes.values().filter_map(|of| of.last_ms).max()?))
    }

    /// Counts by time, in the shortest spans that fit into a table. Spans without a failure are left out.
    pub(super) fn rows(&self) -> (Unit, BTreeMap<i64, Row>) {
        let (first, last) = self.span().unwrap_or((0, 0));
        let fits = |unit: &Unit| {
            unit.ms() >= self.row_ms
                && last.div_euclid(unit.ms()) - first.div_euclid(unit.ms()) < ROWS
        };
        let unit = [Unit::Minute, Unit::Hour].into_iter().find(fits).unwrap_or(Unit::Day);
        let rows = gathered(&self.rows, unit.ms() / self.row_ms);
        (unit, rows.into_iter().map(|(at, row)| (at * unit.ms(), row)).collect())
    }

    /// The next number of a fixed sequence (xorshift): the same logs give the same samples.
    const fn throw(&mut self) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice
    }
}

impl CauseCount {
    fn new() -> Self {
        Self {
            count: 0,
            belief: 0.0,
            first_ms: None,
            last_ms: None,
            sources: Names::new(MOST_SOURCES),
            by_source: Vec::new(),
            samples: Vec::new(),
        }
    }

    /// Who was called and how often, the most frequent first; an empty name where no entry said it.
    pub(super) fn sources(&self) -> Vec<(&str, u64)> {
        let named = self.by_source.iter().enumerate();
        let mut sources: Vec<_> =
            named.map(|(at, count)| (self.sources.name(at), *count)).collect();
        sources.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sources
    }
}

fn gathered(rows: &BTreeMap<i64, Row>, times: i64) -> BTreeMap<i64, Row> {
    let mut longer: BTreeMap<i64, Row> = BTreeMap::new();
    for (at, row) in rows {
        let into = longer.entry(at.div_euclid(times)).or_default();
        for (cause, count) in row {
            *into.entry(*cause).or_default() += count;
        }
    }
    longer
}

/// The start of a text; where it is cut, the word that the cut went through is left out.
pub(super) fn whole_words(text: &str) -> &str {
    let start = head(text, SAMPLE);
    if start.len() == text.len() {
        return text;
    }
    start.rfind(char::is_whitespace).map_or("", |end| &start[..end])
}
