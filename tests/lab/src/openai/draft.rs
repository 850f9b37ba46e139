//! The draft that a healthy call gets: a plausible short reply, the same for the same question.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::hex;
use crate::dialect::Dialect;
use crate::state::now_ms;

/// Replies that fit almost any chat; none repeats what was asked.
const REPLIES: [&str; 8] = [
    "Sounds good! Let's say seven at the usual place, and I'll book the table.",
    "Thanks for letting me know. I'll have a look tonight and get back to you tomorrow morning.",
    "That works for me. Shall I bring anything?",
    "No worries at all, these things happen. Tell me when you're ready and we'll pick it up from there.",
    "Great news, congratulations! We have to celebrate this properly.",
    "I'd love to, but I'm away this weekend. Could we do it the week after?",
    "Good point. Let me check with the others and send you a short summary by noon.",
    "I'm on my way now, about fifteen minutes. Start without me if you like!",
];

/// What was asked, turn by turn, under the name that its dialect has for it.
pub(super) fn turns(asked: &Value) -> Option<&Value> {
    ["messages", "input", "contents"].iter().find_map(|name| asked.get(name))
}

/// One answer, ready to be sent whole or in pieces.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Number of the call that it answers.
    pub(crate) serial: u64,
    /// The dialect of the call.
    pub(crate) dialect: Dialect,
    /// The model that was asked for.
    pub(crate) model: String,
    pub(crate) id: String,
    created: u64,
    pub(crate) reply: &'static str,
    prompt_tokens: usize,
}

impl Draft {
    /// The draft for a request: its body and path.
    pub(crate) fn answering(dialect: Dialect, asked: &Value, path: &str, serial: u64) -> Self {
        let prompt = turns(asked).unwrap_or_default().to_string();
        let digest = Sha256::digest(&prompt);
        let in_path = path.rsplit('/').next().and_then(|last| Some(last.split_once(':')?.0));
        Self {
            serial,
            dialect,
            model: asked["model"].as_str().or(in_path).unwrap_or("lab-small").to_owned(),
            id: format!("chatcmpl-{}", &hex(&digest)[..24]),
            created: now_ms() / 1000,
            reply: REPLIES[usize::from(digest[0]) % REPLIES.len()],
            prompt_tokens: prompt.len() / 4,
        }
    }

    /// The answer in one piece.
    pub(crate) fn whole(&self) -> Value {
        json!({
            "id": self.id, "object": "chat.completion", "created": self.created, "model": self.model,
            "choices": [{
                "index": 0, "logprobs": null, "finish_reason": "stop",
                "message": {"role": "assistant", "content": self.reply, "refusal": null, "annotations": []},
            }],
            "usage": self.usage(), "service_tier": "default", "system_fingerprint": "fp_7c3a9e21d4",
        })
    }

    /// The words of the answer, each with the blank behind it.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.reply.split_inclusive(' ')
    }

    /// The answer in the events of Chat Completions: role, words, finish, usage if wished, end mark.
    pub(crate) fn events_of_chat(&self, with_usage: bool) -> Vec<String> {
        let role = json!({"role": "assistant", "content": "", "refusal": null});
        let words = self.words().map(|word| json!({"content": word}));
        let mut events = vec![self.event(role, None)];
        events.extend(words.map(|delta| self.event(delta, None)));
        events.push(self.finish("stop"));
        if with_usage {
            let mut last = self.chunk();
            last["choices"] = json!([]);
            last["usage"] = self.usage();
            events.push(format!("data: {last}\n\n"));
        }
        events.push("data: [DONE]\n\n".to_owned());
        events
    }

    /// The event that ends the words, for this reason.
    pub(crate) fn finish(&self, reason: &str) -> String {
        self.event(json!({}), Some(reason))
    }

    fn event(&self, delta: Value, finish_reason: Option<&str>) -> String {
        let mut chunk = self.chunk();
        chunk["choices"] =
            json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish_reason}]);
        format!("data: {chunk}\n\n")
    }

    fn chunk(&self) -> Value {
        json!({
            "id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": self.model,
            "service_tier": "default", "system_fingerprint": "fp_7c3a9e21d4",
        })
    }

    fn usage(&self) -> Value {
        let completion = self.reply.len() / 4;
        json!({
            "prompt_tokens": self.prompt_tokens, "completion_tokens": completion,
            "total_tokens": self.prompt_tokens + completion,
        })
    }
}
