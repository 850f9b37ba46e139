//! The windows of a limit as headers tell them: what is left of each, and when it opens again.

use super::{
    clock::{Clock, moment, span},
    text::Hint,
    time::{at_epoch, rfc3339, seconds, to_ms},
};
use crate::Failure;

/// When a used-up window opens again. A window with something left is not the one that refused.
pub(super) fn used_up(failure: &Failure, clock: Clock) -> Option<Hint> {
    let windows = failure.headers.iter().filter_map(|(name, value)| {
        let hint = if let Some((family, rest)) = family(name) {
            of_family(failure, family, rest, value)
        } else if let Some(rest) = name.strip_prefix("anthropic-ratelimit-") {
            anthropic(failure, rest, value)
        } else if let Some(window) = name.strip_prefix("x-codex-") {
            let window = window.strip_suffix("-reset-at")?;
            let used = seconds(lookup(failure, &["x-codex-", window, "-used-percent"])?)?;
            at_epoch(value).filter(|_| used >= 100.0).map(Hint::Moment)
        } else {
            None
        };
        clock.held(hint?)
    });
    // All used-up windows have to open: the last one counts.
    windows.max_by_key(|&hint| match hint {
        Hint::Span(ms) => clock.0.unwrap_or_default().saturating_add(ms),
        Hint::Moment(at) => at,
    })
}

/// `X-RateLimit-…`, `X-Rate-Limit-…`, `RateLimit-…`, `Rate-Limit-…`: the name up to there, and the rest.
pub(super) fn family(name: &str) -> Option<(&str, &str)> {
    let bare = name.strip_prefix("x-").unwrap_or(name);
    let rest = bare.strip_prefix("ratelimit").or_else(|| bare.strip_prefix("rate-limit"))?;
    Some(name.split_at(name.len() - rest.len()))
}

fn of_family(failure: &Failure, family: &str, rest: &str, value: &str) -> Option<Hint> {
    match rest {
        "" => structured(value),
        "-reset" => {
            remains(failure, &[family, "-remaining"], is_limit(failure))?;
            // What `X-RateLimit-Reset` counts in differs from service to service unless it is a moment; the draft of the
            // IETF and those that follow it count seconds.
            let span = || span(value).filter(|_| family != "x-ratelimit");
            moment(value).or_else(span)
        }
        "-reset-after" => {
            remains(failure, &[family, "-remaining"], is_limit(failure))?;
            span(value)
        }
        _ => {
            let bucket = rest.strip_prefix("-reset-")?;
            remains(failure, &[family, "-remaining-", bucket], false)?;
            span(value).filter(|hint| *hint != Hint::Span(0))
        }
    }
}

fn anthropic(failure: &Failure, rest: &str, value: &str) -> Option<Hint> {
    if rest == "unified-reset" {
        let status = failure.header("anthropic-ratelimit-unified-status");
        let refused = status.is_none_or(|status| status == "rejected");
        return at_epoch(value).filter(|_| refused).map(Hint::Moment);
    }
    let bucket = rest.strip_suffix("-reset")?;
    remains(failure, &["anthropic-ratelimit-", bucket, "-remaining"], false)?;
    rfc3339(value).map(Hint::Moment)
}

/// Whether the answer may be that of a limit: one that failed carries the window of its caller along, too.
fn is_limit(failure: &Failure) -> bool {
    failure.status.is_none_or(|status| status < 500 || status == 503)
}

/// `Some` when the window's remainder is zero, or is not told and `untold` says that this is enough.
fn remains(failure: &Failure, name: &[&str], untold: bool) -> Option<()> {
    let used_up = lookup(failure, name).map_or(untold, |left| seconds(left) == Some(0.0));
    used_up.then_some(())
}

/// A header whose name is given in parts.
fn lookup<'a>(failure: &'a Failure, name: &[&str]) -> Option<&'a str> {
    let is_whole = |known: &str| {
        name.iter().try_fold(known, |rest, part| rest.strip_prefix(part)).is_some_and(str::is_empty)
    };
    failure.headers.iter().find(|(known, _)| is_whole(known)).map(|(_, value)| value)
}

/// `"burst";r=0;t=12, "daily";r=100;t=3600`: the longest wait of the windows with nothing left. Up to its seventh version the
/// draft wrote one window, as `limit=100, remaining=0, reset=12`.
fn structured(value: &str) -> Option<Hint> {
    let number = |window: &str, name: &str| seconds(parameter(window, name)?);
    let wait = |window: &str, left: &str, reset: &str| {
        (number(window, left)? == 0.0).then_some(())?;
        Some(to_ms(number(window, reset)?))
    };
    let longest = value.split(',').filter_map(|window| wait(window, "r", "t")).max();
    longest.or_else(|| wait(value, "remaining", "reset")).map(Hint::Span)
}

/// A parameter of such a window.
pub(super) fn parameter<'a>(window: &'a str, name: &str) -> Option<&'a str> {
    let mut parts = window.split([';', ',']).map(str::trim);
    parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
}
