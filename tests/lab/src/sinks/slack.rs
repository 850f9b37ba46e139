//! Slack's incoming webhooks (`@slack/types`, changelog of 2016-05-17).

use serde_json::Value;

use super::call::{Call, Memory, Reply};

/// Characters of all blocks together, as bolt-js #2509 found.
const ALL: usize = 13_200;

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    if call.method != "POST" || !call.path.starts_with("services/") {
        return Reply::text(404, "no_service");
    }
    if memory.is_too_fast(call.at_ms, 1) {
        return Reply::wait(1);
    }
    let Some(body) = call.json().filter(Value::is_object) else {
        return Reply::text(400, "invalid_payload");
    };
    let blocks = body["blocks"].as_array().map(Vec::as_slice).unwrap_or_default();
    // What Alertmanager sends: the older form, which Slack still takes.
    let is_attached = body["attachments"].as_array().is_some_and(|all| !all.is_empty());
    if body["text"].as_str().is_none_or(str::is_empty) && blocks.is_empty() && !is_attached {
        return Reply::text(400, "no_text");
    }
    if !body["blocks"].is_null() && !body["blocks"].is_array() {
        return Reply::text(400, "invalid_blocks");
    }
    if blocks.len() > 50 || !blocks.iter().all(is_block) {
        return Reply::text(400, "invalid_blocks");
    }
    if letters(&body["blocks"]) > ALL {
        return Reply::text(400, "msg_blocks_too_long");
    }
    Reply::text(200, "ok")
}

fn is_block(block: &Value) -> bool {
    match block["type"].as_str() {
        Some("header") => is_text(&block["text"], &["plain_text"], 150),
        Some("section") => {
            let fields = block["fields"].as_array();
            let both = ["plain_text", "mrkdwn"];
            let has_text = is_text(&block["text"], &both, 3000);
            let has_fields = fields.is_some_and(|all| {
                (1..=10).contains(&all.len()) && all.iter().all(|one| is_text(one, &both, 2000))
            });
            match (block["text"].is_null(), fields.is_none()) {
                (true, true) => false,
                (no_text, no_fields) => (no_text || has_text) && (no_fields || has_fields),
            }
        }
        Some("context" | "divider" | "actions") => true,
        _ => false,
    }
}

fn is_text(text: &Value, kinds: &[&str], most: usize) -> bool {
    let length = text["text"].as_str().map_or(0, |text| text.chars().count());
    text["type"].as_str().is_some_and(|kind| kinds.contains(&kind)) && (1..=most).contains(&length)
}

fn letters(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(all) => all.iter().map(letters).sum(),
        Value::Object(all) => all.values().map(letters).sum(),
        _ => 0,
    }
}
