//! Anthropic's Messages dialect.
//!
//! Wire format: <https://docs.claude.com/en/docs/build-with-claude/streaming>.

use super::{
    Ask, BRIEF,
    ask::turn,
    json::{find, items, quoted, text},
    said::{Said, Then, Tokens, count},
};

/// The version of the API, and the word without which it refuses every call that comes out of a browser.
pub(super) const HEADERS: [(&str, &str); 2] =
    [("anthropic-version", "2023-06-01"), ("anthropic-dangerous-direct-browser-access", "true")];

/// Longest draft, in tokens: the API wants a number, and every model allows this one.
const MAX_TOKENS: &str = "4096";

/// The body of an ask.
pub(super) fn body(model: &str, ask: &Ask<'_>) -> String {
    format!(
        r#"{{"model":{},"stream":true,"max_tokens":{MAX_TOKENS},"system":{},"messages":[{}]}}"#,
        quoted(model),
        quoted(BRIEF),
        ask.turns(turn)
    )
}

/// What an event says. A refusal by the model's guard is an error.
pub(super) fn read(event: &str) -> Said {
    let kind = find(event, &["type"]).and_then(text).unwrap_or_default();
    match kind.as_str() {
        "content_block_delta" => {
            Said { text: find(event, &["delta", "text"]).and_then(text), then: Then::More }
        }
        "message_stop" => Then::Ended.into(),
        "message_delta" => stop(find(event, &["delta"]).unwrap_or_default()).into(),
        "error" => Then::Failed.into(),
        _ => Said::default(),
    }
}

/// What follows a reason to stop, if one is stated.
fn stop(message: &str) -> Then {
    match find(message, &["stop_reason"]).and_then(text).as_deref() {
        None | Some("") => Then::More,
        Some("refusal") => Then::Failed,
        Some(_) => Then::Stopped,
    }
}

/// The tokens that an event or an answer in one piece tells of: those of the ask come first, those of the answer last. What
/// was cached is counted apart.
pub(super) fn tokens(event: &str) -> Tokens {
    let usage = find(event, &["message", "usage"]).or_else(|| find(event, &["usage"]));
    let usage = usage.unwrap_or_default();
    let mut tokens = Tokens::of(usage, "input_tokens", "output_tokens");
    for cached in ["cache_creation_input_tokens", "cache_read_input_tokens"] {
        let more = count(usage, cached).unwrap_or_default();
        tokens.input = tokens.input.map(|input| input + more);
    }
    tokens
}

/// What an answer in one piece says.
pub(super) fn whole(answer: &str) -> Said {
    let said = |content| {
        let blocks = items(content).into_iter();
        blocks.filter_map(|block| text(find(block, &["text"])?)).collect()
    };
    Said { text: find(answer, &["content"]).map(said), then: stop(answer) }
}

#[cfg(test)]
mod tests {
    use crate::{Dialect, Piece, reader::read_all};

    /// From the guide to streaming (basic request, and one with extended thinking), without its end.
    const STREAM: &str = concat!(
        "event: message_start\ndata: {\"type\": \"message_start\", \"message\": {\"id\": \"msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY\", \"type\": \"message\", \"role\": \"assistant\", \"content\": [], \"stop_reason\": null, \"usage\": {\"input_tokens\": 25, \"output_tokens\": 1}}}\n\n",
        "event: content_block_start\ndata: {\"type\": \"content_block_start\", \"index\": 0, \"content_block\": {\"type\": \"thinking\", \"thinking\": \"\"}}\n\n",
        "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 0, \"delta\": {\"type\": \"thinking_delta\", \"thinking\": \"Let me\"}}\n\n",
        "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 0, \"delta\": {\"type\": \"signature_delta\", \"signature\": \"EqQBCgIYAhIM1gbcDa9GJwZA2b3h\"}}\n\n",
        "event: content_block_start\ndata: {\"type\": \"content_block_start\", \"index\": 1, \"content_block\": {\"type\": \"text\", \"text\": \"\"}}\n\n",
        "event: ping\ndata: {\"type\": \"ping\"}\n\n",
        "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 1, \"delta\": {\"type\": \"text_delta\", \"text\": \"Hello\"}}\n\n",
        "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 1, \"delta\": {\"type\": \"text_delta\", \"text\": \"!\"}}\n\n",
        "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 2, \"delta\": {\"type\": \"input_json_delta\", \"partial_json\": \"{}\"}}\n\n",
        "event: content_block_stop\ndata: {\"type\": \"content_block_stop\", \"index\": 1}\n\n",
    );
    const END: &str = concat!(
        "event: message_delta\ndata: {\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"end_turn\", \"stop_sequence\":null}, \"usage\": {\"output_tokens\": 15}}\n\n",
        "event: message_stop\ndata: {\"type\": \"message_stop\"}\n\n",
    );

    fn read(end: &str) -> Vec<Piece> {
        read_all(Dialect::Anthropic, "text/event-stream; charset=utf-8", &format!("{STREAM}{end}"))
    }

    #[test]
    fn stream_text_without_thinking() {
        let text = [Piece::Text("Hello".into()), Piece::Text("!".into())];
        assert_eq!(read(END), [&text[..], &[Piece::End]].concat());
        assert_eq!(read(""), text);
    }

    #[test]
    fn error_event_or_refusal_ends_stream() {
        for end in [
            "event: error\ndata: {\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\", \"message\": \"Overloaded\"}}\n\n",
            "event: message_delta\ndata: {\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"refusal\", \"stop_sequence\": null}}\n\n",
        ] {
            let pieces = read(end);
            assert!(matches!(&pieces[..], [_, _, Piece::Error(_)]), "{pieces:?}");
        }
    }

    #[test]
    fn unstreamed_answer_is_read() {
        let answer = r#"{"type":"message","content":[{"type":"thinking","thinking":"x"},{"type":"text","text":"Hi!"}],"stop_reason":"end_turn"}"#;
        let pieces = read_all(Dialect::Anthropic, "application/json", answer);
        assert_eq!(pieces, [Piece::Text("Hi!".into()), Piece::End]);
    }
}
