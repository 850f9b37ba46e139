//! The diagnosis alone, as the npm package wraps it: a failure in, plain objects out.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::{read::read_failure, value};
use unstuck_diagnose::{Messages, classify, workspace::place};

/// The diagnosis of a failure, or of any text.
#[wasm_bindgen]
#[must_use]
pub fn diagnose(failure: &JsValue) -> JsValue {
    value(&classify(&read_failure(failure)))
}

/// The diagnosis in words, given as messages by key.
#[wasm_bindgen]
#[must_use]
pub fn explain(failure: &JsValue, messages: JsValue) -> JsValue {
    value(&unstuck_diagnose::explain(&classify(&read_failure(failure)), &Words(messages)))
}

/// Messages by key, with the positions of their arguments in place of placeholders: `$1 asks for a wait.`
struct Words(JsValue);

impl Messages for Words {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let message = Reflect::get(&self.0, &key.into()).ok()?.as_string()?;
        Some(place(&message, arguments))
    }
}
