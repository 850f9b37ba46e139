//! The Chat Completions dialect, spoken by OpenAI and by every compatible server.
//!
//! Wire format: <https://platform.openai.com/docs/api-reference/chat/streaming>.

use super::{
    Piece, Request,
    json::{find, items, quoted, text},
    sse,
};
use crate::engine::Source;

/// What every draft is told, before the person's own words.
const BRIEF: &str = "You write messages that a person will send in a chat. Answer with the message itself: no greeting to the \
person, no explanation, no quotation marks around it. Keep the language, the tone and the length that they ask for.";

const GO_ON: &str =
    "Your message was cut off there. Write only the rest of it, and repeat nothing.";

/// Longest unframed answer that is kept, in bytes.
const PLAIN_LIMIT: usize = 1 << 20;

/// The request that asks for a streamed draft, or for the rest of one of which `begun` has arrived.
#[must_use]
pub fn ask(source: &Source, key: Option<&str>, prompt: &str, begun: &str) -> Request {
    let turn = |role, text| format!(r#"{{"role":"{role}","content":{}}}"#, quoted(text));
    let mut turns = vec![turn("system", BRIEF), turn("user", prompt)];
    if !begun.is_empty() {
        turns.extend([turn("assistant", begun), turn("user", GO_ON)]);
    }
    let body = format!(
        r#"{{"model":{},"stream":true,"messages":[{}]}}"#,
        quoted(&source.model),
        turns.join(",")
    );
    let mut headers = authorisation(key);
    headers.push(("content-type", "application/json".into()));
    headers.push(("accept", "text/event-stream, application/json".into()));
    Request {
        url: format!("{}/chat/completions", source.base_url),
        method: "POST",
        headers,
        body: Some(body),
    }
}

/// The request that costs nothing and proves address and key: the list of models.
#[must_use]
pub fn list_models(base_url: &str, key: Option<&str>) -> Request {
    Request {
        url: format!("{base_url}/models"),
        method: "GET",
        headers: authorisation(key),
        body: None,
    }
}

/// The ids in an answer to [`list_models`], or `None` when it is no such answer.
#[must_use]
pub fn models(answer: &str) -> Option<Vec<String>> {
    let rows = items(find(answer, &["data"]).filter(|data| data.starts_with('['))?);
    Some(rows.into_iter().filter_map(|row| text(find(row, &["id"])?)).collect())
}

fn authorisation(key: Option<&str>) -> Vec<(&'static str, String)> {
    key.map(|key| ("authorization", format!("Bearer {key}"))).into_iter().collect()
}

/// Reads an answer: an event stream, or one JSON object from a server that does not stream.
#[derive(Debug, Default)]
pub struct Reader {
    decoder: sse::Decoder,
    framed: bool,
    plain: Vec<u8>,
    /// The model said why it stopped: all text has arrived, though some servers leave out `[DONE]`.
    stopped: bool,
    finished: bool,
}

impl Reader {
    /// A reader for an answer with this `content-type`.
    #[must_use]
    pub fn new(content_type: &str) -> Self {
        Self {
            framed: content_type.to_ascii_lowercase().contains("text/event-stream"),
            ..Self::default()
        }
    }

    /// Takes the next bytes and gives what they complete. After [`Piece::End`] or [`Piece::Error`] there is nothing more.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        if !self.framed {
            let room = PLAIN_LIMIT.saturating_sub(self.plain.len());
            self.plain.extend_from_slice(&bytes[..bytes.len().min(room)]);
            return Vec::new();
        }
        let mut pieces = Vec::new();
        for event in self.decoder.push(bytes) {
            if self.finished {
                break;
            }
            pieces.extend(self.read_event(&event));
        }
        pieces
    }

    /// The connection is over: what can still be made of the answer. Empty when it was cut off or is no answer.
    pub fn close(&mut self) -> Vec<Piece> {
        if std::mem::replace(&mut self.finished, true) {
            return Vec::new();
        }
        if self.framed {
            return if self.stopped { vec![Piece::End] } else { Vec::new() };
        }
        let answer = String::from_utf8_lossy(&self.plain);
        if !answer.trim_start().starts_with('{') || !answer.trim_end().ends_with('}') {
            return Vec::new();
        }
        match find(&answer, &["choices", "0", "message", "content"]).and_then(text) {
            Some(text) if !text.is_empty() => vec![Piece::Text(text), Piece::End],
            _ => vec![Piece::Error(answer.into_owned())],
        }
    }

    /// The unframed answer so far, for the classifier.
    #[must_use]
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    fn read_event(&mut self, event: &sse::Event) -> Option<Piece> {
        if event.data.trim() == "[DONE]" {
            self.finished = true;
            return Some(Piece::End);
        }
        if event.name == "error" || has_error(&event.data) {
            self.finished = true;
            return Some(Piece::Error(format!("event: error\ndata: {}\n\n", event.data)));
        }
        let choice = find(&event.data, &["choices", "0"])?;
        self.stopped |= find(choice, &["finish_reason"]).and_then(text).is_some();
        let text = find(choice, &["delta", "content"]).and_then(text)?;
        (!text.is_empty()).then_some(Piece::Text(text))
    }
}

/// An error in a chunk: a top-level `error`, or a choice that ended in `error` or was filtered before any text.
fn has_error(chunk: &str) -> bool {
    let finish = find(chunk, &["choices", "0", "finish_reason"]).and_then(text);
    find(chunk, &["error"]).is_some_and(|error| error != "null")
        || matches!(finish.as_deref(), Some("error" | "content_filter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded from the reference of the API, shortened.
    const STREAM: &str = concat!(
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n",
        ": keep-alive\n\n",
        "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n",
        "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo ü\"},\"finish_reason\":null}]}\n\n",
        "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n",
    );

    fn read(content_type: &str, answer: &str) -> Vec<Piece> {
        let mut reader = Reader::new(content_type);
        let mut pieces: Vec<_> =
            answer.as_bytes().chunks(7).flat_map(|bytes| reader.push(bytes)).collect();
        pieces.extend(reader.close());
        pieces
    }

    #[test]
    fn a_stream_is_read_to_its_end_mark() {
        let text = [Piece::Text("Hel".into()), Piece::Text("lo ü".into())];
        let ended = [&text[..], &[Piece::End]].concat();
        let cut = &STREAM[..STREAM.find("\"stop\"").unwrap()];
        assert_eq!(read("text/event-stream; charset=utf-8", cut), text);
        assert_eq!(
            read("text/event-stream", STREAM),
            ended,
            "a stated reason to stop is an end mark"
        );
        let whole = format!("{STREAM}data: [DONE]\n\ndata: {{\"error\":1}}\n\n");
        assert_eq!(read("text/event-stream", &whole), ended);
    }

    #[test]
    fn an_error_inside_the_stream_ends_it() {
        for event in [
            "data: {\"error\":{\"message\":\"busy\",\"code\":\"server_is_overloaded\"}}\n\n",
            "event: error\ndata: broken\n\n",
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n",
        ] {
            let pieces = read("text/event-stream", &format!("{event}data: [DONE]\n\n"));
            assert!(matches!(&pieces[..], [Piece::Error(_)]), "{pieces:?}");
        }
    }

    #[test]
    fn an_answer_in_one_piece_is_an_answer_too() {
        let answer = r#"{"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}"#;
        assert_eq!(read("application/json", answer), [Piece::Text("Hello".into()), Piece::End]);
        assert_eq!(
            read("application/json", r#"{"error":"no"}"#),
            [Piece::Error(r#"{"error":"no"}"#.into())]
        );
        assert_eq!(read("text/html", "<!DOCTYPE html><title>Sign in</title>"), []);
        assert_eq!(read("application/json", r#"{"choices":[{"mess"#), []);
    }

    #[test]
    fn the_list_of_models_is_read_or_refused() {
        let answer = r#"{"object":"list","data":[{"id":"a"},{"object":"model"},{"id":"b"}]}"#;
        assert_eq!(models(answer), Some(vec!["a".into(), "b".into()]));
        assert_eq!(models("<html>"), None);
        assert_eq!(models(r#"{"error":"no"}"#), None);
    }

    #[test]
    fn the_key_is_in_one_header_and_nowhere_else() {
        let source = Source {
            id: "s".into(),
            name: "S".into(),
            base_url: "https://h/v1".into(),
            model: "m".into(),
        };
        let request = ask(&source, Some("secret-key"), "Hi \"you\"", "");
        assert_eq!(request.url, "https://h/v1/chat/completions");
        assert!(request.headers.contains(&("authorization", "Bearer secret-key".into())));
        let body = request.body.unwrap();
        assert!(!body.contains("secret-key"));
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            (&body["model"], &body["messages"][1]["content"]),
            (&"m".into(), &"Hi \"you\"".into())
        );
        assert!(
            ask(&source, None, "Hi", "").headers.iter().all(|(name, _)| *name != "authorization")
        );
    }
}
