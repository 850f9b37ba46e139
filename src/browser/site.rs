//! The core for the site: the same diagnosis, in a page of its own.

use wasm_bindgen::prelude::*;

use super::convert;
use crate::{Failure, classify, explain, view, words::Catalogue};

/// The diagnosis for pages outside the extension, with the words of one language.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Site {
    words: Catalogue,
}

#[wasm_bindgen]
impl Site {
    /// Takes the text of a `messages.json`.
    ///
    /// # Errors
    /// When it is not one.
    #[wasm_bindgen(constructor)]
    pub fn new(messages: &str) -> Result<Site, JsError> {
        Ok(Self { words: Catalogue::parse(messages)? })
    }

    /// Diagnoses what was pasted: any text, or a failure as JSON. Gives the view of the diagnosis.
    #[must_use]
    pub fn diagnose(&self, pasted: &str) -> JsValue {
        let failure = serde_json::from_str(pasted)
            .ok()
            .as_ref()
            .and_then(Failure::from_json)
            .filter(|failure| *failure != Failure::default())
            .unwrap_or_else(|| Failure::from_message(pasted));
        let diagnosis = classify(&failure);
        convert::value(&view::diagnosis::view(&explain(&diagnosis, &self.words), &self.words))
    }

    /// The words under a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        crate::words::Words::say(&self.words, key, &[])
    }
}
