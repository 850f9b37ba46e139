//! The page that shows how the sources have been doing. The health itself is the worker's: the shell hands it over.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Pages, options::typed, read};
use crate::{net::now_ms, value, words::Words};
use unstuck_app::{
    history::{self, Filter, HistoryEffect, HistoryPress},
    view::{self, View},
};

#[derive(Serialize)]
struct Shown {
    view: View,
    effects: Vec<HistoryEffect>,
}

#[wasm_bindgen]
impl Pages {
    /// What the page shows of the health in these bytes and does after a press, if there was one, with what stands in its fields.
    ///
    /// # Errors
    /// When nothing of the kind can be pressed.
    #[wasm_bindgen(unchecked_return_type = "{ view: View; effects: HistoryEffect[] }")]
    pub fn history(
        &self,
        press: &JsValue,
        fields: &JsValue,
        health: &[u8],
    ) -> Result<JsValue, JsValue> {
        let press: Option<HistoryPress> = read(press)?;
        let fields = typed(fields);
        let mut state = self.state.borrow_mut();
        state.take_health(health, 0);
        let (now_ms, words) = (now_ms(), &Words);
        let effects = press
            .as_ref()
            .map(|press| history::press(&state, now_ms, press, Filter::of(&fields), words));
        let view = view::history::view(&state, &fields, press.as_ref(), now_ms, words);
        Ok(value(&Shown { view, effects: effects.unwrap_or_default() }))
    }
}
