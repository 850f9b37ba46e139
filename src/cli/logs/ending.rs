//! How a call ended, by what an entry tells of it.

use serde::de::IgnoredAny;
use unstuck_diagnose::{Cause, Diagnosis, Failure, Provider, classify, workspace::head};

use super::{
    record::{Level, Record},
    suspect,
};

/// What a warning, or a line without a level, has to be sure of to count as a failure.
const SURE: f64 = 0.5;
/// So much of a text is diagnosed, in bytes.
const READ: usize = 64 << 10;

/// How a call ended.
pub(super) enum Ending {
    Failed(Box<Diagnosis>),
    Answered,
    /// The entry does not tell of the end of a call.
    Untold,
}

/// Reads the end of a call from an entry, the quick ways first.
pub(super) fn ending(record: &mut Record) -> Ending {
    let Record { stamp, level, facts, tells_failure, .. } = record;
    let status = facts.status;
    let is_refused = status.is_some_and(|status| status >= 400);
    let says_so = is_refused || *tells_failure || *level == Level::Error;
    let is_quiet = matches!(level, Level::Info | Level::Debug);
    let texts = [&facts.message, &facts.body];
    let has_word = || texts.iter().any(|text| text.as_deref().is_some_and(suspect::has_word));
    let moved = status.is_some_and(|status| status >= 300) && !facts.headers.is_empty();
    let is_odd_answer =
        facts.body.as_deref().is_some_and(|body| is_odd(body, facts.header("content-type")));
    if !says_so && (is_quiet || !(has_word() || moved || is_odd_answer)) {
        return if status.is_some_and(|status| status < 300) {
            Ending::Answered
        } else {
            Ending::Untold
        };
    }
    facts.now_ms = stamp.and_then(|stamp| u64::try_from(stamp.ms).ok());
    for text in [&mut facts.message, &mut facts.body].into_iter().flatten() {
        if text.len() > READ {
            text.truncate(head(text, READ).len());
        }
    }
    let diagnosis = classify(facts);
    let is_sure = diagnosis.cause != Cause::Unknown && diagnosis.confidence >= SURE;
    if says_so || is_sure {
        return Ending::Failed(Box::new(diagnosis));
    }
    if status.is_some_and(|status| status < 300) { Ending::Answered } else { Ending::Untold }
}

/// Whether the body of an answer is neither JSON nor a stream.
fn is_odd(body: &str, content_type: Option<&str>) -> bool {
    let start = body.trim_start();
    match content_type {
        Some(kind) if kind.contains("json") => serde_json::from_str::<IgnoredAny>(body).is_err(),
        Some(kind) if kind.contains("event-stream") => {
            !["data:", "event:", ":", "id:"].iter().any(|mark| start.starts_with(mark))
        }
        _ => start.is_empty() || start.starts_with('<'),
    }
}

/// Who was called: the service by its id, or else the host; empty when the entry does not say.
pub(super) fn source(facts: &Failure, diagnosis: Option<&Diagnosis>) -> String {
    let named = facts.provider.as_deref();
    let known = named.and_then(Provider::from_id).or_else(|| Provider::from_host(facts.host()?));
    if let Some(provider) = known.or_else(|| diagnosis?.provider) {
        return provider.id().to_owned();
    }
    let other = named.or_else(|| facts.host()).unwrap_or_default();
    head(other, 80).to_owned()
}
