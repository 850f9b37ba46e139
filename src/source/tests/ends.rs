//! When an answer counts as whole in each dialect, and what becomes of one that is not.

use super::*;
use crate::reader::read_all;
use unstuck_diagnose::Evidence;

/// A dialect, an event that says `He`, one that states why the model stopped (empty where only the end mark counts), and the
/// end mark (empty where there is none).
const ENDS: [(Dialect, &str, &str, &str); 7] = [
    (
        Dialect::OpenAi,
        r#"{"choices":[{"finish_reason":null,"index":0,"delta":{"content":"He"}}],"object":"chat.completion.chunk"}"#,
        r#"{"choices":[{"finish_reason":"stop","index":0,"delta":{}}]}"#,
        "[DONE]",
    ),
    (
        Dialect::Responses,
        r#"{"type":"response.output_text.delta","delta":"He"}"#,
        "",
        r#"{"type":"response.completed","response":{}}"#,
    ),
    (
        Dialect::Anthropic,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"He"}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}"#,
        r#"{"type":"message_stop"}"#,
    ),
    (
        Dialect::Gemini,
        r#"{"candidates":[{"content":{"parts":[{"text":"He"}],"role":"model"}}]}"#,
        r#"{"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"STOP"}]}"#,
        "",
    ),
    (
        Dialect::Azure,
        r#"{"choices":[{"finish_reason":null,"index":0,"delta":{"content":"He"}}],"usage":null}"#,
        r#"{"choices":[{"finish_reason":"length","index":0,"delta":{}}]}"#,
        "[DONE]",
    ),
    (Dialect::Ollama, r#"{"message":{"content":"He"},"done":false}"#, "", r#"{"done":true}"#),
    (Dialect::BuiltIn, r#"{"message":{"content":"He"},"done":false}"#, "", r#"{"done":true}"#),
];

fn is_lines(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Ollama | Dialect::BuiltIn)
}

/// What is made of these events, those that are empty left out: all text as one piece, and the end.
fn read(dialect: Dialect, events: &[&str]) -> (String, Vec<Piece>) {
    let frame = |event: &&str| match is_lines(dialect) {
        true => format!("{event}\n"),
        false => format!("data: {event}\n\n"),
    };
    let answer: String = events.iter().filter(|event| !event.is_empty()).map(frame).collect();
    let kind = if is_lines(dialect) { "application/x-ndjson" } else { "text/event-stream" };
    let (mut said, mut ends) = (String::new(), Vec::new());
    for piece in read_all(dialect, kind, &answer) {
        match piece {
            Piece::Text(text) => said.push_str(&text),
            end => ends.push(end),
        }
    }
    (said, ends)
}

#[test]
fn only_mark_or_reason_ends() {
    assert_eq!(ENDS.map(|(dialect, ..)| dialect), Dialect::ALL);
    for (dialect, word, reason, mark) in ENDS {
        let cut = read(dialect, &[word, word]);
        assert_eq!(cut, ("HeHe".into(), vec![]), "{dialect:?}: a clean close is no end");
        for end in [reason, mark].into_iter().filter(|end| !end.is_empty()) {
            let (said, ends) = read(dialect, &[word, end]);
            assert_eq!((said.as_str(), &ends[..]), ("He", &[Piece::End][..]), "{dialect:?} {end}");
        }
    }
}

#[test]
fn an_empty_reason_is_none() {
    for (dialect, event) in [
        (Dialect::OpenAi, r#"{"choices":[{"delta":{"content":"He"},"finish_reason":""}]}"#),
        (Dialect::OpenAi, r#"{"choices":[{"delta":{"content":"He"},"finish_reason":"null"}]}"#),
        (
            Dialect::Anthropic,
            r#"{"type":"message_delta","delta":{"stop_reason":null},"usage":{"output_tokens":1}}"#,
        ),
        (
            Dialect::Gemini,
            r#"{"candidates":[{"content":{"parts":[{"text":"He"}]},"finishReason":""}]}"#,
        ),
    ] {
        assert_eq!(read(dialect, &[event]).1, [], "{dialect:?}");
    }
}

/// What is broken is kept as evidence. It ends the answer where it stands between two parts that could be read.
#[test]
fn unreadable_part_leaves_answer_incomplete() {
    for (dialect, word, reason, mark) in ENDS {
        let broken = &word[..word.len() - 5];
        for broken in [broken, "\u{fffd}\u{fffd}", "<html>"] {
            let (said, ends) = read(dialect, &[word, broken, word, reason, mark]);
            let [Piece::Unreadable(raw)] = &ends[..] else { panic!("{dialect:?}: {ends:?}") };
            assert_eq!(
                (said.as_str(), raw),
                ("He", &format!("event: unreadable\ndata: {broken}\n\n")),
                "{dialect:?}"
            );
            let failure = Failure {
                status: Some(200),
                body: Some(raw.clone()),
                stream: Some(Received { chars: 2, ended: false }),
                ..Failure::default()
            };
            let found = classify(&failure);
            assert_eq!(found.cause, Cause::StreamInterrupted, "{dialect:?}");
            assert!(found.evidence.contains(&Evidence::UnreadablePart), "{:?}", found.evidence);
            assert_eq!(read(dialect, &[broken, word, reason, mark]), (String::new(), vec![]));
            assert_eq!(read(dialect, &[word, "", broken][..2]).1, []);
        }
        let alive = if is_lines(dialect) { "" } else { "keep-alive" };
        assert_eq!(read(dialect, &[word, alive, reason, mark]).1, [Piece::End], "{dialect:?}");
        if !reason.is_empty() {
            assert_eq!(read(dialect, &[word, reason, broken]).1, [Piece::End], "all was said");
        }
    }
}

#[test]
fn a_reason_outlives_the_connection() {
    let mut reader = Reader::new(Dialect::OpenAi, "text/event-stream", 0);
    let (_, word, reason, _) = ENDS[0];
    reader.push(format!("data: {word}\n\n").as_bytes());
    assert!(!reader.has_stopped());
    reader.push(format!("data: {reason}\n\ndata: {{\"cho").as_bytes());
    assert!(reader.has_stopped());
    assert_eq!(reader.close(), [Piece::End]);
}

/// A line at which the connection ended is a cut, and no broken part.
#[test]
fn a_line_may_be_cut() {
    let answer = r#"{"message":{"content":"He"},"done":false}
{"message":{"con"#;
    let pieces = read_all(Dialect::Ollama, "application/x-ndjson", answer);
    assert_eq!(pieces, [Piece::Text("He".into())]);
}

#[test]
fn an_object_counts_when_closed() {
    for (dialect, answer) in [
        (
            Dialect::OpenAi,
            r#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":{}}"#,
        ),
        (
            Dialect::Responses,
            r#"{"output":[{"content":[{"type":"output_text","text":"Hi"}]}],"usage":{}}"#,
        ),
        (Dialect::Anthropic, r#"{"content":[{"type":"text","text":"Hi"}],"usage":{}}"#),
        (
            Dialect::Gemini,
            r#"{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],"usageMetadata":{}}"#,
        ),
    ] {
        let read = |answer: &str| read_all(dialect, "application/json", answer);
        assert_eq!(read(answer), [Piece::Text("Hi".into()), Piece::End], "{dialect:?}");
        let cut = &answer[..answer.len() - 1];
        assert!(cut.ends_with('}'));
        assert_eq!(read(cut), [], "{dialect:?}");
        let empty = read(&answer.replace("\"Hi\"", "\"\""));
        assert_eq!(empty, [Piece::End], "{dialect:?}: an answer without a word");
    }
}

#[test]
fn a_stopped_object_is_no_answer() {
    for (dialect, answer) in [
        (
            Dialect::OpenAi,
            r#"{"choices":[{"message":{"content":"He"},"finish_reason":"content_filter"}]}"#,
        ),
        (
            Dialect::OpenAi,
            r#"{"choices":[{"message":{"content":"He"},"finish_reason":"insufficient_system_resource"}]}"#,
        ),
        (
            Dialect::Responses,
            r#"{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[{"content":[{"text":"He"}]}]}"#,
        ),
        (Dialect::Anthropic, r#"{"content":[{"text":"He"}],"stop_reason":"refusal"}"#),
        (
            Dialect::Gemini,
            r#"{"candidates":[{"content":{"parts":[{"text":"He"}]},"finishReason":"SAFETY"}]}"#,
        ),
    ] {
        let pieces = read_all(dialect, "application/json", answer);
        assert!(matches!(&pieces[..], [Piece::Text(_), Piece::Error(_)]), "{dialect:?} {pieces:?}");
    }
}

/// What a model that only embeds makes of an ask: status, answer, cause, where it was seen.
const EMBEDDERS: [(u16, Cause, &str, &str); 6] = [
    (
        400,
        Cause::UnsupportedParameter,
        r#"{"error":"\"nomic-embed-text\" does not support chat"}"#,
        "ollama/ollama, server/routes",
    ),
    (
        404,
        Cause::UnsupportedParameter,
        r#"{"error":{"message":"This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?","type":"invalid_request_error","param":"model","code":null}}"#,
        "community.openai.com",
    ),
    (
        501,
        Cause::UnsupportedParameter,
        r#"{"error":{"code":501,"message":"This server does not support completions. Start it without `--embeddings`","type":"not_supported_error"}}"#,
        "ggml-org/llama.cpp, tools/server",
    ),
    (
        400,
        Cause::UnsupportedParameter,
        r#"{"object":"error","message":"The model does not support Chat Completions API","type":"BadRequestError","param":null,"code":400}"#,
        "vllm-project/vllm, entrypoints",
    ),
    (
        400,
        Cause::ModelNotFound,
        r#"{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, text-embedding-ada-002. Please choose different model and try again. You can learn more about which models can be used with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993."}}"#,
        "learn.microsoft.com, Q&A",
    ),
    (
        200,
        Cause::UnexpectedReply,
        r#"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.0023,-0.0093]}],"model":"bge-m3","usage":{"prompt_tokens":8,"total_tokens":8}}"#,
        "platform.openai.com, embeddings",
    ),
];

#[test]
fn a_model_that_embeds_is_told() {
    for (status, cause, answer, seen) in EMBEDDERS {
        let pieces = read_all(Dialect::OpenAi, "application/json", answer);
        assert_eq!(pieces, [Piece::Error(answer.into())], "{seen}");
        let failure =
            Failure { status: Some(status), body: Some(answer.into()), ..Failure::default() };
        let found = classify(&failure);
        assert_eq!(found.cause, cause, "{seen}: {found:?}");
    }
}

#[test]
fn an_object_without_answer_is_told() {
    for dialect in Dialect::ALL.iter().copied().filter(|dialect| !is_lines(*dialect)) {
        let answer = r#"{"status":"ok","version":"1.4.2"}"#;
        let pieces = read_all(dialect, "application/json", answer);
        assert_eq!(pieces, [Piece::Error(answer.into())], "{dialect:?}");
        let failure = Failure {
            status: Some(200),
            body: Some(answer.into()),
            context: Some(unstuck_diagnose::Context::Worker),
            ..Failure::default()
        };
        assert_eq!(classify(&failure).cause, Cause::UnexpectedReply);
    }
}

/// An answer that came to its end and yet said nothing.
#[test]
fn an_empty_answer_is_told() {
    for (dialect, _, reason, mark) in ENDS {
        assert_eq!(read(dialect, &[reason, mark]), (String::new(), vec![Piece::End]));
    }
    let stream = Some(Received { chars: 0, ended: true });
    let failure = Failure { status: Some(200), stream, ..Failure::default() };
    let found = classify(&failure);
    assert_eq!(found.cause, Cause::UnexpectedReply);
    assert!(found.evidence.contains(&Evidence::EmptyReply));
}
