//! What is left of a service's limits, as the headers of any answer tell it: an answer that is well foresees the one that is not.

use super::{
    clock::{moment, span},
    text::Hint,
    time::{rfc3339, seconds},
    window::{family, parameter},
};
use crate::Headers;

/// What is left of one limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Left {
    /// Requests or tokens that are left.
    pub remaining: u64,
    /// How many there are in full.
    pub limit: u64,
    /// When it is full again, milliseconds since 1970; none when that is not told.
    pub full_at_ms: Option<u64>,
}

impl Left {
    fn share(&self) -> f64 {
        self.remaining as f64 / self.limit as f64
    }
}

/// The limit of which the smallest share is left, of those that these headers tell in full.
#[must_use]
pub fn scarcest(headers: &Headers, now_ms: u64) -> Option<Left> {
    let told = headers.iter().filter_map(|(name, value)| {
        if let Some((family, rest)) = family(name) {
            return of_family(headers, family, rest, value, now_ms);
        }
        // `anthropic-ratelimit-input-tokens-remaining`
        let bucket = name.strip_suffix("-remaining")?;
        bucket.strip_prefix("anthropic-ratelimit-")?;
        let full_at = || rfc3339(other(headers, &[bucket, "-reset"])?).map(Hint::Moment);
        left(value, other(headers, &[bucket, "-limit"])?, full_at(), now_ms)
    });
    told.min_by(|a, b| a.share().total_cmp(&b.share()))
}

fn of_family(
    headers: &Headers,
    family: &str,
    rest: &str,
    value: &str,
    now_ms: u64,
) -> Option<Left> {
    let named = |name: &str, bucket: &str| other(headers, &[family, name, bucket]);
    match rest {
        "" => structured(headers, family, value, now_ms),
        "-remaining" => {
            // What `X-RateLimit-Reset` counts in differs from service to service unless it is a moment.
            let counted = |value| span(value).filter(|_| family != "x-ratelimit");
            let after = || span(named("-reset-after", "")?);
            let full_at = named("-reset", "").and_then(|value| moment(value).or(counted(value)));
            left(value, named("-limit", "")?, full_at.or_else(after), now_ms)
        }
        _ => {
            let bucket = rest.strip_prefix("-remaining-")?;
            let full_at = named("-reset-", bucket).and_then(span);
            left(value, named("-limit-", bucket)?, full_at, now_ms)
        }
    }
}

/// `"burst";r=50;t=30, "daily";r=100;t=3600`, with `"burst";q=100;w=60` in `RateLimit-Policy`. Up to its seventh version the draft
/// wrote one window, as `limit=100, remaining=50, reset=12`.
fn structured(headers: &Headers, family: &str, value: &str, now_ms: u64) -> Option<Left> {
    let whole = || {
        let full_at = parameter(value, "reset").and_then(span);
        left(parameter(value, "remaining")?, parameter(value, "limit")?, full_at, now_ms)
    };
    let name = |window: &str| window.split(';').next().unwrap_or_default().trim().to_owned();
    let policies = || other(headers, &[family, "-policy"]).unwrap_or_default().split(',');
    let windows = value.split(',').filter_map(|window| {
        let remaining = parameter(window, "r")?;
        let policy = policies().find(|policy| name(policy) == name(window))?;
        left(remaining, parameter(policy, "q")?, parameter(window, "t").and_then(span), now_ms)
    });
    windows.min_by(|a, b| a.share().total_cmp(&b.share())).or_else(whole)
}

/// None where a number is missing, the limit is a placeholder, or it is full again already.
fn left(remaining: &str, limit: &str, full_at: Option<Hint>, now_ms: u64) -> Option<Left> {
    let whole = |text: &str| Some(seconds(text.split(',').next()?)? as u64);
    let full_at_ms = full_at.map(|hint| match hint {
        Hint::Span(ms) => now_ms.saturating_add(ms),
        Hint::Moment(at_ms) => at_ms,
    });
    let told = Left { remaining: whole(remaining)?, limit: whole(limit)?, full_at_ms };
    (told.limit > 0 && full_at_ms.is_none_or(|at_ms| at_ms > now_ms)).then_some(told)
}

/// A header whose name is given in parts.
fn other<'a>(headers: &'a Headers, name: &[&str]) -> Option<&'a str> {
    headers.get(&name.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_711_483_140_000;

    fn of(pairs: &[(&str, &str)]) -> Option<(u64, u64, Option<u64>)> {
        let headers = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let Left { remaining, limit, full_at_ms } = scarcest(&headers, NOW)?;
        Some((remaining, limit, full_at_ms.map(|at_ms| at_ms - NOW)))
    }

    #[test]
    fn every_dialect_of_allowances() {
        let openai = [
            ("x-ratelimit-limit-requests", "500"),
            ("x-ratelimit-remaining-requests", "499"),
            ("x-ratelimit-reset-requests", "120ms"),
            ("x-ratelimit-limit-tokens", "30000"),
            ("x-ratelimit-remaining-tokens", "1500"),
            ("x-ratelimit-reset-tokens", "57.2s"),
        ];
        assert_eq!(of(&openai), Some((1_500, 30_000, Some(57_200))));
        let anthropic = [
            ("anthropic-ratelimit-requests-limit", "50"),
            ("anthropic-ratelimit-requests-remaining", "49"),
            ("anthropic-ratelimit-requests-reset", "2024-03-26T19:59:01Z"),
            ("anthropic-ratelimit-input-tokens-limit", "40000"),
            ("anthropic-ratelimit-input-tokens-remaining", "1000"),
            ("anthropic-ratelimit-input-tokens-reset", "2024-03-26T20:00:00Z"),
        ];
        assert_eq!(of(&anthropic), Some((1_000, 40_000, Some(60_000))));
        let azure = [
            ("x-ratelimit-limit-tokens", "1000"),
            ("x-ratelimit-remaining-tokens", "10"),
            ("x-ratelimit-reset-tokens", "7"),
        ];
        assert_eq!(of(&azure), Some((10, 1_000, Some(7_000))));
        let openrouter = [
            ("x-ratelimit-limit", "20"),
            ("x-ratelimit-remaining", "1"),
            ("x-ratelimit-reset", "1711483200000"),
        ];
        assert_eq!(of(&openrouter), Some((1, 20, Some(60_000))));
    }

    #[test]
    fn both_drafts_of_the_ietf() {
        let fields = [
            ("ratelimit", "\"burst\";r=50;t=30, \"daily\";r=10;t=3600"),
            ("ratelimit-policy", "\"burst\";q=100;w=60, \"daily\";q=1000;w=86400"),
        ];
        assert_eq!(of(&fields), Some((10, 1_000, Some(3_600_000))));
        let one = [("ratelimit", "limit=100, remaining=5, reset=12")];
        assert_eq!(of(&one), Some((5, 100, Some(12_000))));
        let apart =
            [("ratelimit-limit", "100"), ("ratelimit-remaining", "4"), ("ratelimit-reset", "9")];
        assert_eq!(of(&apart), Some((4, 100, Some(9_000))));
    }

    /// A reset whose unit nobody knows tells no end.
    #[test]
    fn half_told_limits_are_none() {
        for pairs in [
            &[][..],
            &[("x-ratelimit-remaining-tokens", "5")],
            &[("x-ratelimit-remaining-tokens", "-1"), ("x-ratelimit-limit-tokens", "-1")],
            &[("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-limit-tokens", "0")],
            &[("ratelimit", "\"burst\";r=50;t=30")],
            &[("ratelimit", "r"), ("ratelimit-policy", "q=")],
            &[
                ("x-ratelimit-remaining-tokens", "0"),
                ("x-ratelimit-limit-tokens", "9"),
                ("x-ratelimit-reset-tokens", "0"),
            ],
        ] {
            assert_eq!(of(pairs), None, "{pairs:?}");
        }
        let unknown = [
            ("x-ratelimit-limit", "20"),
            ("x-ratelimit-remaining", "1"),
            ("x-ratelimit-reset", "60"),
        ];
        assert_eq!(of(&unknown), Some((1, 20, None)));
    }
}
