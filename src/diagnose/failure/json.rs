//! A failure from JSON as people and programs write it.

use serde::Deserialize;
use serde_json::Value;

use super::{Context, Failure, Headers, Limit, Probes, Received, Stage};

impl Failure {
    /// What was pasted: a failure as JSON, or else the text or answer of a failure.
    #[must_use]
    pub fn from_pasted(text: &str) -> Self {
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(map))
                if map.keys().all(|key| Self::FIELDS.contains(&key.as_str())) =>
            {
                Self::from_json(&Value::Object(map)).unwrap_or_default()
            }
            Ok(Value::Object(_)) => Self { body: Some(text.to_owned()), ..Self::default() },
            _ => Self::from_message(text),
        }
    }

    /// Reads a failure from a JSON value, taking every field that can be understood: numbers written as text,
    /// a body given as an object and header values that are not text are converted, the rest is left out.
    ///
    /// Returns `None` when the value is not an object.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let map = value.as_object()?;
        let text = |key: &str| map.get(key).and_then(as_text);
        let number = |key: &str| map.get(key).and_then(as_number);
        let flag = |key: &str| map.get(key).and_then(Value::as_bool);
        Some(Self {
            provider: text("provider"),
            url: text("url"),
            method: text("method"),
            status: number("status")
                .and_then(|n| u16::try_from(n).ok())
                .filter(|n| (100..600).contains(n)),
            headers: map.get("headers").map(headers).unwrap_or_default(),
            body: text("body"),
            error_name: text("error_name"),
            message: text("message"),
            net_error: text("net_error"),
            close_code: number("close_code").and_then(|n| u16::try_from(n).ok()),
            trail: map
                .get("trail")
                .and_then(Value::as_array)
                .map(|events| events.iter().filter_map(as_text).collect()),
            stage: map.get("stage").and_then(|v| Stage::deserialize(v).ok()),
            stream: map.get("stream").and_then(Value::as_object).map(|stream| Received {
                chars: stream.get("chars").and_then(as_number).unwrap_or_default(),
                ended: stream.get("ended").and_then(Value::as_bool).unwrap_or_default(),
            }),
            aborted: flag("aborted"),
            online: flag("online"),
            site_access: flag("site_access"),
            proxy: flag("proxy"),
            context: map.get("context").and_then(|v| Context::deserialize(v).ok()),
            elapsed_ms: number("elapsed_ms"),
            now_ms: number("now_ms"),
            attempt: number("attempt").and_then(|n| u32::try_from(n).ok()),
            probes: map.get("probes").and_then(|v| Probes::deserialize(v).ok()),
            #[cfg(feature = "workspace")]
            timeline: map.get("timeline").and_then(|v| super::Timeline::deserialize(v).ok()),
            limit: map.get("limit").and_then(|v| Limit::deserialize(v).ok()),
        })
    }
}

fn headers(value: &Value) -> Headers {
    let pair =
        |(name, value): (&String, &Value)| Some((name.to_ascii_lowercase(), as_text(value)?));
    match value {
        Value::Object(map) => map.iter().filter_map(pair).collect(),
        Value::Array(rows) => rows
            .iter()
            .filter_map(|row| {
                Some((row.get(0)?.as_str()?.to_ascii_lowercase(), as_text(row.get(1)?)?))
            })
            .collect(),
        _ => Headers::default(),
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) if parts.iter().all(Value::is_string) => {
            Some(parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
        }
        other => Some(other.to_string()),
    }
}

fn as_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            // Clocks and timers in JavaScript are floating point.
            number
                .as_f64()
                .filter(|n| n.is_finite() && (0.0..=9.0e15).contains(n))
                .map(|n| n as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A JSON object with keys of its own is an answer, not a failure in our notation.
    #[test]
    fn foreign_keys_mark_a_response_body() {
        let answer = r#"{"message":"too long","code":"context_length_exceeded"}"#;
        assert_eq!(Failure::from_pasted(answer).body.as_deref(), Some(answer));
        assert_eq!(Failure::from_pasted(r#"{"status":429,"message":"x"}"#).status, Some(429));
        assert_eq!(Failure::from_pasted("{cut").message.as_deref(), Some("{cut"));
    }

    #[test]
    fn json_names_match_the_type() {
        let written = serde_json::to_value(Failure::default()).unwrap();
        let mut names: Vec<_> = written.as_object().unwrap().keys().map(String::as_str).collect();
        let mut listed = Failure::FIELDS.to_vec();
        names.sort_unstable();
        listed.sort_unstable();
        assert_eq!(names, listed);
    }

    #[test]
    fn wrong_json_types_convert_or_drop() {
        let failure = Failure::from_json(&json!({
            "status": "429", "headers": {"Retry-After": 20, "X": null}, "body": {"error": "x"},
            "elapsed_ms": 12.7, "aborted": "no", "stage": "nowhere", "trail": ["error", 1], "now_ms": -4
        }))
        .unwrap();
        assert_eq!(failure.status, Some(429));
        assert_eq!(failure.header("retry-after"), Some("20"));
        assert_eq!(failure.headers.len(), 1);
        assert_eq!(failure.body.as_deref(), Some(r#"{"error":"x"}"#));
        assert_eq!(failure.elapsed_ms, Some(12));
        assert_eq!((failure.aborted, failure.stage, failure.now_ms), (None, None, None));
        assert_eq!(failure.trail.unwrap(), ["error", "1"]);
        assert_eq!(Failure::from_json(&json!([])), None);
    }
}
