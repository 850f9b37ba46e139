//! A length of time as people write it.

use std::{fmt, time::Duration};

use serde::{Deserialize, Deserializer, de};

/// A length of time between a millisecond and a day: `500ms`, `30s`, `5m`, `1h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span(pub(super) Duration);

impl Span {
    pub(super) const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    pub(super) fn ms(self) -> u64 {
        u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX)
    }

    /// Reads one; `None` for what is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let at = text.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, unit) = text.split_at(at);
        let unit_ms = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => return None,
        };
        let ms = number.parse::<u64>().ok()?.checked_mul(unit_ms)?;
        (1..=86_400_000).contains(&ms).then(|| Self(Duration::from_millis(ms)))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ms() {
            ms if ms % 1_000 != 0 => write!(f, "{ms}ms"),
            ms if ms % 60_000 != 0 => write!(f, "{}s", ms / 1_000),
            ms if ms % 3_600_000 != 0 => write!(f, "{}m", ms / 60_000),
            ms => write!(f, "{}h", ms / 3_600_000),
        }
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Self::read(&text).ok_or_else(|| {
            de::Error::custom("not a time, expected one between 1ms and 24h, such as 30s or 5m")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn times_are_read_and_shown() {
        for text in ["1ms", "1500ms", "30s", "90s", "5m", "24h"] {
            assert_eq!(Span::read(text).map(|span| span.to_string()).as_deref(), Some(text));
        }
        for wrong in ["", "5", "s", "0s", "25h", "-1s", "1.5s", "5 m", "99999999999999999999h"] {
            assert_eq!(Span::read(wrong), None, "{wrong}");
        }
    }
}
