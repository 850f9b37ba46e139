//! What an earlier browser left behind, as far as it can be read.

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::field::{field, text};
use unstuck_engine::{
    DurableState, OrphanedRequest,
    assistant::{DraftRequest, Task},
};

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
        asks: items("asks").iter().filter_map(orphaned).collect(),
        closed: items("closed").iter().filter_map(closed).collect(),
    }
}

/// An ask that an earlier browser left behind.
fn orphaned(value: &JsValue) -> Option<OrphanedRequest> {
    let kept = field(value, "wish")?;
    let part = |name| text(&kept, name).unwrap_or_default();
    let request = DraftRequest {
        task: Task::from_id(&part("task")).unwrap_or_default(),
        prompt: part("prompt"),
        text: part("text"),
        messages: String::new(),
        tone: part("tone"),
        language: part("language"),
    };
    Some(OrphanedRequest { site: text(value, "site")?, request })
}
