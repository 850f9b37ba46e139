//! Requests over the network: sent, read as they arrive, and on failure turned into the facts that were seen.

use std::{
    io::{self, Read},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use unstuck_diagnose::{Context, Failure, Headers, Stage};
use unstuck_health::channel::request::Header;
use unstuck_source::Request;
use ureq::{Agent, Body, http};

/// As much of a failed answer is kept for the diagnosis, in bytes.
const KEPT_BYTES: u64 = 64 * 1024;

/// Milliseconds since 1970.
pub(super) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Sends requests. No call follows a redirect: it would take the key along to a host that nobody set up.
#[derive(Debug, Clone)]
pub(super) struct Client {
    agent: Agent,
}

/// An answer whose headers have arrived.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) facts: Failure,
    body: Body,
    begun: Instant,
}

impl Client {
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Each check begins anew, as a person's would: an old connection hides troubles of the way.
            .max_idle_connections(0)
            .user_agent(concat!("unstuck/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent() }
    }

    /// Sends a request. The answer has to be complete within the time.
    ///
    /// # Errors
    ///
    /// What was seen of the failure.
    pub(super) fn send(&self, request: &Request, timeout: Duration) -> Result<Reply, Box<Failure>> {
        let begun = Instant::now();
        let facts = Failure {
            provider: request.provider.map(|provider| provider.id().to_owned()),
            url: Some(request.url.clone()),
            method: Some(request.method.to_owned()),
            stage: Some(Stage::Request),
            context: Some(Context::Native),
            proxy: self.agent.config().proxy().is_some().then_some(true),
            ..Failure::default()
        };
        let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let sent = match self.call(
            request.method,
            &request.url,
            headers,
            request.body.as_deref(),
            timeout,
        ) {
            Ok(answer) => answer,
            Err(error) => return Err(Box::new(failed(facts, &error, begun))),
        };
        let status = sent.status().as_u16();
        let pairs = sent.headers().iter();
        let pairs = pairs.map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        let facts = Failure {
            status: Some(status),
            stage: Some(Stage::Response),
            headers: Headers::of_answer(pairs.collect()),
            ..facts
        };
        let reply = Reply { status, facts, body: sent.into_body(), begun };
        if (200..300).contains(&status) { Ok(reply) } else { Err(Box::new(reply.refused())) }
    }

    /// Posts a message to a receiver of alerts: its status (0 without an answer), its `Retry-After`, and the beginning of its body.
    pub(super) fn post(
        &self,
        url: &str,
        headers: &[Header],
        body: &str,
        timeout: Duration,
        most: usize,
    ) -> (u16, Option<String>, Vec<u8>) {
        let headers = headers.iter().map(|(name, value)| (name.as_ref(), value.as_str()));
        let Ok(mut answer) = self.call("POST", url, headers, Some(body), timeout) else {
            return (0, None, Vec::new());
        };
        let after = answer.headers().get("retry-after");
        let after = after.and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut read = Vec::new();
        let whole = answer.body_mut().as_reader().take(most as u64).read_to_end(&mut read);
        // Of an answer that breaks off nobody knows what it was going to say.
        (if whole.is_ok() { answer.status().as_u16() } else { 0 }, after, read)
    }

    /// Whether anybody answers at this address.
    pub(super) fn reaches(&self, url: &str, timeout: Duration) -> bool {
        self.call("GET", url, [].into_iter(), None, timeout).is_ok()
    }

    fn call<'a>(
        &self,
        method: &str,
        url: &str,
        headers: impl Iterator<Item = (&'a str, &'a str)>,
        body: Option<&str>,
        timeout: Duration,
    ) -> Result<http::Response<Body>, ureq::Error> {
        let mut request = http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        match body {
            Some(body) => {
                let request = self.agent.configure_request(request.body(body)?);
                self.agent.run(request.timeout_global(Some(timeout)).build())
            }
            None => {
                let request = self.agent.configure_request(request.body(())?);
                self.agent.run(request.timeout_global(Some(timeout)).build())
            }
        }
    }
}

impl Reply {
    /// The next bytes; empty at the end.
    ///
    /// # Errors
    ///
    /// What was seen of the failure.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Box<Failure>> {
        self.body.as_reader().read(buffer).map_err(|error| {
            let error = ureq::Error::from(error);
            Box::new(failed(self.facts.clone(), &error, self.begun))
        })
    }

    /// The whole body as text, as far as anybody looks at it.
    ///
    /// # Errors
    ///
    /// What was seen of the failure.
    pub(super) fn text(&mut self, most: u64) -> Result<String, Box<Failure>> {
        let mut bytes = Vec::new();
        match self.body.as_reader().take(most).read_to_end(&mut bytes) {
            Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => {
                let error = ureq::Error::from(error);
                Err(Box::new(failed(self.facts.clone(), &error, self.begun)))
            }
        }
    }

    /// The failure of an answer that says no.
    fn refused(mut self) -> Failure {
        match self.text(KEPT_BYTES) {
            Ok(body) => self.into_failure(Some(body)),
            // Its status says more than how its body broke off.
            Err(_) => self.into_failure(None),
        }
    }

    /// What was seen, for an answer that is none.
    pub(super) fn into_failure(self, body: Option<String>) -> Failure {
        let elapsed_ms = u64::try_from(self.begun.elapsed().as_millis()).ok();
        Failure { body, elapsed_ms, now_ms: Some(now_ms()), ..self.facts }
    }
}

fn failed(facts: Failure, error: &ureq::Error, begun: Instant) -> Failure {
    Failure {
        error_name: Some(name(error, facts.stage).to_owned()),
        elapsed_ms: u64::try_from(begun.elapsed().as_millis()).ok(),
        now_ms: Some(now_ms()),
        ..facts
    }
}

/// The error by the name that programs know: those of the system and of Node, which the diagnosis reads.
fn name(error: &ureq::Error, stage: Option<Stage>) -> &'static str {
    let has_begun = matches!(stage, Some(Stage::Response | Stage::Stream));
    match error {
        ureq::Error::Timeout(_) => "TimeoutError",
        ureq::Error::HostNotFound => "ENOTFOUND",
        ureq::Error::Io(error) => io_name(error, has_begun),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => tls_name(&error.to_string()),
        ureq::Error::LargeResponseHeader(..) => "UND_ERR_HEADERS_OVERFLOW",
        ureq::Error::ConnectProxyFailed(_) => "UND_ERR_PRX_TLS",
        ureq::Error::Protocol(_) if has_begun => "ERR_STREAM_PREMATURE_CLOSE",
        ureq::Error::Protocol(_) => "HPE_INVALID_CONSTANT",
        _ => "UND_ERR_SOCKET",
    }
}

fn io_name(error: &io::Error, has_begun: bool) -> &'static str {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::ConnectionRefused => "ECONNREFUSED",
        Kind::HostUnreachable => "EHOSTUNREACH",
        Kind::NetworkUnreachable => "ENETUNREACH",
        Kind::NetworkDown => "ENETDOWN",
        Kind::TimedOut | Kind::WouldBlock => "TimeoutError",
        Kind::InvalidData => tls_name(&error.to_string()),
        _ if has_begun => "ERR_STREAM_PREMATURE_CLOSE",
        // The system's resolver has no kind of its own for a name that it does not find.
        _ if error.to_string().contains("lookup address") => "ENOTFOUND",
        Kind::BrokenPipe => "EPIPE",
        _ => "ECONNRESET",
    }
}

/// What rustls says, by the names that OpenSSL has for it.
fn tls_name(said: &str) -> &'static str {
    match said {
        _ if said.contains("NotValidYet") || said.contains("not valid yet") => "CERT_NOT_YET_VALID",
        _ if said.contains("Expired") || said.contains("expired") => "CERT_HAS_EXPIRED",
        _ if said.contains("NotValidForName") || said.contains("not valid for name") => {
            "ERR_TLS_CERT_ALTNAME_INVALID"
        }
        _ if said.contains("certificate") => "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        _ => "EPROTO",
    }
}
