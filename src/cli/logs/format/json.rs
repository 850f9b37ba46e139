//! Entries that are JSON objects: the names of OpenTelemetry, ECS, pino, winston, Python, LiteLLM, Datadog, Splunk, Elastic
//! and the journal.

use serde_json::{Map, Value};
use unstuck_diagnose::{Failure, Headers};

use super::fields::{Fields, as_text};
use crate::logs::{
    ids::{self, Id},
    record::{Level, Record},
    time::{Clock, Stamp, epoch},
};

const TIME: &[&str] = &[
    "@timestamp",
    "timestamp",
    "time",
    "ts",
    "Timestamp",
    "timeUnixNano",
    "asctime",
    "__REALTIME_TIMESTAMP",
    "_time",
    "datetime",
    "date",
    "endTime",
    "end_time",
    "startTime",
    "eventTime",
    "created",
    "time.timestamp",
    "observedTimeUnixNano",
];
const LEVEL: &[&str] = &[
    "log.level",
    "level.name",
    "level",
    "levelname",
    "severity_text",
    "severityText",
    "SeverityText",
    "severity",
    "lvl",
    "status",
];
const MESSAGE: &[&str] = &[
    "message",
    "msg",
    "body",
    "Body",
    "MESSAGE",
    "event",
    "text",
    "log",
    "error_str",
    "record.message",
];
const ERROR_NAME: &[&str] = &[
    "exception.type",
    "error.type",
    "err.type",
    "error.name",
    "err.name",
    "error.kind",
    "exc_type",
    "exception_class",
    "error_information.error_class",
    "error_class",
];
const ERROR_TEXT: &[&str] = &[
    "exception.message",
    "error.message",
    "err.message",
    "error_information.error_message",
    "error_message",
    "error.msg",
    "error_str",
    "reason",
    "detail",
    "exc_info",
    "exception",
    "error",
    "err",
];
const ERROR_CODE: &[&str] =
    &["err.code", "error.code", "code", "err.cause.code", "error.cause.code", "errno"];
const STACK: &[&str] = &[
    "exception.stacktrace",
    "error.stack_trace",
    "error.stack",
    "err.stack",
    "stack",
    "stack_info",
    "error_information.traceback",
];
const STATUS: &[&str] = &[
    "http.response.status_code",
    "http.status_code",
    "http_status",
    "status_code",
    "statusCode",
    "res.statusCode",
    "response.status_code",
    "response.status",
    "response.statusCode",
    "err.status",
    "err.statusCode",
    "err.status_code",
    "err.response.status",
    "error.status",
    "error.status_code",
    "error.statusCode",
    "error_information.error_code",
    "exception_status",
    "http.status",
    "status",
    "code",
    "error_code",
];
const ANSWER: &[&str] = &[
    "http.response.body.content",
    "response_body",
    "response.body",
    "responseBody",
    "err.response.data",
    "err.responseBody",
    "error.response.body",
    "err.error",
    "error.body",
    "err.body",
];
const HEADERS: &[&str] = &[
    "response.headers",
    "res.headers",
    "err.headers",
    "err.response.headers",
    "response_headers",
    "http.response.headers",
];
const ADDRESS: &[&str] = &[
    "url.full",
    "http.url",
    "api_base",
    "hidden_params.api_base",
    "err.config.url",
    "request.url",
    "req.url",
    "http.request.url",
    "url",
    "uri",
    "endpoint",
    "base_url",
];
const HOST: &[&str] =
    &["server.address", "net.peer.name", "http.host", "peer.service", "url.domain"];
const PROVIDER: &[&str] = &[
    "gen_ai.provider.name",
    "gen_ai.system",
    "custom_llm_provider",
    "error_information.llm_provider",
    "llm_provider",
    "provider",
];
const IDS: &[&str] = &[
    "trace_id",
    "traceId",
    "TraceId",
    "traceid",
    "trace.id",
    "otelTraceID",
    "dd.trace_id",
    "request_id",
    "requestId",
    "http.request.id",
    "reqId",
    "req.id",
    "req_id",
    "x-request-id",
    "x_request_id",
    "req.headers.x-request-id",
    "correlation_id",
    "correlationId",
    "litellm_trace_id",
    "litellm_call_id",
    "err.request_id",
    "err.requestID",
    "error.request_id",
    "cf-ray",
    "cf_ray",
    "response.headers.x-request-id",
    "res.headers.x-request-id",
    "err.headers.x-request-id",
    "err.headers.request-id",
    "response.headers.cf-ray",
    "err.headers.cf-ray",
];
const DURATION_MS: &[&str] =
    &["elapsed_ms", "duration_ms", "responseTime", "latency_ms", "response_time_ms"];
/// Fields in which libraries put nothing but errors.
const FAILURES: &[&str] = &[
    "exception.type",
    "exception.message",
    "exc_info",
    "err",
    "error_information.error_class",
    "error.stack_trace",
    "exception",
];

/// What an object around the entry holds: the entry itself, as a text or as an object.
const WRAPPED: &[&str] = &["_raw", "result", "_source", "MESSAGE", "log"];

/// What a line of JSON holds.
pub(super) enum Found {
    /// One entry or, from OTLP, several.
    Records(Vec<Record>),
    /// A line of another format within, with what is known around it.
    Inner { text: String, stamp: Option<Stamp>, level: Level, ids: Vec<Id> },
}

/// Reads an object.
pub(super) fn read(object: &Map<String, Value>, clock: &Clock) -> Found {
    if let Some(batches) = object.get("resourceLogs").and_then(Value::as_array) {
        return Found::Records(otlp(batches).iter().map(|entry| record(entry, clock)).collect());
    }
    for name in WRAPPED {
        match object.get(*name) {
            // ECS has its level in an object of this name.
            Some(Value::Object(inner)) if *name != "log" => {
                let outer = stamp(&Fields::new(object), clock);
                return match read(inner, clock) {
                    Found::Records(records) => {
                        let within = |record: Record| record.within(outer, Level::Unsaid);
                        Found::Records(records.into_iter().map(within).collect())
                    }
                    inner => inner,
                };
            }
            Some(value @ (Value::String(_) | Value::Array(_))) => {
                let fields = Fields::new(object);
                let level = match fields.number(&["PRIORITY"], 0.0..8.0) {
                    Some(priority) => Level::of_syslog(priority as u8),
                    None => level(&fields),
                };
                return Found::Inner {
                    text: as_text(value),
                    stamp: stamp(&fields, clock),
                    level,
                    ids: ids_of(&fields),
                };
            }
            _ => {}
        }
    }
    Found::Records(vec![record(object, clock)])
}

/// Reads an object that wraps no other line.
pub(super) fn record(object: &Map<String, Value>, clock: &Clock) -> Record {
    let fields = Fields::new(object);
    let known = Record {
        stamp: stamp(&fields, clock),
        level: level(&fields),
        ids: ids_of(&fields),
        tells_failure: fields.first(FAILURES).is_some(),
        facts: Failure {
            provider: fields.text(PROVIDER),
            url: address(&fields),
            status: fields.number(STATUS, 100.0..600.0).map(|status| status as u16),
            ..Failure::default()
        },
    };
    let is_quiet = matches!(known.level, Level::Info | Level::Debug) && !known.tells_failure;
    if is_quiet && known.facts.status.is_some_and(|status| status < 400) {
        return known;
    }
    with_words(known, &fields)
}

fn address(fields: &Fields<'_>) -> Option<String> {
    let url = fields.text(ADDRESS).filter(|url| url.contains("://"));
    url.or_else(|| Some(format!("https://{}/", fields.text(HOST)?)))
}

/// Adds what the entry says in words.
fn with_words(mut known: Record, fields: &Fields<'_>) -> Record {
    let mut message = fields.text(MESSAGE).unwrap_or_default();
    let code = fields.text(ERROR_CODE).filter(|code| code.parse::<f64>().is_err());
    let told = fields.text(ERROR_TEXT).map(|text| super::text::without_frames(&text));
    let told = told.or_else(|| stack(fields));
    for more in [code, told].into_iter().flatten() {
        if !message.contains(&more) {
            message = if message.is_empty() { more } else { [&message, ": ", &more].concat() };
        }
    }
    ids::find(&message, &mut known.ids);
    let facts = &mut known.facts;
    facts.status = facts.status.or_else(|| super::text::status(&message));
    facts.headers = fields.first(HEADERS).and_then(headers).unwrap_or_default();
    facts.body = fields.text(ANSWER);
    facts.error_name =
        fields.text(ERROR_NAME).filter(|name| name.len() <= 200 && !name.contains(' '));
    facts.message = Some(message).filter(|text| !text.is_empty());
    facts.elapsed_ms = fields.number(DURATION_MS, 0.0..1e12).map(|ms| ms as u64);
    known
}

/// The lines of a stack that name exceptions.
fn stack(fields: &Fields<'_>) -> Option<String> {
    let stack = fields.text(STACK)?;
    Some(super::text::without_frames(&stack)).filter(|text| !text.is_empty())
}

fn ids_of(fields: &Fields<'_>) -> Vec<Id> {
    let mut ids = Vec::new();
    for name in IDS {
        if let Some(text) = fields.text(&[name]) {
            ids::add(&mut ids, Id::new(name, &text));
        }
    }
    ids
}

fn stamp(fields: &Fields<'_>, clock: &Clock) -> Option<Stamp> {
    TIME.iter().find_map(|path| match fields.first(&[path])? {
        Value::Number(number) => epoch(number.as_f64()?),
        Value::String(text) => clock.value(text),
        _ => None,
    })
}

fn level(fields: &Fields<'_>) -> Level {
    let named = LEVEL.iter().find_map(|path| Level::named(&fields.text(&[path])?));
    named.unwrap_or_else(|| {
        match fields
            .number(&["severityNumber", "severity_number", "SeverityNumber", "PRIORITY"], 0.0..25.0)
        {
            Some(n) if fields.first(&["PRIORITY"]).is_some() => Level::of_syslog(n as u8),
            Some(n) if n >= 17.0 => Level::Error,
            Some(n) if n >= 13.0 => Level::Warning,
            Some(n) if n >= 9.0 => Level::Info,
            Some(n) if n >= 1.0 => Level::Debug,
            _ => Level::Unsaid,
        }
    })
}

fn headers(value: &Value) -> Option<Headers> {
    let pairs = value.as_object()?.iter();
    Some(Headers::of_answer(
        pairs.map(|(name, value)| (name.to_ascii_lowercase(), as_text(value))).collect(),
    ))
}

/// The entries of an OTLP batch, attributes as plain fields.
fn otlp(batches: &[Value]) -> Vec<Map<String, Value>> {
    let list = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let mut entries = Vec::new();
    for batch in batches {
        let resource =
            batch.get("resource").map(|resource| list(resource, "attributes")).unwrap_or_default();
        for record in list(batch, "scopeLogs").iter().flat_map(|scope| list(scope, "logRecords")) {
            let Value::Object(mut entry) = record else { continue };
            let own = entry.remove("attributes");
            let own = own.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
            for attribute in resource.iter().chain(&own) {
                if let (Some(key), Some(value)) =
                    (attribute["key"].as_str(), attribute.get("value"))
                {
                    entry.insert(key.to_owned(), value.clone());
                }
            }
            entries.push(entry);
        }
    }
    entries
}
