//! Where state outlives the worker: the journal in session memory, the settings on disk.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;

use super::{chrome, resolved};
use crate::engine::{Settings, State};

const STATE: &str = "state";
const SETTINGS: &str = "settings";

/// Closes every storage area to content scripts. Comes before the first write of a worker's life.
pub(super) async fn seal() -> Result<(), JsValue> {
    let trusted = chrome::value(&serde_json::json!({ "accessLevel": "TRUSTED_CONTEXTS" }));
    for sealing in
        [chrome::seal_local(&trusted), chrome::seal_session(&trusted), chrome::seal_sync(&trusted)]
    {
        resolved(sealing).await?;
    }
    Ok(())
}

/// The state of an earlier life. A damaged journal gives a fresh state: settings and keys are kept elsewhere.
pub(super) async fn read_state() -> State {
    read(chrome::session_get(STATE), STATE)
        .await
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Writes the state down.
pub(super) async fn write_state(state: String) -> Result<(), JsValue> {
    resolved(chrome::session_set(&chrome::entry(STATE, &state.into()))).await.map(drop)
}

/// The settings, or the defaults.
pub(super) async fn read_settings() -> Settings {
    read(chrome::local_get(SETTINGS), SETTINGS)
        .await
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Keeps the settings.
pub(super) async fn write_settings(settings: &Settings) -> Result<(), JsValue> {
    let text = serde_json::to_string(settings).map_err(|error| JsValue::from(error.to_string()))?;
    resolved(chrome::local_set(&chrome::entry(SETTINGS, &text.into()))).await.map(drop)
}

async fn read(items: Promise, key: &str) -> Option<String> {
    Reflect::get(&resolved(items).await.ok()?, &key.into()).ok()?.as_string()
}
