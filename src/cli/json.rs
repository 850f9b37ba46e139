//! One failure from one line of JSON, as programs really write it.

use serde_json::Value;
use unstuck_diagnose::{Failure, Messages};

/// Reads a failure, or says why the line is none.
pub(super) fn read_failure(line: &str, messages: &dyn Messages) -> Result<Failure, String> {
    let value =
        parse(line).map_err(|error| messages.get("command_not_json", &[&error.to_string()]))?;
    Failure::from_json(&value).ok_or_else(|| messages.get("command_not_object", &[]))
}

/// Parses JSON, reading half a surrogate pair as U+FFFD: JavaScript and Python write one where a text was cut
/// inside an emoji, and the rest of the line is still worth reading.
pub(super) fn parse(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text).or_else(|error| match without_half_pairs(text) {
        Some(mended) => serde_json::from_str(&mended),
        None => Err(error),
    })
}

fn without_half_pairs(text: &str) -> Option<String> {
    let mut mended = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                found = true;
                mended.push_str("\\ufffd");
                rest = &escape[6..];
                continue;
            }
            (Some(_), _) => 6,
            // Whatever follows the backslash belongs to it, another backslash above all.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        mended.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    mended.push_str(rest);
    found.then_some(mended)
}

/// The UTF-16 unit that an escape at the start of the text stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogate_keeps_the_line() {
        let told = |text: &str| parse(text).unwrap()["body"].as_str().unwrap().to_owned();
        assert_eq!(told(r#"{"body":"cut \ud83d"}"#), "cut \u{fffd}");
        assert_eq!(told(r#"{"body":"\ude00 \ud83d\ud83d\ude00 \u00e9"}"#), "\u{fffd} \u{fffd}😀 é");
        assert_eq!(told(r#"{"body":"\\ud83d \ud83d"}"#), "\\ud83d \u{fffd}");
    }

    #[test]
    fn what_is_not_json_stays_refused() {
        for text in ["", "\\", "\\ud83d", "{\"body\":\"\\u12", "{\"body\":\"\\é"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
