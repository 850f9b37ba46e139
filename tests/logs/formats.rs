//! One failed call as programs write it into their logs.

use serde_json::{Value, json};

use crate::{
    lab::{End, Seen},
    sdk::raised,
};

/// Every line names this request.
pub(crate) const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const ISO: &str = "2026-11-28T10:00:00.000Z";
const MS: u64 = 1_795_860_000_000;

/// A format, and how a failed call looks in it; nothing where it cannot hold the failure.
pub(crate) type Format = (&'static str, fn(&Call) -> Option<String>);

/// Formats of programs, of shippers, of runtimes and of servers.
pub(crate) const FORMATS: [Format; 20] = [
    ("python traceback", |call| Some(call.traceback())),
    ("python logging json", |call| {
        Some(json!({
        "asctime": "2026-11-28 10:00:00,000", "levelname": "ERROR", "name": "app", "message": "draft failed", "trace_id": ID,
        "exc_info": call.traceback_alone(),
    }).to_string())
    }),
    ("pino", |call| {
        Some(json!({
        "level": 50, "time": MS, "pid": 31, "hostname": "app-1", "reqId": ID, "err": call.node(), "msg": "draft failed",
    }).to_string())
    }),
    ("winston", |call| {
        Some(json!({
        "level": "error", "message": call.text(), "timestamp": ISO, "requestId": ID, "status": call.status(), "url": call.url,
        "response": { "body": call.body(), "headers": call.headers() }, "stack": call.node()["stack"],
    }).to_string())
    }),
    ("opentelemetry", |call| {
        Some(json!({ "resourceLogs": [{
        "resource": { "attributes": [{ "key": "service.name", "value": { "stringValue": "app" } }] },
        "scopeLogs": [{ "logRecords": [{
            "timeUnixNano": (MS * 1_000_000).to_string(), "severityNumber": 17, "severityText": "ERROR", "traceId": ID,
            "body": { "stringValue": call.text() },
            "attributes": [
                { "key": "exception.type", "value": { "stringValue": call.class } },
                { "key": "http.response.status_code", "value": { "intValue": call.seen.status.to_string() } },
                { "key": "url.full", "value": { "stringValue": call.url } },
                { "key": "http.response.body.content", "value": { "stringValue": call.seen.body } },
            ],
        }] }],
    }] }).to_string())
    }),
    ("ecs", |call| {
        Some(json!({
        "@timestamp": ISO, "log.level": "error", "message": "draft failed", "ecs.version": "8.11.0", "trace.id": ID,
        "url": { "full": call.url }, "http": { "response": { "status_code": call.status(), "body": { "content": call.body() } } },
        "error": { "type": call.class, "message": call.text() },
    }).to_string())
    }),
    ("litellm", |call| {
        Some(json!({
        "id": "chatcmpl-1", "trace_id": ID, "call_type": "acompletion", "status": "failure", "model": "gpt-4o",
        "custom_llm_provider": call.provider, "api_base": call.url, "startTime": 1_795_859_999.0, "endTime": 1_795_860_000.0,
        "error_str": call.text(),
        "error_information": { "error_code": call.seen.status.to_string(), "error_class": call.class, "llm_provider": call.provider, "error_message": call.text() },
    }).to_string())
    }),
    ("datadog", |call| {
        Some(json!({
        "timestamp": ISO, "status": "error", "service": "app", "message": "draft failed", "dd": { "trace_id": ID },
        "http": { "status_code": call.status(), "url": call.url }, "error": { "kind": call.class, "message": call.text(), "stack": call.node()["stack"] },
    }).to_string())
    }),
    ("splunk", |call| {
        Some(
            json!({ "preview": false, "result": {
        "_time": ISO, "host": "app-1", "source": "/var/log/app.log", "_raw": call.plain(),
    } })
            .to_string(),
        )
    }),
    ("elastic", |call| {
        Some(json!({ "_index": "logs-app", "_id": "1", "_source": {
        "@timestamp": ISO, "log": { "level": "error" }, "message": call.text(), "trace": { "id": ID }, "error": { "type": call.class },
        "http": { "response": { "status_code": call.status(), "body": { "content": call.body() } } }, "url": { "full": call.url },
    } }).to_string())
    }),
    ("journal", |call| {
        Some(json!({
        "__REALTIME_TIMESTAMP": (MS * 1_000).to_string(), "PRIORITY": "3", "_PID": "31", "SYSLOG_IDENTIFIER": "app", "MESSAGE": call.plain(),
    }).to_string())
    }),
    ("docker", |call| {
        Some(
            json!({ "log": format!("{}\n", call.plain()), "stream": "stderr", "time": ISO })
                .to_string(),
        )
    }),
    ("cri", |call| Some(format!("2026-11-28T10:00:00.000000000Z stderr F {}", call.plain()))),
    ("syslog 3164", |call| Some(format!("<27>Nov 28 10:00:00 app-1 app[31]: {}", call.plain()))),
    ("syslog 5424", |call| {
        Some(format!("<27>1 {ISO} app-1 app 31 - [x@1 a=\"b\"] {}", call.plain()))
    }),
    ("logfmt", |call| {
        Some(format!(
            "time={ISO} level=error msg=\"draft failed\" trace_id={ID} status={} url={} err={}",
            call.seen.status,
            call.url,
            Value::from(call.text()),
        ))
    }),
    ("har", |call| Some(call.har())),
    ("nginx access", |call| call.access("nginx")),
    ("apache access", |call| call.access("apache")),
    ("nginx error", |call| call.nginx_error()),
];

/// One failed call, and what a client library makes of it.
pub(crate) struct Call<'a> {
    pub(crate) seen: &'a Seen,
    provider: &'static str,
    url: &'static str,
    class: String,
    message: String,
    led_by: Option<String>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(seen: &'a Seen) -> Self {
        const WEB: [&str; 6] = [
            "session_expired",
            "session_forbidden",
            "unauthorized_text",
            "usage_cap",
            "one_at_a_time",
            "guarded",
        ];
        let (provider, url) = match seen.name.as_str() {
            name if WEB.contains(&name) || name.starts_with("web_") => {
                ("chatgpt_web", "https://chatgpt.com/backend-api/conversation")
            }
            "origin_not_allowed" => ("ollama", "http://127.0.0.1:11434/api/chat"),
            name if name.starts_with("ollama") => ("ollama", "http://127.0.0.1:11434/api/chat"),
            name if name.starts_with("anthropic") || name == "overloaded_529" => {
                ("anthropic", "https://api.anthropic.com/v1/messages")
            }
            name if name.starts_with("gemini") => (
                "gemini",
                "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent",
            ),
            _ => ("openai", "https://api.openai.com/v1/chat/completions"),
        };
        let (class, message, led_by) = raised(seen);
        Self { seen, provider, url, class: class.to_owned(), message, led_by }
    }

    fn status(&self) -> Option<u16> {
        Some(self.seen.status).filter(|status| *status > 0)
    }

    fn body(&self) -> Option<&str> {
        Some(self.seen.body.as_str()).filter(|_| self.seen.status > 0)
    }

    fn headers(&self) -> Value {
        let pairs = self
            .seen
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())));
        Value::Object(pairs.collect())
    }

    /// The error as Node's `openai` and pino's serializer leave it.
    fn node(&self) -> Value {
        let mut error = json!({
            "type": self.class, "message": self.text(), "stack": format!("{}: {}\n    at APIError.generate (file:///app/node_modules/openai/core/error.mjs:57:20)", self.class, self.message),
        });
        if let Some(status) = self.status() {
            error["status"] = status.into();
            error["headers"] = self.headers();
            error["error"] = serde_json::from_str(&self.seen.body)
                .unwrap_or_else(|_| self.seen.body.as_str().into());
            error["config"] = json!({ "url": self.url });
        }
        error
    }

    /// The text, and what led to it.
    fn text(&self) -> String {
        match &self.led_by {
            Some(by) => format!("{} {by}", self.message),
            None => self.message.clone(),
        }
    }

    /// One line of a program's own, as containers and syslog carry it.
    fn plain(&self) -> String {
        let line = self.text().split_whitespace().collect::<Vec<_>>().join(" ");
        format!(
            "{ISO} ERROR app: POST {} failed trace_id={ID} openai.{}: {line}",
            self.url, self.class
        )
    }

    fn traceback_alone(&self) -> String {
        let frames = "Traceback (most recent call last):
  File \"/usr/lib/python3/httpx/_transports/default.py\", line 101, in map_httpcore_exceptions
    yield
";
        let led_by = self.led_by.as_ref().map_or_else(String::new, |by| {
            format!(
                "{frames}{by}

The above exception was the direct cause of the following exception:

"
            )
        });
        format!("{led_by}{frames}openai.{}: {}", self.class, self.message)
    }

    fn traceback(&self) -> String {
        format!(
            "2026-11-28 10:00:00,000 ERROR app: POST {} failed trace_id={ID}\n{}",
            self.url,
            self.traceback_alone()
        )
    }

    /// The line of a server before the service: it has a status, and no words.
    fn access(&self, server: &str) -> Option<String> {
        let status = self.status().filter(|status| *status >= 400).or(
            match (self.seen.status, self.seen.end) {
                // What a proxy answers itself when the service does not.
                (0, End::Silent) => Some(504),
                (0, _) => Some(502),
                _ => None,
            },
        )?;
        let more = if server == "nginx" { format!(" request_id={ID}") } else { String::new() };
        let path = if server == "nginx" {
            "/v1/chat/completions".to_owned()
        } else {
            format!("/v1/chat/completions?request_id={ID}")
        };
        Some(format!(
            "10.0.0.7 - - [28/Nov/2026:10:00:00 +0000] \"POST {path} HTTP/1.1\" {status} 157 \"-\" \"OpenAI/Python 2.8.0\"{more}"
        ))
    }

    /// nginx writes only of a service that gave no answer, or no good one.
    fn nginx_error(&self) -> Option<String> {
        let (level, what) = match (self.seen.status, self.seen.end) {
            (0, End::Silent) => (
                "error",
                "upstream timed out (110: Connection timed out) while reading response header from upstream",
            ),
            (0, End::Reset) => (
                "error",
                "recv() failed (104: Connection reset by peer) while reading response header from upstream",
            ),
            (0, _) if self.seen.junk.is_empty() => (
                "error",
                "upstream prematurely closed connection while reading response header from upstream",
            ),
            (0, _) => (
                "error",
                "upstream sent no valid HTTP/1.0 header while reading response header from upstream",
            ),
            (_, End::Silent) if !self.seen.is_whole() => {
                ("error", "upstream timed out (110: Connection timed out) while reading upstream")
            }
            (200, End::Reset) => {
                ("error", "recv() failed (104: Connection reset by peer) while reading upstream")
            }
            (200, End::Closed) if !self.seen.is_whole() => {
                ("error", "upstream prematurely closed connection while reading upstream")
            }
            _ => return None,
        };
        Some(format!(
            "2026/11/28 10:00:00 [{level}] 31#31: *5 {what}, client: 10.0.0.7, server: ai.example, request: \"POST /v1/chat/completions?request_id={ID} HTTP/1.1\", upstream: \"https://162.159.140.245:443/v1/chat/completions\", host: \"ai.example\""
        ))
    }

    /// What Chrome saves: a whole file for one call.
    fn har(&self) -> String {
        let seen = self.seen;
        let net_error = match (seen.status, seen.end) {
            (0, End::Silent) => Some("net::ERR_TIMED_OUT"),
            (0, End::Reset) => Some("net::ERR_CONNECTION_RESET"),
            (0, _) if seen.junk.is_empty() => Some("net::ERR_EMPTY_RESPONSE"),
            (0, _) => Some("net::ERR_INVALID_HTTP_RESPONSE"),
            (200, End::Reset) => Some("net::ERR_CONNECTION_RESET"),
            (200, End::Silent) if !seen.is_whole() => Some("net::ERR_TIMED_OUT"),
            _ => match seen.name.as_str() {
                "length_mismatch" => Some("net::ERR_CONTENT_LENGTH_MISMATCH"),
                "stream_truncated" => Some("net::ERR_INCOMPLETE_CHUNKED_ENCODING"),
                "bad_chunk" => Some("net::ERR_INVALID_CHUNKED_ENCODING"),
                "two_lengths" => Some("net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH"),
                "two_locations" => Some("net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"),
                "huge_header" => Some("net::ERR_RESPONSE_HEADERS_TOO_BIG"),
                "false_gzip" => Some("net::ERR_CONTENT_DECODING_FAILED"),
                "redirect_loop" => Some("net::ERR_TOO_MANY_REDIRECTS"),
                "redirect_invalid" => Some("net::ERR_INVALID_REDIRECT"),
                "redirect_data" | "redirect_scheme" | "redirect_unsafe" => {
                    Some("net::ERR_UNSAFE_REDIRECT")
                }
                _ => None,
            },
        };
        let headers: Vec<_> = seen
            .headers
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        json!({ "log": { "version": "1.2", "creator": { "name": "WebInspector", "version": "537.36" }, "entries": [{
            "startedDateTime": ISO, "time": 800.0,
            "request": { "method": "POST", "url": self.url, "headers": [{ "name": "X-Request-Id", "value": ID }] },
            "response": { "status": seen.status, "headers": headers, "content": { "text": seen.body }, "_error": net_error },
        }] } }).to_string()
    }
}
