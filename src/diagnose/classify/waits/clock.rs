//! Spans and moments of a hint, read against the clock and held to the longest wait.

use super::{
    text::Hint,
    time::{at_epoch, duration, http_date, rfc3339, seconds, to_ms},
};
use crate::Failure;

/// No honest wait is longer, in milliseconds; what claims to be is taken for this long.
pub(super) const LONGEST_MS: u64 = 366 * 24 * 3_600_000;

/// The time against which moments are read: our clock, else the server's.
#[derive(Clone, Copy)]
pub(super) struct Clock(pub(super) Option<u64>);

impl Clock {
    pub(super) fn of(failure: &Failure) -> Self {
        Self(failure.now_ms.or_else(|| failure.header("date").and_then(http_date)))
    }

    /// The hint, held to the longest wait; none when it is past. A span of decades that ends about now is a moment that was
    /// written where a span belongs.
    pub(super) fn held(self, hint: Hint) -> Option<Hint> {
        let is_moment = |ms: u64| self.0.is_some_and(|now| ms.abs_diff(now) <= LONGEST_MS);
        match (hint, self.0) {
            (Hint::Span(ms), _) if ms <= LONGEST_MS => Some(hint),
            (Hint::Span(ms), _) if is_moment(ms) => self.held(Hint::Moment(ms)),
            (Hint::Span(_), _) => Some(Hint::Span(LONGEST_MS)),
            (Hint::Moment(at), Some(now)) if at > now => {
                Some(Hint::Moment(at.min(now.saturating_add(LONGEST_MS))))
            }
            (Hint::Moment(_), Some(_)) => None,
            (Hint::Moment(_), None) => Some(hint),
        }
    }

    pub(super) fn span(self, hint: Hint) -> Option<u64> {
        match hint {
            Hint::Span(ms) => Some(ms),
            Hint::Moment(at) => at.checked_sub(self.0?),
        }
    }

    pub(super) fn moment(self, hint: Hint) -> Option<u64> {
        match hint {
            Hint::Span(ms) => self.0?.checked_add(ms),
            Hint::Moment(at) => Some(at),
        }
    }
}

/// A span in any notation; a bare number counts seconds.
pub(super) fn span(value: &str) -> Option<Hint> {
    duration(value).or_else(|| Some(to_ms(seconds(value)?))).map(Hint::Span)
}

/// A moment in any notation.
pub(super) fn moment(value: &str) -> Option<Hint> {
    at_epoch(value).or_else(|| rfc3339(value)).or_else(|| http_date(value)).map(Hint::Moment)
}
