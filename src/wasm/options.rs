//! The options page in the worker: its state, and the test of a source.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{
    call,
    convert::{self, ChromeWords},
    now_ms,
};
use unstuck_app::{
    options::{
        Page, Test, Trial,
        find::{self, Find},
    },
    view,
};

/// Milliseconds that a test may take.
const TEST_TIMEOUT_MS: u64 = 20_000;
/// Milliseconds that a server on this computer has to answer, when nobody knows whether it is there.
const FIND_TIMEOUT_MS: u64 = 3_000;

/// As many open pages are remembered; one that was forgotten brings its memory along.
const PAGES_KEPT: usize = 8;

thread_local! {
    static PAGES: RefCell<Vec<(String, Page)>> = const { RefCell::new(Vec::new()) };
}

/// Begins or goes on with an open page: its id is that of its document, and `memory` is what it was given last.
fn with_page<T>(id: &str, memory: Option<Vec<u8>>, run: impl FnOnce(&mut Page) -> T) -> T {
    PAGES.with_borrow_mut(|pages| {
        let known = pages.iter().position(|(known, _)| known == id);
        let at = known.unwrap_or_else(|| {
            let page = memory.map_or_else(Page::default, |memory| Page::from_bytes(&memory));
            pages.truncate(PAGES_KEPT - 1);
            pages.insert(0, (id.to_owned(), page));
            0
        });
        run(&mut pages[at].1)
    })
}

/// What the options page shows, or when `guided` the welcome page: the settings as they are kept, and the ids of the sources whose key is stored.
#[wasm_bindgen]
#[must_use]
pub fn options_view(
    page: &str,
    memory: Option<Vec<u8>>,
    kept: &JsValue,
    keyed: &Array,
    commands: &JsValue,
    guided: bool,
) -> JsValue {
    let settings = convert::settings(kept);
    with_page(page, memory, |page| {
        page.guided = guided;
        page.keyed = keyed.iter().filter_map(|id| id.as_string()).collect();
        page.shortcuts = convert::options::shortcuts(commands);
        page.managed = convert::managed();
        convert::value(&view::options::view(&settings, page, &ChromeWords))
    })
}

/// What the page has to bring along with its next press, should the worker have died by then.
#[wasm_bindgen]
#[must_use]
pub fn options_memory(page: &str) -> Uint8Array {
    with_page(page, None, |page| Uint8Array::from(page.to_bytes().as_slice()))
}

/// Takes a press with what stands in the fields, and gives the effects, to be performed in order.
///
/// # Errors
/// When nothing of the kind can be pressed.
#[wasm_bindgen]
pub fn options_press(
    page: &str,
    memory: Option<Vec<u8>>,
    kept: &JsValue,
    keyed: &Array,
    press: &JsValue,
    fields: &JsValue,
) -> Result<JsValue, JsValue> {
    let press = convert::options::press(press).ok_or("no such press")?;
    let (settings, fields) = (convert::settings(kept), convert::options::fields(fields));
    // No source was ever added at this very moment before.
    let new_id = ["source-", &now_ms().to_string()].concat();
    let effects = with_page(page, memory, |page| {
        page.keyed = keyed.iter().filter_map(|id| id.as_string()).collect();
        page.managed = convert::managed();
        page.press(&settings, press, &fields, &new_id)
    });
    Ok(convert::value(&effects))
}

/// What was pressed last could not be kept: the page is as its memory has it from before the press, and says so.
#[wasm_bindgen]
pub fn options_unsaved(page: &str, memory: Option<Vec<u8>>) {
    let before = memory.map_or_else(Page::default, |memory| Page::from_bytes(&memory));
    with_page(page, None, |page| page.unsaved(before));
}

/// What this version understands of the settings as they are kept.
#[wasm_bindgen]
#[must_use]
pub fn understood(kept: &JsValue) -> JsValue {
    convert::value(&convert::settings(kept))
}

/// Id of the source that is being tested, under which its key may be stored.
#[wasm_bindgen]
#[must_use]
pub fn options_trial(page: &str) -> Option<String> {
    trial(page).map(|trial| trial.source)
}

/// Asks the source that is being tested for its models, or every server that may run here. The page tells the outcome.
#[wasm_bindgen]
pub async fn options_test(page: String, stored_key: Option<String>) {
    let Some(trial) = trial(&page) else { return look_for_servers(&page).await };
    let answer = call::fetch_text(&trial.request(stored_key), TEST_TIMEOUT_MS).await;
    with_page(&page, None, |page| page.tested(&trial, trial.outcome(answer)));
}

/// Tells the share of the browser's own model that was downloaded, from 0 to 1.
#[wasm_bindgen]
pub fn options_downloading(page: &str, share: f64) {
    with_page(page, None, |page| page.downloading((share * 100.0) as u8));
}

/// Tells how the download ended: with the name and the message of an exception, or well.
#[wasm_bindgen]
pub fn options_downloaded(page: &str, name: Option<String>, message: Option<String>) {
    with_page(page, None, |page| page.downloaded(name, message));
}

async fn look_for_servers(page: &str) {
    if !with_page(page, None, |page| page.find == Find::Running) {
        return;
    }
    let mut found = Vec::new();
    for (service, request) in find::candidates() {
        found.extend(find::identify(service, call::fetch_text(&request, FIND_TIMEOUT_MS).await));
    }
    with_page(page, None, |page| page.find = Find::Over(found));
}

fn trial(page: &str) -> Option<Trial> {
    with_page(page, None, |page| match &page.test {
        Test::Running(trial) => Some((**trial).clone()),
        _ => None,
    })
}
