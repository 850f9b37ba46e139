//! A failure as the transport looks at it: what follows from its facts at once.

use crate::{
    Cause, Evidence, Failure, Provider,
    classify::{
        clip,
        net_errors::{self, NetError},
        scan,
    },
    failure::{Context, Stage},
    host::is_loopback,
    url::scheme,
};

/// The failure with what follows from its facts at once.
pub(super) struct Scene<'a> {
    pub(super) failure: &'a Failure,
    pub(super) message: &'a str,
    pub(super) trail: Option<RequestTrace>,
    pub(super) error: Option<Raised<'a>>,
    /// The answer had begun to arrive.
    pub(super) begun: bool,
    /// The browser says that it is offline, and the call had to leave the machine.
    pub(super) offline: bool,
    /// The extension itself called, with an extension's rights.
    pub(super) own: bool,
}

/// The browser's name for what went wrong.
#[derive(Clone, Copy)]
pub(super) struct Raised<'a> {
    pub(super) name: &'a str,
    pub(super) known: Option<NetError>,
    /// The browser reported it to us; otherwise it was read in a text.
    pub(super) reported: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn of(failure: &'a Failure) -> Self {
        let message = scan::head(failure.message.as_deref().unwrap_or_default());
        let trail = failure.trail.as_deref().map(RequestTrace::read);
        let begun = matches!(failure.stage, Some(Stage::Response | Stage::Stream))
            || failure.stream.is_some_and(|stream| stream.chars > 0)
            || failure.status.is_some_and(|status| (200..300).contains(&status))
            || trail.as_ref().is_some_and(|trail| trail.started);
        Self {
            failure,
            message,
            trail,
            error: reported(failure).or_else(|| quoted(message)),
            begun,
            offline: failure.online == Some(false)
                && !failure.host().is_some_and(is_loopback)
                && !is_built_in(failure),
            own: matches!(failure.context, Some(Context::Worker | Context::ExtensionPage)),
        }
    }

    /// The failure as it showed itself: the browser's name for it, else the exception.
    pub(super) fn symptom(&self) -> Evidence {
        match (self.error, self.message.lines().next()) {
            (Some(error), _) => Evidence::NetError { name: clip(error.name) },
            (None, Some(line)) => Evidence::Phrase { text: clip(line) },
            (None, None) => {
                let name = self.failure.error_name.as_deref().unwrap_or("Error");
                Evidence::Exception { name: clip(name) }
            }
        }
    }

    /// Whether the caller got an exception.
    pub(super) fn is_thrown(&self) -> bool {
        self.error.is_some() || !self.message.is_empty() || self.failure.error_name.is_some()
    }

    pub(super) fn url_scheme(&self) -> Option<&str> {
        scheme(self.failure.url.as_deref()?)
    }

    /// Characters of an answer that arrived before it stopped short of its end mark.
    pub(super) fn cut_after(&self) -> Option<u64> {
        self.failure.stream.filter(|stream| !stream.ended).map(|stream| stream.chars)
    }

    /// Whether being offline would explain this cause.
    pub(super) fn is_symptom_of_offline(&self, cause: Cause) -> bool {
        use Cause::*;
        let symptom = matches!(
            cause,
            DnsFailure
                | HostUnreachable
                | ConnectionLost
                | NetworkChanged
                | NetworkUnknown
                | StreamInterrupted
                | Timeout
        );
        self.offline && symptom
    }
}

/// Whether it was no call over a network: the browser's own model was asked.
pub(super) fn is_built_in(failure: &Failure) -> bool {
    failure.provider.as_deref() == Some(Provider::BuiltIn.id())
}

fn reported(failure: &Failure) -> Option<Raised<'_>> {
    let name = failure.net_error.as_deref()?.trim();
    let name = name.strip_prefix("net::").unwrap_or(name);
    (!name.is_empty()).then(|| Raised { name, known: net_errors::find(name), reported: true })
}

/// The first `net::ERR_…` in a text, or the first word of it that is a known error.
fn quoted(text: &str) -> Option<Raised<'_>> {
    if text.is_empty() {
        return None;
    }
    text.match_indices("ERR_").find_map(|(start, _)| {
        let before = &text[..start];
        if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            return None;
        }
        let rest = &text[start..];
        let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
        let name = &rest[..end.unwrap_or(rest.len())];
        let known = net_errors::find(name);
        (known.is_some() || before.ends_with("net::")).then_some(Raised {
            name,
            known,
            reported: false,
        })
    })
}

/// The `webRequest` events of a call, as far as they matter: those of its last leg after redirects.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RequestTrace {
    pub(super) empty: bool,
    pub(super) requested: bool,
    pub(super) redirected: bool,
    pub(super) redirects: usize,
    pub(super) headers: bool,
    pub(super) started: bool,
    pub(super) completed: bool,
    pub(super) failed: bool,
    preflight_answered: bool,
}

impl RequestTrace {
    pub(super) fn read(events: &[String]) -> Self {
        let mut trail = Self { empty: events.is_empty(), ..Self::default() };
        for event in events {
            if let Some(event) = event.strip_prefix("preflight:") {
                trail.preflight_answered |= event == "headers_received";
                continue;
            }
            match event.as_str() {
                "before_request" => trail.requested = true,
                "before_redirect" => {
                    trail.redirected = true;
                    trail.redirects += 1;
                    (trail.requested, trail.headers, trail.started) = (false, false, false);
                }
                "headers_received" => trail.headers = true,
                "response_started" => trail.started = true,
                "completed" => trail.completed = true,
                "error" => trail.failed = true,
                _ => {}
            }
        }
        trail
    }

    /// An answer came and was not handed over.
    pub(super) fn is_refused_answer(&self) -> bool {
        self.failed && !self.started && (self.headers || self.preflight_answered)
    }

    pub(super) fn refusal(&self) -> Evidence {
        if self.headers { Evidence::HeadersThenRefused } else { Evidence::PreflightRefused }
    }

    /// A redirect was announced, and its target was never asked.
    pub(super) fn stops_at_redirect(&self) -> bool {
        self.redirected && !self.requested
    }
}
