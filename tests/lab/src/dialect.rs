//! The dialects that the lab speaks: in which one a call is, how it carries its key, and how an answer is written.

mod answer;
mod refusal;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};

pub(crate) use self::answer::events;
pub(crate) use self::refusal::{Refused, refuse};

/// The only key that opens the API.
const KEY: &str = "lab-key";
const MODELS: [&str; 3] = ["lab-small", "lab-large", "gpt-4o-mini"];

/// How a provider is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// OpenAI's Chat Completions.
    Chat,
    /// OpenAI's Responses.
    Responses,
    /// Anthropic's Messages.
    Anthropic,
    /// Google's Gemini.
    Gemini,
    /// Chat Completions as Azure OpenAI serves them.
    Azure,
    /// Ollama's own, without a key.
    Ollama,
}

/// What a path is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The list of models.
    Models,
    /// An answer.
    Answer,
    /// Nothing.
    Unknown,
}

impl Dialect {
    /// The dialect of a call; the list of models has one path for three of them.
    pub(crate) fn of(path: &str, headers: &HeaderMap) -> Self {
        match path {
            "/v1/responses" => Self::Responses,
            "/v1/messages" => Self::Anthropic,
            _ if path.starts_with("/v1beta/") => Self::Gemini,
            _ if path.starts_with("/openai/") => Self::Azure,
            _ if path.starts_with("/api/") => Self::Ollama,
            _ if headers.contains_key("anthropic-version") => Self::Anthropic,
            _ => Self::Chat,
        }
    }

    pub(crate) fn purpose(self, method: &str, path: &str) -> Purpose {
        let answers = match self {
            Self::Chat => path == "/v1/chat/completions",
            Self::Responses => path == "/v1/responses",
            Self::Anthropic => path == "/v1/messages",
            Self::Gemini => path.ends_with(":streamGenerateContent"),
            Self::Azure => path.ends_with("/chat/completions"),
            Self::Ollama => path == "/api/chat",
        };
        match method {
            "POST" if answers => Purpose::Answer,
            "GET" if path.ends_with("/models") || path == "/api/tags" => Purpose::Models,
            _ => Purpose::Unknown,
        }
    }

    /// `accepted`, `refused` or `none`.
    pub(crate) fn key_state(self, headers: &HeaderMap) -> &'static str {
        let name = match self {
            Self::Ollama => return "accepted",
            Self::Chat | Self::Responses => AUTHORIZATION.as_str(),
            Self::Anthropic => "x-api-key",
            Self::Gemini => "x-goog-api-key",
            Self::Azure => "api-key",
        };
        let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match value.trim_start_matches("Bearer").trim() {
            "" => "none",
            KEY => "accepted",
            _ => "refused",
        }
    }

    /// The media type of a streamed answer.
    pub(crate) const fn stream_type(self) -> &'static str {
        match self {
            Self::Ollama => "application/x-ndjson",
            _ => "text/event-stream; charset=utf-8",
        }
    }

    /// An event of a stream.
    pub(crate) fn frame(self, event: &str) -> String {
        let named = matches!(self, Self::Anthropic | Self::Responses);
        let name =
            || serde_json::from_str::<Value>(event).ok()?["type"].as_str().map(str::to_owned);
        match (self, name().filter(|_| named)) {
            (Self::Ollama, _) => format!("{event}\n"),
            (_, Some(name)) => format!("event: {name}\ndata: {event}\n\n"),
            (_, None) => format!("data: {event}\n\n"),
        }
    }

    /// The list of models.
    pub(crate) fn models(self) -> Value {
        match self {
            Self::Gemini => {
                let methods = ["generateContent", "countTokens"];
                let models = MODELS.map(|id| json!({"name": format!("models/{id}"), "supportedGenerationMethods": methods}));
                json!({"models": models})
            }
            Self::Ollama => {
                json!({"models": MODELS.map(|id| json!({"name": id, "model": id, "size": 4_683_075_271_u64}))})
            }
            Self::Anthropic => {
                let models = MODELS.map(|id| json!({"type": "model", "id": id, "display_name": id, "created_at": "2025-02-19T00:00:00Z"}));
                json!({"data": models, "has_more": false, "first_id": MODELS[0], "last_id": MODELS[2]})
            }
            Self::Chat | Self::Responses | Self::Azure => {
                let models = MODELS.map(|id| json!({"id": id, "object": "model", "created": 1_735_689_600, "owned_by": "lab"}));
                json!({"object": "list", "data": models})
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call is recognised by its path and carries its key in the header of that dialect.
    #[test]
    fn path_selects_dialect_and_key_header() {
        for (dialect, path, header) in [
            (Dialect::Chat, "/v1/chat/completions", "authorization"),
            (Dialect::Responses, "/v1/responses", "authorization"),
            (Dialect::Anthropic, "/v1/messages", "x-api-key"),
            (Dialect::Gemini, "/v1beta/models/lab-small:streamGenerateContent", "x-goog-api-key"),
            (Dialect::Azure, "/openai/v1/chat/completions", "api-key"),
            (Dialect::Azure, "/openai/deployments/lab-small/chat/completions", "api-key"),
            (Dialect::Ollama, "/api/chat", "x-none"),
        ] {
            let mut headers = HeaderMap::new();
            assert_eq!(Dialect::of(path, &headers), dialect);
            assert_eq!(dialect.purpose("POST", path), Purpose::Answer);
            let keyless = dialect == Dialect::Ollama;
            assert_eq!(dialect.key_state(&headers), if keyless { "accepted" } else { "none" });
            headers.insert(header, "lab-key".parse().expect("a header"));
            assert_eq!(dialect.key_state(&headers), "accepted");
        }
    }
}
