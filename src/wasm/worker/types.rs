//! What the scripts hand over and get, with the types that TypeScript knows it by (`cargo xtask types`).

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::value;
use unstuck_app::view::View;
use unstuck_engine::{AttemptId, Effect, FrameRef};

#[wasm_bindgen]
extern "C" {
    /// A frame of a tab.
    #[wasm_bindgen(typescript_type = "FrameRef")]
    pub type JsFrame;
    #[wasm_bindgen(method, getter)]
    fn tab(this: &JsFrame) -> i32;
    #[wasm_bindgen(method, getter)]
    fn id(this: &JsFrame) -> i32;
    #[wasm_bindgen(method, getter)]
    fn document(this: &JsFrame) -> String;

    /// An attempt of a call.
    #[wasm_bindgen(typescript_type = "AttemptId")]
    pub type JsAttemptId;
    #[wasm_bindgen(method, getter)]
    fn call(this: &JsAttemptId) -> f64;
    #[wasm_bindgen(method, getter)]
    fn attempt(this: &JsAttemptId) -> u32;

    /// What was pressed, as a view gave it.
    #[wasm_bindgen(typescript_type = "Press")]
    pub type JsPress;

    /// What is typed, by the names of the fields.
    #[wasm_bindgen(typescript_type = "Fields")]
    pub type JsFields;

    /// Effects, to be performed in order.
    #[wasm_bindgen(typescript_type = "Effect[]")]
    pub type JsEffects;

    /// Sites without the launcher.
    #[wasm_bindgen(typescript_type = "HiddenSite[]")]
    pub type JsHidden;

    /// What one place shows.
    #[wasm_bindgen(typescript_type = "View")]
    pub type JsView;
}

impl From<&JsFrame> for FrameRef {
    fn from(frame: &JsFrame) -> Self {
        Self { tab: frame.tab(), id: frame.id(), document: frame.document() }
    }
}

impl From<&JsAttemptId> for AttemptId {
    fn from(id: &JsAttemptId) -> Self {
        Self { call: id.call() as u64, attempt: id.attempt() }
    }
}

impl From<Vec<Effect>> for JsEffects {
    fn from(effects: Vec<Effect>) -> Self {
        given(&effects)
    }
}

impl From<View> for JsView {
    fn from(view: View) -> Self {
        given(&view)
    }
}

fn given<T: JsCast>(data: &impl Serialize) -> T {
    value(data).unchecked_into()
}
