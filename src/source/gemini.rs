//! Google's Gemini dialect.
//!
//! Wire format: <https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent>.

use super::{
    Ask, BRIEF,
    json::{find, items, quoted, text},
    said::{Said, Then, Tokens, count, has_error},
};
use unstuck_diagnose::workspace::percent_encoded;

/// Where a model streams. A name may come with the prefix that the list of models gives it.
pub(super) fn address(base_url: &str, model: &str) -> String {
    let model = percent_encoded(bare(model));
    [base_url, "/models/", &model, ":streamGenerateContent?alt=sse"].concat()
}

/// A model's name without the prefix of the list.
pub(super) fn bare(model: &str) -> &str {
    model.trim_start_matches("models/")
}

/// The body of an ask; the model is in the address.
pub(super) fn body(ask: &Ask<'_>) -> String {
    let turns = ask.turns(|of_model, quoted| {
        let role = if of_model { "model" } else { "user" };
        format!(r#"{{"role":"{role}","parts":[{{"text":{quoted}}}]}}"#)
    });
    format!(
        r#"{{"systemInstruction":{{"parts":[{{"text":{}}}]}},"contents":[{turns}]}}"#,
        quoted(BRIEF)
    )
}

/// What a chunk says. Without its reason to stop an answer was cut; any reason but two is an error.
pub(super) fn read(chunk: &str) -> Said {
    let candidate = find(chunk, &["candidates", "0"]).unwrap_or_default();
    let finish = find(candidate, &["finishReason"]).and_then(text);
    let then = match finish.as_deref() {
        _ if has_error(chunk) || find(chunk, &["promptFeedback", "blockReason"]).is_some() => {
            Then::Failed
        }
        None | Some("" | "FINISH_REASON_UNSPECIFIED") => Then::More,
        Some("STOP" | "MAX_TOKENS") => Then::Stopped,
        Some(_) => Then::Failed,
    };
    let parts = items(find(candidate, &["content", "parts"]).unwrap_or_default()).into_iter();
    let spoken = parts.filter(|part| find(part, &["thought"]) != Some("true"));
    let text: String = spoken.filter_map(|part| text(find(part, &["text"])?)).collect();
    Said { text: Some(text), then }
}

/// What an answer in one piece says.
pub(super) fn whole(answer: &str) -> Said {
    let Said { text, then } = read(answer);
    Said { text: text.filter(|_| find(answer, &["candidates"]).is_some()), then }
}

/// The tokens that a chunk tells of. Those of its thoughts count as the answer's.
pub(super) fn tokens(chunk: &str) -> Tokens {
    let usage = find(chunk, &["usageMetadata"]).unwrap_or_default();
    let input = count(usage, "promptTokenCount");
    let all = count(usage, "totalTokenCount");
    Tokens { input, output: all.map(|all| all.saturating_sub(input.unwrap_or_default())) }
}

/// Whether a row of the list of models is one that answers in text.
pub(super) fn can_write(row: &str) -> bool {
    find(row, &["supportedGenerationMethods"])
        .is_none_or(|methods| methods.contains("\"generateContent\""))
}

#[cfg(test)]
mod tests {
    use super::address;
    use crate::{Dialect, Piece, models, reader::read_all};

    /// As in the tests of Google's own JavaScript client (`streamGenerateContent`), with a thought as newer models send.
    const STREAM: &str = concat!(
        "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"I plan\",\"thought\": true}],\"role\": \"model\"},\"index\": 0}],\"modelVersion\": \"gemini-2.5-flash\"}\r\n\r\n",
        "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"The\"}],\"role\": \"model\"},\"index\": 0}],\"usageMetadata\": {\"promptTokenCount\": 7}}\r\n\r\n",
        "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \" sky\"},{\"functionCall\": {\"name\": \"f\"}}],\"role\": \"model\"},\"index\": 0}]}\r\n\r\n",
    );

    fn read(end: &str) -> Vec<Piece> {
        let end = format!("data: {end}\r\n\r\n");
        read_all(Dialect::Gemini, "text/event-stream", &format!("{STREAM}{end}"))[2..].to_vec()
    }

    #[test]
    fn finish_reason_is_the_end_mark() {
        let pieces = read_all(Dialect::Gemini, "text/event-stream", STREAM);
        assert_eq!(pieces, [Piece::Text("The".into()), Piece::Text(" sky".into())]);
        let last = r#"{"candidates":[{"content":{"parts":[{"text":"."}]},"finishReason":"STOP"}]}"#;
        assert_eq!(read(last), [Piece::Text(".".into()), Piece::End]);
    }

    #[test]
    fn block_or_error_ends_stream() {
        for end in [
            r#"{"candidates":[{"finishReason":"SAFETY","index":0}]}"#,
            r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}"#,
            r#"{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#,
        ] {
            let pieces = read(end);
            assert!(matches!(&pieces[..], [Piece::Error(_)]), "{pieces:?}");
        }
    }

    #[test]
    fn model_name_is_one_path_segment() {
        let url = "https://h/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
        assert_eq!(address("https://h/v1beta", "gemini-2.5-flash"), url);
        assert_eq!(address("https://h/v1beta", "models/gemini-2.5-flash"), url);
        assert!(address("https://h", "a/../b?key=x").contains("/models/a%2F..%2Fb%3Fkey%3Dx:"));
    }

    #[test]
    fn models_without_generation_are_left_out() {
        let list = r#"{"models":[{"name":"models/gemini-2.5-flash","supportedGenerationMethods":["generateContent","countTokens"]},{"name":"models/embedding-001","supportedGenerationMethods":["embedContent"]}]}"#;
        assert_eq!(models(Dialect::Gemini, list), Some(vec!["gemini-2.5-flash".into()]));
    }
}
