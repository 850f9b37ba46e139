//! What goes over the network, and what the browser tells of it.

pub(crate) mod attempt;
pub(crate) mod probe;
pub(crate) mod timing;
pub(crate) mod watch;
pub(crate) mod whole;

use js_sys::{Date, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

pub(crate) fn now_ms() -> u64 {
    Date::now() as u64
}

pub(crate) fn resolved(promise: Promise) -> JsFuture {
    promise.into()
}

pub(crate) fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}
