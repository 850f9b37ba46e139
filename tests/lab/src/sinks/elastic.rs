//! Elasticsearch's bulk interface, in front of a data stream.

use serde_json::{Value, json};

use super::call::{Call, Memory, Reply};

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    with_troubles(call, memory, &[])
}

/// The same, but the first records get these statuses.
pub(super) fn with_troubles(call: &Call, memory: &mut Memory, statuses: &[u16]) -> Reply {
    let refused = |status: u16, kind: &str, reason: &str| {
        Reply::json(status, &json!({"error": {"type": kind, "reason": reason}, "status": status}))
    };
    if call.method != "POST" || !(call.path == "_bulk" || call.path.ends_with("/_bulk")) {
        return refused(404, "no_handler", "no handler found");
    }
    if !call.header("authorization").starts_with("ApiKey ") {
        return refused(401, "security_exception", "missing authentication credentials");
    }
    let kind = call.header("content-type");
    if !["application/x-ndjson", "application/json"].contains(&kind) {
        return refused(406, "media_type_header_exception", "Content-Type is not supported");
    }
    let text = call.text();
    let Some(lines) = text.strip_suffix('\n') else {
        let reason = "The bulk request must be terminated by a newline [\\n]";
        return refused(400, "illegal_argument_exception", reason);
    };
    let lines: Result<Vec<Value>, _> = lines.split('\n').map(serde_json::from_str).collect();
    let Some(lines) = lines.ok().filter(|lines| lines.len() % 2 == 0) else {
        return refused(400, "illegal_argument_exception", "Malformed action/metadata line");
    };
    let mut items = Vec::new();
    for (at, pair) in lines.chunks(2).enumerate() {
        let Some((action, place)) = pair[0].as_object().and_then(|all| all.iter().next()) else {
            return refused(400, "illegal_argument_exception", "Malformed action/metadata line");
        };
        let id = place["_id"].as_str().map_or_else(|| format!("auto-{at}"), str::to_owned);
        let status = statuses.get(at).copied().unwrap_or_else(|| match &pair[1] {
            _ if action != "create" || id.len() > 512 => 400,
            document
                if document["@timestamp"].as_str().is_none_or(|t| t.get(10..11) != Some("T")) =>
            {
                400
            }
            _ if memory.shown.contains_key(&id) => 409,
            _ => 201,
        });
        if status == 201 {
            memory.shown.insert(id.clone(), pair[1].clone());
        }
        items.push(json!({action: {"_index": place["_index"], "_id": id, "status": status}}));
    }
    let has_errors = items.iter().any(|item| !item.to_string().contains("\"status\":201"));
    Reply::json(200, &json!({"took": 1, "errors": has_errors, "items": items}))
}
