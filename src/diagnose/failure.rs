//! What was seen of a failed call: facts only, no opinion.

mod headers;
#[cfg(feature = "json")]
mod json;
mod timeline;

use crate::url::{Url, without_query};
pub use headers::Headers;
use serde::{Deserialize, Serialize};
pub use timeline::{Moment, Timeline};

/// How far the call had come when it failed.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The request could not be built; nothing was sent.
    Before,
    /// Sent or being sent; no response headers yet.
    Request,
    /// Headers arrived and the body was being read.
    Response,
    /// The answer was being streamed.
    Stream,
}

/// Who made the call. The browser treats the same failure differently in each.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// The extension's own service worker.
    Worker,
    /// A page of the extension.
    ExtensionPage,
    /// A content script, which has the page's rights.
    ContentScript,
    /// A web page.
    Page,
    /// Not a browser: a script, a server, a command.
    Native,
}

/// What had arrived of a streamed answer.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Received {
    /// Characters of answer text that arrived.
    pub chars: u64,
    /// Whether the protocol's own end mark was seen.
    pub ended: bool,
}

/// A limit of our own on what comes in.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// One event or line of a stream, all that lies between two events counted with it.
    Event,
    /// The text of an answer.
    Text,
    /// An answer in all its bytes.
    Answer,
}

impl Limit {
    /// What may come in, in bytes.
    ///
    /// Text: more than any message of a chat; the journal, with 10 MB for all, holds each twice while it streams. Events:
    /// the longest that a service sends is an answer once more in full. Answer: a stream wraps four letters into 300 bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            Self::Event => 1 << 20,
            Self::Text => 256 << 10,
            Self::Answer => 64 << 20,
        }
    }

    /// The message key after `evidence_`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Event => "over_limit_event",
            Self::Text => "over_limit_text",
            Self::Answer => "over_limit_answer",
        }
    }

    /// Its size as people read it, such as `256 KB`.
    #[must_use]
    pub fn in_words(self) -> String {
        match self.bytes() >> 10 {
            kb @ ..1024 => [&kb.to_string(), " KB"].concat(),
            kb => [&(kb >> 10).to_string(), " MB"].concat(),
        }
    }
}

/// What a look at a host, without any credentials, came to.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It answered, whatever it said.
    Answered,
    /// It answered with a bot check.
    Challenged,
    /// Somebody else answered: the look was sent on to another host.
    Elsewhere,
    /// No answer came in time.
    Silent,
    /// The browser could not reach it: its own name for the error, or what the exception said.
    Failed(String),
}

/// What was found out after the failure, where it had stayed undecided.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Probes {
    /// The host that was called.
    pub host: Option<Reach>,
    /// A host that has nothing to do with it.
    pub other: Option<Reach>,
    /// Whether the web app that was called sends the person to its sign-in. A front page that is open to everyone says nothing.
    pub signed_out: bool,
    /// An address that answers everyone with nothing, called in the open: a network that wants a sign-in answers in its place.
    pub open: Option<Reach>,
}

/// One failed call as it was seen. Every field may be missing; a field that is present is a fact.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Failure {
    /// Id of the service that was called, when the caller knows it (`openai`, `anthropic`, …).
    pub provider: Option<String>,
    /// The address that was called. Its query may hold secrets: never show or keep it whole.
    pub url: Option<String>,
    /// HTTP method.
    pub method: Option<String>,
    /// HTTP status, 100 to 599.
    pub status: Option<u16>,
    /// Response headers, names in lower case.
    pub headers: Headers,
    /// The raw answer: text, JSON, HTML or an event stream, perhaps cut.
    pub body: Option<String>,
    /// Name of the exception (`TypeError`, `AbortError`, …).
    pub error_name: Option<String>,
    /// Text of the exception, or anything that a person saw or pasted, in any language.
    pub message: Option<String>,
    /// The browser's own name for a network error, as `net::ERR_…`.
    pub net_error: Option<String>,
    /// The code with which a WebSocket closed (RFC 6455, section 7.4); its reason is the message.
    pub close_code: Option<u16>,
    /// `webRequest` events of the call in order: `before_request`, `before_redirect`, `headers_received`,
    /// `response_started`, `completed`, `error`; those of a CORS preflight with the prefix `preflight:`.
    /// Absent when nothing was watching; present and empty when the watcher saw nothing.
    pub trail: Option<Vec<String>>,
    /// How far the call had come.
    pub stage: Option<Stage>,
    /// What had arrived of a streamed answer.
    pub stream: Option<Received>,
    /// Whether the caller itself cancelled.
    pub aborted: Option<bool>,
    /// `navigator.onLine` when it failed. `true` proves nothing.
    pub online: Option<bool>,
    /// Whether the extension holds permission for the host.
    pub site_access: Option<bool>,
    /// Whether a proxy is configured.
    pub proxy: Option<bool>,
    /// Who made the call.
    pub context: Option<Context>,
    /// Milliseconds from the call to the failure.
    pub elapsed_ms: Option<u64>,
    /// Wall clock at the failure, milliseconds since 1970. Dates in answers are read against it.
    pub now_ms: Option<u64>,
    /// Which attempt this was, counted from 1.
    pub attempt: Option<u32>,
    /// What was found out afterwards.
    pub probes: Option<Probes>,
    /// When what happened. Nothing is concluded from it: it is for those who look at the call afterwards.
    #[cfg(feature = "workspace")]
    pub timeline: Option<Timeline>,
    /// The limit of our own that the answer went past.
    pub limit: Option<Limit>,
}

impl Failure {
    /// The names of its fields in JSON. An object with any other key is not a failure but the answer of a service.
    pub const FIELDS: &[&str] = &[
        "provider",
        "url",
        "method",
        "status",
        "headers",
        "body",
        "error_name",
        "message",
        "net_error",
        "close_code",
        "trail",
        "stage",
        "stream",
        "aborted",
        "online",
        "site_access",
        "proxy",
        "context",
        "elapsed_ms",
        "now_ms",
        "attempt",
        "probes",
        "timeline",
        "limit",
    ];

    /// A failure of which only a text is known: what a person saw or pasted.
    #[must_use]
    pub fn from_message(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..Self::default() }
    }

    /// The same without any words: no answer, no exception's text, no query of an address, and no header that may hold a
    /// secret.
    #[must_use]
    pub fn without_words(&self) -> Self {
        let open = |name: &str| {
            !["cookie", "auth", "token", "key", "secret", "session", "organization"]
                .iter()
                .any(|part| name.contains(part))
        };
        let address = |url: &str| without_query(url).to_owned();
        let kept = |(name, value): (&str, &str)| {
            let leads = name.contains("location");
            (name.to_owned(), if leads { address(value) } else { value.to_owned() })
        };
        Self {
            url: self.url.as_deref().map(address),
            headers: self.headers.iter().filter(|(name, _)| open(name)).map(kept).collect(),
            body: None,
            message: None,
            ..self.clone()
        }
    }

    /// Value of a response header; `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// Host of the called address, without user, port, path or query.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        Some(Url::read(self.url.as_deref()?)?.host()).filter(|host| !host.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_without_user_port_or_query() {
        let host = |url: &str| {
            Failure { url: Some(url.into()), ..Failure::default() }.host().map(String::from)
        };
        assert_eq!(
            host("https://me:secret@api.openai.com:443/v1?key=1").as_deref(),
            Some("api.openai.com")
        );
        assert_eq!(host("http://[::1]:11434/api/chat").as_deref(), Some("[::1]"));
        assert_eq!(host("no address"), None);
        assert_eq!(host("https:///v1"), None);
    }

    /// Without its words, a failure holds no word of the person and no secret.
    #[test]
    fn stripped_failure_has_no_secrets() {
        let failure = Failure {
            url: Some("https://api.openai.com/v1/models?key=canary#canary".into()),
            headers: [
                ("set-cookie".into(), "a=canary".into()),
                ("openai-organization".into(), "canary".into()),
                ("location".into(), "https://sso.example/in?token=canary".into()),
                ("x-request-id".into(), "req_1".into()),
            ]
            .into(),
            body: Some("canary".into()),
            message: Some("canary".into()),
            ..Failure::default()
        };
        let kept = failure.without_words();
        assert!(!format!("{kept:?}").contains("canary"), "{kept:?}");
        assert_eq!(kept.header("x-request-id"), Some("req_1"));
        assert_eq!(kept.url.as_deref(), Some("https://api.openai.com/v1/models"));
    }
}
