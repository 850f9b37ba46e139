//! The calls of watched pages: events in from the worker, a diagnosis out.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{
    Worker,
    types::{JsEffects, JsFrame},
};
use crate::{
    convert::number,
    field::{field, text},
    net::{now_ms, scope},
};
use unstuck_app::watch::{Answer, Closing, PageReport, WebRequestEvent};
use unstuck_diagnose::{Failure, Headers, workspace::head};
use unstuck_engine::{Event, FrameRef, PageCall, PageEvent};

/// As much of an exception's name and of a header is taken, in bytes.
const SHORT: usize = 300;
/// As much of a body or a message is taken.
const BODY: usize = 4_096;
/// As many headers are taken.
const HEADERS: usize = 60;

#[wasm_bindgen]
impl Worker {
    /// Takes note of a `webRequest` event (its name as in a trail, and what the browser tells); true when a call ended.
    #[must_use]
    pub fn watch_hear(&self, event: String, details: &JsValue) -> bool {
        let word = |name| text(details, name).unwrap_or_default();
        let mut seen = WebRequestEvent {
            request: word("requestId"),
            tab: number(details, "tabId").unwrap_or_default() as i32,
            event,
            url: word("url"),
            method: word("method"),
            status: number(details, "statusCode").map(|status| status as u16),
            error: text(details, "error"),
            at_ms: now_ms(),
            ..WebRequestEvent::default()
        };
        if let Some(headers) = field(details, "responseHeaders") {
            let pair = |header: JsValue| {
                Some((text(&header, "name")?.to_ascii_lowercase(), text(&header, "value")?))
            };
            let pairs = Array::from(&headers).iter().filter_map(pair).collect();
            seen.headers = Headers::of_answer(pairs);
        }
        self.0.watch.borrow_mut().record(seen)
    }

    /// Whether the latest call of a tab to this address still runs.
    #[must_use]
    pub fn watch_is_open(&self, tab: i32, url: &str) -> bool {
        self.0.watch.borrow().is_open(tab, url)
    }

    /// Tells the engine of a call that failed in a page, by what the page said of it, and gives the effects.
    /// `visible` says whether the extension may reach the call's host.
    #[must_use]
    pub fn watch_failed(
        &self,
        frame: &JsFrame,
        site: String,
        session: bool,
        url: &str,
        word: &JsValue,
        visible: bool,
    ) -> JsEffects {
        let tab = FrameRef::from(frame).tab;
        let failure = Box::new(self.joined(tab, url, word, visible));
        self.on_page(frame, site, of(session), PageEvent::Failed(failure))
    }

    /// Tells the engine of a call that failed without a word of the page, and gives the effects, if there are any.
    #[must_use]
    pub fn watch_untold(
        &self,
        frame: &JsFrame,
        site: String,
        session: bool,
        request: &str,
    ) -> JsEffects {
        let untold = self.0.watch.borrow_mut().untold(request, now_ms());
        let Some(failure) = untold.map(Box::new) else { return Vec::new().into() };
        self.on_page(frame, site, of(session), PageEvent::Failed(failure))
    }

    /// Tells the engine that a call of this kind went well in a page, and gives the effects.
    #[must_use]
    pub fn watch_answered(&self, frame: &JsFrame, site: String, session: bool) -> JsEffects {
        self.on_page(frame, site, of(session), PageEvent::Answered)
    }

    /// Tells the engine what a page itself says of an error, and gives the effects.
    #[must_use]
    pub fn watch_said(&self, frame: &JsFrame, site: String, text: String) -> JsEffects {
        let failure = Failure {
            url: Some(site.clone()),
            message: Some(head(&text, SHORT).to_owned()),
            online: Some(scope().navigator().on_line()),
            ..Failure::default()
        };
        self.on_page(frame, site, PageCall::Notice, PageEvent::Failed(Box::new(failure)))
    }

    /// Tells the engine that the browser saw an answer come to a good end in a page, and gives the effects.
    #[must_use]
    pub fn watch_seen_well(&self, frame: &JsFrame, site: String) -> JsEffects {
        self.on_page(frame, site, PageCall::Notice, PageEvent::Answered)
    }

    /// Forgets the calls of a tab.
    pub fn watch_forget(&self, tab: i32) {
        self.0.watch.borrow_mut().forget(tab);
    }
}

impl Worker {
    fn on_page(&self, frame: &JsFrame, site: String, of: PageCall, event: PageEvent) -> JsEffects {
        self.step(Event::OfPage { frame: frame.into(), site, of, event })
    }

    /// What the browser saw and what the page said. A page says what it likes: so much of it is taken, and no more.
    fn joined(&self, tab: i32, url: &str, word: &JsValue, visible: bool) -> Failure {
        let said = |name, most| text(word, name).map(|text| head(&text, most).to_owned());
        let (name, message) = (said("name", SHORT), said("message", BODY));
        let answer = number(word, "status").map(|status| Answer {
            status: status as u16,
            headers: field(word, "headers")
                .map(|headers| header_pairs(&headers))
                .unwrap_or_default(),
            body: said("body", BODY),
        });
        let told = PageReport {
            tab,
            url,
            name: name.as_deref(),
            message: message.as_deref(),
            answer,
            closing: number(word, "code").map(|code| Closing {
                code: code as u16,
                begun: field(word, "begun").is_some_and(|begun| begun.is_truthy()),
            }),
            signed_out: field(word, "signed_out").is_some_and(|signed_out| signed_out.is_truthy()),
            visible,
            now_ms: now_ms(),
        };
        let mut failure = self.0.watch.borrow_mut().explain(told);
        failure.online = Some(scope().navigator().on_line());
        failure
    }
}

const fn of(session: bool) -> PageCall {
    if session { PageCall::Session } else { PageCall::Answer }
}

fn header_pairs(headers: &JsValue) -> Headers {
    let mut kept = Headers::default();
    for pair in Array::from(headers).iter().take(HEADERS) {
        let pair = Array::from(&pair);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            kept.insert(head(&name, SHORT).to_ascii_lowercase(), head(&value, SHORT).to_owned());
        }
    }
    kept
}
