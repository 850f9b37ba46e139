//! The words of the reader's language, as two files of the build have them: the keys, sorted, and beside them the messages,
//! one a line.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::clock;
use unstuck_diagnose::{Messages, workspace::place};

/// What the browser knows of itself, under the names that `chrome.i18n` has for it: what it speaks, and in which direction.
const BROWSER: &str = "@@ui_locale";
const DIRECTION: &str = "@@bidi_dir";

thread_local! {
    static SPOKEN: RefCell<Spoken> = RefCell::default();
}

#[derive(Default)]
struct Spoken {
    /// Keys in the order of their bytes, each with its message; the message is empty where this language has none.
    messages: Vec<(&'static str, &'static str)>,
    /// What the reader's browser speaks, as a BCP 47 tag.
    browser: String,
    direction: String,
}

/// Takes the words of one language: keys and messages, line for line. Comes before anything is told.
#[wasm_bindgen]
pub fn speak(keys: String, messages: String, browser: String, direction: String) {
    // They are needed as long as this file runs.
    let (keys, messages): (&str, &str) = (keys.leak(), messages.leak());
    let messages = keys.split('\n').zip(messages.split('\n')).collect();
    SPOKEN.set(Spoken { messages, browser, direction });
}

/// The words that were taken last.
pub(crate) struct Words;

impl Messages for Words {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        SPOKEN.with_borrow(|Spoken { messages, browser, direction }| {
            match key {
                BROWSER => return Some(browser.clone()),
                DIRECTION => return Some(direction.clone()),
                _ => {}
            }
            let at = messages.binary_search_by_key(&key, |(key, _)| key).ok()?;
            let (_, message) = messages[at];
            (!message.is_empty()).then(|| place(message, arguments))
        })
    }

    fn moment(&self, ms: u64) -> Option<(String, bool)> {
        let browser = SPOKEN.with_borrow(|spoken| spoken.browser.clone());
        clock::moment(ms, &browser, self)
    }
}
