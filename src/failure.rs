//! What was seen of a failed call: facts only, no opinion.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How far the call had come when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The request could not be built; nothing was sent.
    Before,
    /// Sent or being sent; no response headers yet.
    Request,
    /// Headers arrived and the body was being read.
    Response,
    /// The answer was being streamed.
    Stream,
}

/// Who made the call. The browser treats the same failure differently in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// The extension's own service worker.
    Worker,
    /// A page of the extension.
    ExtensionPage,
    /// A content script, which has the page's rights.
    ContentScript,
    /// A web page.
    Page,
    /// Not a browser: a script, a server, a command.
    Native,
}

/// What had arrived of a streamed answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Received {
    /// Characters of answer text that arrived.
    pub chars: u64,
    /// Whether the protocol's own end mark was seen.
    pub ended: bool,
}

/// One failed call as it was seen. Every field may be missing; a field that is present is a fact.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Failure {
    /// Id of the service that was called, when the caller knows it (`openai`, `anthropic`, …).
    pub provider: Option<String>,
    /// The address that was called. Its query may hold secrets: never show or keep it whole.
    pub url: Option<String>,
    /// HTTP method.
    pub method: Option<String>,
    /// HTTP status, 100 to 599.
    pub status: Option<u16>,
    /// Response headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The raw answer: text, JSON, HTML or an event stream, perhaps cut.
    pub body: Option<String>,
    /// Name of the exception (`TypeError`, `AbortError`, …).
    pub error_name: Option<String>,
    /// Text of the exception, or anything that a person saw or pasted, in any language.
    pub message: Option<String>,
    /// The browser's own name for a network error, as `net::ERR_…`.
    pub net_error: Option<String>,
    /// `webRequest` events of the call in order: `before_request`, `before_redirect`, `headers_received`,
    /// `response_started`, `completed`, `error`; those of a CORS preflight with the prefix `preflight:`.
    /// Absent when nothing was watching; present and empty when the watcher saw nothing.
    pub trail: Option<Vec<String>>,
    /// How far the call had come.
    pub stage: Option<Stage>,
    /// What had arrived of a streamed answer.
    pub stream: Option<Received>,
    /// Whether the caller itself cancelled.
    pub aborted: Option<bool>,
    /// `navigator.onLine` when it failed. `true` proves nothing.
    pub online: Option<bool>,
    /// Whether the extension holds permission for the host.
    pub site_access: Option<bool>,
    /// Whether a proxy is configured.
    pub proxy: Option<bool>,
    /// Who made the call.
    pub context: Option<Context>,
    /// Milliseconds from the call to the failure.
    pub elapsed_ms: Option<u64>,
    /// Wall clock at the failure, milliseconds since 1970. Dates in answers are read against it.
    pub now_ms: Option<u64>,
    /// Which attempt this was, counted from 1.
    pub attempt: Option<u32>,
}

impl Failure {
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
        })
    }

    /// A failure of which only a text is known: what a person saw or pasted.
    #[must_use]
    pub fn from_message(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..Self::default() }
    }

    /// Value of a response header; `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// Host of the called address, without user, port, path or query.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        let rest = self.url.as_deref()?.split_once("://")?.1;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let host = if host.starts_with('[') {
            host.split_inclusive(']').next()?
        } else {
            host.split(':').next()?
        };
        (!host.is_empty()).then_some(host)
    }
}

fn headers(value: &Value) -> BTreeMap<String, String> {
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
        _ => BTreeMap::new(),
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

    #[test]
    fn fields_of_an_unexpected_type_are_converted_or_left_out() {
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

    #[test]
    fn the_host_is_found_without_user_port_or_query() {
        let host = |url: &str| {
            Failure { url: Some(url.into()), ..Failure::default() }.host().map(String::from)
        };
        assert_eq!(
            host("https://me:secret@api.openai.com:443/v1?key=1").as_deref(),
            Some("api.openai.com")
        );
        assert_eq!(host("http://[::1]:11434/api/chat").as_deref(), Some("[::1]"));
        assert_eq!(host("no address"), None);
        assert_eq!(host("https:///v1"), None);
    }
}
