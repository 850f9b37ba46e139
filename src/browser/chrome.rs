//! The few functions of `chrome.*` that are used, and who may send us messages.

use js_sys::{Array, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::resolved;
use crate::{engine::Surface, words::Words};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get)]
    pub(super) fn session_get(key: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set)]
    pub(super) fn session_set(items: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get)]
    pub(super) fn local_get(key: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set)]
    pub(super) fn local_set(items: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = setAccessLevel)]
    pub(super) fn seal_local(level: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = setAccessLevel)]
    pub(super) fn seal_session(level: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "sync"], js_name = setAccessLevel)]
    pub(super) fn seal_sync(level: &JsValue) -> Promise;

    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = sendMessage)]
    pub(super) fn send_to_tab(tab: i32, message: &JsValue, options: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create)]
    pub(super) fn open_tab(options: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = reload)]
    pub(super) fn reload_tab(tab: i32) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    pub(super) fn broadcast(message: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = openOptionsPage)]
    pub(super) fn open_options() -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    pub(super) fn own_url(path: &str) -> String;

    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = create)]
    pub(super) fn create_alarm(name: &str, info: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeText)]
    pub(super) fn set_badge_text(details: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains)]
    fn has_permissions(permissions: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = executeScript)]
    pub(super) fn execute_script(injection: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = registerContentScripts)]
    pub(super) fn register_scripts(scripts: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = unregisterContentScripts)]
    pub(super) fn unregister_scripts() -> Promise;

    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn get_message(key: &str, substitutions: &Array) -> String;
}

/// Turns plain data into a plain JavaScript value.
pub(super) fn value(data: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    data.serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// An object with one entry, as the storage areas want it.
pub(super) fn entry(key: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(&object, &key.into(), value);
    object.into()
}

/// Whether the extension may call this origin; `None` when the browser does not say.
pub(super) async fn may_call(origin: &str) -> Option<bool> {
    let permissions = value(&serde_json::json!({ "origins": [format!("{origin}/*")] }));
    resolved(has_permissions(&permissions)).await.ok()?.as_bool()
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

/// Who sent a message, as the browser vouches for it.
pub(super) struct Sender {
    value: JsValue,
}

impl Sender {
    /// # Errors
    /// When the message does not come from this extension.
    pub(super) fn read(value: &JsValue) -> Result<Self, JsValue> {
        let sender = Self { value: value.clone() };
        let own = own_url("");
        let id = sender.text("id").unwrap_or_default();
        let ours = !id.is_empty() && own.split('/').nth(2) == Some(id.as_str());
        if ours { Ok(sender) } else { Err("this message comes from another extension".into()) }
    }

    /// The document of a content script.
    ///
    /// # Errors
    /// When the sender is not a live document in a tab.
    pub(super) fn surface(&self) -> Result<Surface, JsValue> {
        let active = self.text("documentLifecycle").is_none_or(|state| state == "active");
        let tab = Reflect::get(&self.value, &"tab".into()).ok().and_then(|tab| number(&tab, "id"));
        match (tab, number(&self.value, "frameId"), self.text("documentId")) {
            (Some(tab), Some(frame), Some(document)) if active => {
                Ok(Surface { tab, frame, document })
            }
            _ => Err("this message needs a page that is shown in a tab".into()),
        }
    }

    /// # Errors
    /// When the sender is not a page of this extension.
    pub(super) fn must_be_own_page(&self) -> Result<(), JsValue> {
        let ours = self.text("url").is_some_and(|url| url.starts_with(&own_url("")));
        if ours { Ok(()) } else { Err("only a page of this extension may ask for this".into()) }
    }

    fn text(&self, key: &str) -> Option<String> {
        Reflect::get(&self.value, &key.into()).ok()?.as_string()
    }
}

fn number(value: &JsValue, key: &str) -> Option<i32> {
    Some(Reflect::get(value, &key.into()).ok()?.as_f64()? as i32)
}
