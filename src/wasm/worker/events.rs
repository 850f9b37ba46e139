//! What the shell tells the engine.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::press;
use crate::convert::{field, flag, number, text};
use unstuck_diagnose::Diagnosis;
use unstuck_engine::{AttemptId, DurableState, Event, FrameRef};

/// An event of the worker: `"woke"`, or `{pressed: {frame, press}}` and its like.
pub(super) fn event(value: &JsValue) -> Option<Event> {
    match value.as_string().as_deref() {
        Some("woke") => return Some(Event::Woke),
        Some("online") => return Some(Event::Online),
        Some("erased") => return Some(Event::Erased),
        Some("cleared") => return Some(Event::Cleared),
        Some("access_granted") => return Some(Event::AccessGranted),
        Some("journal_failed") => return Some(Event::JournalFailed),
        _ => {}
    }
    if let Some(opened) = field(value, "opened") {
        let site = text(&opened, "site").unwrap_or_default();
        Some(Event::Opened { frame: frame(&field(&opened, "frame")?)?, site })
    } else if let Some(pressed) = field(value, "pressed") {
        let press = press::press(&field(&pressed, "press")?)?;
        let typed = field(&pressed, "typed").map(|typed| press::typed(&typed)).unwrap_or_default();
        let seq = number(&pressed, "number").map_or(0, |number| number as u64);
        let frame = frame(&field(&pressed, "frame")?)?;
        Some(Event::Pressed { frame, press, typed, seq })
    } else if let Some(inserted) = field(value, "inserted") {
        let done = flag(&inserted, "done")?;
        Some(Event::Inserted { frame: frame(&field(&inserted, "frame")?)?, done })
    } else if let Some(missed) = field(value, "box_missed") {
        let messenger = text(&missed, "messenger")?;
        Some(Event::BoxMissed { frame: frame(&field(&missed, "frame")?)?, messenger })
    } else if let Some(gone) = field(value, "gone") {
        Some(Event::Gone { frame: frame(&field(&gone, "frame")?)? })
    } else if let Some(kept) = field(value, "text_kept") {
        let text = text(&kept, "text")?;
        Some(Event::TextKept { frame: frame(&field(&kept, "frame")?)?, text })
    } else if let Some(returned) = field(value, "returned") {
        Some(Event::Returned { frame: frame(&field(&returned, "frame")?)? })
    } else {
        press::handed_over(value)
    }
}

/// The settings of `{configured: {settings}}`.
pub(super) fn configured(value: &JsValue) -> Option<JsValue> {
    field(&field(value, "configured")?, "settings")
}

pub(super) fn frame(value: &JsValue) -> Option<FrameRef> {
    Some(FrameRef {
        tab: number(value, "tab")? as i32,
        id: number(value, "id")? as i32,
        document: text(value, "document")?,
    })
}

pub(super) fn attempt_id(value: &JsValue) -> Option<AttemptId> {
    Some(AttemptId {
        call: number(value, "call")? as u64,
        attempt: number(value, "attempt")? as u32,
    })
}

/// What an earlier browser left behind, as far as it can be read.
pub(super) fn durable(value: &JsValue) -> DurableState {
    let items = |name| {
        let items = field(value, name).map(|items| Array::from(&items).iter().collect::<Vec<_>>());
        items.unwrap_or_default()
    };
    let closed = |closed: &JsValue| {
        let pair = Array::from(closed);
        Some((pair.get(0).as_string()?, pair.get(1).as_f64()? as u64))
    };
    DurableState {
        asks: items("asks").iter().filter_map(press::orphaned).collect(),
        closed: items("closed").iter().filter_map(closed).collect(),
    }
}

/// A call and its diagnosis, as they were sealed.
pub(super) fn reconsidered(bytes: &[u8]) -> Option<(u64, Diagnosis)> {
    postcard::from_bytes(bytes).ok()
}
