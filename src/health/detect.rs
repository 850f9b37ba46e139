//! Whether a source is in trouble, and whether the trouble is on this side: calls go in, beginnings and ends of incidents come
//! out.
//!
//! A source is `ok`, `suspect` after a failure, `failing` after three in a row or when its share of failures is too large
//! (`detect/tally.rs`), `recovering` from the first answer to the last that is needed, `unstable` when it goes up and down.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::{Cause, Fault};

use crate::{
    allowance::Allowance,
    call::Call,
    counts::tells_against_source,
    incident::{Incident, Kind},
};

mod change;
mod late;
mod rules;
mod tally;
mod trouble;
mod watch;

pub use change::{Advice, Change, Standing};
pub use rules::Rules;
use trouble::By;
use watch::Watch;

const MINUTE_MS: u64 = 60_000;
/// After the machine woke or the network came back, failures say nothing for so long.
const QUIET_MS: u64 = MINUTE_MS;
/// What happened within two minutes happened together.
const TOGETHER_MS: u64 = 2 * MINUTE_MS;
/// So long a verdict waits for the control host.
const CONTROL_PATIENCE_MS: u64 = MINUTE_MS;
/// A failing source that is skipped gets one ask in so many milliseconds, or nobody would notice that it answers again.
const LET_THROUGH_MS: u64 = 5 * MINUTE_MS;
/// Sources that are watched. The one that was asked longest ago gives way.
const MOST_SOURCES: usize = 31;
/// The name of troubles of this side within a key.
const LOCAL: &str = "local";

/// All sources, and this side.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Detector {
    salt: String,
    watches: Vec<(String, Watch)>,
    /// The sources that have rules of their own; set anew at each start.
    #[serde(skip)]
    rules: Vec<(String, Rules)>,
    local: Option<Incident>,
    /// When the control host was heard of last, and whether it was reached.
    control: Option<(u64, bool)>,
    asked_control_ms: Option<u64>,
    quiet_until_ms: u64,
    now_ms: u64,
}

impl Detector {
    /// A detector whose incidents have keys that begin with this salt.
    #[must_use]
    pub fn new(salt: &str) -> Self {
        Self { salt: salt.to_owned(), ..Self::default() }
    }

    /// The salt.
    #[must_use]
    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// Gives sources rules of their own. They are not saved with the state.
    pub fn set_rules(&mut self, rules: Vec<(String, Rules)>) {
        self.rules = rules;
        for at in 0..self.watches.len() {
            self.watches[at].1.rules = self.rules_of(&self.watches[at].0);
        }
    }

    fn rules_of(&self, source: &str) -> Rules {
        let own = self.rules.iter().find(|(id, _)| id == source);
        own.map_or_else(Rules::default, |(_, rules)| *rules)
    }

    /// An ask has come to its end. `usual_s` is how long the source usually takes for what [`Call::first_chunk_s`] tells, or
    /// else [`Call::duration_s`]; none when it is not known well enough.
    pub fn call(&mut self, now_ms: u64, call: &Call<'_>, usual_s: Option<f64>) -> Vec<Change> {
        self.heard(now_ms, call, usual_s, By::Ask)
    }

    /// A check has come to its end that nobody asked anything with.
    pub fn checked(&mut self, now_ms: u64, call: &Call<'_>) -> Vec<Change> {
        self.heard(now_ms, call, None, By::Check)
    }

    fn heard(&mut self, now_ms: u64, call: &Call<'_>, usual_s: Option<f64>, by: By) -> Vec<Change> {
        self.clock(now_ms);
        let mut changes = Vec::new();
        let is_quiet = now_ms < self.quiet_until_ms;
        let at = self.watch(call);
        let watch = &mut self.watches[at].1;
        watch.name = call.name.to_owned();
        match call.failure {
            None => {
                changes.extend(watch.answered(now_ms, call, usual_s, by));
                self.end_local(&mut changes);
            }
            Some(_) if is_quiet => {}
            Some(cause) if tells_against_source(cause) => {
                changes.extend(watch.failed(now_ms, call, cause, by));
            }
            Some(Cause::Offline) => self.begin_local(&mut changes),
            Some(_) => {}
        }
        self.judge(&mut changes);
        changes
    }

    /// The control host was asked, or seen: whether it was reached.
    pub fn control(&mut self, now_ms: u64, is_reached: bool) -> Vec<Change> {
        self.clock(now_ms);
        let mut changes = Vec::new();
        self.asked_control_ms = None;
        if now_ms < self.quiet_until_ms && !is_reached {
            return changes;
        }
        self.control = Some((now_ms, is_reached));
        if is_reached {
            self.end_local(&mut changes);
        }
        self.judge(&mut changes);
        changes
    }

    /// The machine woke, or the browser says that the network is back. There is no verdict for a minute.
    pub fn woke(&mut self, now_ms: u64) -> Vec<Change> {
        self.clock(now_ms);
        let mut changes = Vec::new();
        self.end_local(&mut changes);
        self.quiet_until_ms = now_ms + QUIET_MS;
        self.control = None;
        self.watches.iter_mut().for_each(|(_, watch)| watch.excuse());
        changes
    }

    /// The browser says that it has no network.
    pub fn offline(&mut self, now_ms: u64) -> Vec<Change> {
        self.clock(now_ms);
        let mut changes = Vec::new();
        self.begin_local(&mut changes);
        changes
    }

    /// The time has come that [`Detector::next_ms`] named; also to be called when the worker starts.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Change> {
        self.clock(now_ms);
        let mut changes: Vec<_> =
            self.watches.iter_mut().filter_map(|(_, watch)| watch.fall_silent(now_ms)).collect();
        self.judge(&mut changes);
        changes
    }

    /// When [`Detector::tick`] has something to do, milliseconds since 1970.
    #[must_use]
    pub fn next_ms(&self) -> Option<u64> {
        let watches = self.watches.iter().map(|(_, watch)| watch);
        let waiting =
            watches.clone().filter_map(|watch| Some(watch.waits_since_ms? + CONTROL_PATIENCE_MS));
        waiting.chain(watches.filter_map(Watch::silent_at_ms)).min()
    }

    /// What the provider's status page says, in its own words.
    pub fn status_words(&mut self, source: &str, words: &str) -> Option<Change> {
        let (_, watch) = self.watches.iter_mut().find(|(id, _)| id == source)?;
        let incident = watch.incident.as_mut().filter(|incident| incident.status_words != words)?;
        words.clone_into(&mut incident.status_words);
        Some(Change::Updated(incident.clone()))
    }

    /// The source was taken away or set up anew: what was known of it is forgotten, and its incident is over.
    pub fn forget(&mut self, now_ms: u64, source: &str) -> Option<Change> {
        let at = self.watches.iter().position(|(id, _)| id == source)?;
        self.watches.remove(at).1.close(now_ms)
    }

    /// How a source is doing.
    #[must_use]
    pub fn standing(&self, now_ms: u64, source: &str) -> Standing {
        self.of(source).map_or(Standing::NoData, |watch| watch.standing(now_ms))
    }

    /// What the next ask of a source should heed.
    #[must_use]
    pub fn advice(&self, now_ms: u64, source: &str, allowance: Option<&Allowance>) -> Advice {
        let watch = self.of(source).filter(|watch| watch.standing(now_ms) == Standing::Failing);
        Advice {
            skip: watch.is_some_and(|watch| now_ms < watch.asked_ms + LET_THROUGH_MS),
            pause_ms: allowance.map_or(0, |allowance| allowance.pause_ms(now_ms)),
        }
    }

    /// All incidents that last, those of this side among them.
    #[must_use]
    pub fn open(&self) -> Vec<Incident> {
        let sources = self.watches.iter().filter_map(|(_, watch)| watch.incident.as_ref());
        sources.chain(&self.local).cloned().collect()
    }

    /// The incident of a source, while it lasts.
    #[must_use]
    pub fn incident(&self, source: &str) -> Option<&Incident> {
        self.of(source)?.incident.as_ref()
    }

    fn of(&self, source: &str) -> Option<&Watch> {
        self.watches.iter().find(|(id, _)| id == source).map(|(_, watch)| watch)
    }

    fn watch(&mut self, call: &Call<'_>) -> usize {
        self.watches.iter().position(|(id, _)| id == call.source).unwrap_or_else(|| {
            if self.watches.len() >= MOST_SOURCES {
                // One with an open incident stays, since its end has to be told.
                let rank = |watch: &Watch| (watch.incident.is_some(), watch.asked_ms);
                let oldest =
                    self.watches.iter().enumerate().min_by_key(|(_, (_, watch))| rank(watch));
                let oldest = oldest.map_or(0, |(at, _)| at);
                self.watches.remove(oldest);
            }
            let watch = Watch::new(&self.key(call.source), self.rules_of(call.source));
            self.watches.push((call.source.to_owned(), watch));
            self.watches.len() - 1
        })
    }

    pub(crate) fn key(&self, source: &str) -> String {
        [&self.salt, ":", source].concat()
    }

    /// Decides for every source that has failed often enough whether the trouble is theirs or ours.
    fn judge(&mut self, changes: &mut Vec<Change>) {
        for at in 0..self.watches.len() {
            let watch = &self.watches[at].1;
            if watch.incident.is_some() || watch.waits_since_ms.is_none() {
                continue;
            }
            match self.whose(at) {
                Some(true) => {
                    let now_ms = self.now_ms;
                    changes.extend(self.watches[at].1.open(now_ms));
                }
                Some(false) => self.begin_local(changes),
                None if self
                    .asked_control_ms
                    .is_none_or(|asked| self.now_ms >= asked + MINUTE_MS / 2) =>
                {
                    self.asked_control_ms = Some(self.now_ms);
                    changes.push(Change::AskControl);
                }
                None => {}
            }
        }
    }

    /// Whether a failing source is to blame itself; none while that is not known.
    fn whose(&self, at: usize) -> Option<bool> {
        let now_ms = self.now_ms;
        let is_recent = |ms: u64| ms != 0 && now_ms < ms.saturating_add(TOGETHER_MS);
        let watch = &self.watches[at].1;
        let mut others = self
            .watches
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, (_, other))| other);
        if others
            .clone()
            .any(|other| is_recent(other.answered_ms) && other.answered_ms >= watch.failed_ms)
        {
            return Some(true);
        }
        let has_company = others.any(|other| other.is_down() && is_recent(other.failed_ms));
        if !has_company && watch.last_cause.is_none_or(|cause| cause.fault() != Fault::Network) {
            return Some(true);
        }
        if let Some((_, is_reached)) = self.control.filter(|&(ms, _)| is_recent(ms)) {
            return Some(is_reached);
        }
        let has_waited =
            watch.waits_since_ms.is_some_and(|since| now_ms >= since + CONTROL_PATIENCE_MS);
        has_waited.then_some(!has_company && self.local.is_none())
    }

    fn begin_local(&mut self, changes: &mut Vec<Change>) {
        let down: Vec<_> = self
            .watches
            .iter()
            .filter(|(_, watch)| watch.is_down())
            .map(|(_, watch)| watch)
            .collect();
        let started_ms = down.iter().map(|watch| watch.run.since_ms).filter(|ms| *ms != 0).min();
        if self.local.is_none() {
            let local = Incident {
                key: self.key(LOCAL),
                source: String::new(),
                kind: Kind::Local,
                started_ms: started_ms.unwrap_or(self.now_ms).min(self.now_ms),
                ended_ms: None,
                causes: Vec::new(),
                asks: 0,
                failures: 0,
                status_words: String::new(),
                deeds: Vec::new(),
            };
            self.local = Some(local.clone());
            changes.push(Change::Opened(local));
        }
        // Their failures were ours.
        self.watches.iter_mut().for_each(|(_, watch)| watch.excuse());
    }

    fn end_local(&mut self, changes: &mut Vec<Change>) {
        if let Some(mut local) = self.local.take() {
            local.ended_ms = Some(self.now_ms.max(local.started_ms));
            changes.push(Change::Closed(local));
            self.watches.iter_mut().for_each(|(_, watch)| watch.excuse());
        }
    }

    /// When the clock goes back, all times go with it.
    fn clock(&mut self, now_ms: u64) {
        let back_ms = self.now_ms.saturating_sub(now_ms);
        if back_ms > 0 {
            self.watches.iter_mut().for_each(|(_, watch)| watch.go_back(back_ms));
            self.control = None;
            self.asked_control_ms = None;
            self.quiet_until_ms = self.quiet_until_ms.saturating_sub(back_ms);
        }
        self.now_ms = now_ms;
    }
}

#[cfg(test)]
mod tests;
