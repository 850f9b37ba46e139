//! One source, from `ok` over `suspect`, `failing` and `recovering` back.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Cause;

use super::{
    change::{Change, Standing},
    late::Lateness,
    rules::Rules,
    tally::Tally,
    trouble::{By, Trouble},
};
use crate::{
    call::Call,
    incident::{Incident, Kind},
};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// Failures in a row that are further apart than this do not belong together.
const ROW_MS: u64 = 6 * HOUR_MS;
/// So many changes between up and down within an hour are an unstable source.
const CHANGES: usize = 4;
/// Each relapse asks for as many answers and as long a time without a failure again, up to so many times.
const MOST_RELAPSES: u32 = 3;

/// What is known of one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Watch {
    key: String,
    /// Set anew at each start.
    #[serde(skip)]
    pub(super) rules: Rules,
    pub(super) name: String,
    tally: Tally,
    late: Lateness,
    /// The failures in a row.
    pub(super) run: Trouble,
    /// The failures that are at most an hour apart.
    spell: Trouble,
    pub(super) last_cause: Option<Cause>,
    pub(super) asked_ms: u64,
    pub(super) failed_ms: u64,
    pub(super) answered_ms: u64,
    /// Whether the last failure was one of a check.
    failed_check: bool,
    /// When it went up or down, the last few times.
    changes: Vec<u64>,
    /// Since when it has failed often enough, and waits for a verdict on whose fault that is.
    pub(super) waits_since_ms: Option<u64>,
    pub(super) incident: Option<Incident>,
    /// What the incident gathers.
    trouble: Trouble,
    opened_ms: u64,
    answers: u32,
    relapses: u32,
}

impl Watch {
    pub(super) fn new(key: &str, rules: Rules) -> Self {
        Self { key: key.to_owned(), rules, ..Self::default() }
    }

    /// Whether its last ask, or check, failed.
    pub(super) fn is_down(&self) -> bool {
        self.run.failures > 0
    }

    pub(super) fn answered(
        &mut self,
        now_ms: u64,
        call: &Call<'_>,
        usual_s: Option<f64>,
        by: By,
    ) -> Option<Change> {
        // A list of models that arrives says nothing of an ask that failed, until that is an outage.
        if by == By::Check && self.incident.is_none() && self.is_down() && !self.failed_check {
            self.answered_ms = now_ms;
            return None;
        }
        self.turn(now_ms, self.is_down());
        (self.asked_ms, self.answered_ms) = (now_ms, now_ms);
        self.tally.count(now_ms, false);
        (self.run, self.waits_since_ms) = (Trouble::default(), None);
        self.spell.note(now_ms, call, None, by);
        self.answers = self.answers.saturating_add(1);
        if let Some(usual_s) = usual_s {
            self.late.note(now_ms, call.first_chunk_s.unwrap_or(call.duration_s), usual_s);
        }
        if self.incident.is_none() {
            let since_ms = self.late.is_slow_since()?;
            self.trouble = Trouble { since_ms, asks: self.late.count(), ..Trouble::default() };
            return self.begin(now_ms, Kind::Slow);
        }
        self.trouble.note(now_ms, call, None, by);
        self.retell();
        if self.is_over(now_ms) { self.close(now_ms) } else { None }
    }

    pub(super) fn failed(
        &mut self,
        now_ms: u64,
        call: &Call<'_>,
        cause: Cause,
        by: By,
    ) -> Option<Change> {
        self.failed_check = by == By::Check;
        self.turn(now_ms, self.answers > 0);
        if now_ms >= self.failed_ms.saturating_add(HOUR_MS) {
            self.spell = Trouble::default();
        }
        if now_ms >= self.run.since_ms.saturating_add(ROW_MS) {
            self.run = Trouble::default();
        }
        (self.asked_ms, self.failed_ms, self.last_cause) = (now_ms, now_ms, Some(cause));
        self.tally.count(now_ms, true);
        self.run.note(now_ms, call, Some(cause), by);
        self.spell.note(now_ms, call, Some(cause), by);
        let has_answered = std::mem::take(&mut self.answers) > 0;
        if self.incident.is_some() {
            self.relapses += u32::from(has_answered && self.relapses < MOST_RELAPSES);
            self.trouble.note(now_ms, call, Some(cause), by);
            return self.escalate(now_ms);
        }
        if self.fails(now_ms) {
            self.waits_since_ms.get_or_insert(now_ms);
        }
        None
    }

    /// Opens the incident that waited for the verdict.
    pub(super) fn open(&mut self, now_ms: u64) -> Option<Change> {
        let is_run = self.run.failures >= self.rules.failures;
        self.trouble = if is_run { self.run.clone() } else { self.spell.clone() };
        self.waits_since_ms = None;
        let kind = if self.is_unstable(now_ms) { Kind::Unstable } else { Kind::Failing };
        let change = self.begin(now_ms, kind);
        // It has gone up and down before.
        self.relapses = (self.changes.len() as u32).saturating_sub(1).min(MOST_RELAPSES);
        change
    }

    /// Ends the incident.
    pub(super) fn close(&mut self, now_ms: u64) -> Option<Change> {
        let mut incident = self.incident.take()?;
        incident.ended_ms = Some(now_ms.max(incident.started_ms));
        (self.trouble, self.relapses) = <_>::default();
        self.excuse();
        Some(Change::Closed(incident))
    }

    /// Ends an incident of which nothing was heard for a day: it ended when it was seen last.
    pub(super) fn fall_silent(&mut self, now_ms: u64) -> Option<Change> {
        let is_silent = self.silent_at_ms().is_some_and(|ms| now_ms >= ms);
        if is_silent { self.close(self.asked_ms) } else { None }
    }

    pub(super) fn silent_at_ms(&self) -> Option<u64> {
        self.incident.as_ref().map(|_| self.asked_ms.saturating_add(DAY_MS))
    }

    /// Its last failures were not its own, or have been told: they count no more.
    pub(super) fn excuse(&mut self) {
        (self.run, self.spell, self.tally, self.waits_since_ms) = <_>::default();
        self.changes.clear();
    }

    pub(super) fn standing(&self, now_ms: u64) -> Standing {
        match self.incident.as_ref().map(|incident| incident.kind) {
            Some(Kind::Slow) => Standing::Slow,
            Some(Kind::Unstable) => Standing::Unstable,
            Some(_) if self.answers > 0 => Standing::Recovering,
            Some(_) => Standing::Failing,
            None if now_ms >= self.asked_ms.saturating_add(DAY_MS) => Standing::NoData,
            None if self.is_down() => Standing::Suspect,
            None => Standing::Ok,
        }
    }

    pub(super) fn go_back(&mut self, back_ms: u64) {
        let times =
            [&mut self.asked_ms, &mut self.failed_ms, &mut self.answered_ms, &mut self.opened_ms];
        for time in times.into_iter().chain(&mut self.changes).chain(&mut self.waits_since_ms) {
            *time = time.saturating_sub(back_ms);
        }
        self.late.go_back(back_ms);
        self.run.go_back(back_ms);
        self.spell.go_back(back_ms);
    }

    fn turn(&mut self, now_ms: u64, has_turned: bool) {
        if has_turned {
            self.changes.push(now_ms);
            if self.changes.len() > CHANGES {
                self.changes.remove(0);
            }
        }
    }

    fn is_unstable(&self, now_ms: u64) -> bool {
        self.changes.iter().filter(|&&ms| now_ms < ms + HOUR_MS).count() >= CHANGES
    }

    fn fails(&self, now_ms: u64) -> bool {
        let Rules { failures, .. } = self.rules;
        // A share says nothing where more failures are asked for than there were.
        let has_enough = failures <= Rules::default().failures || self.spell.failures >= failures;
        self.run.failures >= failures || has_enough && self.tally.burns(now_ms)
    }

    /// A running incident gets worse: a slow source fails, a failing one goes up and down.
    fn escalate(&mut self, now_ms: u64) -> Option<Change> {
        self.retell();
        let (is_unstable, fails) = (self.is_unstable(now_ms), self.fails(now_ms));
        let incident = self.incident.as_mut()?;
        let kind = match incident.kind {
            Kind::Slow if fails => Kind::Failing,
            Kind::Failing if is_unstable => Kind::Unstable,
            kind => kind,
        };
        let has_changed = kind != incident.kind;
        incident.kind = kind;
        has_changed.then(|| Change::Updated(incident.clone()))
    }

    fn is_over(&self, now_ms: u64) -> bool {
        let kind = self.incident.as_ref().map(|incident| incident.kind);
        if now_ms < self.opened_ms.saturating_add(self.rules.least_ms()) {
            return false;
        }
        if kind == Some(Kind::Slow) {
            return self.late.is_in_time();
        }
        let clean_ms = self.rules.clean_ms * u64::from(1 + self.relapses);
        self.answers >= self.rules.answers * (1 + self.relapses)
            && now_ms >= self.failed_ms.saturating_add(clean_ms)
    }

    fn begin(&mut self, now_ms: u64, kind: Kind) -> Option<Change> {
        let started_ms =
            if self.trouble.since_ms == 0 { now_ms } else { self.trouble.since_ms.min(now_ms) };
        (self.opened_ms, self.relapses) = (now_ms, 0);
        self.incident = Some(Incident {
            key: self.key.clone(),
            source: self.name.clone(),
            kind,
            started_ms,
            ended_ms: None,
            causes: Vec::new(),
            asks: 0,
            failures: 0,
            status_words: String::new(),
            deeds: Vec::new(),
        });
        self.retell();
        self.incident.clone().map(Change::Opened)
    }

    /// Puts what was gathered into the incident.
    fn retell(&mut self) {
        if let Some(incident) = &mut self.incident {
            (incident.asks, incident.failures) = self.trouble.asked();
            incident.causes.clone_from(&self.trouble.causes);
            incident.deeds.clone_from(&self.trouble.deeds);
        }
    }
}
