//! What holds for every source: the request it gets, what it streams, and the cause of each error inside an answer.

mod ends;
mod tokens;

use super::*;
use crate::ask::GO_ON;
use unstuck_diagnose::{Cause, Failure, Received, classify};

fn endpoint(dialect: Dialect, base_url: &str) -> Endpoint<'_> {
    Endpoint { dialect, base_url, model: "m/1" }
}

fn asked(dialect: Dialect, begun: &str) -> serde_json::Value {
    let endpoint = endpoint(dialect, "https://h/v1");
    let request = ask(endpoint, Some("secret-key"), &Ask { prompt: "Hi \"you\"", begun });
    serde_json::from_str(&request.body.unwrap()).unwrap()
}

#[test]
fn every_dialect_has_its_address() {
    let wanted = [
        (Dialect::OpenAi, "/chat/completions"),
        (Dialect::Responses, "/responses"),
        (Dialect::Anthropic, "/messages"),
        (Dialect::Gemini, "/models/m%2F1:streamGenerateContent?alt=sse"),
        (Dialect::Azure, "/openai/v1/chat/completions"),
        (Dialect::Ollama, "/api/chat"),
        (Dialect::BuiltIn, ""),
    ];
    assert_eq!(wanted.map(|(dialect, _)| dialect), Dialect::ALL);
    for (dialect, path) in wanted {
        let request = ask(endpoint(dialect, "https://h"), None, &Ask::default());
        assert_eq!(request.url, format!("https://h{path}"));
        assert_eq!(request.method, "POST");
        assert_eq!(Dialect::from_id(dialect.id()), Some(dialect));
    }
}

#[test]
fn key_is_in_one_header_only() {
    for &dialect in Dialect::ALL {
        let endpoint = endpoint(dialect, "https://h/v1");
        let wish = Ask { prompt: "Hi", begun: "" };
        for request in [
            ask(endpoint, Some("secret-key"), &wish),
            list_models(dialect, "https://h/v1", Some("secret-key")),
        ] {
            let holds = |text: &str| text.contains("secret-key");
            let headers = request.headers.iter().filter(|(_, value)| holds(value)).count();
            assert_eq!(headers, 1, "{dialect:?}");
            assert!(!holds(&request.url) && !request.body.as_deref().is_some_and(holds));
        }
        let without = ask(endpoint, None, &wish).headers;
        assert!(without.iter().all(|(name, _)| !name.contains("key") && *name != "authorization"));
    }
}

#[test]
fn anthropic_call_has_its_browser_header() {
    let headers = ask(endpoint(Dialect::Anthropic, "https://h"), None, &Ask::default()).headers;
    assert!(headers.contains(&("anthropic-dangerous-direct-browser-access", "true".into())));
    assert!(headers.contains(&("anthropic-version", "2023-06-01".into())));
}

/// The prompt is sent as it is, and an answer that was cut is continued.
#[test]
fn prompt_is_verbatim_and_answers_continue() {
    for &dialect in Dialect::ALL {
        let turns = match dialect {
            Dialect::Responses => "input",
            Dialect::Gemini => "contents",
            _ => "messages",
        };
        let without_brief = |body: &serde_json::Value| -> Vec<String> {
            let turns = body[turns].as_array().unwrap().iter();
            let turns = turns.filter(|turn| turn["role"] != "system");
            turns
                .map(|turn| {
                    turn["content"].as_str().or(turn["parts"][0]["text"].as_str()).unwrap().into()
                })
                .collect()
        };
        let body = asked(dialect, "");
        assert!(body.to_string().contains("no quotation marks around it"), "{dialect:?}");
        assert_eq!(without_brief(&body), ["Hi \"you\""]);
        assert_eq!(without_brief(&asked(dialect, "Hello th")), ["Hi \"you\"", "Hello th", GO_ON]);
        let streams = body["stream"] == true;
        assert_eq!(streams, dialect != Dialect::Gemini, "Gemini streams by its address");
    }
}

#[test]
fn model_list_is_read_or_refused() {
    let answer = r#"{"object":"list","data":[{"id":"a"},{"object":"model"},{"id":"b"}]}"#;
    for dialect in [Dialect::OpenAi, Dialect::Responses, Dialect::Anthropic, Dialect::Azure] {
        assert_eq!(models(dialect, answer), Some(vec!["a".into(), "b".into()]));
        assert_eq!(models(dialect, r#"{"error":"no"}"#), None);
        assert_eq!(models(dialect, "<html>"), None);
    }
}

/// Streams of services that speak OpenAI's dialect, each with what is its own, shortened: where it was seen, the stream.
const COMPATIBLE: [(&str, &str); 9] = [
    (
        "OpenRouter: comments while it waits, reasoning (openrouter.ai/docs/api/reference/streaming)",
        ": OPENROUTER PROCESSING\n\ndata: {\"id\":\"gen-1\",\"provider\":\"X\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]},\"finish_reason\":null,\"native_finish_reason\":null}]}\n\n{OK}",
    ),
    (
        "Groq: its own field (vercel/ai, packages/groq, chat model tests)",
        "data: {\"id\":\"chatcmpl-e7f8e220\",\"object\":\"chat.completion.chunk\",\"model\":\"gemma2-9b-it\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],\"x_groq\":{\"id\":\"req_01jadadp0femyae9kav1gpkhe8\"}}\n\n{OK}",
    ),
    (
        "Mistral: a list of parts from its reasoning models (docs.mistral.ai, reasoning)",
        "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"magistral-medium-latest\",\"choices\":[{\"index\":0,\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]},\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"OK\"}]},\"finish_reason\":null}]}\n\n{STOP}data: [DONE]\n\n",
    ),
    (
        "DeepSeek: comments while queued, reasoning (api-docs.deepseek.com, reasoning model)",
        ": keep-alive\n\ndata: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"deepseek-reasoner\",\"choices\":[{\"index\":0,\"delta\":{\"content\":null,\"reasoning_content\":\"hm\"},\"finish_reason\":null}]}\n\n{OK}",
    ),
    (
        "xAI: reasoning, usage in every chunk (vercel/ai, packages/xai, chat model tests)",
        "data: {\"id\":\"35e18f56\",\"object\":\"chat.completion.chunk\",\"model\":\"grok-beta\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"reasoning_content\":\"hm\"},\"finish_reason\":null}],\"usage\":{\"total_tokens\":4}}\n\n{OK}",
    ),
    (
        "Together AI: the text twice, tokens (docs.together.ai, chat completions)",
        "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"text\":\"OK\",\"logprobs\":null,\"finish_reason\":null,\"seed\":null,\"delta\":{\"token_id\":1,\"role\":\"assistant\",\"content\":\"OK\",\"tool_calls\":null}}],\"usage\":null}\n\n{STOP}data: [DONE]\n\n",
    ),
    (
        "LM Studio: as OpenAI (lmstudio.ai/docs, OpenAI compatibility)",
        "data: {\"id\":\"chatcmpl-ezdun9glec5h6nkjyb89ni\",\"object\":\"chat.completion.chunk\",\"model\":\"qwen\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n{OK}",
    ),
    (
        "llama.cpp: an empty first content, timings at the end (logs of llama-server b6097)",
        "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}],\"id\":\"chatcmpl-X6urH4f6\",\"system_fingerprint\":\"b6097-9515c613\",\"object\":\"chat.completion.chunk\"}\n\ndata: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"OK\"}}]}\n\ndata: {\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{}}],\"timings\":{\"prompt_n\":1085,\"prompt_ms\":203.378}}\n\n",
    ),
    (
        "vLLM: usage in a chunk without choices (docs.vllm.ai, OpenAI-compatible server)",
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n{OK}data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n",
    ),
];

/// Every compatible service is read to its end, and what it adds of its own is skipped.
#[test]
fn compatible_streams_with_own_extras() {
    let stop = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\",\"stop_reason\":null}]}\n\n";
    let ok = format!(
        "data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"OK\"}},\"finish_reason\":null}}]}}\n\n{stop}"
    );
    for (seen, stream) in COMPATIBLE {
        let stream = stream.replace("{OK}", &ok).replace("{STOP}", stop);
        let pieces = reader::read_all(Dialect::OpenAi, "text/event-stream", &stream);
        assert_eq!(pieces, [Piece::Text("OK".into()), Piece::End], "{seen}");
    }
}

/// Errors inside answers that began well, at status 200: dialect, cause, event or line, where it was seen.
const IN_BAND: [(Dialect, Cause, &str, &str); 19] = [
    (
        Dialect::OpenAi,
        Cause::ServerError,
        r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
        "community.openai.com",
    ),
    (
        Dialect::OpenAi,
        Cause::QuotaExhausted,
        r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
        "vercel/ai, packages/openai",
    ),
    (
        Dialect::OpenAi,
        Cause::RateLimited,
        r#"{"id":"gen-1","error":{"code":429,"message":"Rate limit exceeded"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#,
        "openrouter.ai/docs/api/reference/streaming",
    ),
    (
        Dialect::OpenAi,
        Cause::ContextTooLong,
        r#"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.","type":"BadRequestError","param":null,"code":400}"#,
        "block/goose#8031 (vLLM)",
    ),
    (
        Dialect::OpenAi,
        Cause::ContentFiltered,
        r#"{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}"#,
        "platform.openai.com, chat streaming",
    ),
    (
        Dialect::Responses,
        Cause::ModelOverloaded,
        r#"{"type":"error","error":{"code":"server_is_overloaded","message":"Our servers are currently overloaded. Please try again later."}}"#,
        "openai/codex",
    ),
    (
        Dialect::Responses,
        Cause::RateLimited,
        r#"{"type":"response.failed","response":{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Rate limit reached for gpt-5 on tokens per min (TPM). Please try again in 11.054s."}}}"#,
        "openai/codex, codex-api tests",
    ),
    (
        Dialect::Responses,
        Cause::ContentFiltered,
        r#"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}}"#,
        "platform.openai.com, responses streaming",
    ),
    (
        Dialect::Anthropic,
        Cause::ModelOverloaded,
        r#"{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}"#,
        "docs.claude.com, streaming",
    ),
    (
        Dialect::Anthropic,
        Cause::ServerError,
        r#"{"type":"error","error":{"type":"api_error","message":"Internal server error"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}"#,
        "docs.claude.com, errors",
    ),
    (
        Dialect::Anthropic,
        Cause::ContentFiltered,
        r#"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null},"usage":{"output_tokens":1}}"#,
        "docs.claude.com, streaming refusals",
    ),
    (
        Dialect::Gemini,
        Cause::ModelOverloaded,
        r#"{"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}"#,
        "ai.google.dev, troubleshooting",
    ),
    (
        Dialect::Gemini,
        Cause::RateLimited,
        r#"{"error":{"code":429,"message":"Resource has been exhausted (e.g. check quota).","status":"RESOURCE_EXHAUSTED"}}"#,
        "googleapis/js-genai, tests",
    ),
    (
        Dialect::Gemini,
        Cause::ContentFiltered,
        r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":7}}"#,
        "ai.google.dev, generate content",
    ),
    (
        Dialect::Gemini,
        Cause::ContentFiltered,
        r#"{"candidates":[{"finishReason":"SAFETY","index":0}]}"#,
        "ai.google.dev, generate content",
    ),
    (
        Dialect::Azure,
        Cause::ContentFiltered,
        r#"{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter","content_filter_results":{"violence":{"filtered":true,"severity":"medium"}}}]}"#,
        "learn.microsoft.com, content streaming",
    ),
    (
        Dialect::Azure,
        Cause::ServerError,
        r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
        "learn.microsoft.com, Q&A",
    ),
    (
        Dialect::Ollama,
        Cause::ServerError,
        r#"{"error":"an error was encountered while running the model: unexpected EOF"}"#,
        "ollama/ollama, docs/errors",
    ),
    (
        Dialect::Ollama,
        Cause::LocalModelFailed,
        r#"{"error":"model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details"}"#,
        "ollama/ollama issues",
    ),
];

#[test]
fn every_inline_error_has_its_cause() {
    for (dialect, cause, error, seen) in IN_BAND {
        let (kind, answer) = match dialect {
            Dialect::Ollama => ("application/x-ndjson", format!("{error}\n")),
            _ => ("text/event-stream", format!("data: {error}\n\n")),
        };
        let pieces = reader::read_all(dialect, kind, &answer);
        let [Piece::Error(raw)] = &pieces[..] else { panic!("{seen}: {pieces:?}") };
        let failure = Failure {
            provider: dialect.provider().map(|provider| provider.id().into()),
            status: Some(200),
            body: Some(raw.clone()),
            stream: Some(Received { chars: 12, ended: false }),
            ..Failure::default()
        };
        let found = classify(&failure);
        assert_eq!(found.cause, cause, "{dialect:?}, {seen}: {error}");
    }
}

#[test]
fn every_source_tells_its_request_id() {
    for (dialect, header) in [
        (Dialect::OpenAi, "x-request-id"),
        (Dialect::Responses, "x-request-id"),
        (Dialect::Anthropic, "request-id"),
        (Dialect::Azure, "apim-request-id"),
    ] {
        let mut failure = Failure { status: Some(500), ..Failure::default() };
        failure.provider = dialect.provider().map(|provider| provider.id().into());
        failure.headers.insert(header.into(), "req_1".into());
        assert_eq!(classify(&failure).request_id.as_deref(), Some("req_1"), "{dialect:?}");
    }
}

#[test]
fn an_address_moves_with_its_path() {
    for dialect in Dialect::ALL.iter().copied().filter(|dialect| *dialect != Dialect::BuiltIn) {
        let endpoint = endpoint(dialect, "https://h.test");
        let path = ask(endpoint, None, &Ask::default()).url.replace("https://h.test", "");
        let moved = |target: &str| moved(endpoint, target);
        let there = format!("https://www.h.test/api{path}");
        assert_eq!(moved(&there).as_deref(), Some("https://www.h.test/api"), "{dialect:?}");
        assert_eq!(moved(&format!("https://h.test{path}")), None, "it is there already");
        for elsewhere in ["https://h.test/login", "https://h.test/", "http://h.test/v1", ""] {
            assert_eq!(moved(elsewhere), None, "{dialect:?} {elsewhere}");
        }
        assert_eq!(moved(&format!("http://other.test{path}")), None, "not in the open");
    }
}

#[test]
fn an_answer_ends_at_its_limits() {
    use unstuck_diagnose::Limit;
    let text = |n: usize| {
        let words = "é".repeat(n);
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{words}\"}}}}]}}\n\n")
    };
    let read = |begun: usize, pieces: &mut dyn Iterator<Item = String>| {
        let mut reader = Reader::new(Dialect::OpenAi, "text/event-stream", begun);
        let mut told = (0, None);
        for piece in pieces {
            for piece in reader.push(piece.as_bytes()) {
                assert_eq!(told.1, None, "nothing comes after the end");
                match piece {
                    Piece::Text(text) => told.0 += text.len(),
                    other => told.1 = Some(other),
                }
            }
        }
        told
    };
    let over = |limit| Some(Piece::Excess(limit));
    let most = Limit::Text.bytes();
    let endless = || std::iter::repeat_with(|| text(5_001)).take(100);
    let (came, end) = read(0, &mut endless());
    assert!((most - 1..=most).contains(&came) && end == over(Limit::Text), "{came} {end:?}");
    let (came, end) = read(most - 7, &mut endless());
    assert_eq!((came, end), (6, over(Limit::Text)), "what had come before counts");
    let comments =
        || std::iter::once(text(3)).chain(std::iter::repeat_n(": hi\n".repeat(9_999), 99));
    assert_eq!(read(0, &mut comments()), (6, over(Limit::Event)));
    let nothing = "data: {\"choices\":[]}\n\n".repeat(5_000);
    let mut flood = std::iter::repeat_n(nothing, 1_000);
    assert_eq!(read(0, &mut flood), (0, over(Limit::Answer)));
    assert!(flood.len() < 400, "and far before its own end");
    let mut plain = Reader::new(Dialect::OpenAi, "application/json", 0);
    let ends = (0..3).map(|_| plain.push(&vec![b'x'; 500_000])).collect::<Vec<_>>();
    assert_eq!(ends, [vec![], vec![], vec![Piece::Excess(Limit::Event)]]);
    assert_eq!(plain.close(), []);
}
