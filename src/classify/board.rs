//! Where evidence adds up: each finding speaks for or against causes, and the shares of belief come out.

use crate::{Alternative, Cause, Evidence};

/// How much one finding says, in nats: with two causes in play, a lead of 1 is about 3 to 1, of 3 about 20 to 1.
pub(crate) mod weight {
    /// Settles the matter unless something just as strong contradicts it.
    pub(crate) const DECISIVE: f32 = 9.0;
    /// A specific sentence or code.
    pub(crate) const STRONG: f32 = 6.0;
    /// Usually right.
    pub(crate) const FAIR: f32 = 3.5;
    /// Tips the scale when nothing else speaks.
    pub(crate) const WEAK: f32 = 1.5;
}

/// Belief in every cause, and what it rests on.
#[derive(Debug)]
pub(crate) struct Board {
    weights: [f32; Cause::ALL.len()],
    findings: Vec<(Cause, f32, Evidence)>,
}

impl Board {
    /// An empty board, on which only `unknown` has a little belief.
    pub(crate) fn new() -> Self {
        let mut weights = [f32::NEG_INFINITY; Cause::ALL.len()];
        weights[Cause::Unknown as usize] = 1.0;
        Self { weights, findings: Vec::new() }
    }

    /// Adds a finding that speaks for a cause.
    pub(crate) fn add(&mut self, cause: Cause, weight: f32, evidence: Evidence) {
        let belief = &mut self.weights[cause as usize];
        *belief = belief.max(0.0) + weight;
        self.findings.push((cause, weight, evidence));
    }

    /// Takes weight from a cause that something contradicts; a cause nobody spoke for stays out.
    pub(crate) fn against(&mut self, cause: Cause, weight: f32) {
        self.weights[cause as usize] -= weight;
    }

    /// The causes anyone spoke for with their shares of belief, likeliest first; ties go to the earlier in the list.
    pub(crate) fn shares(&self) -> Vec<Alternative> {
        let top = self.weights.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = self.weights.iter().map(|w| (w - top).exp()).sum();
        let mut shares: Vec<_> = Cause::ALL
            .iter()
            .filter(|&&cause| self.weights[cause as usize].is_finite())
            .map(|&cause| Alternative {
                cause,
                confidence: f64::from((self.weights[cause as usize] - top).exp() / total),
            })
            .collect();
        shares.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        shares
    }

    /// What spoke for this cause, strongest first.
    pub(crate) fn evidence_for(&self, cause: Cause) -> Vec<Evidence> {
        let mut found: Vec<_> = self.findings.iter().filter(|(c, ..)| *c == cause).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.into_iter().map(|(.., evidence)| evidence.clone()).collect()
    }
}
