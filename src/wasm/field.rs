//! Reading objects of JavaScript, whatever they are.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// The property of an object, unless it is missing. Nothing but an object is looked into: that throws, and of each call that throws
/// wasm-bindgen keeps a place in its table for good (measured with 0.2.130).
pub(crate) fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    if !object.is_object() {
        return None;
    }
    let found = Reflect::get(object, &name.into()).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

pub(crate) fn flag(object: &JsValue, name: &str) -> Option<bool> {
    field(object, name)?.as_bool()
}

pub(crate) fn texts(object: &JsValue, name: &str) -> Option<Vec<String>> {
    Some(Array::from(&field(object, name)?).iter().filter_map(|item| item.as_string()).collect())
}
