//! What is to be kept of settings that were changed.

use js_sys::{Object, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::{Pages, read};
use crate::value;
use unstuck_app::kept::{Change, changed, merged};
use unstuck_engine::Settings;

#[wasm_bindgen]
impl Pages {
    /// What this version understands of the settings as they are kept.
    #[must_use]
    pub fn understood(&self, kept: &JsValue) -> JsValue {
        value(&self.kept(kept))
    }

    /// What goes into a file of settings: all but the channels, which are worth nothing without their secrets.
    #[must_use]
    pub fn exported(&self, kept: &JsValue) -> JsValue {
        let settings = self.understood(kept);
        // A plain object lets go of what it has.
        let _ = Reflect::delete_property::<Object>(settings.unchecked_ref(), &"channels".into());
        settings
    }

    /// What is to be kept once the settings are these.
    ///
    /// # Errors
    /// When these are no settings.
    pub fn merged(&self, kept: &JsValue, settings: &JsValue) -> Result<JsValue, JsValue> {
        let understood: Value = read(&self.understood(kept))?;
        Ok(value(&merged(read(kept)?, &understood, read(settings)?)))
    }

    /// What is to be kept after a change: `{fallback}`, `{source}` or `"leave_to_read"`.
    ///
    /// # Errors
    /// When that is no change.
    pub fn changed(&self, kept: &JsValue, change: &JsValue) -> Result<JsValue, JsValue> {
        let change: Change = read(change)?;
        let settings: Settings = changed(&self.kept(kept), change);
        self.merged(kept, &value(&settings))
    }
}
