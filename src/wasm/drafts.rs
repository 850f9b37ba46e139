//! The page of drafts in the worker. The drafts themselves lie sealed in the store: the worker's shell hands them over.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{
    convert::{self, ChromeWords},
    now_ms,
};
use unstuck_app::view;
use unstuck_engine::drafts::Page;

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

/// Forgets what the page showed besides the drafts: it was opened afresh.
#[wasm_bindgen]
pub fn drafts_open() {
    PAGE.take();
}

/// What the page shows of these drafts.
#[wasm_bindgen]
#[must_use]
pub fn drafts_view(drafts: &Array) -> JsValue {
    PAGE.with_borrow_mut(|page| {
        page.drafts = drafts.iter().filter_map(|draft| convert::drafts::draft(&draft)).collect();
        convert::value(&view::drafts::view(page, now_ms(), &ChromeWords))
    })
}

/// Takes a press on these drafts and gives the effect, or null.
///
/// # Errors
/// When nothing of the kind can be pressed.
#[wasm_bindgen]
pub fn drafts_press(press: &JsValue, drafts: &Array) -> Result<JsValue, JsValue> {
    let press = convert::drafts::press(press).ok_or("no such press")?;
    Ok(PAGE.with_borrow_mut(|page| {
        page.drafts = drafts.iter().filter_map(|draft| convert::drafts::draft(&draft)).collect();
        convert::value(&page.press(press))
    }))
}
