//! A check of a source that nobody asked anything: its list of models, which is free.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::Worker;
use crate::net::{now_ms, whole::fetch_text};
use unstuck_diagnose::Failure;
use unstuck_engine::Event;
use unstuck_source::{list_models, models};

/// Milliseconds that a check may take.
const TIMEOUT_MS: u64 = 20_000;

#[wasm_bindgen]
impl Worker {
    /// Checks the source that the engine named, with its key if there is one, and tells the engine.
    pub fn check_health(&self, source: String, key: Option<String>) {
        let Some(known) = self.settings().source(&source).cloned() else { return };
        let request = list_models(known.dialect, &known.base_url, key.as_deref());
        let worker = self.clone();
        spawn_local(async move {
            let begun_ms = now_ms();
            let failure = match fetch_text(&request, TIMEOUT_MS).await {
                Ok(text) => models(known.dialect, &text).is_none().then(|| {
                    let (url, status, body) = (Some(known.base_url), Some(200), Some(text));
                    Box::new(Failure { url, status, body, ..Failure::default() })
                }),
                Err(failure) => Some(failure),
            };
            let took_ms = now_ms().saturating_sub(begun_ms);
            worker.feed(Event::HealthChecked { source, failure, took_ms });
        });
    }
}
