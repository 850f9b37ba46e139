//! The events of a good answer in each dialect, with what is no text of it: thoughts, pings, usage.

use serde_json::{Value, json};

use super::Dialect;
use crate::openai::Draft;

/// The whole stream, each event framed; the last is the end mark.
pub(crate) fn events(draft: &Draft, with_usage: bool) -> Vec<String> {
    let events = match draft.dialect {
        Dialect::Chat => return draft.events_of_chat(with_usage),
        Dialect::Azure => {
            let filtered = json!({
                "id": "", "object": "", "created": 0, "model": "", "choices": [],
                "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {"hate": {"filtered": false, "severity": "safe"}}}],
            });
            let first = draft.dialect.frame(&filtered.to_string());
            return [vec![first], draft.events_of_chat(with_usage)].concat();
        }
        Dialect::Responses => responses(draft),
        Dialect::Anthropic => anthropic(draft),
        Dialect::Gemini => gemini(draft),
        Dialect::Ollama => ollama(draft),
    };
    events.iter().map(|event| draft.dialect.frame(&event.to_string())).collect()
}

fn responses(draft: &Draft) -> Vec<Value> {
    let response = |status: &str| json!({"id": draft.id, "object": "response", "status": status, "error": null, "incomplete_details": null});
    let delta = |word| json!({"type": "response.output_text.delta", "item_id": "msg_1", "output_index": 1, "content_index": 0, "delta": word});
    let mut events = vec![
        json!({"type": "response.created", "response": response("in_progress")}),
        json!({"type": "response.reasoning_summary_text.delta", "item_id": "rs_1", "output_index": 0, "delta": "A short reply fits."}),
    ];
    events.extend(draft.words().map(delta));
    events.push(
        json!({"type": "response.output_text.done", "item_id": "msg_1", "text": draft.reply}),
    );
    events.push(json!({"type": "response.completed", "response": response("completed")}));
    events
}

fn anthropic(draft: &Draft) -> Vec<Value> {
    let delta = |word| json!({"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": word}});
    let mut events = vec![
        json!({"type": "message_start", "message": {"id": draft.id, "type": "message", "role": "assistant", "content": [], "model": draft.model, "stop_reason": null}}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "A short reply fits."}}),
        json!({"type": "ping"}),
    ];
    events.extend(draft.words().map(delta));
    events.push(json!({"type": "content_block_stop", "index": 1}));
    events.push(json!({"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null}, "usage": {"output_tokens": 15}}));
    events.push(json!({"type": "message_stop"}));
    events
}

fn gemini(draft: &Draft) -> Vec<Value> {
    let part = |part: Value| json!({"candidates": [{"content": {"parts": [part], "role": "model"}, "index": 0}], "modelVersion": draft.model});
    let mut events = vec![part(json!({"text": "A short reply fits.", "thought": true}))];
    events.extend(draft.words().map(|word| part(json!({"text": word}))));
    events.push(json!({"candidates": [{"content": {"parts": [{"text": ""}], "role": "model"}, "finishReason": "STOP", "index": 0}], "usageMetadata": {"totalTokenCount": 30}}));
    events
}

fn ollama(draft: &Draft) -> Vec<Value> {
    let line = |message: Value, done| json!({"model": draft.model, "created_at": "2023-08-04T19:22:45.499127Z", "message": message, "done": done});
    let mut events = vec![line(
        json!({"role": "assistant", "content": "", "thinking": "A short reply fits."}),
        false,
    )];
    events.extend(
        draft.words().map(|word| line(json!({"role": "assistant", "content": word}), false)),
    );
    events.push(line(json!({"role": "assistant", "content": ""}), true));
    events
}
