//! Where evidence adds up: each finding speaks for or against causes, and the shares of belief come out.

use super::clip;
pub(crate) use super::weight;
use crate::{Alternative, Cause, Evidence, causes::Form};

/// What `unknown` scores when nothing else is known.
const DOUBT: f32 = 1.0;
/// How much of itself a further finding adds to the strongest one: findings in one answer are no independent
/// witnesses.
const FURTHER: f32 = 0.2;

/// The names of statuses (RFC 9110), which say no more than their numbers.
const REASON_PHRASES: [&str; 7] =
    ["400", "bad request", "403", "forbidden", "403 forbidden", "404", "not found"];

/// Whether a text is nothing but the name of a status: it says no more than its number.
pub(super) fn is_reason_phrase(text: &str) -> bool {
    let same = |line: &str| REASON_PHRASES.iter().any(|known| known.eq_ignore_ascii_case(line));
    text.lines().map(str::trim).filter(|line| !line.is_empty()).all(same)
}

/// What belief rests on: most of it is never told, so a copy is made only of what is.
#[derive(Debug)]
enum Finding<'a> {
    Seen(Evidence),
    Code(&'a str),
    Phrase(&'a str),
    Status(u16, Option<&'a str>),
}

impl Finding<'_> {
    fn into_evidence(self) -> Evidence {
        match self {
            Self::Seen(evidence) => evidence,
            Self::Code(code) => Evidence::Code { code: clip(code) },
            Self::Phrase(text) => Evidence::Phrase { text: clip(text) },
            Self::Status(code, host) => Evidence::Status { code, host: host.map(str::to_owned) },
        }
    }

    /// Whether it is of the answer's own words.
    fn is_quoted(&self) -> bool {
        use Evidence::{Code, Meaning, Phrase};
        matches!(
            self,
            Self::Code(_)
                | Self::Phrase(_)
                | Self::Seen(Code { .. } | Meaning { .. } | Phrase { .. })
        )
    }
}

/// Belief in every cause, and what it rests on.
#[derive(Debug)]
pub(crate) struct Scores<'a> {
    strongest: [f32; Cause::ALL.len()],
    further: [f32; Cause::ALL.len()],
    against: [f32; Cause::ALL.len()],
    findings: Vec<(Cause, f32, Finding<'a>)>,
    understood: Understood,
}

/// How much of a text was understood.
#[derive(Debug, Default)]
pub(crate) struct Understood {
    /// How many letters it has.
    pub(crate) letters: u32,
    /// How many of them are of words that say something.
    pub(crate) read: u32,
    /// Of the clauses that tell of a cause, the share that was understood of the clearest one.
    pub(crate) clearest: Vec<(Cause, f32)>,
}

impl<'a> Scores<'a> {
    /// No scores yet but the little one of `unknown`.
    pub(crate) fn new() -> Self {
        let mut strongest = [0.0; Cause::ALL.len()];
        strongest[Cause::Unknown as usize] = DOUBT;
        let none = [0.0; Cause::ALL.len()];
        Self {
            strongest,
            further: none,
            against: none,
            findings: Vec::with_capacity(8),
            understood: Understood::default(),
        }
    }

    /// Adds a finding that speaks for a cause.
    pub(crate) fn add(&mut self, cause: Cause, weight: f32, evidence: Evidence) {
        self.put(cause, weight, Finding::Seen(evidence));
    }

    /// Adds a code or phrase of the answer that speaks for a cause.
    pub(crate) fn quote(&mut self, cause: Cause, weight: f32, form: Form, text: &'a str) {
        let finding = match form {
            Form::Words => Finding::Phrase(text),
            Form::Code | Form::Leaf => Finding::Code(text),
        };
        self.put(cause, weight, finding);
    }

    /// Adds that a status speaks for a cause.
    pub(crate) fn status(&mut self, cause: Cause, weight: f32, code: u16, host: Option<&'a str>) {
        self.put(cause, weight, Finding::Status(code, host));
    }

    fn put(&mut self, cause: Cause, weight: f32, finding: Finding<'a>) {
        let strongest = &mut self.strongest[cause as usize];
        self.further[cause as usize] += strongest.min(weight).max(0.0);
        *strongest = strongest.max(weight);
        self.findings.push((cause, weight, finding));
    }

    /// Whether nothing has been found yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether what speaks loudest for a cause are sentences that were understood, and no code, phrase or status.
    pub(crate) fn rests_on_sentences(&self, cause: Cause) -> bool {
        let own = self.findings.iter().filter(|(known, ..)| *known == cause);
        let loudest = own.max_by(|(_, one, _), (_, other, _)| one.total_cmp(other));
        matches!(loudest, Some((.., Finding::Seen(Evidence::Meaning { .. }))))
    }

    /// Keeps how much of the text was understood.
    pub(crate) fn keep_understood(&mut self, understood: Understood) {
        self.understood = understood;
    }

    /// The share of the text that was understood, or that the longest phrase for this cause makes up; a clause that tells of
    /// it and is understood better than the rest counts for half.
    pub(crate) fn share_understood(&self, cause: Cause) -> f32 {
        let Understood { letters, read, clearest } = &self.understood;
        let own = self.findings.iter().filter(|(known, ..)| *known == cause);
        let phrase = own.filter_map(|(.., finding)| match finding {
            Finding::Code(text) | Finding::Phrase(text) => {
                Some(text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() as u32)
            }
            _ => None,
        });
        let whole = phrase.max().unwrap_or(0).max(*read) as f32 / (*letters).max(1) as f32;
        let clauses = clearest.iter().filter(|(known, _)| *known == cause);
        (whole + clauses.fold(whole, |most, (_, share)| most.max(*share))) / 2.0
    }

    /// Takes weight from a cause that something contradicts.
    pub(crate) fn against(&mut self, cause: Cause, weight: f32) {
        self.against[cause as usize] += weight;
    }

    /// Belief in a cause so far; 0 when nothing spoke for it.
    pub(crate) fn belief(&self, cause: Cause) -> f32 {
        let at = cause as usize;
        self.strongest[at] + FURTHER * self.further[at] - self.against[at]
    }

    /// Whether any cause was spoken for by the answer's own words, however softly.
    pub(crate) fn names_something(&self) -> bool {
        self.findings.iter().any(|(_, weight, finding)| *weight > 0.0 && finding.is_quoted())
    }

    /// Whether the answer's own words give no reason: none at all, or a code that only names the family of this cause.
    pub(crate) fn gives_no_reason(&self, cause: Cause) -> bool {
        let mut told =
            self.findings.iter().filter(|(_, weight, told)| *weight > 0.0 && told.is_quoted());
        told.all(|(known, weight, told)| match told {
            Finding::Code(_) => *known == cause && *weight <= weight::USUAL,
            Finding::Phrase(text) => {
                REASON_PHRASES.iter().any(|same| same.eq_ignore_ascii_case(text))
            }
            _ => false,
        })
    }

    /// The causes anyone spoke for with their shares of belief, likeliest first; ties go to the earlier in the list.
    pub(crate) fn shares(&self) -> Vec<Alternative> {
        let named = Cause::ALL.iter().filter(|&&cause| self.strongest[cause as usize] > 0.0);
        let mut shares: Vec<Alternative> = Vec::with_capacity(16);
        for &cause in named {
            let confidence = f64::from(self.belief(cause));
            let less = shares.iter().position(|share| share.confidence < confidence);
            shares.insert(less.unwrap_or(shares.len()), Alternative { cause, confidence });
        }
        let top = shares.first().map_or(0.0, |share| share.confidence);
        let mut total = 0.0;
        for share in &mut shares {
            share.confidence = (share.confidence - top).exp();
            total += share.confidence;
        }
        for share in &mut shares {
            share.confidence /= total;
        }
        shares
    }

    /// What spoke for this cause, strongest first, nothing twice.
    pub(crate) fn evidence_for(self, cause: Cause) -> Vec<Evidence> {
        let mut found: Vec<(f32, Finding)> = Vec::with_capacity(8);
        for (_, weight, finding) in self.findings.into_iter().filter(|(known, ..)| *known == cause)
        {
            let less = found.iter().position(|(known, _)| *known < weight);
            found.insert(less.unwrap_or(found.len()), (weight, finding));
        }
        let mut evidence: Vec<Evidence> = Vec::with_capacity(8);
        for (_, finding) in found {
            let finding = finding.into_evidence();
            if !evidence.iter().any(|known| says_the_same(known, &finding)) {
                evidence.push(finding);
            }
        }
        evidence
    }
}

/// Whether two findings are one to a person: the same, or words within words.
fn says_the_same(known: &Evidence, finding: &Evidence) -> bool {
    match (known, finding) {
        (Evidence::Phrase { text: known }, Evidence::Phrase { text }) => {
            known.contains(text.as_str()) || text.contains(known.as_str())
        }
        _ => known == finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_evidence_is_unknown() {
        let shares = Scores::new().shares();
        assert_eq!((shares.len(), shares[0].cause, shares[0].confidence), (1, Cause::Unknown, 1.0));
    }

    #[test]
    fn nested_phrases_count_once() {
        let mut scores = Scores::new();
        for (text, weight) in [("invalid api key", 6.0), ("api key", 3.0), ("unauthorized", 2.0)] {
            scores.add(Cause::InvalidApiKey, weight, Evidence::Phrase { text: text.into() });
        }
        let known = scores.evidence_for(Cause::InvalidApiKey);
        assert_eq!(known.len(), 2, "{known:?}");
    }

    #[test]
    fn shares_are_sorted_and_total_one() {
        let mut scores = Scores::new();
        scores.add(Cause::RateLimited, weight::FAIR, Evidence::EmptyReply);
        scores.add(Cause::RateLimited, weight::WEAK, Evidence::EmptyReply);
        scores.add(Cause::QuotaExhausted, weight::STRONG, Evidence::HtmlReply);
        let shares = scores.shares();
        assert_eq!(shares[0].cause, Cause::QuotaExhausted);
        assert!((shares.iter().map(|s| s.confidence).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(scores.evidence_for(Cause::RateLimited).len(), 1);
    }

    /// Further findings help, but many weak ones do not beat a strong one.
    #[test]
    fn weak_evidence_never_outvotes_strong() {
        let mut scores = Scores::new();
        scores.add(Cause::Conflict, weight::STRONG, Evidence::EmptyReply);
        for code in 0..4 {
            let evidence = Evidence::Status { code, host: None };
            scores.add(Cause::ServerError, weight::WEAK, evidence);
        }
        assert_eq!(scores.shares()[0].cause, Cause::Conflict);
        assert!(scores.belief(Cause::ServerError) > weight::WEAK);
    }
}
