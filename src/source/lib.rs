//! AI sources, sans-IO: what to send, and how to read what comes back.
//!
//! Each dialect knows in its own file how an ask is written and what one event of its answer says. What they share,
//! addresses, headers and the way of the bytes, is here and in `reader`.

mod anthropic;
mod ask;
mod azure;
mod dialect;
mod gemini;
pub mod json;
mod ollama;
mod openai;
pub mod presets;
mod reader;
mod responses;
mod said;
pub mod sse;
mod whole;

pub use ask::{Ask, BRIEF};
pub use dialect::Dialect;
pub use reader::{Piece, Reader};

use json::{find, items, text};
use unstuck_diagnose::{
    Provider,
    workspace::{Address, Url, is_loopback, without_query},
};

impl Dialect {
    /// The header that carries the key, and the key as it stands there. It is never in an address.
    fn authorisation(self, key: &str) -> (&'static str, String) {
        match self {
            Self::Anthropic => ("x-api-key", key.to_owned()),
            Self::Gemini => ("x-goog-api-key", key.to_owned()),
            Self::Azure => ("api-key", key.to_owned()),
            Self::OpenAi | Self::Responses | Self::Ollama | Self::BuiltIn => {
                ("authorization", format!("Bearer {key}"))
            }
        }
    }

    fn headers(self, key: Option<&str>) -> Vec<(&'static str, String)> {
        let mut headers: Vec<_> = key.map(|key| self.authorisation(key)).into_iter().collect();
        if self == Self::Anthropic {
            headers.extend(anthropic::HEADERS.map(|(name, value)| (name, value.to_owned())));
        }
        headers
    }
}

/// A request as plain data; the runner sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Absolute address.
    pub url: String,
    /// `POST` or `GET`.
    pub method: &'static str,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body of a `POST`.
    pub body: Option<String>,
    /// Who is called, when the dialect tells.
    pub provider: Option<Provider>,
}

/// Where a source is asked, and for which model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint<'a> {
    /// How it is spoken to.
    pub dialect: Dialect,
    /// Base URL of its API, for instance `https://api.openai.com/v1`.
    pub base_url: &'a str,
    /// The model to ask.
    pub model: &'a str,
}

/// The request that asks for a streamed draft.
#[must_use]
pub fn ask(endpoint: Endpoint<'_>, key: Option<&str>, ask: &Ask<'_>) -> Request {
    let Endpoint { dialect, base_url, model } = endpoint;
    let url = match dialect {
        Dialect::OpenAi => format!("{base_url}/chat/completions"),
        Dialect::Responses => format!("{base_url}/responses"),
        Dialect::Anthropic => format!("{base_url}/messages"),
        Dialect::Gemini => gemini::address(base_url, model),
        Dialect::Azure => azure::address(base_url, "/chat/completions"),
        Dialect::Ollama => format!("{base_url}/api/chat"),
        Dialect::BuiltIn => base_url.to_owned(),
    };
    let body = match dialect {
        Dialect::OpenAi | Dialect::Azure | Dialect::Ollama | Dialect::BuiltIn => {
            let counts = dialect == Dialect::Azure || openai::counts_when_asked(base_url);
            openai::body(model, ask, counts && dialect != Dialect::Ollama)
        }
        Dialect::Responses => responses::body(model, ask),
        Dialect::Anthropic => anthropic::body(model, ask),
        Dialect::Gemini => gemini::body(ask),
    };
    let mut headers = dialect.headers(key);
    headers.push(("content-type", "application/json".into()));
    headers.push(("accept", "text/event-stream, application/json".into()));
    Request { url, method: "POST", headers, body: Some(body), provider: dialect.provider() }
}

/// The request that costs nothing and proves address and key: the list of models.
#[must_use]
pub fn list_models(dialect: Dialect, base_url: &str, key: Option<&str>) -> Request {
    let url = match dialect {
        Dialect::OpenAi | Dialect::Responses => format!("{base_url}/models"),
        Dialect::Anthropic => format!("{base_url}/models?limit=1000"),
        Dialect::Gemini => format!("{base_url}/models?pageSize=1000"),
        Dialect::Azure => azure::address(base_url, "/models"),
        Dialect::Ollama => format!("{base_url}/api/tags"),
        Dialect::BuiltIn => base_url.to_owned(),
    };
    let headers = dialect.headers(key);
    Request { url, method: "GET", headers, body: None, provider: dialect.provider() }
}

/// The models in an answer to [`list_models`] that can write, or `None` when it is no such answer.
#[must_use]
pub fn models(dialect: Dialect, answer: &str) -> Option<Vec<String>> {
    let (list, name) = match dialect {
        Dialect::Gemini | Dialect::Ollama | Dialect::BuiltIn => ("models", "name"),
        _ => ("data", "id"),
    };
    let rows = items(find(answer, &[list]).filter(|rows| rows.starts_with('['))?).into_iter();
    let rows = rows.filter(|row| dialect != Dialect::Gemini || gemini::can_write(row));
    let names = rows.filter_map(|row| text(find(row, &[name])?));
    Some(names.map(|name| gemini::bare(&name).to_owned()).collect())
}

/// The base URL of a source at the address to which its ask was sent on; `None` where that is no address to ask at.
#[must_use]
pub fn moved(endpoint: Endpoint<'_>, target: &str) -> Option<String> {
    let bare = |url: &str| without_query(url).to_owned();
    let asked = bare(&ask(endpoint, None, &Ask::default()).url);
    let base = bare(target);
    let base = base.strip_suffix(asked.strip_prefix(endpoint.base_url)?)?;
    let base_url = base_url(base).ok().filter(|base| base != endpoint.base_url)?;
    let there = Endpoint { base_url: &base_url, ..endpoint };
    (bare(&ask(there, None, &Ask::default()).url) == bare(target)).then_some(base_url)
}

/// Why a base URL cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlError {
    /// Not an absolute `http` or `https` address.
    NotAnAddress,
    /// Plain `http` to another machine: the key would travel in the open.
    NotSecure,
}

/// Checks a base URL and gives it back without trailing slashes, query or fragment.
///
/// # Errors
/// When it is no `http(s)` address, holds a user name, or is plain `http` to a machine other than this one.
pub fn base_url(text: &str) -> Result<String, UrlError> {
    let url = Url::read(text).ok_or(UrlError::NotAnAddress)?;
    let Address { scheme, mut host, port } = url.address().ok_or(UrlError::NotAnAddress)?;
    let path = without_query(url.rest).trim_end_matches('/');
    let plain = url.place() == url.authority && !path.starts_with('\\');
    if !plain || !["http", "https"].contains(&scheme.as_str()) {
        return Err(UrlError::NotAnAddress);
    }
    if scheme == "http" && !is_loopback(&host) {
        return Err(UrlError::NotSecure);
    }
    // Chromium's content security policy knows no addresses of version 6; the name leads there as well.
    if scheme == "http" && (host.starts_with('[') || host == "0.0.0.0") {
        host = "localhost".to_owned();
    }
    let port = port.map(|port| [":", &port.to_string()].concat()).unwrap_or_default();
    Ok([&scheme, "://", &host, &port, path].concat())
}

/// Whether what is sent to this base URL stays on this machine.
#[must_use]
pub fn is_loopback_url(base_url: &str) -> bool {
    Url::read(base_url).is_some_and(Url::is_loopback)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod addresses {
    use super::*;

    /// A refusal comes with its reason.
    #[test]
    fn base_url_is_normalised_or_refused() {
        assert_eq!(
            base_url(" https://api.openai.com/v1/ ").as_deref(),
            Ok("https://api.openai.com/v1")
        );
        assert_eq!(base_url("HTTP://127.0.0.1:11434").as_deref(), Ok("http://127.0.0.1:11434"));
        assert_eq!(
            base_url("http://[::1]:8080/v1?key=1#x").as_deref(),
            Ok("http://localhost:8080/v1")
        );
        assert_eq!(base_url("http://0.0.0.0:11434").as_deref(), Ok("http://localhost:11434"));
        assert_eq!(
            base_url("https://Bücher.example.:443/v1").as_deref(),
            Ok("https://xn--bcher-kva.example/v1")
        );
        assert_eq!(base_url("http://example.org/v1"), Err(UrlError::NotSecure));
        assert_eq!(base_url("http://127.evil.example"), Err(UrlError::NotSecure));
        for bad in [
            "",
            "api.openai.com",
            "ftp://x",
            "https://",
            "https:///v1",
            "https://me:key@host/v1",
            "https://a b/",
            "https://*.evil.example/v1",
            "https://api.evil.example\\@ai.example.org",
        ] {
            assert_eq!(base_url(bad), Err(UrlError::NotAnAddress), "{bad}");
        }
    }

    #[test]
    fn local_source_stays_local() {
        for here in
            ["https://[::1]/v1", "http://[::1]:8080/v1", "http://127.1:1/v1", "https://localhost"]
        {
            assert!(is_loopback_url(here), "{here}");
        }
        for away in ["https://127.evil.example/v1", "https://localhost.evil.example", "localhost"] {
            assert!(!is_loopback_url(away), "{away}");
        }
    }
}
