//! What a step found, as evidence: how it changes the diagnosis.

use super::{Standing, Step, Troubleshooter, seen_page::SeenPage, status};
use unstuck_diagnose::{Alternative, Diagnosis, Evidence, Failure, Fault, classify};
use unstuck_engine::is_undecided;

/// What a status page alone makes of a failure that was undecided.
const LIKELY: f64 = 0.8;

impl Troubleshooter {
    pub(super) fn take_report(&mut self, seen: Option<&SeenPage>) {
        let Some(page) = self.page() else { return };
        let called = status::Called::of(self.diagnosis.provider, self.diagnosis.host.as_deref());
        let at_ms = seen.map_or(0, |seen| seen.at_ms);
        let report = seen.and_then(|seen| seen.report.as_ref());
        let (standing, lines) = status::tell(report, page, at_ms, &called, &self.diagnosis);
        if standing == Standing::Found {
            self.find(Evidence::StatusPage);
            if self.facts.as_ref().is_none_or(|facts| facts.status.is_none())
                && is_undecided(&self.diagnosis)
            {
                let seen = Failure {
                    status: Some(503),
                    provider: self.diagnosis.provider.map(|provider| provider.id().to_owned()),
                    url: self.facts.as_ref().and_then(|facts| facts.url.clone()),
                    ..Failure::default()
                };
                let mut found = classify(&seen);
                found.evidence.clone_from(&self.diagnosis.evidence);
                found.also.insert(0, alternative(&self.diagnosis));
                found.confidence = found.confidence.min(LIKELY);
                self.diagnosis = found;
            }
        }
        self.tell(Step::Status, standing, lines);
    }

    /// The source that was asked, and what the status page of its service says of the trouble, in its own words.
    #[must_use]
    pub fn status_said(&self) -> Option<(String, String)> {
        let told = self.step_state(Step::Status)?;
        let line = told.lines.first().filter(|_| told.standing == Standing::Found)?;
        Some((self.source.clone()?, line.with.join(", ")))
    }

    /// A new diagnosis takes the place of one that was undecided or less sure.
    pub(super) fn reconsider(&mut self, found: Diagnosis) {
        let decided = !is_undecided(&found);
        let surer = found.confidence > self.diagnosis.confidence;
        if decided
            && (is_undecided(&self.diagnosis) || found.cause == self.diagnosis.cause && surer)
        {
            let kept = std::mem::replace(&mut self.diagnosis, found);
            let more = kept.evidence.into_iter().filter(is_of_others);
            self.diagnosis.evidence.extend(more);
        }
    }

    /// Evidence that speaks for the diagnosis as it is.
    pub(super) fn find(&mut self, finding: Evidence) {
        let evidence = &mut self.diagnosis.evidence;
        if evidence.contains(&finding) {
            return;
        }
        let provider = matches!(self.diagnosis.cause.fault(), Fault::Provider);
        if provider && finding == Evidence::StatusPage {
            let doubt = (1.0 - self.diagnosis.confidence) / 2.0;
            self.diagnosis.confidence = 1.0 - doubt;
        }
        evidence.push(finding);
    }
}

/// Whether a look at the failure alone would not find it again.
fn is_of_others(finding: &Evidence) -> bool {
    use Evidence::{
        AddressChanged, ClockOff, Culprit, DialectChanged, KeyChanged, ModelChanged, RulesChanged,
        StatusPage,
    };
    matches!(finding, StatusPage | ClockOff { .. } | Culprit { .. })
        || matches!(finding, AddressChanged { .. } | ModelChanged { .. } | DialectChanged { .. })
        || matches!(finding, RulesChanged | KeyChanged)
}

fn alternative(diagnosis: &Diagnosis) -> Alternative {
    Alternative { cause: diagnosis.cause, confidence: 1.0 - LIKELY }
}
