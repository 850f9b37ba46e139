//! What Python's `openai`, which calls by `httpx`, makes of what a program saw.

use serde_json::Value;

use crate::lab::{End, Seen};

/// The exception of Python's `openai`, its text, and the exception of `httpx` that led to it.
pub(crate) fn raised(seen: &Seen) -> (&'static str, String, Option<String>) {
    let lost =
        |by: &str| ("APIConnectionError", "Connection error.".to_owned(), Some(by.to_owned()));
    let late = || {
        (
            "APITimeoutError",
            "Request timed out.".to_owned(),
            Some("httpx.ReadTimeout: The read operation timed out".to_owned()),
        )
    };
    let reset = || lost("httpx.ReadError: [Errno 104] Connection reset by peer");
    let cut = || {
        lost(
            "httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)",
        )
    };
    let whole = seen.is_whole();
    match (seen.status, seen.end) {
        (0, End::Silent) => late(),
        (0, End::Reset) => reset(),
        (0, _) if seen.junk.is_empty() => {
            lost("httpx.RemoteProtocolError: Server disconnected without sending a response.")
        }
        (0, _) => lost(&format!(
            "httpx.RemoteProtocolError: illegal status line: bytearray(b'{}')",
            seen.junk.trim()
        )),
        (300..400, _) => {
            let place = seen.header("location").unwrap_or_default();
            match seen.name.as_str() {
                "redirect_loop" => lost("httpx.TooManyRedirects: Exceeded maximum allowed redirects."),
                "two_locations" => lost("httpx.RemoteProtocolError: multiple Location headers"),
                "captive_redirect" => ("APIResponseValidationError", "Expected application/json, got text/html: <html><head><title>Wi-Fi sign-in</title></head><body><h1>Welcome to Hotel Wi-Fi</h1><form action=\"/login\">Connect to the Internet</form>".into(), None),
                "redirect_invalid" => lost(&format!("httpx.RemoteProtocolError: Invalid URL in location header: {place}")),
                _ => lost(&format!("httpx.UnsupportedProtocol: Request URL has an unsupported protocol '{}://'.", place.split(':').next().unwrap())),
            }
        }
        (200, End::Reset) => reset(),
        (200, End::Silent) if !whole => late(),
        (200, End::Closed) if !whole => cut(),
        (200, _) => match seen.name.as_str() {
            "bad_chunk" => {
                lost("httpx.RemoteProtocolError: illegal chunk header: bytearray(b'ZZZ')")
            }
            "two_lengths" => lost("httpx.RemoteProtocolError: conflicting Content-Length headers"),
            "huge_header" => lost("httpx.RemoteProtocolError: Receive buffer too long"),
            "false_gzip" => lost(
                "httpx.DecodingError: Error -3 while decompressing data: incorrect header check",
            ),
            "stream_truncated" | "stream_without_done" | "stream_unreadable_part" => cut(),
            "broken_json" | "html_reply" | "huge_body" | "invalid_utf8" | "no_length_cut"
            | "stream_garbage" | "empty_body" | "stream_empty" => (
                "APIResponseValidationError",
                "Data returned by API invalid for expected schema.".into(),
                Some(
                    "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
                        .into(),
                ),
            ),
            _ => ("APIError", last_event(&seen.body), None),
        },
        (status, _) => {
            let class = match status {
                400 => "BadRequestError",
                401 => "AuthenticationError",
                403 => "PermissionDeniedError",
                404 => "NotFoundError",
                409 => "ConflictError",
                422 => "UnprocessableEntityError",
                429 => "RateLimitError",
                500.. => "InternalServerError",
                _ => "APIStatusError",
            };
            let said = match serde_json::from_str::<Value>(&seen.body) {
                Ok(body) => format!(" - {}", python(&body)),
                Err(_) if seen.body.trim().is_empty() => String::new(),
                Err(_) => format!(" - {}", seen.body.trim()),
            };
            (class, format!("Error code: {status}{said}"), None)
        }
    }
}

/// The part of a stream that a program reports: the last event with anything in it, or the body as it is.
fn last_event(body: &str) -> String {
    let events = body.lines().filter_map(|line| line.strip_prefix("data: "));
    let mut told = events.filter(|data| {
        *data != "[DONE]"
            && (data.contains("error") || data.contains("finish_reason") || data.contains("eason"))
    });
    let event = told.next_back().unwrap_or(body);
    let start: String = event.chars().take(2_000).collect();
    if start.trim().is_empty() {
        "Expecting value: line 1 column 1 (char 0): the answer is empty".into()
    } else {
        start
    }
}

/// A value as Python prints it.
fn python(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.contains('\'') && !text.contains('"') => format!("\"{text}\""),
        Value::String(text) => format!("'{}'", text.replace('\'', "\\'")),
        Value::Array(values) => {
            format!("[{}]", values.iter().map(python).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("'{key}': {}", python(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}
