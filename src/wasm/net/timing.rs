//! The browser's own times of a call: name looked up, connection made, request sent.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{Performance, PerformanceResourceTiming};

use super::{resolved, scope};
use unstuck_diagnose::workspace::{Moment, Timeline};

/// On a busy machine the browser writes its record a moment after the answer has ended. So often it is looked for, so many
/// milliseconds apart.
const LOOKS: u32 = 5;
const APART_MS: u32 = 10;

/// Resolves after so many milliseconds. The timer calls the promise itself: a closure of ours that is forgotten would keep its
/// place among the objects that the wasm holds until the worker dies.
pub(crate) fn pause(ms: u32) -> Promise {
    Promise::new(&mut |resolve, _| {
        // Every worker has timers.
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms as i32);
    })
}

/// Adds what the browser tells of the last call to this address. It names no time that it does not know, and calls whose
/// connection was there already begin with the request. Only what was answered is sure to have a record.
pub(crate) async fn complete(timeline: &mut Timeline, url: &str, answered: bool) {
    let Some(performance) = scope().performance() else { return };
    let Some(entry) = last_entry(&performance, url, if answered { LOOKS } else { 1 }).await else {
        return;
    };
    let started = entry.start_time();
    let is_reused = entry.connect_start() == entry.connect_end();
    for (moment, at) in [
        (Moment::LookUp, entry.domain_lookup_start()),
        (Moment::LookedUp, entry.domain_lookup_end()),
        (Moment::Connect, entry.connect_start()),
        (Moment::Secure, entry.secure_connection_start()),
        (Moment::Connected, entry.connect_end()),
        (Moment::Sent, entry.request_start()),
    ] {
        if at > 0.0 && (moment == Moment::Sent || !is_reused) {
            timeline.mark(moment, (at - started).max(0.0) as u32);
        }
    }
    timeline.protocol = entry.next_hop_protocol();
}

async fn last_entry(
    performance: &Performance,
    url: &str,
    looks: u32,
) -> Option<PerformanceResourceTiming> {
    let mut last = None;
    for look in 0..looks {
        if look > 0 {
            // It never rejects.
            let _ = resolved(pause(APART_MS)).await;
        }
        last = performance.get_entries_by_name(url).iter().last();
        if last.is_some() {
            break;
        }
    }
    // The browser keeps 250 of them and then no more.
    performance.clear_resource_timings();
    last?.dyn_into().ok()
}
