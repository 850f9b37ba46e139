//! The notations of time in headers and answers, read without a calendar library: the wasm pays for every byte.

/// Beyond any time that is read, in milliseconds: what is later or longer is this.
pub(super) const FAR_MS: u64 = 1_000_000_000_000_000;

/// A plain decimal number: no sign, no exponent, no NaN; infinite when it is too large. Without the library's reader, whose
/// tables weigh 12 KB.
pub(in crate::classify) fn seconds(text: &str) -> Option<f64> {
    /// Digits of a fraction beyond these are below any clock's.
    const FINEST: f64 = 1e15;
    let text = text.trim();
    let (mut number, mut scale) = (0.0, 1.0);
    let (mut has_digit, mut is_fraction) = (false, false);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                has_digit = true;
                if is_fraction && scale >= FINEST {
                    continue;
                }
                number = number * 10.0 + f64::from(byte - b'0');
                scale *= if is_fraction { 10.0 } else { 1.0 };
            }
            b'.' if !is_fraction => is_fraction = true,
            _ => return None,
        }
    }
    has_digit.then_some(number / scale)
}

/// Whole milliseconds, rounded up so that nobody comes back too early.
pub(super) fn to_ms(seconds: f64) -> u64 {
    // A thousandth of a millisecond is noise of the binary fraction.
    ((seconds * 1_000.0 - 1e-3).ceil().max(0.0) as u64).min(FAR_MS)
}

/// A duration in Go's notation or protobuf's: `6m0s`, `1.2s`, `120ms`, `19h14m47s`.
pub(super) fn duration(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().position(|byte| !(byte.is_ascii_digit() || byte == b'.'))?;
        let (number, tail) = rest.split_at(digits);
        let letters = tail.bytes().position(|b| b.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        total += seconds(number)? * unit_seconds(unit)?;
        rest = tail;
    }
    Some(to_ms(total))
}

/// Seconds of a unit of time, by any of its English names.
pub(super) fn unit_seconds(unit: &str) -> Option<f64> {
    const UNITS: &[(&[&str], f64)] = &[
        (&["s", "sec", "secs", "second", "seconds", "second(s)"], 1.0),
        (&["ms", "msec", "msecs", "millisecond", "milliseconds"], 1e-3),
        (&["m", "min", "mins", "minute", "minutes", "minute(s)"], 60.0),
        (&["h", "hr", "hrs", "hour", "hours", "hour(s)"], 3_600.0),
        (&["d", "day", "days", "day(s)"], 86_400.0),
        (&["w", "week", "weeks"], 604_800.0),
        (&["us", "µs", "μs"], 1e-6),
        (&["ns"], 1e-9),
    ];
    UNITS
        .iter()
        .find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(unit)))
        .map(|(_, seconds)| *seconds)
}

/// A moment as seconds, or thousandths, millionths or billionths of them, since 1970; smaller numbers are spans of an unknown
/// unit.
pub(super) fn at_epoch(text: &str) -> Option<u64> {
    let number = seconds(text)?;
    let in_seconds = match number {
        ..1e9 => return None,
        ..1e12 => number,
        ..1e15 => number / 1e3,
        ..1e18 => number / 1e6,
        _ => number / 1e9,
    };
    Some(to_ms(in_seconds))
}

/// `2024-03-26T20:00:00Z`, with fractions, offsets or a blank for the `T`; a date alone is its midnight in UTC.
pub fn rfc3339(text: &str) -> Option<u64> {
    let text = text.trim();
    let (date, time) = match text.get(..10)? {
        date if text.len() == 10 => (date, "00:00Z"),
        date => {
            (date, text.get(11..).filter(|_| matches!(text.as_bytes()[10], b'T' | b't' | b' '))?)
        }
    };
    let mut parts = date.split('-');
    let mut number = |digits| parts.next().filter(|part| part.len() == digits)?.parse().ok();
    let midnight = civil(number(4)?, number(2)?, number(2)?)?;
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    let offset_ms = match zone.as_bytes().first() {
        None | Some(b'Z' | b'z') => 0,
        Some(sign) => {
            let ms = i64::try_from(clock_time(&zone[1..])?).ok()?;
            if *sign == b'-' { ms } else { -ms }
        }
    };
    midnight.checked_add(clock_time(time)?)?.checked_add_signed(offset_ms)
}

/// The three forms of RFC 9110: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994`.
pub fn http_date(text: &str) -> Option<u64> {
    let mut words = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty() && *word != "GMT" && *word != "UTC");
    let mut next = || words.next();
    let (_weekday, one, two, three, four) = (next()?, next()?, next()?, next()?, next()?);
    let (day, name, year, time) = match month(one) {
        Some(_) => (two, one, four, three),
        None => (one, two, three, four),
    };
    let digits = year.bytes().all(|byte| byte.is_ascii_digit());
    let year = match (year.len(), digits.then(|| year.parse().unwrap_or(LAST_YEAR))?) {
        (4, year) => year,
        (2, year @ 0..70) => 2_000 + year,
        (2, year) => 1_900 + year,
        (5.., _) => LAST_YEAR,
        _ => return None,
    };
    civil(year, month(name)?, day.parse().ok()?)?.checked_add(clock_time(time)?)
}

/// No calendar here goes further.
const LAST_YEAR: u64 = 9_999;

fn month(name: &str) -> Option<u64> {
    const NAMES: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let at = (name.len() == 3).then(|| NAMES.find(name))??;
    (at % 3 == 0).then_some(at as u64 / 3 + 1)
}

/// Milliseconds of `08:49`, `08:49:37` or `08:49:37.25`.
pub(super) fn clock_time(text: &str) -> Option<u64> {
    let mut parts = text.trim().split(':');
    let (hours, minutes) = (parts.next()?, parts.next()?);
    let whole = |text: &str, limit: u64| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u64>().ok())?.filter(|&number| number < limit)
    };
    let rest = parts.next().map_or(Some(0.0), seconds).filter(|&rest| rest < 61.0)?;
    parts.next().is_none().then_some(())?;
    Some(whole(hours, 24)? * 3_600_000 + whole(minutes, 60)? * 60_000 + to_ms(rest))
}

/// Milliseconds from 1970 to the midnight that begins a day of the Gregorian calendar.
fn civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let longest = match month {
        2 => 28 + u64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1970..=LAST_YEAR).contains(&year) || !(1..=longest).contains(&day) {
        return None;
    }
    // Years begin in March here, so that the leap day comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    const DAYS_TO_1970: u64 = 719_469;
    days.checked_sub(DAYS_TO_1970).map(|days| days * 86_400_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_http_date_forms_agree() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(http_date(text), Some(784_111_777_000), "{text}");
        }
        let last = http_date("Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(last, Some(253_402_300_799_000));
        assert_eq!(http_date("Fri, 31 Dec 123456789012345678901 23:59:59 GMT"), last);
        for text in
            ["", "Sun, 06 Nov", "Sun, 31 Feb 2024 00:00:00 GMT", "Sun, 06 Nov 1994 25:00:00 GMT"]
        {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    /// Fractions of a second are read too.
    #[test]
    fn rfc_3339_dates_with_their_offsets() {
        for (text, ms) in [
            ("2024-03-26T20:00:00Z", 1_711_483_200_000),
            ("2024-03-26T22:00:00.500+02:00", 1_711_483_200_500),
            ("2024-03-26 15:00:00-05:00", 1_711_483_200_000),
            ("2024-02-29", 1_709_164_800_000),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-12-31T23:59:59Z", 978_307_199_000),
        ] {
            assert_eq!(rfc3339(text), Some(ms), "{text}");
        }
        for text in [
            "2023-02-29",
            "2024-13-01",
            "24-03-26T20:00:00Z",
            "2024-03-26T",
            "2024-03-26Tx",
            "ééééé",
            "1970-01-01T00:00:00+05:00",
        ] {
            assert_eq!(rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn durations_in_go_notation() {
        for (text, ms) in [
            ("6m0s", 360_000),
            ("1s", 1_000),
            ("120ms", 120),
            ("7.66s", 7_660),
            ("2m59.56s", 179_560),
            ("1h2m3s", 3_723_000),
            ("0.539477544s", 540),
            ("19h14m47s", 69_287_000),
            ("0s", 0),
        ] {
            assert_eq!(duration(text), Some(ms), "{text}");
        }
        assert_eq!(duration("99999999999999999999s"), Some(FAR_MS));
        assert_eq!(duration(&["9".repeat(400), "s".into()].concat()), Some(FAR_MS));
        for text in ["", "s", "6", "-1s", "1.2.3s", "NaNs", "1e9s", "6m0", "6 m"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn small_number_is_no_moment() {
        assert_eq!(at_epoch("1790354400"), Some(1_790_354_400_000));
        for text in ["1741305600000", "1741305600000000", "1741305600000000000"] {
            assert_eq!(at_epoch(text), Some(1_741_305_600_000), "{text}");
        }
        assert_eq!(at_epoch("999999999999999999999999999999"), Some(FAR_MS));
        for text in ["0", "60", "86400", "11.38", "-1790354400", "inf"] {
            assert_eq!(at_epoch(text), None, "{text}");
        }
    }
}
