//! Alertmanager's `POST /api/v2/alerts`, and a receiver of the webhooks that it sends.

use serde_json::{Value, json};

use super::call::{Call, Memory, Reply};

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    if call.method != "POST" || call.path != "api/v2/alerts" {
        return Reply::text(404, "404 page not found");
    }
    let Some(body) = call.json() else {
        return Reply::json(400, &json!({"code": 400, "message": "parsing alerts body failed"}));
    };
    let Some(alerts) = body.as_array() else {
        return Reply::json(
            400,
            &json!({"code": 400, "message": "cannot unmarshal into an array"}),
        );
    };
    for alert in alerts {
        let Some(labels) = alert["labels"].as_object() else {
            return Reply::json(
                422,
                &json!({"code": 602, "message": "labels in body is required"}),
            );
        };
        let texts = ["labels", "annotations"].map(|part| alert[part].as_object());
        if texts.into_iter().flatten().flatten().any(|(_, value)| !value.is_string()) {
            return Reply::json(
                400,
                &json!({"code": 400, "message": "cannot unmarshal into string"}),
            );
        }
        if labels.is_empty() || !labels.keys().all(|name| is_name(name)) {
            return Reply::text(400, "\"invalid label set: invalid name\"");
        }
        let time = |name: &str| alert[name].as_str().unwrap_or_default().to_owned();
        if !time("endsAt").is_empty() && time("endsAt") < time("startsAt") {
            return Reply::text(400, "\"start time must be before end time\"");
        }
    }
    for alert in alerts {
        // The labels are the identity. What was there under the same ones is replaced.
        memory.shown.insert(alert["labels"].to_string(), alert.clone());
    }
    Reply::text(200, "")
}

fn is_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

pub(super) fn judge_webhook(call: &Call, memory: &mut Memory) -> Reply {
    let body = call.json().unwrap_or_default();
    let alerts = body["alerts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_whole = |alert: &Value| {
        alert["labels"].is_object()
            && alert["annotations"].is_object()
            && ["status", "startsAt", "endsAt", "fingerprint"]
                .iter()
                .all(|name| alert[*name].is_string())
    };
    let is_known = body["version"] == "4"
        && body["truncatedAlerts"].is_u64()
        && matches!(body["status"].as_str(), Some("firing" | "resolved"))
        && ["receiver", "groupKey", "externalURL"].iter().all(|name| body[*name].is_string())
        && ["groupLabels", "commonLabels", "commonAnnotations"]
            .iter()
            .all(|name| body[*name].is_object());
    if call.method != "POST" || !is_known || alerts.is_empty() || !alerts.iter().all(is_whole) {
        return Reply::text(400, "this is no webhook of version 4");
    }
    for alert in alerts {
        let print = alert["fingerprint"].as_str().unwrap_or_default();
        memory.shown.insert(print.to_owned(), alert.clone());
    }
    Reply::text(200, "")
}
