//! Times as people say them: a wait in one unit, a moment by the clock of the reader. Pure: no clock is read.

use crate::messages::Messages;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A wait, rounded up: told too long it costs a moment, told too short it costs another refusal.
pub fn wait(ms: u64, messages: &dyn Messages) -> String {
    let (unit, name) = unit(ms);
    count(ms.div_ceil(unit).max(1), name, messages)
}

/// How long something took, rounded to the nearest.
pub(super) fn elapsed(ms: u64, messages: &dyn Messages) -> String {
    if ms < SECOND {
        return messages.get("duration_milliseconds", &[&ms.to_string()]);
    }
    let (unit, name) = unit(ms);
    count(ms / unit + u64::from(ms % unit >= unit / 2), name, messages)
}

/// A moment given in milliseconds since 1970, rounded up to the minute, within a sentence: "at 14:05".
pub fn moment(ms: u64, messages: &dyn Messages) -> String {
    let (told, is_today) = dated(minute_after(ms), messages);
    messages.get(if is_today { "moment_today" } else { "moment_date" }, &[&told])
}

/// As [`moment`], behind "until": "14:05".
pub fn end(ms: u64, messages: &dyn Messages) -> String {
    dated(minute_after(ms), messages).0
}

/// A moment that is over, given in milliseconds since 1970, as it stands alone: "14:05".
pub fn clock(ms: u64, messages: &dyn Messages) -> String {
    dated(ms, messages).0
}

fn dated(ms: u64, messages: &dyn Messages) -> (String, bool) {
    messages.moment(ms).unwrap_or_else(|| (utc(ms), false))
}

const fn minute_after(ms: u64) -> u64 {
    ms.div_ceil(MINUTE).saturating_mul(MINUTE)
}

/// A moment given in milliseconds since 1970, as `2026-01-31 14:05 UTC`.
fn utc(ms: u64) -> String {
    let minutes = ms / MINUTE;
    let (year, month, day) = date(minutes / (24 * 60));
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

/// A moment given in milliseconds since 1970, as `2026-01-31T14:05:09.250Z`.
pub fn iso(ms: u64) -> String {
    let (seconds, rest) = (ms / SECOND, ms % SECOND);
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z")
}

/// The largest unit of which there are at least two, so that rounding moves little.
fn unit(ms: u64) -> (u64, &'static str) {
    match ms {
        _ if ms >= 2 * DAY => (DAY, "duration_days"),
        _ if ms >= 2 * HOUR => (HOUR, "duration_hours"),
        _ if ms >= 2 * MINUTE => (MINUTE, "duration_minutes"),
        _ => (SECOND, "duration_seconds"),
    }
}

fn count(number: u64, name: &str, messages: &dyn Messages) -> String {
    // A whole larger unit reads better than sixty of a smaller one.
    let (number, name) = match (number, name) {
        (60, "duration_seconds") => (1, "duration_minutes"),
        (60, "duration_minutes") => (1, "duration_hours"),
        (24, "duration_hours") => (1, "duration_days"),
        same => same,
    };
    messages.count(name, number)
}

/// The Gregorian date of a day counted from 1970-01-01, with years that begin in March so that leap days come last.
fn date(day: u64) -> (u64, u64, u64) {
    const DAYS_BEFORE_1970: u64 = 719_468;
    const DAYS_IN_400_YEARS: u64 = 146_097;
    let day = day + DAYS_BEFORE_1970;
    let (era, day) = (day / DAYS_IN_400_YEARS, day % DAYS_IN_400_YEARS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next_year, month, day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Catalogue;

    /// A wait is told in one unit and never too short.
    #[test]
    fn waits_round_up_in_one_unit() {
        let messages = Catalogue::english();
        for (ms, told) in [
            (0, "1 second"),
            (340, "1 second"),
            (20_000, "20 seconds"),
            (20_001, "21 seconds"),
            (60_000, "1 minute"),
            (90_000, "90 seconds"),
            (578_016, "10 minutes"),
            (3_600_000, "1 hour"),
            (13_262_000, "4 hours"),
            (86_400_000, "1 day"),
            (6 * 86_400_000 + 1, "7 days"),
        ] {
            assert_eq!(wait(ms, &messages), told, "{ms} ms");
        }
        assert!(wait(u64::MAX, &messages).ends_with(" days"));
    }

    #[test]
    fn elapsed_time_rounds_to_nearest() {
        let messages = Catalogue::english();
        assert_eq!(elapsed(340, &messages), "340 ms");
        assert_eq!(elapsed(20_400, &messages), "20 seconds");
        assert_eq!(elapsed(119_900, &messages), "120 seconds");
    }

    #[test]
    fn an_instant_has_its_milliseconds() {
        assert_eq!(iso(1_700_000_000_042), "2023-11-14T22:13:20.042Z");
    }

    #[test]
    fn moments_are_gregorian_dates_in_utc() {
        assert_eq!(utc(0), "1970-01-01 00:00 UTC");
        assert_eq!(utc(1_709_164_800_000), "2024-02-29 00:00 UTC");
        assert_eq!(utc(4_107_542_340_000), "2100-02-28 23:59 UTC");
        assert_eq!(utc(4_107_542_400_000), "2100-03-01 00:00 UTC");
        assert!(utc(u64::MAX).ends_with(" UTC"));
    }

    #[test]
    fn moments_round_up_to_the_minute() {
        let messages = Catalogue::english();
        assert_eq!(moment(1_700_000_000_000, &messages), "on 2023-11-14 22:14 UTC");
        assert!(moment(u64::MAX, &messages).ends_with(" UTC"));
    }

    struct Clock;

    impl Messages for Clock {
        fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
            Some(format!("{key} {}", arguments.join(" ")))
        }

        fn moment(&self, ms: u64) -> Option<(String, bool)> {
            Some((format!("minute {}", ms / MINUTE), ms < HOUR))
        }
    }

    #[test]
    fn the_reader_may_have_a_clock() {
        assert_eq!(moment(61_000, &Clock), "moment_today minute 2");
        assert_eq!(moment(HOUR, &Clock), "moment_date minute 60");
        assert_eq!([end(61_000, &Clock), clock(61_000, &Clock)], ["minute 2", "minute 1"]);
    }
}
