//! What the page of drafts sends, and the drafts as they are kept.

use wasm_bindgen::prelude::*;

use super::{field, number, text};
use unstuck_engine::{
    assistant::Task,
    drafts::{Draft, DraftsPress},
};

/// What was pressed.
pub(crate) fn press(value: &JsValue) -> Option<DraftsPress> {
    match value.as_string().as_deref() {
        Some("doubt") => return Some(DraftsPress::Doubt),
        Some("leave") => return Some(DraftsPress::Leave),
        Some("erase_all") => return Some(DraftsPress::EraseAll),
        _ => {}
    }
    let at_ms = |name| Some(number(&field(value, name)?, "at_ms")? as u64);
    (at_ms("copy").map(|at_ms| DraftsPress::Copy { at_ms }))
        .or_else(|| Some(DraftsPress::Erase { at_ms: at_ms("erase")? }))
}

/// A draft as it is kept.
pub(crate) fn draft(value: &JsValue) -> Option<Draft> {
    Some(Draft {
        at_ms: number(value, "at_ms")? as u64,
        task: Task::from_id(&text(value, "task")?)?,
        site: text(value, "site")?,
        source: text(value, "source")?,
        text: text(value, "text")?,
    })
}
