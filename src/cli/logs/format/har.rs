//! HAR files: what a browser's developer tools save.

use serde::Deserialize;
use serde_json::Value;
use unstuck_diagnose::{Failure, Headers};

use crate::logs::{
    ids::{self, Id},
    record::{Level, Record},
    time::Clock,
};

/// The longest HAR file that is read, in bytes: it is one JSON value, and has to be in memory as a whole.
pub(in crate::logs) const LONGEST: u64 = 48 << 20;

#[derive(Deserialize)]
struct File {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    started_date_time: String,
    #[serde(default)]
    time: f64,
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<Pair>,
    #[serde(default)]
    content: Content,
    #[serde(rename = "_error")]
    error: Option<Value>,
}

#[derive(Default, Deserialize)]
struct Content {
    text: Option<String>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    value: String,
}

/// Whether an input begins as a HAR file does.
pub(in crate::logs) fn is_har(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let mut rest = start.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
    b"{\"log\":{".iter().all(|byte| rest.next() == Some(*byte))
}

/// Every entry, in the order of the file.
pub(in crate::logs) fn read(bytes: &[u8], clock: &Clock) -> Result<Vec<Record>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let file: File = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    Ok(file.log.entries.into_iter().map(|entry| record(entry, clock)).collect())
}

fn record(entry: Entry, clock: &Clock) -> Record {
    let Entry { started_date_time, time, request, response } = entry;
    let mut found = Vec::new();
    for pair in request.headers.iter().chain(&response.headers) {
        let name = pair.name.to_ascii_lowercase();
        if [
            "x-request-id",
            "request-id",
            "cf-ray",
            "traceparent",
            "x-amzn-requestid",
            "apim-request-id",
        ]
        .contains(&name.as_str())
        {
            // The trace is the second part of `00-<trace>-<span>-<flags>`.
            let text = if name == "traceparent" {
                pair.value.split('-').nth(1).unwrap_or("")
            } else {
                &pair.value
            };
            ids::add(&mut found, Id::new(&name, text));
        }
    }
    let headers =
        response.headers.into_iter().map(|pair| (pair.name.to_ascii_lowercase(), pair.value));
    let status = u16::try_from(response.status).ok().filter(|status| (100..600).contains(status));
    let net_error =
        response.error.as_ref().and_then(Value::as_str).filter(|error| !error.is_empty());
    let stamp = clock.value(&started_date_time).map(|mut stamp| {
        stamp.ms += time.max(0.0) as i64;
        stamp
    });
    Record {
        stamp,
        level: Level::Unsaid,
        ids: found,
        tells_failure: net_error.is_some() || status.is_none(),
        facts: Failure {
            url: Some(request.url),
            method: Some(request.method),
            status,
            headers: Headers::of_answer(headers.collect()),
            body: response.content.text,
            net_error: net_error.map(str::to_owned),
            elapsed_ms: (time > 0.0).then_some(time as u64),
            ..Failure::default()
        },
    }
}
