//! The options page in the worker: its state, and the test of a source.

use std::cell::RefCell;

use js_sys::{Array, Date};
use wasm_bindgen::prelude::*;

use super::{
    call,
    convert::{self, ChromeWords},
    settings,
};
use crate::{
    options::{Page, Test, Trial},
    view,
};

/// Milliseconds that a test may take.
const TEST_TIMEOUT_MS: u64 = 20_000;

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

/// Forgets what the page showed besides the settings: it was opened afresh.
#[wasm_bindgen]
pub fn options_open() {
    PAGE.take();
}

/// What the options page shows; `keyed` has the ids of the sources whose key is stored.
#[wasm_bindgen]
#[must_use]
pub fn options_view(keyed: &Array) -> JsValue {
    PAGE.with_borrow_mut(|page| {
        page.keyed = keyed.iter().filter_map(|id| id.as_string()).collect();
        convert::value(&view::options::view(&settings(), page, &ChromeWords))
    })
}

/// Takes a press with what stands in the fields, and gives the effects, to be performed in order.
///
/// # Errors
/// When nothing of the kind can be pressed.
#[wasm_bindgen]
pub fn options_press(press: &JsValue, fields: &JsValue) -> Result<JsValue, JsValue> {
    let press = convert::options::press(press).ok_or("no such press")?;
    let fields = convert::options::fields(fields);
    // No source was ever added at this very moment before.
    let new_id = format!("source-{}", Date::now());
    let effects = PAGE.with_borrow_mut(|page| page.press(&settings(), press, &fields, &new_id));
    Ok(convert::value(&effects))
}

/// Id of the source that is being tested, under which its key may be stored.
#[wasm_bindgen]
#[must_use]
pub fn options_trial() -> Option<String> {
    trial().map(|trial| trial.source)
}

/// Asks the source that is being tested for its models. The page tells the outcome.
#[wasm_bindgen]
pub async fn options_test(stored_key: Option<String>) {
    let Some(trial) = trial() else { return };
    let answer = call::fetch_text(&trial.request(stored_key), TEST_TIMEOUT_MS).await;
    PAGE.with_borrow_mut(|page| page.tested(&trial, trial.outcome(answer)));
}

fn trial() -> Option<Trial> {
    PAGE.with_borrow(|page| match &page.test {
        Test::Running(trial) => Some((**trial).clone()),
        _ => None,
    })
}
