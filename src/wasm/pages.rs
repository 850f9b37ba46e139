//! The pages of the extension in the worker: what they show and what a press on them does. Loaded when the first is opened.

mod channels;
mod drafts;
mod history;
mod kept;
mod options;
mod report;
mod troubleshooter;

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::convert;
use unstuck_app::{managed::Managed, options as app_options, troubleshooter::Troubleshooters};
use unstuck_engine::{Settings, State, drafts as engine_drafts};

/// The pages that are open, and the engine's state as it was handed over last.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Pages {
    state: RefCell<State>,
    /// What the organisation has set.
    managed: RefCell<Managed>,
    /// The open pages of options by the ids of their documents.
    options: RefCell<Vec<(String, app_options::Page)>>,
    drafts: RefCell<engine_drafts::Page>,
    troubleshooters: RefCell<Troubleshooters>,
}

#[wasm_bindgen]
impl Pages {
    /// No page is open.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what the organisation has set, as JSON. Comes before the settings are read.
    pub fn govern(&self, policy: &str) {
        self.managed.replace(Managed::read(policy));
    }

    /// Takes the engine's state as its journal has it, and the settings as they are kept.
    pub fn look(&self, journal: &[u8], settings: &JsValue) {
        let managed = self.managed.borrow();
        let settings = managed.over(&convert::settings(settings, &managed));
        let state = State { settings, ..State::from_bytes(journal).state };
        drop(self.state.replace(state));
    }
}

impl Pages {
    /// The settings as they are kept, without what the organisation has set.
    fn kept(&self, settings: &JsValue) -> Settings {
        convert::settings(settings, &self.managed.borrow())
    }

    fn settings(&self) -> Settings {
        self.state.borrow().settings.clone()
    }
}

/// Reads plain data that a page has sent back.
fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value.clone()).map_err(JsValue::from)
}
