//! What pages call, seen from outside: `webRequest` events in, the facts of a failed call out.
//!
//! A page tells only the exception that it got; the browser tells only what happened on the way. Both together are a
//! [`Failure`].

pub mod apps;
mod socket;

pub use socket::Closing;
use unstuck_diagnose::{Context, Failure, Headers, Probes, Stage, workspace::without_fragment};

/// How many calls are remembered.
const KEPT: usize = 64;
/// An exception about a call that went well on the wire, such as a failed integrity check, comes right after it.
const AFTERMATH_MS: u64 = 1_000;

/// One `webRequest` event of a call.
#[derive(Debug, Clone, Default)]
pub struct WebRequestEvent {
    /// The browser's id of the request; it stays the same through redirects.
    pub request: String,
    /// The tab of the page.
    pub tab: i32,
    /// Name of the event, as in [`Failure::trail`].
    pub event: String,
    /// The address, which a redirect changes.
    pub url: String,
    /// HTTP method.
    pub method: String,
    /// HTTP status, once there is one.
    pub status: Option<u16>,
    /// `net::ERR_…` of the event `error`.
    pub error: Option<String>,
    /// Response headers, names in lower case; empty where the event has none.
    pub headers: Headers,
    /// When it happened, milliseconds since 1970.
    pub at_ms: u64,
}

/// What a page knows of its call.
#[derive(Debug, Clone, Default)]
pub struct PageReport<'a> {
    /// The tab of the page.
    pub tab: i32,
    /// The address that the page called.
    pub url: &'a str,
    /// Name of the exception, if there was one.
    pub name: Option<&'a str>,
    /// Its text.
    pub message: Option<&'a str>,
    /// What came back, if something did and it was a refusal.
    pub answer: Option<Answer>,
    /// How it closed, if it was a socket.
    pub closing: Option<Closing>,
    /// Whether the answer says that nobody is signed in.
    pub signed_out: bool,
    /// Whether the browser would have shown us the call: the extension may reach its host.
    pub visible: bool,
    /// Now, milliseconds since 1970.
    pub now_ms: u64,
}

/// An answer as the page got it.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The headers that the page may read, names in lower case.
    pub headers: Headers,
    /// The first of its body.
    pub body: Option<String>,
}

/// The calls that were seen lately, oldest first.
#[derive(Debug, Default)]
pub struct Watch {
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    request: String,
    tab: i32,
    began_ms: u64,
    ended_ms: Option<u64>,
    facts: Failure,
}

impl Watch {
    /// Takes note of an event; true when it ended a call.
    pub fn record(&mut self, event: WebRequestEvent) -> bool {
        let Some(index) = self.place(&event) else { return false };
        let call = &mut self.calls[index];
        let own = call.request == event.request;
        let trail = call.facts.trail.get_or_insert_default();
        if !own {
            trail.push(format!("preflight:{}", event.event));
            return false;
        }
        match event.event.as_str() {
            // The next leg after a redirect.
            "before_request" => {
                (call.facts.status, call.facts.headers) = (None, Headers::default())
            }
            "response_started" => call.facts.stage = Some(Stage::Response),
            "completed" | "error" => call.ended_ms = Some(event.at_ms),
            _ => {}
        }
        if event.event != "before_redirect" && !event.headers.is_empty() {
            (call.facts.status, call.facts.headers) = (event.status, event.headers);
        }
        call.facts.net_error = event.error;
        trail.push(event.event);
        call.ended_ms.is_some()
    }

    /// The facts of the call that a page told about. A call that nobody saw has an empty trail; one that has not ended
    /// yet is told as far as it came, one that has ended is told once.
    pub fn explain(&mut self, told: PageReport) -> Failure {
        let seen = self.last(|call| {
            if let Some(closing) = told.closing {
                return call.tab == told.tab && closing.may_be_due_to(call, told.url, told.now_ms);
            }
            let went_well = call.ended_ms.filter(|_| call.facts.net_error.is_none());
            let old = went_well.is_some_and(|ended| told.now_ms > ended + AFTERMATH_MS)
                && call.facts.status.is_none_or(|status| status < 400);
            call.tab == told.tab && same_address(call.facts.url.as_deref(), told.url) && !old
        });
        let mut facts = match seen {
            Some(index) => {
                let call = &self.calls[index];
                let until = call.ended_ms.unwrap_or(told.now_ms);
                let elapsed_ms = Some(until.saturating_sub(call.began_ms));
                let facts = match call.ended_ms {
                    Some(_) => self.calls.remove(index).facts,
                    None => call.facts.clone(),
                };
                Failure { elapsed_ms, ..facts }
            }
            None => Failure {
                url: Some(told.url.into()),
                trail: told.visible.then(Vec::new),
                ..Failure::default()
            },
        };
        facts.context = Some(Context::Page);
        facts.error_name = told.name.map(Into::into);
        facts.message = told.message.map(Into::into);
        if let Some(Answer { status, headers, body }) = told.answer {
            facts.status = facts.status.or(Some(status));
            facts.body = body;
            if facts.headers.is_empty() {
                facts.headers = headers;
            }
        }
        if let Some(Closing { code, begun }) = told.closing {
            facts.close_code = Some(code);
            facts.stage = Some(if begun { Stage::Stream } else { Stage::Request });
        }
        if told.signed_out {
            facts.probes = Some(Probes { signed_out: true, ..Probes::default() });
        }
        facts.now_ms = Some(told.now_ms);
        facts
    }

    /// The facts of a call that ended badly, if no page has told about it: a page does not see how its streams are cut,
    /// nor what its workers call. What was stopped is no failure.
    pub fn untold(&mut self, request: &str, now_ms: u64) -> Option<Failure> {
        let index = self.last(|call| call.request == request && call.ended_ms.is_some())?;
        let facts = &self.calls[index].facts;
        let error = facts.net_error.as_deref();
        let failed = error.map_or(facts.status >= Some(400), |error| error != "net::ERR_ABORTED");
        if !failed {
            return None;
        }
        let Call { facts, began_ms, ended_ms, .. } = self.calls.remove(index);
        let cut = facts.net_error.is_some() && facts.status.is_some_and(|status| status < 300);
        Some(Failure {
            elapsed_ms: Some(ended_ms.unwrap_or(now_ms).saturating_sub(began_ms)),
            context: Some(Context::Page),
            now_ms: Some(now_ms),
            stage: if cut { Some(Stage::Stream) } else { facts.stage },
            ..facts
        })
    }

    /// Whether the latest call of this address still runs.
    #[must_use]
    pub fn is_open(&self, tab: i32, url: &str) -> bool {
        self.last(|call| call.tab == tab && same_address(call.facts.url.as_deref(), url))
            .is_some_and(|index| self.calls[index].ended_ms.is_none())
    }

    /// Forgets the calls of a tab.
    pub fn forget(&mut self, tab: i32) {
        self.calls.retain(|call| call.tab != tab);
    }

    /// The call that an event belongs to: its own, the one that a preflight asks for, or a new one.
    fn place(&mut self, event: &WebRequestEvent) -> Option<usize> {
        if let Some(own) = self.last(|call| call.request == event.request) {
            return Some(own);
        }
        if event.method == "OPTIONS" {
            let asked = self.last(|call| {
                call.tab == event.tab
                    && call.ended_ms.is_none()
                    && same_address(call.facts.url.as_deref(), &event.url)
            });
            if asked.is_some() {
                return asked;
            }
        }
        if event.event != "before_request" {
            return None;
        }
        if self.calls.len() == KEPT {
            self.calls.remove(0);
        }
        self.calls.push(Call {
            request: event.request.clone(),
            tab: event.tab,
            began_ms: event.at_ms,
            ended_ms: None,
            facts: Failure {
                url: Some(event.url.clone()),
                method: Some(event.method.clone()),
                stage: Some(Stage::Request),
                ..Failure::default()
            },
        });
        Some(self.calls.len() - 1)
    }

    fn last(&self, fits: impl Fn(&Call) -> bool) -> Option<usize> {
        self.calls.iter().rposition(fits)
    }
}

/// Whether two addresses differ at most in their fragments, which never leave the browser.
fn same_address(one: Option<&str>, other: &str) -> bool {
    one.map(without_fragment) == Some(without_fragment(other))
}

#[cfg(test)]
mod tests;
