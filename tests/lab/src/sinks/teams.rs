//! A workflow of Microsoft Teams that is started by a webhook.

use serde_json::Value;

use super::call::{Call, Memory, Reply};

pub(super) fn judge(call: &Call, memory: &mut Memory) -> Reply {
    if call.method != "POST" || !call.path.starts_with("workflows/") {
        return Reply::text(404, "");
    }
    if call.body.len() > 28 * 1024 {
        return Reply::text(413, "");
    }
    if memory.is_too_fast(call.at_ms, 4) {
        return Reply::wait(1);
    }
    let body = call.json().unwrap_or_default();
    let attachments = body["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    if body["type"] != "message" || attachments.is_empty() || !attachments.iter().all(is_card) {
        return Reply::text(400, r#"{"error":{"code":"TriggerInputSchemaMismatch"}}"#);
    }
    Reply::text(202, "")
}

fn is_card(attachment: &Value) -> bool {
    let card = &attachment["content"];
    let is_element = |element: &Value| match element["type"].as_str() {
        Some("TextBlock") => element["text"].is_string(),
        Some("RichTextBlock") => {
            let runs = element["inlines"].as_array().map(Vec::as_slice).unwrap_or_default();
            let is_run = |run: &Value| run["type"] == "TextRun" && run["text"].is_string();
            !runs.is_empty() && runs.iter().all(is_run)
        }
        _ => false,
    };
    attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        && card["type"] == "AdaptiveCard"
        && card["version"].is_string()
        && card["body"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is_element))
}
