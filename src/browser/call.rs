//! One attempt of one call: sent, read as it arrives, and on failure turned into the facts that were seen.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::{Date, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCredentials, RequestInit, Response,
};

use super::{
    chrome,
    net_watch::{NetWatch, Seen},
    resolved, scope, worker,
};
use crate::{
    Failure,
    engine::{Event, Settings, Ticket},
    failure::{Context, Received, Stage},
    source::{Piece, Request, openai::Reader},
};

/// As much of a failed answer is kept for the classifier, in bytes.
const KEPT_BYTES: usize = 64 * 1024;

/// Cancels a running attempt.
#[derive(Clone)]
pub(super) struct Canceller {
    controller: AbortController,
    timed_out: Rc<Cell<bool>>,
}

impl Canceller {
    /// # Errors
    /// When the browser cannot make an `AbortController`.
    pub(super) fn new() -> Result<Self, JsValue> {
        Ok(Self { controller: AbortController::new()?, timed_out: Rc::default() })
    }

    pub(super) fn cancel(&self) {
        self.controller.abort();
    }

    /// Cancels after so many milliseconds, unless the timer is dropped before.
    fn after(&self, ms: u64) -> Timeout {
        let canceller = self.clone();
        Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), move || {
            canceller.timed_out.set(true);
            canceller.cancel();
        })
    }
}

/// What is known while the attempt runs.
struct Attempt<'a> {
    ticket: Ticket,
    settings: &'a Settings,
    canceller: Canceller,
    watch: NetWatch,
    sent_at: f64,
    failure: Failure,
    kept: Vec<u8>,
    chars: u64,
}

/// Sends the request and feeds the engine until the attempt has ended, failed or was cancelled.
pub(super) async fn run(
    ticket: Ticket,
    request: Request,
    settings: Settings,
    canceller: Canceller,
) {
    let fragment = format!("u-{}-{}", ticket.call, ticket.attempt);
    let mut attempt = Attempt::new(ticket, &request, &settings, canceller, &fragment);
    let event = match attempt.answer(&request, &fragment).await {
        Ok(()) => Event::Ended { ticket },
        Err(thrown) => {
            Event::Failed { ticket, failure: Box::new(attempt.into_failure(thrown).await) }
        }
    };
    worker::dispatch(event).await;
}

/// Sends a request whose whole answer is wanted at once: its text, or what was seen of the failure.
pub(super) async fn fetch_text(request: &Request, timeout_ms: u64) -> Result<String, Box<Failure>> {
    let settings =
        Settings { first_byte_ms: timeout_ms, stall_ms: timeout_ms, ..Settings::default() };
    let ticket = Ticket { call: 0, attempt: (Date::now() as u64 % 1_000_000) as u32 };
    let canceller = Canceller::new().map_err(|_| Box::default())?;
    let fragment = format!("t-{}", ticket.attempt);
    let mut attempt = Attempt::new(ticket, request, &settings, canceller, &fragment);
    match attempt.whole(request, &fragment).await {
        Ok(text) => Ok(text),
        Err(thrown) => Err(Box::new(attempt.into_failure(thrown).await)),
    }
}

impl<'a> Attempt<'a> {
    fn new(
        ticket: Ticket,
        request: &Request,
        settings: &'a Settings,
        canceller: Canceller,
        fragment: &str,
    ) -> Self {
        let failure = Failure {
            url: Some(request.url.clone()),
            method: Some(request.method.into()),
            stage: Some(Stage::Request),
            context: Some(Context::Worker),
            attempt: Some(ticket.attempt),
            ..Failure::default()
        };
        let watch = NetWatch::new(fragment);
        Self {
            ticket,
            settings,
            canceller,
            watch,
            sent_at: Date::now(),
            failure,
            kept: Vec::new(),
            chars: 0,
        }
    }

    async fn answer(&mut self, request: &Request, fragment: &str) -> Result<(), JsValue> {
        let response = self.send(request, fragment).await?;
        let body = reader_of(&response)?;
        if !response.ok() {
            self.read_rest(&body).await?;
            return Err(JsValue::NULL);
        }
        let mut reader = Reader::new(self.failure.header("content-type").unwrap_or_default());
        loop {
            let bytes = self.read(&body).await?;
            let over = bytes.is_none();
            let pieces = match &bytes {
                Some(bytes) => reader.push(bytes),
                None => reader.close(),
            };
            for piece in pieces {
                match piece {
                    Piece::Text(text) => {
                        self.chars += text.chars().count() as u64;
                        self.failure.stage = Some(Stage::Stream);
                        worker::dispatch(Event::Chunk { ticket: self.ticket, text }).await;
                    }
                    Piece::End => return Ok(()),
                    Piece::Error(raw) => {
                        self.kept = raw.into_bytes();
                        return Err(JsValue::NULL);
                    }
                }
            }
            if over {
                return Err(JsValue::NULL);
            }
        }
    }

    async fn whole(&mut self, request: &Request, fragment: &str) -> Result<String, JsValue> {
        let response = self.send(request, fragment).await?;
        let body = reader_of(&response)?;
        self.read_rest(&body).await?;
        if response.ok() {
            Ok(String::from_utf8_lossy(&self.kept).into_owned())
        } else {
            Err(JsValue::NULL)
        }
    }

    async fn send(&mut self, request: &Request, fragment: &str) -> Result<Response, JsValue> {
        let _deadline = self.canceller.after(self.settings.first_byte_ms);
        let init = RequestInit::new();
        init.set_method(request.method);
        init.set_credentials(RequestCredentials::Omit);
        init.set_signal(Some(&self.canceller.controller.signal()));
        let headers = web_sys::Headers::new()?;
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        init.set_headers(&headers);
        if let Some(body) = &request.body {
            init.set_body(&body.into());
        }
        let url = format!("{}#{fragment}", request.url);
        let response: Response =
            resolved(scope().fetch_with_str_and_init(&url, &init)).await?.dyn_into()?;
        self.failure.status = Some(response.status());
        self.failure.stage = Some(Stage::Response);
        for entry in response.headers().entries().into_iter().flatten() {
            let pair = js_sys::Array::from(&entry);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                self.failure.headers.insert(name, value);
            }
        }
        Ok(response)
    }

    /// The next bytes, `None` at the end; a silence longer than allowed cancels.
    async fn read(
        &mut self,
        body: &ReadableStreamDefaultReader,
    ) -> Result<Option<Vec<u8>>, JsValue> {
        let patience =
            if self.chars == 0 { self.settings.first_byte_ms } else { self.settings.stall_ms };
        let _stall = self.canceller.after(patience);
        let result = resolved(body.read()).await?;
        if Reflect::get(&result, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let bytes = Uint8Array::new(&Reflect::get(&result, &"value".into())?).to_vec();
        let room = KEPT_BYTES.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        Ok(Some(bytes))
    }

    /// Reads on as far as is kept; the rest of a huge answer is cancelled.
    async fn read_rest(&mut self, body: &ReadableStreamDefaultReader) -> Result<(), JsValue> {
        while self.kept.len() < KEPT_BYTES && self.read(body).await?.is_some() {}
        // An answer that is not wanted any further; whether it can still be cancelled does not matter.
        drop(resolved(body.cancel()).await);
        Ok(())
    }

    /// Completes the facts. `thrown` is the exception, or null when the answer itself is the failure.
    async fn into_failure(self, thrown: JsValue) -> Failure {
        let mut failure = self.failure;
        if !thrown.is_null() {
            let text = |key: &str| {
                Reflect::get(&thrown, &key.into()).ok().and_then(|value| value.as_string())
            };
            let timed_out = self.canceller.timed_out.get();
            failure.error_name = if timed_out { Some("TimeoutError".into()) } else { text("name") };
            failure.message =
                if timed_out { Some("signal timed out".into()) } else { text("message") };
            if let Some(Seen { trail, error }) = self.watch.verdict().await {
                failure.trail = Some(trail);
                // Our own deadline shows as an abort; the true cause is the deadline.
                failure.net_error = error.filter(|_| !timed_out);
            }
        }
        if let Some(origin) = origin(failure.url.as_deref().unwrap_or_default()) {
            failure.site_access = chrome::may_call(&origin).await;
        }
        failure.body =
            (!self.kept.is_empty()).then(|| String::from_utf8_lossy(&self.kept).into_owned());
        failure.stream =
            (failure.status == Some(200)).then_some(Received { chars: self.chars, ended: false });
        failure.online = Some(scope().navigator().on_line());
        failure.elapsed_ms = Some((Date::now() - self.sent_at).max(0.0) as u64);
        failure.now_ms = Some(Date::now() as u64);
        failure
    }
}

fn reader_of(response: &Response) -> Result<ReadableStreamDefaultReader, JsValue> {
    response.body().ok_or(JsValue::NULL)?.get_reader().dyn_into().map_err(JsValue::from)
}

/// Scheme, host and port of an address.
pub(super) fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
}
