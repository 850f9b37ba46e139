//! The tokens of an answer: told by every source in its own way, and never guessed.

use super::*;

fn tokens(dialect: Dialect, kind: &str, answer: &str) -> Option<u64> {
    let mut reader = Reader::new(dialect, kind, 0);
    answer.as_bytes().chunks(9).for_each(|bytes| drop(reader.push(bytes)));
    let _ = reader.close();
    reader.tokens()
}

fn of_events(dialect: Dialect, events: &[&str]) -> Option<u64> {
    let events: String = events.iter().map(|event| format!("data: {event}\n\n")).collect();
    tokens(dialect, "text/event-stream", &events)
}

/// The events that count, as in the references of the APIs: dialect, events, all tokens.
#[test]
fn every_source_tells_its_tokens() {
    let chat =
        r#"{"choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}"#;
    let groq = r#"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null,"x_groq":{"id":"r","usage":{"queue_time":0.06,"prompt_tokens":18,"completion_tokens":4}}}"#;
    let stop = r#"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}"#;
    assert_eq!(of_events(Dialect::OpenAi, &[stop, chat, "[DONE]"]), Some(29));
    assert_eq!(of_events(Dialect::Azure, &[stop, chat, "[DONE]"]), Some(29));
    assert_eq!(of_events(Dialect::OpenAi, &[groq, "[DONE]"]), Some(22));
    let done = r#"{"type":"response.completed","response":{"usage":{"input_tokens":37,"output_tokens":11,"total_tokens":48}}}"#;
    assert_eq!(of_events(Dialect::Responses, &[done]), Some(48));
    let start = r#"{"type":"message_start","message":{"usage":{"input_tokens":25,"cache_creation_input_tokens":0,"cache_read_input_tokens":100,"output_tokens":1}}}"#;
    let delta = r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}"#;
    let stop = r#"{"type":"message_stop"}"#;
    assert_eq!(of_events(Dialect::Anthropic, &[start, delta, stop]), Some(140));
    let gemini = r#"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":9,"thoughtsTokenCount":20,"totalTokenCount":36}}"#;
    assert_eq!(of_events(Dialect::Gemini, &[gemini]), Some(36));
    let ollama = "{\"message\":{\"content\":\"Hi\"},\"done\":true,\"prompt_eval_count\":26,\"eval_count\":282}\n";
    assert_eq!(tokens(Dialect::Ollama, "application/x-ndjson", ollama), Some(308));
    let whole = r#"{"choices":[{"message":{"content":"Hi"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#;
    assert_eq!(tokens(Dialect::OpenAi, "application/json", whole), Some(4));
}

#[test]
fn incomplete_token_counts_are_dropped() {
    let delta = r#"{"type":"message_delta","delta":{},"usage":{"output_tokens":15}}"#;
    assert_eq!(of_events(Dialect::Anthropic, &[delta]), None);
    assert_eq!(of_events(Dialect::OpenAi, &[r#"{"usage":{"total_tokens":3}}"#, "[DONE]"]), None);
    assert_eq!(
        of_events(Dialect::OpenAi, &[r#"{"usage":{"prompt_tokens":"no"}}"#, "[DONE]"]),
        None
    );
    assert_eq!(of_events(Dialect::Gemini, &[r#"{"usageMetadata":{"totalTokenCount":9}}"#]), None);
}

/// Only servers that know the option are asked for token counts.
#[test]
fn token_counts_only_from_knowing_servers() {
    let asks = |dialect, base_url| {
        let request = ask(endpoint(dialect, base_url), None, &Ask { prompt: "Hi", begun: "" });
        let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
        body["stream_options"]["include_usage"] == true
    };
    for base_url in
        ["https://api.openai.com/v1", "https://api.deepseek.com/v1", "http://localhost:1234/v1"]
    {
        assert!(asks(Dialect::OpenAi, base_url), "{base_url}");
    }
    assert!(asks(Dialect::Azure, "https://x.openai.azure.com"));
    for base_url in ["https://api.mistral.ai/v1", "https://proxy.example/v1"] {
        assert!(!asks(Dialect::OpenAi, base_url), "{base_url}");
    }
    assert!(!asks(Dialect::Ollama, "http://localhost:11434"));
}
