//! One request: sent, read as it arrives, and on failure turned into the facts that were seen.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::{Date, Promise, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, RequestCredentials, RequestInit,
    RequestRedirect, Response, ResponseType,
};

use super::{
    resolved, scope, timing,
    watch::{NetWatch, Seen},
};
use crate::value;
use unstuck_diagnose::{
    Context, Failure, Headers, Provider, Received, Stage,
    workspace::{Moment, Timeline, Url},
};
use unstuck_source::Request;

/// As much of a failed answer is kept for the classifier, in bytes.
pub(crate) const KEPT_BYTES: usize = 64 * 1024;
/// A source that sends signs of life alone, and no word, is given so many times the patience for a silence.
const WORDLESS: u64 = 10;

/// What is known while the attempt runs.
pub(crate) struct Attempt {
    pub(crate) controller: AbortController,
    pub(crate) timed_out: Rc<Cell<bool>>,
    pub(crate) watch: NetWatch,
    pub(crate) sent_at: f64,
    /// When the last word came, or the request was sent.
    pub(crate) word_at: f64,
    pub(crate) first_byte_ms: u64,
    pub(crate) stall_ms: u64,
    pub(crate) failure: Failure,
    pub(crate) kept: Vec<u8>,
    pub(crate) chars: u64,
    /// Whether the answer came to its end mark and yet said nothing.
    pub(crate) empty: bool,
    pub(crate) timeline: Timeline,
}

impl Attempt {
    pub(crate) fn new(
        request: &Request,
        attempt: u32,
        first_byte_ms: u64,
        stall_ms: u64,
    ) -> Result<Self, JsValue> {
        let over_network = request.provider != Some(Provider::BuiltIn);
        let failure = Failure {
            provider: request.provider.map(|provider| provider.id().to_owned()),
            url: over_network.then(|| request.url.clone()),
            method: over_network.then(|| request.method.into()),
            stage: Some(Stage::Request),
            context: Some(Context::Worker),
            attempt: Some(attempt),
            ..Failure::default()
        };
        Ok(Self {
            controller: AbortController::new()?,
            timed_out: Rc::default(),
            watch: NetWatch::new(),
            sent_at: Date::now(),
            word_at: Date::now(),
            first_byte_ms,
            stall_ms,
            failure,
            kept: Vec::new(),
            chars: 0,
            empty: false,
            timeline: Timeline { started_ms: Date::now() as u64, ..Timeline::default() },
        })
    }

    /// Cancels after so many milliseconds, unless the timer is dropped before.
    fn deadline(&self, ms: u64) -> Timeout {
        let (controller, timed_out) = (self.controller.clone(), self.timed_out.clone());
        Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), move || {
            timed_out.set(true);
            controller.abort();
        })
    }

    pub(crate) async fn send(&mut self, request: &Request) -> Result<Response, JsValue> {
        let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let body = request.body.as_deref().map(JsValue::from_str);
        self.send_with(request, headers, body).await
    }

    /// Sends a request with other headers and another body than it has.
    pub(crate) async fn send_with(
        &mut self,
        request: &Request,
        named: impl Iterator<Item = (&str, &str)>,
        body: Option<JsValue>,
    ) -> Result<Response, JsValue> {
        let _deadline = self.deadline(self.first_byte_ms);
        let init = RequestInit::new();
        init.set_method(request.method);
        init.set_credentials(RequestCredentials::Omit);
        // A redirect would take key and words along to a host that nobody set up.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(&self.controller.signal()));
        let headers = web_sys::Headers::new()?;
        for (name, value) in named {
            headers.set(name, value)?;
        }
        init.set_headers(&headers);
        if let Some(body) = &body {
            init.set_body(body);
        }
        let answer = if request.provider == Some(Provider::BuiltIn) {
            ask_own_model(request.body.as_deref(), &self.controller.signal())?
        } else {
            let url = format!("{}#{}", request.url, self.watch.fragment());
            scope().fetch_with_str_and_init(&url, &init)
        };
        let response: Response = resolved(answer).await?.dyn_into()?;
        self.failure.stage = Some(Stage::Response);
        // The browser's own time is better, but its event may come after the whole answer.
        self.timeline.mark(Moment::Headers, (Date::now() - self.sent_at) as u32);
        if is_redirect(&response) {
            let (status, target) = self.watch.redirect().await.unwrap_or((302, String::new()));
            self.failure.status = Some(status);
            self.failure.headers.insert("location".into(), target);
            return Err(JsValue::NULL);
        }
        self.failure.status = Some(response.status());
        let pair = |entry: JsValue| {
            let pair = js_sys::Array::from(&entry);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        };
        let pairs = response.headers().entries().into_iter().flatten().filter_map(pair);
        self.failure.headers = Headers::of_answer(pairs.collect());
        Ok(response)
    }

    /// The next bytes, `None` at the end; a silence longer than allowed cancels. The first of them are kept, `most` in all.
    pub(crate) async fn read(
        &mut self,
        body: &ReadableStreamDefaultReader,
        most: usize,
    ) -> Result<Option<Vec<u8>>, JsValue> {
        let patience = if self.chars == 0 { self.first_byte_ms } else { self.stall_ms };
        let wordless = (Date::now() - self.word_at).max(0.0) as u64;
        let _stall = self.deadline(patience.min((WORDLESS * patience).saturating_sub(wordless)));
        let result = resolved(body.read()).await?;
        if Reflect::get(&result, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let bytes = Uint8Array::new(&Reflect::get(&result, &"value".into())?).to_vec();
        let moment = if self.timeline.parts == 0 { Moment::FirstByte } else { Moment::LastByte };
        self.timeline.mark(moment, (Date::now() - self.sent_at) as u32);
        self.timeline.parts += 1;
        self.timeline.bytes += bytes.len() as u64;
        let room = most.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        Ok(Some(bytes))
    }

    /// Reads on as far as is kept; the rest of a huge answer is cancelled.
    pub(crate) async fn read_rest(
        &mut self,
        body: &ReadableStreamDefaultReader,
        most: usize,
    ) -> Result<(), JsValue> {
        while self.kept.len() < most && self.read(body, most).await?.is_some() {}
        // An answer that is not wanted any further; whether it can still be cancelled does not matter.
        drop(resolved(body.cancel()).await);
        Ok(())
    }

    /// Completes the facts. `thrown` is the exception, or null when the answer itself is the failure.
    pub(crate) async fn into_failure(mut self, thrown: JsValue) -> Failure {
        let mut failure = self.failure;
        // An answer of which not a word was understood is a reply of the wrong kind; only a cut makes it a stream.
        let streamed =
            failure.status == Some(200) && (self.chars > 0 || self.empty || !thrown.is_null());
        failure.stream = streamed.then_some(Received { chars: self.chars, ended: self.empty });
        if !thrown.is_null() {
            let text = |key: &str| {
                Reflect::get(&thrown, &key.into()).ok().and_then(|value| value.as_string())
            };
            let timed_out = self.timed_out.get();
            failure.error_name = if timed_out { Some("TimeoutError".into()) } else { text("name") };
            failure.message =
                if timed_out { Some("signal timed out".into()) } else { text("message") };
            if let Some(Seen { trail, error, .. }) = self.watch.verdict().await {
                failure.trail = Some(trail);
                // Our own deadline shows as an abort; the true cause is the deadline.
                failure.net_error = error.filter(|_| !timed_out);
            }
        } else {
            // An answer that is a failure: only the way that it took, a redirect for instance, is of interest.
            failure.trail = self.watch.trail();
        }
        for (moment, at) in self.watch.times() {
            self.timeline.mark(moment, (at - self.sent_at) as u32);
        }
        let url = [failure.url.as_deref().unwrap_or_default(), "#", self.watch.fragment()].concat();
        timing::complete(&mut self.timeline, &url, failure.status.is_some()).await;
        failure.timeline = Some(self.timeline);
        failure.site_access = may_call(failure.url.as_deref().unwrap_or_default()).await;
        failure.body =
            (!self.kept.is_empty()).then(|| String::from_utf8_lossy(&self.kept).into_owned());
        failure.online = Some(scope().navigator().on_line());
        failure.elapsed_ms = Some((Date::now() - self.sent_at).max(0.0) as u64);
        failure.now_ms = Some(Date::now() as u64);
        failure
    }
}

/// Whether the answer is a redirect that was not followed, of which nothing can be read.
pub(crate) fn is_redirect(response: &Response) -> bool {
    response.type_() == ResponseType::Opaqueredirect
}

pub(crate) fn reader_of(response: &Response) -> Result<ReadableStreamDefaultReader, JsValue> {
    response.body().ok_or(JsValue::NULL)?.get_reader().dyn_into().map_err(JsValue::from)
}

/// Whether the extension may call this address; `None` when the browser does not say.
pub(crate) async fn may_call(url: &str) -> Option<bool> {
    let origin = [Url::read(url)?.origin(), "/*"].concat();
    resolved(has_permissions(&value(&Permissions { origins: [origin] }))).await.ok()?.as_bool()
}

/// The argument of `chrome.permissions.contains`.
#[derive(Serialize)]
struct Permissions {
    origins: [String; 1],
}

#[wasm_bindgen]
extern "C" {
    /// Asks the browser's own model, for its list when there is no body. The answer is that of a fetch.
    #[wasm_bindgen(catch, js_namespace = ownModel, js_name = ask)]
    fn ask_own_model(body: Option<&str>, signal: &AbortSignal) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains)]
    fn has_permissions(permissions: &JsValue) -> Promise;
}
