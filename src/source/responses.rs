//! OpenAI's Responses dialect.
//!
//! Wire format: <https://platform.openai.com/docs/api-reference/responses-streaming>.

use super::{
    Ask, BRIEF,
    ask::turn,
    json::{find, items, quoted, text},
    said::{Said, Then, Tokens},
};

/// The body of an ask. Nothing of it is to be stored at the service.
pub(super) fn body(model: &str, ask: &Ask<'_>) -> String {
    format!(
        r#"{{"model":{},"stream":true,"store":false,"instructions":{},"input":[{}]}}"#,
        quoted(model),
        quoted(BRIEF),
        ask.turns(turn)
    )
}

/// What an event says. Of an answer that was cut at its own limit the text is all there is; a filtered one is an error.
pub(super) fn read(event: &str) -> Said {
    let kind = find(event, &["type"]).and_then(text).unwrap_or_default();
    let filtered = || is_filtered(find(event, &["response"]).unwrap_or_default());
    match kind.as_str() {
        "response.output_text.delta" | "response.refusal.delta" => {
            Said { text: find(event, &["delta"]).and_then(text), then: Then::More }
        }
        "response.completed" => Then::Ended.into(),
        "response.incomplete" if !filtered() => Then::Ended.into(),
        "response.incomplete" | "response.failed" | "error" => Then::Failed.into(),
        // Servers that speak both dialects end this one, too, with the mark of the other.
        _ if event.trim() == "[DONE]" => Then::Ended.into(),
        _ => Said::default(),
    }
}

/// The tokens that an event or an answer in one piece tells of.
pub(super) fn tokens(event: &str) -> Tokens {
    let usage = find(event, &["response", "usage"]).or_else(|| find(event, &["usage"]));
    Tokens::of(usage.unwrap_or_default(), "input_tokens", "output_tokens")
}

/// What an answer in one piece says.
pub(super) fn whole(answer: &str) -> Said {
    let of_item = |item| items(find(item, &["content"]).unwrap_or_default());
    let of_part = |part| ["text", "refusal"].iter().find_map(|name| text(find(part, &[name])?));
    let said = |output| items(output).into_iter().flat_map(of_item).filter_map(of_part).collect();
    let status = find(answer, &["status"]).and_then(text).unwrap_or_default();
    let then = match status.as_str() {
        "failed" | "cancelled" => Then::Failed,
        "incomplete" if is_filtered(answer) => Then::Failed,
        _ => Then::Ended,
    };
    Said { text: find(answer, &["output"]).map(said), then }
}

/// Whether the filter ended this response.
fn is_filtered(response: &str) -> bool {
    find(response, &["incomplete_details"]).is_some_and(|why| why.contains("content_filter"))
}

#[cfg(test)]
mod tests {
    use crate::{Dialect, Piece, reader::read_all};

    /// From the reference of the API (streaming events of a text answer), with a reasoning item as its models send one.
    const STREAM: &str = concat!(
        "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_67c9fdcecf488190bdd9a0409de3a1ec07b8b0ad4e5eb654\",\"object\":\"response\",\"status\":\"in_progress\",\"error\":null,\"incomplete_details\":null,\"output\":[]}}\n\n",
        "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}}\n\n",
        "event: response.reasoning_summary_text.delta\ndata: {\"type\":\"response.reasoning_summary_text.delta\",\"item_id\":\"rs_1\",\"output_index\":0,\"delta\":\"hm\"}\n\n",
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"msg_67c9fdcf37fc8190ba82116e33fb28c507b8b0ad4e5eb654\",\"output_index\":1,\"content_index\":0,\"delta\":\"Hi\"}\n\n",
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"msg_67c9fdcf37fc8190ba82116e33fb28c507b8b0ad4e5eb654\",\"output_index\":1,\"content_index\":0,\"delta\":\" there!\"}\n\n",
        "event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"text\":\"Hi there!\"}\n\n",
    );

    fn read(end: &str) -> Vec<Piece> {
        let end = format!("event: x\ndata: {end}\n\n");
        read_all(Dialect::Responses, "text/event-stream", &format!("{STREAM}{end}"))[2..].to_vec()
    }

    #[test]
    fn stream_text_without_reasoning() {
        let pieces = read_all(Dialect::Responses, "text/event-stream", STREAM);
        assert_eq!(
            pieces,
            [Piece::Text("Hi".into()), Piece::Text(" there!".into())],
            "no end mark"
        );
    }

    #[test]
    fn answer_ends_complete_cut_or_failed() {
        assert_eq!(read(r#"{"type":"response.completed","response":{}}"#), [Piece::End]);
        let incomplete = |reason: &str| {
            read(&format!(
                r#"{{"type":"response.incomplete","response":{{"incomplete_details":{{"reason":"{reason}"}}}}}}"#
            ))
        };
        assert_eq!(incomplete("max_output_tokens"), [Piece::End]);
        for failed in [
            incomplete("content_filter"),
            read(
                r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"x"}}}"#,
            ),
            read(r#"{"type":"error","code":"rate_limit_exceeded","message":"x","param":null}"#),
        ] {
            assert!(matches!(&failed[..], [Piece::Error(_)]), "{failed:?}");
        }
    }

    #[test]
    fn unstreamed_answer_is_read() {
        let answer = r#"{"object":"response","output":[{"type":"reasoning","summary":[]},{"type":"message","content":[{"type":"output_text","text":"Hi","annotations":[]},{"type":"output_text","text":"!"}]}]}"#;
        let read = |answer| read_all(Dialect::Responses, "application/json", answer);
        assert_eq!(read(answer), [Piece::Text("Hi!".into()), Piece::End]);
        assert!(matches!(&read(r#"{"error":{"message":"no"}}"#)[..], [Piece::Error(_)]));
    }
}
