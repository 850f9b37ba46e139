//! Facts to the one diagnosis. Pure and total: no clock, no IO, no panic; `unknown` is a diagnosis too.
//!
//! The evidence is scored in this order, and each later kind gives way to an earlier one by its weight: who cancelled and
//! what the browser met on the way, marks of an edge in front of the service, machine codes and specific sentences, what
//! only numbers or two findings together say, how a stream ended, and last the bare status.

mod codes;
mod edge;
#[cfg(test)]
mod needed;
mod net_errors;
mod packed;
mod parsed;
mod patterns;
mod probes;
mod scan;
mod scores;
mod sentences;
mod status;
mod stream;
mod talk;
mod transport;
mod verdict;
mod waits;
pub(crate) mod weight;
mod well_formed;

#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
pub use packed::learn;
#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
pub use packed::packed_phrases;
pub use verdict::is_request_id;

pub(crate) use packed::lexicons;
pub(crate) use parsed::{ParsedFailure, Place};
pub use probes::shared as shared_trouble;
pub(crate) use scan::Scan;
pub(crate) use scores::Scores;
pub use waits::{Left, http_date, rfc3339, scarcest};
pub(crate) use well_formed::is_json;

pub(crate) use crate::cut::clip;
use crate::{
    Diagnosis, Failure,
    causes::{self, Form},
};

/// Names the most likely cause of a failure, how sure that is, and when to try again.
///
/// ```
/// use unstuck_diagnose::{ActionKind, Cause, Failure, classify};
///
/// let mut failure = Failure::default();
/// failure.url = Some("https://api.openai.com/v1/chat/completions".into());
/// failure.status = Some(401);
/// failure.body = Some(r#"{"error":{"code":"invalid_api_key"}}"#.into());
/// let diagnosis = classify(&failure);
/// assert_eq!(diagnosis.cause, Cause::InvalidApiKey);
/// assert!(diagnosis.confidence > 0.9 && !diagnosis.retry.is_automatic());
/// assert_eq!(diagnosis.actions[0].kind, ActionKind::OpenSettings);
/// ```
#[must_use]
pub fn classify(failure: &Failure) -> Diagnosis {
    let parsed = ParsedFailure::of(failure);
    let mut scores = Scores::new();
    transport::score(failure, &mut scores);
    edge::score(&parsed, &mut scores);
    codes::score(&parsed, &mut scores);
    let named = score_patterns(&parsed, &mut scores);
    sentences::score(&parsed, named, &mut scores);
    for rule in causes::RULES {
        if let Some(score) = rule.score {
            score(&parsed, &mut scores);
        }
    }
    stream::score(&parsed, &mut scores);
    probes::score(failure, &mut scores);
    status::score(&parsed, &mut scores);
    verdict::reach(&parsed, scores)
}

/// Puts every phrase and code into the scores that the status does not veto.
/// Returns what kinds there were, so that the sentences are not heard twice.
fn score_patterns<'a>(parsed: &'a ParsedFailure, scores: &mut Scores<'a>) -> patterns::Named {
    let mut hits = patterns::find(&parsed.scan);
    hits.retain(|hit| !parsed.status.is_some_and(|status| hit.pattern.is_vetoed_by(status)));
    let mut named = patterns::Named { by_phrase: false, by_code: false };
    for hit in hits {
        let weight = hit.pattern.weight();
        if hit.pattern.form == Form::Words {
            named.by_phrase |= weight >= weight::USUAL;
        } else {
            named.by_code = true;
        }
        scores.quote(hit.cause, weight, hit.pattern.form, &parsed.scan.raw[hit.span]);
    }
    named
}
