//! The calls of watched pages: events in from the worker, a diagnosis out.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{
    convert::{ChromeWords, field, number, text},
    now_ms, scope,
};
use crate::{
    classify, report,
    watch::{Sight, Told, Watch},
};

thread_local! {
    static WATCH: RefCell<Watch> = RefCell::default();
}

/// Takes note of a `webRequest` event (its name as in a trail, and what the browser tells); true when a call ended.
#[wasm_bindgen]
#[must_use]
pub fn watch_hear(event: String, details: &JsValue) -> bool {
    let word = |name| text(details, name).unwrap_or_default();
    let mut sight = Sight {
        request: word("requestId"),
        tab: number(details, "tabId").unwrap_or_default() as i32,
        event,
        url: word("url"),
        method: word("method"),
        status: number(details, "statusCode").map(|status| status as u16),
        error: text(details, "error"),
        at_ms: now_ms(),
        ..Sight::default()
    };
    if let Some(headers) = field(details, "responseHeaders") {
        for header in Array::from(&headers) {
            if let (Some(name), Some(value)) = (text(&header, "name"), text(&header, "value")) {
                sight.headers.insert(name.to_ascii_lowercase(), value);
            }
        }
    }
    WATCH.with(|watch| watch.borrow_mut().hear(sight))
}

/// Whether the latest call of a tab to this address still runs.
#[wasm_bindgen]
#[must_use]
pub fn watch_is_open(tab: i32, url: &str) -> bool {
    WATCH.with(|watch| watch.borrow().is_open(tab, url))
}

/// The report of a call that a page told about; `visible` says whether the extension may reach its host.
#[wasm_bindgen]
#[must_use]
pub fn watch_explain(
    tab: i32,
    url: &str,
    name: Option<String>,
    message: Option<String>,
    visible: bool,
) -> String {
    let (name, message) = (name.as_deref(), message.as_deref());
    let told = Told { tab, url, name, message, visible, now_ms: now_ms() };
    let mut failure = WATCH.with(|watch| watch.borrow_mut().explain(told));
    failure.online = Some(scope().navigator().on_line());
    report::brief(&classify(&failure), &ChromeWords)
}

/// Forgets the calls of a tab.
#[wasm_bindgen]
pub fn watch_forget(tab: i32) {
    WATCH.with(|watch| watch.borrow_mut().forget(tab));
}
