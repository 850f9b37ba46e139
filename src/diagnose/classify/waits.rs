//! How long the service asks to wait, and when a limit opens again: the most explicit word wins. A hint that is no time or
//! lies in the past is no hint; one that lies beyond any sense is the longest wait, so that nobody comes back at once.

mod clock;
mod left;
mod text;
mod time;
mod window;

use super::Scan;
use crate::Failure;
use clock::{Clock, moment, span};
pub use left::{Left, scarcest};
use text::Hint;
pub use time::{http_date, rfc3339};
use time::{seconds, to_ms};

/// What the service said about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Wait {
    /// Milliseconds until the same call may be made again.
    pub(crate) retry_after_ms: Option<u64>,
    /// When a limit opens again, milliseconds since 1970.
    pub(crate) opens_at_ms: Option<u64>,
    /// The "wait" is Azure's way to say that there is no quota: waiting it out does not help.
    pub(crate) no_quota: bool,
}

/// Reads every hint of a failure: in its headers, in the fields of the structured answer, in what it says to people.
/// `leaves` are those fields as (last part of the path, value).
pub(crate) fn read<'a>(
    failure: &Failure,
    leaves: impl Iterator<Item = (&'a str, &'a str)>,
    scan: &Scan,
) -> Wait {
    let clock = Clock::of(failure);
    let mut body: Option<(u8, Hint)> = None;
    let mut moment_in_body = None;
    for (key, value) in leaves {
        let Some((rank, hint)) = field(key, value, clock) else { continue };
        if matches!(hint, Hint::Moment(_)) {
            moment_in_body = moment_in_body.or(Some(hint));
        }
        if body.is_none_or(|(best, _)| rank < best) {
            body = Some((rank, hint));
        }
    }
    let body = body.map(|(_, hint)| hint);
    let spoken = text::hint(scan);
    let no_quota = text::says_no_quota(&scan.raw, spoken);
    let spoken = spoken.and_then(|hint| clock.held(hint));
    let header = header(failure, clock);
    let window = window::used_up(failure, clock);
    let hints = [header, body, spoken, window];

    let is_moment = |hint: &Hint| matches!(hint, Hint::Moment(_));
    let moment = moment_in_body.or_else(|| hints.into_iter().flatten().find(is_moment));
    let first = hints.into_iter().flatten().next();
    Wait {
        retry_after_ms: first.and_then(|hint| clock.span(hint)).filter(|_| !no_quota),
        opens_at_ms: moment.or(first).and_then(|hint| clock.moment(hint)),
        no_quota,
    }
}

/// The headers that are there to say how long to wait.
fn header(failure: &Failure, clock: Clock) -> Option<Hint> {
    let ms = |name| {
        let ms = seconds(failure.header(name)?)?;
        clock.held(Hint::Span(to_ms(ms / 1_000.0)))
    };
    ms("retry-after-ms").or_else(|| ms("x-ms-retry-after-ms")).or_else(|| {
        RETRY_AFTER.into_iter().find_map(|name| clock.held(retry_after(failure.header(name)?)?))
    })
}

/// `Retry-After`, and the names that relays and limiters give it.
const RETRY_AFTER: [&str; 3] =
    ["retry-after", "x-ratelimit-retry-after", "x-rate-limit-retry-after"];

fn retry_after(value: &str) -> Option<Hint> {
    // Proxies repeat the header, and a repeated header is read joined by commas; so is a date's weekday.
    let first = value.split(',').next().unwrap_or(value);
    match seconds(first) {
        Some(seconds) => Some(Hint::Span(to_ms(seconds))),
        None => http_date(value).or_else(|| rfc3339(value)).map(Hint::Moment),
    }
}

/// A field of the answer that speaks of time, and its rank: the lower, the more explicit.
fn field(key: &str, value: &str, clock: Clock) -> Option<(u8, Hint)> {
    type Reader = fn(&str) -> Option<Hint>;
    const FIELDS: &[(&str, u8, Reader)] = &[
        ("retryafterms", 0, |v| Some(Hint::Span(to_ms(seconds(v)? / 1_000.0)))),
        ("retrydelay", 1, span),
        ("retryafter", 1, retry_after),
        ("retryafterseconds", 1, span),
        ("resetsinseconds", 2, span),
        ("clearsin", 2, span),
        ("quotaresetdelay", 2, span),
        ("estimatedtime", 2, span),
        ("resetsat", 3, moment),
        ("resetat", 3, moment),
        ("quotaresettimestamp", 3, moment),
        ("xratelimitreset", 4, moment),
    ];
    const SHORTEST: usize = 7;
    if key.len() < SHORTEST {
        return None;
    }
    // Keys are told apart by letters alone: `retry_after`, `retryAfter` and `Retry-After` are the same word.
    let letters = || key.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
    let (_, rank, read) = FIELDS.iter().find(|(name, ..)| letters().eq(name.bytes()))?;
    Some((*rank, clock.held(read(value)?)?))
}

#[cfg(test)]
mod tests;
