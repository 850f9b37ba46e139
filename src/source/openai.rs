//! The Chat Completions dialect, spoken by OpenAI and by every compatible server.
//!
//! Wire format: <https://platform.openai.com/docs/api-reference/chat/streaming>.

use super::{
    Ask, BRIEF,
    ask::turn,
    json::{find, items, quoted, text},
    said::{Said, Then, Tokens, has_error},
};
use unstuck_diagnose::workspace::{Url, origin};

/// Services that tell the tokens of a streamed answer only when they are asked to. Others tell them unasked, or refuse what
/// they do not know.
const COUNT_WHEN_ASKED: [&str; 2] = ["https://api.openai.com", "https://api.deepseek.com"];

/// Whether the server at this address may be asked for the tokens. Those that run on this machine all know the wish.
pub(super) fn counts_when_asked(base_url: &str) -> bool {
    COUNT_WHEN_ASKED.contains(&origin(base_url))
        || Url::read(base_url).is_some_and(Url::is_loopback)
}

/// The body of an ask. Ollama takes the same, without the wish for the tokens.
pub(super) fn body(model: &str, ask: &Ask<'_>, counts: bool) -> String {
    let options = if counts { r#""stream_options":{"include_usage":true},"# } else { "" };
    format!(
        r#"{{"model":{},"stream":true,{options}"messages":[{{"role":"system","content":{}}},{}]}}"#,
        quoted(model),
        quoted(BRIEF),
        ask.turns(turn)
    )
}

/// The tokens that a chunk or an answer in one piece tells of. Groq wraps them.
pub(super) fn tokens(chunk: &str) -> Tokens {
    let usage = find(chunk, &["usage"]).filter(|usage| usage.starts_with('{'));
    let usage = usage.or_else(|| find(chunk, &["x_groq", "usage"])).unwrap_or_default();
    Tokens::of(usage, "prompt_tokens", "completion_tokens")
}

/// What a chunk says. A choice that ended in `error`, or was filtered, is an error.
pub(super) fn read(chunk: &str) -> Said {
    if chunk.trim() == "[DONE]" {
        return Then::Ended.into();
    }
    choice(chunk, "delta")
}

/// What an answer in one piece says. Its message may hold no word.
pub(super) fn whole(answer: &str) -> Said {
    let Said { text, then } = choice(answer, "message");
    let is_answer = find(answer, &["choices", "0", "message"]).is_some();
    Said { text: text.or_else(|| is_answer.then(String::new)), then }
}

/// What the first choice says under this name, and how it ended. Some services fill in an empty reason until there is one;
/// some name one that is no end: vLLM `abort`, DeepSeek `insufficient_system_resource`, Zhipu `network_error`, `sensitive`.
fn choice(chunk: &str, name: &str) -> Said {
    let choice = find(chunk, &["choices", "0"]).unwrap_or_default();
    let finish = find(choice, &["finish_reason"]).and_then(text);
    let then = match finish.as_deref() {
        _ if has_error(chunk) => Then::Failed,
        None | Some("" | "null") => Then::More,
        Some("error" | "content_filter" | "sensitive" | "abort") => Then::Failed,
        Some("network_error" | "insufficient_system_resource") => Then::Failed,
        Some(_) => Then::Stopped,
    };
    // A model that refuses says so in a field of its own.
    let spoken = |field| find(choice, &[name, field]).and_then(words);
    Said { text: spoken("content").or_else(|| spoken("refusal")), then }
}

/// A content is a text, or a list of parts; of these Mistral's reasoning models send thoughts as well.
fn words(content: &str) -> Option<String> {
    let parts = || items(content).into_iter().filter_map(|part| text(find(part, &["text"])?));
    text(content).or_else(|| content.starts_with('[').then(|| parts().collect()))
}

#[cfg(test)]
mod tests {
    use crate::{Dialect, Piece, reader::read_all};

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
        read_all(Dialect::OpenAi, content_type, answer)
    }

    #[test]
    fn stream_is_read_to_end_mark() {
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
    fn error_inside_stream_ends_it() {
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
    fn unstreamed_answer_is_read() {
        let answer = r#"{"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}"#;
        assert_eq!(read("application/json", answer), [Piece::Text("Hello".into()), Piece::End]);
        assert_eq!(
            read("application/json", r#"{"error":"no"}"#),
            [Piece::Error(r#"{"error":"no"}"#.into())]
        );
        assert_eq!(read("text/html", "<!DOCTYPE html><title>Sign in</title>"), []);
        assert_eq!(read("application/json", r#"{"choices":[{"mess"#), []);
    }
}
