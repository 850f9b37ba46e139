//! The diagnosis alone, as the npm package wraps it: a failure in, plain objects out.

mod read;

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::prelude::*;

use super::value;
use unstuck_diagnose::{Failure, Messages, classify, workspace::fill};

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

/// A text stands for itself, or for the failure that it holds as JSON. An object with foreign keys is a service's answer.
fn read_failure(given: &JsValue) -> Failure {
    let object = match given.as_string() {
        Some(text) => match JSON::parse(&text).ok().filter(is_record) {
            Some(object) => object,
            None => return Failure::from_message(text),
        },
        None => given.clone(),
    };
    let answer = || JSON::stringify(&object).ok().and_then(|text| text.as_string());
    let read = is_record(&object).then(|| read::failure(&object)).flatten();
    read.unwrap_or_else(|| Failure { body: answer(), ..Failure::default() })
}

fn is_record(value: &JsValue) -> bool {
    value.is_object() && !Array::is_array(value)
}

/// Messages by key, with the positions of their arguments in place of placeholders: `$1 asks for a wait.`
struct Words(JsValue);

impl Messages for Words {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let message = Reflect::get(&self.0, &key.into()).ok()?.as_string()?;
        Some(fill(&message, &|_| None, arguments))
    }
}
