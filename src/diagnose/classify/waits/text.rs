//! The wait in a sentence: "try again in 9m38.016s", "Resets in 2 days", "regain access on 2026-09-01 at 00:00 UTC".

use super::time::{clock_time, duration, rfc3339, seconds, to_ms, unit_seconds};
use crate::classify::Scan;

/// One hint: a span, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Span(u64),
    Moment(u64),
}

/// A wait stands at most this many words after the word that announces it.
const REACH: u8 = 6;
/// Azure names a whole day when a deployment has no quota at all.
const NO_QUOTA_MS: u64 = 86_400_000;

/// The first wait or date that follows an announcement such as "try again" or "resets", within its sentence.
pub(super) fn hint(scan: &Scan) -> Option<Hint> {
    if !WORDS.iter().any(|word| scan.says(word)) {
        return None;
    }
    let mut words = scan.raw.split_ascii_whitespace();
    let mut reach = 0_u8;
    while let Some(word) = words.next() {
        if announces(word) {
            reach = REACH;
        } else if reach > 0 {
            reach -= 1;
            let bare = trimmed(word);
            let wait = || moment(bare, words.clone()).or_else(|| span(bare, words.clone()));
            if let Some(hint) = can_be_wait(bare).then(wait).flatten() {
                return Some(hint);
            }
        }
        if reach > 0 && ends_sentence(word) {
            reach = 0;
        }
    }
    None
}

/// Whether the hint is the one that Azure gives when there is no quota.
pub(super) fn says_no_quota(text: &str, hint: Option<Hint>) -> bool {
    hint == Some(Hint::Span(NO_QUOTA_MS)) && text.contains("86400 second")
}

/// The words that announce a wait.
const WORDS: [&str; 12] = [
    "again",
    "retry",
    "retrying",
    "reset",
    "resets",
    "wait",
    "waiting",
    "access",
    "available",
    "clears",
    "renews",
    "refreshes",
];

fn announces(word: &str) -> bool {
    let word = word.as_bytes();
    let Some(start) = word.iter().take(8).position(u8::is_ascii_alphabetic) else { return false };
    let word = &word[start..];
    // Most words are out at their first letter.
    if !matches!(word[0] | 0x20, b'a' | b'c' | b'r' | b'w') {
        return false;
    }
    let end = word.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(word.len());
    WORDS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(&word[..end]))
}

/// `9m38.016s`, `20 seconds`, `1 hour and 30 minutes`, `one minute`.
fn span<'a>(first: &'a str, rest: impl Iterator<Item = &'a str>) -> Option<Hint> {
    let mut total = None;
    let mut words =
        std::iter::once(first).chain(rest).filter(|word| !word.eq_ignore_ascii_case("and"));
    while let Some(word) = words.next() {
        let bare = trimmed(word);
        let part = match (duration(bare), count(bare)) {
            (Some(ms), _) => ms,
            (None, Some(count)) => {
                let unit = words.next().unwrap_or_default();
                let Some(seconds) = unit_seconds(trimmed(unit)) else { break };
                let ms = to_ms(count * seconds);
                if ends_sentence(unit) {
                    return Some(Hint::Span(ms.saturating_add(total.unwrap_or_default())));
                }
                ms
            }
            (None, None) => break,
        };
        total = Some(part.saturating_add(total.unwrap_or_default()));
        if ends_sentence(word) {
            break;
        }
    }
    total.map(Hint::Span)
}

fn count(word: &str) -> Option<f64> {
    match word {
        "one" | "One" => Some(1.0),
        _ => seconds(word),
    }
}

/// `2026-09-01T00:00:00Z`, or a date with a time of day after it: `2026-09-01 at 00:00 UTC`.
fn moment<'a>(first: &str, rest: impl Iterator<Item = &'a str>) -> Option<Hint> {
    let day = rfc3339(first)?;
    let time = rest
        .map(trimmed)
        .find(|word| !word.eq_ignore_ascii_case("at"))
        .filter(|_| first.len() == 10)
        .and_then(clock_time);
    Some(Hint::Moment(day.checked_add(time.unwrap_or_default())?))
}

fn can_be_wait(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) || word.eq_ignore_ascii_case("one")
}

/// The word without the punctuation, quotes and escapes around it.
fn trimmed(word: &str) -> &str {
    let bytes = word.as_bytes();
    let start = bytes.iter().position(|&b| is_letter_or_digit(b) || b == b'-');
    let word = &word[start.unwrap_or(bytes.len())..];
    let bytes = word.as_bytes();
    let end = bytes.iter().position(|b| matches!(b, b'"' | b'\\' | b'\'' | b'`' | b',' | b';'));
    let bytes = &bytes[..end.unwrap_or(bytes.len())];
    let last = bytes.iter().rposition(|&b| is_letter_or_digit(b) || b == b')');
    let mut word = &word[..last.map_or(0, |last| last + 1)];
    while let Some(inner) = word.strip_suffix("))") {
        word = inner;
    }
    word
}

/// Outside ASCII everything passes for a letter here: Unicode's own tables weigh 3 KB and would change no reading.
const fn is_letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn ends_sentence(word: &str) -> bool {
    let bytes = word.as_bytes();
    matches!(bytes.last(), Some(b'.' | b'!' | b'?'))
        || bytes.contains(&b'"')
        || bytes.windows(2).any(|pair| pair == br"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::waits::time::FAR_MS;

    #[test]
    fn waits_in_sentences_are_read() {
        for (text, ms) in [
            ("Please try again in 9m38.016s. Visit https://x", 578_016),
            ("Please try again in 174ms.", 174),
            ("Please try again in 3.89s", 3_890),
            ("Rate limit is exceeded. Try again in 20 seconds.", 20_000),
            ("limit: 2\\nPlease retry in 44.097740004s.\\\", \\\"details", 44_098),
            ("Please retry after 33 seconds. Please go here", 33_000),
            ("max RPM: 3, please try again after 1 seconds", 1_000),
            ("Your quota will reset after 19h14m47s.", 69_287_000),
            ("Your quota will reset after 0s.", 0),
            ("429 Weekly usage limit reached. Resets in 2 days.", 172_800_000),
            ("Please wait 1 hour", 3_600_000),
            ("You can try again in about 5 minutes", 300_000),
            ("retry after 1 hour and 30 minutes", 5_400_000),
            ("or wait one minute.", 60_000),
            ("ClinePass limit resets in 12h, please try again later", 43_200_000),
            ("('retry in 900.2ms')", 901),
            ("retry in 99999999999999999999999999999999999 s", FAR_MS),
            ("Please try again in 99999999999999999999h", FAR_MS),
        ] {
            assert_eq!(hint(&Scan::of(&[text])), Some(Hint::Span(ms)), "{text}");
        }
    }

    #[test]
    fn dates_in_sentences_are_moments() {
        for (text, at) in [
            ("You will regain access on 2026-09-01 at 00:00 UTC.", 1_788_220_800_000),
            ("Access resets at 2026-09-01T12:00:00Z", 1_788_264_000_000),
            ("Try again on 2026-09-01.", 1_788_220_800_000),
        ] {
            assert_eq!(hint(&Scan::of(&[text])), Some(Hint::Moment(at)), "{text}");
        }
    }

    #[test]
    fn numbers_without_wait_are_ignored() {
        for text in [
            "Too many requests in 1 hour. Try again later.",
            "This model was retrained 3 days ago",
            "Retry your request with the ID or ARN",
            "Please try again. It took 20 seconds.",
            "You may retry 3 times",
            "wait",
            "try again in -5 seconds",
            "try again in NaN seconds",
            "limited to 1000 API calls / month",
        ] {
            assert_eq!(hint(&Scan::of(&[text])), None, "{text}");
        }
    }

    /// Azure asks for a day of patience where there is no quota at all.
    #[test]
    fn azure_day_means_no_quota() {
        let no_quota = |text| says_no_quota(text, hint(&Scan::of(&[text])));
        assert!(no_quota("pricing tier. Please retry after 86400 seconds. Please go here"));
        assert!(!no_quota("Please retry after 60 seconds. A day has 86400 seconds."));
        assert!(!no_quota("resets in 24 hours"));
    }
}
