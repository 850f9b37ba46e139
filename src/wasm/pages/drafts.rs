//! The page of drafts. The drafts themselves lie sealed in the store: the shell hands them over.

use wasm_bindgen::prelude::*;

use super::{Pages, read};
use crate::{net::now_ms, value, words::Words};
use unstuck_app::view;
use unstuck_engine::drafts::DraftsPress;

#[wasm_bindgen]
impl Pages {
    /// Forgets what the page showed besides the drafts: it was opened afresh.
    pub fn drafts_open(&self) {
        self.drafts.take();
    }

    /// Takes what is looked for, as it is typed.
    pub fn drafts_search(&self, search: String) {
        self.drafts.borrow_mut().search = search;
    }

    /// What the page shows of these drafts.
    ///
    /// # Errors
    /// When these are no drafts.
    #[wasm_bindgen(unchecked_return_type = "View")]
    pub fn drafts_view(&self, drafts: &JsValue) -> Result<JsValue, JsValue> {
        let mut page = self.drafts.borrow_mut();
        page.drafts = read(drafts)?;
        let view = view::drafts::view(&page, now_ms(), &Words);
        Ok(value(&view.looking(&self.settings())))
    }

    /// Takes a press on these drafts and gives the effect, or null.
    ///
    /// # Errors
    /// When nothing of the kind can be pressed, or these are no drafts.
    pub fn drafts_press(&self, press: &JsValue, drafts: &JsValue) -> Result<JsValue, JsValue> {
        let press: DraftsPress = read(press)?;
        let mut page = self.drafts.borrow_mut();
        page.drafts = read(drafts)?;
        Ok(value(&page.press(press)))
    }
}
