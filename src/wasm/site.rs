//! The core for the site: the same diagnosis, in a page of its own.

use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;

use super::{clock, read::read_failure, value};
use unstuck_app::view;
use unstuck_diagnose::{Messages, classify, explain, workspace::fill};

/// The diagnosis for pages outside the extension, with the words of one language.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Site {
    messages: JsValue,
}

#[wasm_bindgen]
impl Site {
    /// Takes the text of a `messages.json`.
    ///
    /// # Errors
    /// When it is not JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(messages: &str) -> Result<Site, JsValue> {
        Ok(Self { messages: JSON::parse(messages)? })
    }

    /// Diagnoses what was pasted: any text, or a failure as JSON. Gives the view of the diagnosis.
    #[must_use]
    pub fn diagnose(&self, pasted: &str) -> JsValue {
        let failure = read_failure(&pasted.into());
        let explanation = explain(&classify(&failure), self);
        value(&view::pasted::view(&explanation, self))
    }

    /// What an action of the diagnosis would open: an address, or nothing when it does something else.
    #[must_use]
    pub fn opens(&self, pasted: &str, action: usize) -> Option<String> {
        classify(&read_failure(&pasted.into())).actions.into_iter().nth(action)?.url
    }
}

impl Messages for Site {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let entry = Reflect::get(&self.messages, &key.into()).ok()?;
        let message = Reflect::get(&entry, &"message".into()).ok()?.as_string()?;
        let content = |name: &str| {
            let placeholders = Reflect::get(&entry, &"placeholders".into()).ok()?;
            let placeholder = Reflect::get(&placeholders, &name.into()).ok()?;
            Reflect::get(&placeholder, &"content".into()).ok()?.as_string()
        };
        Some(fill(&message, &content, arguments))
    }

    fn moment(&self, ms: u64) -> Option<(String, bool)> {
        let browser = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
        let language = Reflect::get(&browser, &"language".into()).ok()?.as_string()?;
        clock::moment(ms, &language, self)
    }
}
