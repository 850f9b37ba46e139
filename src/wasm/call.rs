//! One attempt of one call: sent, read as it arrives, and on failure turned into the facts that were seen.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use js_sys::{Date, Promise, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, RequestCredentials, RequestInit,
    RequestRedirect, Response,
};

use super::{
    convert, feed,
    net_watch::{NetWatch, Seen},
    probe, resolved, scope, timing,
};
use unstuck_diagnose::{
    Failure, Provider,
    failure::{Context, Headers, Limit, Moment, Received, Stage, Timeline},
};
use unstuck_engine::{AttemptId, Event, Rules};
use unstuck_source::{Dialect, Piece, Reader, Request};

/// As much of a failed answer is kept for the classifier, in bytes.
const KEPT_BYTES: usize = 64 * 1024;
/// A source that sends signs of life alone, and no word, is given so many times the patience for a silence.
const WORDLESS: u64 = 10;
/// As much of a stream is read in one turn of the worker, in bytes: presses, other tabs and the popup wait no longer.
const TURN_BYTES: usize = 64 * 1024;

thread_local! {
    static RUNNING: RefCell<Vec<(AttemptId, AbortController)>> = RefCell::default();
}

/// Stops an attempt, if it runs.
pub(super) fn cancel(attempt_id: AttemptId) {
    if let Some(controller) = forget(attempt_id) {
        controller.abort();
    }
}

fn forget(attempt_id: AttemptId) -> Option<AbortController> {
    RUNNING.with(|running| {
        let mut running = running.borrow_mut();
        let index = running.iter().position(|(known, _)| *known == attempt_id)?;
        Some(running.swap_remove(index).1)
    })
}

/// What is known while the attempt runs.
struct Attempt {
    controller: AbortController,
    timed_out: Rc<Cell<bool>>,
    watch: NetWatch,
    sent_at: f64,
    /// When the last word came, or the request was sent.
    word_at: f64,
    first_byte_ms: u64,
    stall_ms: u64,
    failure: Failure,
    kept: Vec<u8>,
    chars: u64,
    /// Whether the answer came to its end mark and yet said nothing.
    empty: bool,
    timeline: Timeline,
}

/// Sends the request and feeds the engine until the attempt has ended, failed or was cancelled.
/// One that goes on from a part that had arrived, of so many bytes, may bring nothing more.
pub(super) async fn run(
    attempt_id: AttemptId,
    request: Request,
    dialect: Dialect,
    rules: Rules,
    begun: usize,
) {
    let Ok(mut attempt) =
        Attempt::new(&request, attempt_id.attempt, rules.first_byte_ms, rules.stall_ms)
    else {
        return;
    };
    RUNNING.with(|running| running.borrow_mut().push((attempt_id, attempt.controller.clone())));
    let event = match attempt.answer(&request, dialect, attempt_id, begun).await {
        Ok(tokens) => Event::Ended { attempt_id, tokens },
        Err(thrown) => {
            let failure = Box::new(attempt.into_failure(thrown).await);
            probe::remember(attempt_id, &failure);
            Event::Failed { attempt_id, failure }
        }
    };
    forget(attempt_id);
    feed(event);
}

/// Sends a request whose whole answer is wanted at once: its text, or what was seen of the failure.
pub(super) async fn fetch_text(request: &Request, timeout_ms: u64) -> Result<String, Box<Failure>> {
    fetch_whole(request, timeout_ms).await.map(|(text, _)| text)
}

/// As [`fetch_text`], with the headers of the answer.
pub(super) async fn fetch_whole(
    request: &Request,
    timeout_ms: u64,
) -> Result<(String, Headers), Box<Failure>> {
    let mut attempt =
        Attempt::new(request, 1, timeout_ms, timeout_ms).map_err(|_| Box::default())?;
    match attempt.whole(request).await {
        Ok(text) => Ok((text, attempt.failure.headers)),
        Err(thrown) => Err(Box::new(attempt.into_failure(thrown).await)),
    }
}

impl Attempt {
    fn new(
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

    async fn answer(
        &mut self,
        request: &Request,
        dialect: Dialect,
        attempt_id: AttemptId,
        begun: usize,
    ) -> Result<Option<u64>, JsValue> {
        let response = self.send(request).await?;
        let body = reader_of(&response)?;
        if !response.ok() {
            self.read_rest(&body, KEPT_BYTES).await?;
            return Err(JsValue::NULL);
        }
        let kind = self.failure.header("content-type").unwrap_or_default();
        let mut reader = Reader::new(dialect, kind, begun);
        while let Some(bytes) = self.read(&body, KEPT_BYTES).await? {
            for part in bytes.chunks(TURN_BYTES) {
                if self.take(reader.push(part), attempt_id, begun > 0)? {
                    return Ok(reader.tokens());
                }
                next_turn().await;
            }
        }
        if self.take(reader.close(), attempt_id, begun > 0)? {
            return Ok(reader.tokens());
        }
        Err(JsValue::NULL)
    }

    /// Takes what was read; true at the end of the answer.
    fn take(
        &mut self,
        pieces: Vec<Piece>,
        attempt_id: AttemptId,
        goes_on: bool,
    ) -> Result<bool, JsValue> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    self.chars += text.chars().count() as u64;
                    self.word_at = Date::now();
                    self.failure.stage = Some(Stage::Stream);
                    feed(Event::Chunk { attempt_id, text });
                }
                // The rest of an answer may be empty, an answer may not.
                Piece::End if self.chars == 0 && !goes_on => {
                    self.empty = true;
                    return Err(JsValue::NULL);
                }
                Piece::End => return Ok(true),
                Piece::Excess(limit) => {
                    self.failure.limit = Some(limit);
                    self.controller.abort();
                    return Err(JsValue::NULL);
                }
                Piece::Error(raw) => {
                    self.kept = raw.into_bytes();
                    return Err(JsValue::NULL);
                }
            }
        }
        Ok(false)
    }

    async fn whole(&mut self, request: &Request) -> Result<String, JsValue> {
        let response = self.send(request).await?;
        let body = reader_of(&response)?;
        let most = if response.ok() { Limit::Event.bytes() } else { KEPT_BYTES };
        self.read_rest(&body, most).await?;
        if response.ok() {
            Ok(String::from_utf8_lossy(&self.kept).into_owned())
        } else {
            Err(JsValue::NULL)
        }
    }

    async fn send(&mut self, request: &Request) -> Result<Response, JsValue> {
        let _deadline = self.deadline(self.first_byte_ms);
        let init = RequestInit::new();
        init.set_method(request.method);
        init.set_credentials(RequestCredentials::Omit);
        // A redirect would take key and words along to a host that nobody set up.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(&self.controller.signal()));
        let headers = web_sys::Headers::new()?;
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        init.set_headers(&headers);
        if let Some(body) = &request.body {
            init.set_body(&body.into());
        }
        let answer = if request.provider == Some(Provider::BuiltIn) {
            ask_own_model(request.body.as_deref(), &self.controller.signal())?
        } else {
            let url = format!("{}#{}", request.url, self.watch.fragment());
            scope().fetch_with_str_and_init(&url, &init)
        };
        let response: Response = resolved(answer).await?.dyn_into()?;
        self.failure.stage = Some(Stage::Response);
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
    async fn read(
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
    async fn read_rest(
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
    async fn into_failure(mut self, thrown: JsValue) -> Failure {
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

/// Lets everything that waits in the worker have its turn: what is read already would come before all of it.
async fn next_turn() {
    let turn = Promise::new(&mut |resolve, _| {
        Timeout::new(0, move || drop(resolve.call0(&JsValue::NULL))).forget();
    });
    // It does not reject.
    let _ = resolved(turn).await;
}

/// Whether the answer is a redirect that was not followed, of which nothing can be read.
pub(super) fn is_redirect(response: &Response) -> bool {
    response.status() == 0
}

fn reader_of(response: &Response) -> Result<ReadableStreamDefaultReader, JsValue> {
    response.body().ok_or(JsValue::NULL)?.get_reader().dyn_into().map_err(JsValue::from)
}

/// Whether the extension may call this address; `None` when the browser does not say.
pub(super) async fn may_call(url: &str) -> Option<bool> {
    let (scheme, rest) = url.split_once("://")?;
    let origin = format!("{scheme}://{}/*", rest.split('/').next()?);
    resolved(has_permissions(&convert::value(&Permissions { origins: [origin] })))
        .await
        .ok()?
        .as_bool()
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
