//! Splunk's HTTP event collector.

use serde_json::{Deserializer, Value, json};

use super::call::{Call, Memory, Reply};

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    let said =
        |status, code: u64, text: &str| Reply::json(status, &json!({"text": text, "code": code}));
    match (call.method.as_str(), call.path.as_str()) {
        ("GET", "services/collector/health") => return said(200, 17, "HEC is healthy"),
        ("POST", "services/collector" | "services/collector/event") => {}
        _ => {
            return Reply::json(
                404,
                &json!({"text": "The requested URL was not found", "code": 404}),
            );
        }
    }
    let token = match call.header("authorization") {
        "" => return said(401, 2, "Token is required"),
        given => match given.strip_prefix("Splunk ") {
            Some(token) => token,
            None => return said(401, 3, "Invalid authorization"),
        },
    };
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let widths: Vec<_> = token.split('-').filter(|part| is_hex(part)).map(str::len).collect();
    if widths != [8, 4, 4, 4, 12] {
        return said(403, 4, "Invalid token");
    }
    if call.body.is_empty() {
        return said(400, 5, "No data");
    }
    // Objects one after the other; a list or a comma is no event.
    let events: Result<Vec<Value>, _> = Deserializer::from_slice(&call.body).into_iter().collect();
    let Some(events) = events.ok().filter(|all| all.iter().all(Value::is_object)) else {
        return said(400, 6, "Invalid data format");
    };
    for event in &events {
        let is_time = event["time"].is_number() || event["time"].is_null();
        match &event["event"] {
            Value::Null => return said(400, 12, "Event field is required"),
            Value::String(text) if text.is_empty() => {
                return said(400, 13, "Event field cannot be blank");
            }
            _ if !is_time => return said(400, 6, "Invalid data format"),
            _ => {}
        }
    }
    for event in events {
        // Nothing is ever replaced: what is sent twice is there twice.
        memory.shown.insert(format!("{:06}", memory.shown.len()), event);
    }
    said(200, 0, "Success")
}
