//! PagerDuty's Events API v2.

use serde_json::{Value, json};

use super::call::{Call, Memory, Reply};

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    if call.method != "POST" || call.path != "v2/enqueue" {
        return Reply::text(404, "");
    }
    if call.body.len() > 512 * 1024 {
        return Reply::text(413, "");
    }
    let event = call.json().unwrap_or_default();
    let errors = errors(&event);
    if !errors.is_empty() {
        let said = json!({"status": "invalid event", "message": "Event object is invalid", "errors": errors});
        return Reply::json(400, &said);
    }
    let text = |name: &str| event[name].as_str().unwrap_or_default();
    // One alert for each key of each service: another routing key knows nothing of it.
    let id = [text("routing_key"), "/", text("dedup_key")].concat();
    match (text("event_action"), memory.shown.get_mut(&id)) {
        ("trigger", Some(known)) if known["status"] == "triggered" => {
            known["triggers"] = json!(known["triggers"].as_u64().unwrap_or(0) + 1);
        }
        ("trigger", _) => {
            let shown = json!({"status": "triggered", "triggers": 1, "summary": event["payload"]["summary"]});
            memory.shown.insert(id, shown);
        }
        (_, Some(known)) if known["status"] == "triggered" => known["status"] = json!("resolved"),
        _ => memory.dropped += 1,
    }
    let said =
        json!({"status": "success", "message": "Event processed", "dedup_key": event["dedup_key"]});
    Reply::json(202, &said)
}

fn errors(event: &Value) -> Vec<&'static str> {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let payload = &event["payload"];
    let action = event["event_action"].as_str().unwrap_or_default();
    let is_trigger = action == "trigger";
    let severity = payload["severity"].as_str().unwrap_or_default();
    let timestamp = payload["timestamp"].as_str().unwrap_or("2026-01-01T00:00:00Z");
    let checks = [
        (length(&event["routing_key"]) == 32, "'routing_key' has to be 32 characters"),
        (["trigger", "acknowledge", "resolve"].contains(&action), "'event_action' is unknown"),
        (event["dedup_key"].as_str().map_or(0, str::len) <= 255, "'dedup_key' is too long"),
        (is_trigger || length(&event["dedup_key"]) > 0, "'dedup_key' is missing"),
        (!is_trigger || (1..=1024).contains(&length(&payload["summary"])), "'payload.summary'"),
        (!is_trigger || length(&payload["source"]) > 0, "'payload.source' is missing or blank"),
        (
            !is_trigger || ["critical", "error", "warning", "info"].contains(&severity),
            "'payload.severity' is unknown",
        ),
        (timestamp.get(10..11) == Some("T"), "'payload.timestamp' is no ISO 8601"),
    ];
    checks.into_iter().filter(|(holds, _)| !holds).map(|(_, error)| error).collect()
}
