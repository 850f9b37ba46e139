//! The browser's own times of a call: name looked up, connection made, request sent.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use unstuck_diagnose::failure::{Moment, Timeline};

const NAMES: [(&str, Moment); 6] = [
    ("domainLookupStart", Moment::LookUp),
    ("domainLookupEnd", Moment::LookedUp),
    ("connectStart", Moment::Connect),
    ("secureConnectionStart", Moment::Secure),
    ("connectEnd", Moment::Connected),
    ("requestStart", Moment::Sent),
];

/// Adds what the browser tells of the last call to this address. It names no time that it does not know, and calls whose
/// connection was there already begin with the request.
pub(super) fn complete(timeline: &mut Timeline, url: &str) {
    let Some(entry) = last_entry(url) else { return };
    let number = |name: &str| {
        Reflect::get(&entry, &name.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    let started = number("startTime");
    let reused = number("connectStart") == number("connectEnd");
    for (name, moment) in NAMES {
        let at = number(name);
        if at > 0.0 && (moment == Moment::Sent || !reused) {
            timeline.mark(moment, (at - started).max(0.0) as u32);
        }
    }
    let protocol = Reflect::get(&entry, &"nextHopProtocol".into()).ok();
    timeline.protocol = protocol.and_then(|protocol| protocol.as_string()).unwrap_or_default();
}

fn last_entry(url: &str) -> Option<JsValue> {
    let performance = Reflect::get(&js_sys::global(), &"performance".into()).ok()?;
    let call = |name: &str, argument: &JsValue| {
        let method: Function = Reflect::get(&performance, &name.into()).ok()?.dyn_into().ok()?;
        method.call1(&performance, argument).ok()
    };
    let entries: Array = call("getEntriesByName", &url.into())?.dyn_into().ok()?;
    let last = entries.iter().last();
    // The browser keeps 250 of them and then no more.
    call("clearResourceTimings", &JsValue::UNDEFINED);
    last
}
