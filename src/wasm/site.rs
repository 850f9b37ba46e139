//! The core for the site: the same diagnosis, in a page of its own.

use wasm_bindgen::prelude::*;

use super::{read::read_failure, value, words::Words};
use unstuck_app::view;
use unstuck_diagnose::{classify, explain};

/// The diagnosis for pages outside the extension.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Site;

#[wasm_bindgen]
impl Site {
    /// Nothing is pasted yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self
    }

    /// Diagnoses what was pasted: any text, or a failure as JSON. Gives the view of the diagnosis.
    #[must_use]
    pub fn diagnose(&self, pasted: &str) -> JsValue {
        let failure = read_failure(&pasted.into());
        let explanation = explain(&classify(&failure), &Words);
        value(&view::pasted::view(&explanation, &Words))
    }

    /// What an action of the diagnosis would open: an address, or nothing when it does something else.
    #[must_use]
    pub fn opens(&self, pasted: &str, action: usize) -> Option<String> {
        classify(&read_failure(&pasted.into())).actions.into_iter().nth(action)?.url
    }
}
