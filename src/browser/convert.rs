//! Plain data in and out, and the words of the browser.

use js_sys::Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::words::Words;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn get_message(key: &str, substitutions: &Array) -> String;
}

/// Turns plain data into a plain JavaScript value.
pub(super) fn value(data: &impl Serialize) -> JsValue {
    data.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// Turns a plain JavaScript value into plain data.
pub(super) fn data<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(JsValue::from)
}

/// The words of the browser's own language.
pub(super) struct ChromeWords;

impl Words for ChromeWords {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let substitutions =
            arguments.iter().map(|argument| JsValue::from_str(argument)).collect::<Array>();
        Some(get_message(key, &substitutions)).filter(|message| !message.is_empty())
    }
}
