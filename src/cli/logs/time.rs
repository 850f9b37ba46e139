//! Times as logs write them, with or without a zone, with or without a year.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAY_MS: i64 = 86_400_000;

/// A moment that a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Milliseconds since 1970.
    pub(super) ms: i64,
    /// Whether the line said in which zone.
    pub(super) zoned: bool,
    /// Whether the line said in which year.
    pub(super) dated: bool,
}

/// What is assumed where a line leaves it open.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    zone: TimeZone,
    now_ms: i64,
}

/// A time zone by its name in the IANA database, or as an offset such as `+02:00`.
pub(super) fn zone(name: &str) -> Result<TimeZone, &'static str> {
    const WRONG: &str = "command_wrong_zone";
    let mut at = Cursor::new(name.as_bytes());
    match at.offset() {
        Some(seconds) if at.is_done() => {
            Offset::from_seconds(seconds).map(Offset::to_time_zone).map_err(|_| WRONG)
        }
        _ => TimeZone::get(name).map_err(|_| WRONG),
    }
}

impl Clock {
    pub(super) fn new(zone: TimeZone, now_ms: i64) -> Self {
        Self { zone, now_ms }
    }

    /// The time at the start of a text, and how long it is, brackets included.
    pub(super) fn leading(&self, text: &str) -> Option<(Stamp, usize)> {
        let bytes = text.as_bytes();
        let open = usize::from(bytes.first() == Some(&b'['));
        let mut at = Cursor::new(bytes.get(open..)?);
        let stamp = self.read(&mut at)?;
        let mut end = open + at.at;
        if open == 1 {
            end += usize::from(bytes.get(end) == Some(&b']'));
        }
        Some((stamp, end))
    }

    /// A time that is a whole value.
    pub(super) fn value(&self, text: &str) -> Option<Stamp> {
        match text.trim().parse::<f64>() {
            Ok(number) => epoch(number),
            Err(_) => self.leading(text.trim()).map(|(stamp, _)| stamp),
        }
    }

    fn read(&self, at: &mut Cursor<'_>) -> Option<Stamp> {
        let start = at.at;
        for form in [Self::iso, Self::common_log, Self::month_first] {
            at.at = start;
            if let Some(stamp) = form(self, at) {
                return Some(stamp);
            }
        }
        None
    }

    /// `2026-11-28T10:00:00.123Z`, `2026-11-28 10:00:00,123`, `2026/11/28 10:00:00`.
    fn iso(&self, at: &mut Cursor<'_>) -> Option<Stamp> {
        let year = at.number(4)?;
        let mark = at.one_of(b"-/")?;
        let month = at.number(2)?;
        (at.one_of(b"-/")? == mark).then_some(())?;
        let day = at.number(2)?;
        at.one_of(b"T _")?;
        let (time, ms) = at.clock()?;
        let offset = at.offset();
        self.stamp(year, month, day, time, ms, offset, true)
    }

    /// `28/Nov/2026:10:00:00 +0000`.
    fn common_log(&self, at: &mut Cursor<'_>) -> Option<Stamp> {
        let day = at.number(2)?;
        at.one_of(b"/")?;
        let month = at.month()?;
        at.one_of(b"/")?;
        let year = at.number(4)?;
        at.one_of(b":")?;
        let (time, ms) = at.clock()?;
        let offset = at.offset();
        self.stamp(year, month, day, time, ms, offset, true)
    }

    /// `Nov 28 10:00:00` of RFC 3164, `Sat Nov 28 10:00:00.123456 2026` of Apache.
    fn month_first(&self, at: &mut Cursor<'_>) -> Option<Stamp> {
        let month = at.month().or_else(|| {
            at.weekday()?;
            at.one_of(b" ")?;
            at.month()
        })?;
        at.one_of(b" ")?;
        at.one_of(b" ");
        let day = at.number(2).or_else(|| at.number(1))?;
        at.one_of(b" ")?;
        let (time, ms) = at.clock()?;
        let before_year = at.at;
        let year = at.one_of(b" ").and_then(|_| at.number(4));
        let is_year = year.is_some_and(|year| (1990..2200).contains(&year));
        if let Some(year) = year.filter(|_| is_year) {
            return self.stamp(year, month, day, time, ms, None, true);
        }
        at.at = before_year;
        let this_year = Timestamp::from_millisecond(self.now_ms).ok()?.to_zoned(self.zone.clone());
        let year = i32::from(this_year.year());
        // A log is of the past: a day that is still to come was in the last year.
        [year, year - 1].into_iter().find_map(|year| {
            let stamp = self.stamp(year, month, day, time, ms, None, false)?;
            (stamp.ms <= self.now_ms + DAY_MS).then_some(stamp)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a time")]
    fn stamp(
        &self,
        year: i32,
        month: i32,
        day: i32,
        [hour, minute, second]: [i32; 3],
        ms: i32,
        offset: Option<i32>,
        dated: bool,
    ) -> Option<Stamp> {
        let part = |number: i32| i8::try_from(number).ok();
        let year = i16::try_from(year).ok()?;
        // A leap second is told as the one before it.
        let second = part(second.min(59))?;
        let time = DateTime::new(
            year,
            part(month)?,
            part(day)?,
            part(hour)?,
            part(minute)?,
            second,
            ms * 1_000_000,
        );
        let zone = if offset.is_some() { &TimeZone::UTC } else { &self.zone };
        let moment = zone.to_timestamp(time.ok()?).ok()?.as_millisecond();
        let ms = moment - i64::from(offset.unwrap_or(0)) * 1_000;
        Some(Stamp { ms, zoned: offset.is_some(), dated })
    }
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970: which, their size tells.
pub(super) fn epoch(number: f64) -> Option<Stamp> {
    const SECONDS_IN_5000: f64 = 1e11;
    let ms = match number {
        n if !(1e8..1e20).contains(&n) => return None,
        n if n < SECONDS_IN_5000 => n * 1e3,
        n if n < SECONDS_IN_5000 * 1e3 => n,
        n if n < SECONDS_IN_5000 * 1e6 => n / 1e3,
        n => n / 1e6,
    };
    Some(Stamp { ms: ms as i64, zoned: true, dated: true })
}

/// A moment as `2026-11-28 10:00:00` UTC.
pub(super) fn utc(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn one_of(&mut self, set: &[u8]) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        set.contains(&byte).then(|| self.at += 1)?;
        Some(byte)
    }

    fn number(&mut self, digits: usize) -> Option<i32> {
        let text = self.bytes.get(self.at..self.at + digits)?;
        text.iter().all(u8::is_ascii_digit).then_some(())?;
        self.at += digits;
        Some(text.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0')))
    }

    fn word(&mut self) -> Option<String> {
        let word = self.bytes.get(self.at..self.at + 3)?.to_ascii_lowercase();
        String::from_utf8(word).ok()
    }

    fn month(&mut self) -> Option<i32> {
        let word = self.word()?;
        let at = MONTHS.iter().position(|month| *month == word)?;
        self.at += 3;
        i32::try_from(at + 1).ok()
    }

    fn weekday(&mut self) -> Option<()> {
        let word = self.word()?;
        let known = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&word.as_str());
        known.then(|| self.at += 3)
    }

    /// `10:00:00`, and a fraction of a second after a point or a comma, in milliseconds.
    fn clock(&mut self) -> Option<([i32; 3], i32)> {
        let hour = self.number(2)?;
        self.one_of(b":")?;
        let minute = self.number(2)?;
        self.one_of(b":")?;
        let second = self.number(2)?;
        let mut ms = 0;
        if matches!(self.bytes.get(self.at..), Some([b'.' | b',', digit, ..]) if digit.is_ascii_digit())
        {
            self.at += 1;
            let mut worth = 100;
            while let Some(digit) = self.number(1) {
                ms += digit * worth;
                worth /= 10;
            }
        }
        Some(([hour, minute, second], ms))
    }

    /// `Z`, ` UTC`, ` GMT`, `+02:00`, ` -0800`: seconds east of Greenwich. Leaves everything else where it is.
    fn offset(&mut self) -> Option<i32> {
        let start = self.at;
        let found = self.offset_here();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn offset_here(&mut self) -> Option<i32> {
        if self.one_of(b"Z").is_some() {
            return Some(0);
        }
        self.one_of(b" ");
        if self.word().is_some_and(|word| word == "utc" || word == "gmt") {
            self.at += 3;
            return Some(0);
        }
        let sign = if self.one_of(b"+-")? == b'+' { 1 } else { -1 };
        let hours = self.number(2)?;
        self.one_of(b":");
        let minutes = self.number(2).unwrap_or(0);
        (hours <= 14 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(zone_name: &str, text: &str) -> Option<Stamp> {
        // 2026-11-29T12:00:00Z
        Clock::new(zone(zone_name).unwrap(), 1_795_953_600_000).value(text)
    }

    #[test]
    fn usual_forms_name_one_moment() {
        for text in [
            "2026-11-28T10:00:00Z",
            "2026-11-28T12:00:00.000+02:00",
            "2026-11-28 02:00:00,000 -0800",
            "2026-11-28 10:00:00 UTC",
            "[28/Nov/2026:10:00:00 +0000]",
            "1795860000",
            "1795860000.000",
            "1795860000000",
            "1795860000000000",
            "1795860000000000000",
        ] {
            let stamp = read("Asia/Tokyo", text).unwrap();
            assert_eq!((stamp.ms, stamp.zoned), (1_795_860_000_000, true), "{text}");
        }
    }

    /// The given zone, with its summer time, stands in for the one that is missing.
    #[test]
    fn missing_zone_is_the_given_one() {
        for text in ["2026/11/28 11:00:00", "Nov 28 11:00:00", "[Sat Nov 28 11:00:00.000001 2026]"]
        {
            let stamp = read("Europe/Berlin", text).unwrap();
            assert_eq!((stamp.ms, stamp.zoned), (1_795_860_000_000, false), "{text}");
        }
        assert_eq!(
            utc(read("Europe/Berlin", "2026-07-01 12:00:00").unwrap().ms),
            "2026-07-01 10:00:00"
        );
        assert_eq!(read("+01:00", "Nov 28 11:00:00").unwrap().ms, 1_795_860_000_000);
    }

    #[test]
    fn missing_year_is_never_ahead() {
        assert_eq!(utc(read("UTC", "Dec 24 10:00:00").unwrap().ms), "2025-12-24 10:00:00");
        assert_eq!(utc(read("UTC", "Nov  1 10:00:00").unwrap().ms), "2026-11-01 10:00:00");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "[",
            "2026-13-01T00:00:00Z",
            "10:00:00",
            "Nov",
            "29/Feb/2026:10:00:00",
            "7",
            "Nov 31 1:0",
        ] {
            assert_eq!(read("UTC", text), None, "{text}");
        }
        assert!(zone("Middle/Earth").is_err() && zone("+99:00").is_err());
    }
}
