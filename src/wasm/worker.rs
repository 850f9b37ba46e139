//! The engine in the worker: events in, effects out.

mod events;
mod press;
mod probe;
mod run;
mod watch;

use std::{cell::RefCell, rc::Rc};

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use crate::{
    convert::{self, ChromeWords},
    net::now_ms,
    value,
};
use unstuck_app::{managed::Managed, view, watch::Watch};
use unstuck_diagnose::Failure;
use unstuck_engine::{AttemptId, Effect, Event, Restored, Settings, State, Trouble};
use unstuck_source::Ask;

#[wasm_bindgen]
extern "C" {
    /// Performs effects that came up while no event of the worker was being handled.
    #[wasm_bindgen(js_name = perform)]
    fn perform(effects: JsValue);
}

/// All that one life of the worker knows.
#[wasm_bindgen]
#[derive(Debug, Clone, Default)]
pub struct Worker(Rc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    state: RefCell<State>,
    /// What the organisation has set.
    managed: RefCell<Managed>,
    /// The calls of the watched pages.
    watch: RefCell<Watch>,
    /// The attempts that run, each with what stops it.
    running: RefCell<Vec<(AttemptId, AbortController)>>,
    /// The last failures, in case a second opinion is wanted.
    failures: RefCell<Vec<(AttemptId, Failure)>>,
}

#[wasm_bindgen]
impl Worker {
    /// A worker that has not started yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what the organisation has set, as JSON. Comes before the settings are read.
    pub fn govern(&self, policy: &str) {
        self.0.managed.replace(Managed::read(policy));
    }

    /// The web apps that are watched.
    #[must_use]
    pub fn watched_apps(&self) -> Vec<String> {
        self.settings().apps
    }

    /// The sites on which the launcher is to be.
    #[must_use]
    pub fn sites(&self) -> Vec<String> {
        self.settings().sites
    }

    /// Match patterns of the sites on which the organisation lets nothing be.
    #[must_use]
    pub fn excluded_sites(&self) -> Vec<String> {
        self.0.managed.borrow().site_policy.excluded()
    }

    /// Whether the organisation lets a card open on a page with this address.
    #[must_use]
    pub fn is_allowed(&self, address: &str) -> bool {
        self.0.managed.borrow().allows(address)
    }

    /// Begins the life of a worker: the journal of an earlier one (empty or damaged gives a fresh state), the settings as
    /// they are kept, a random number between 0 and 1, and what the last browser left behind if there is no journal. Gives
    /// the effects. A journal that is damaged is left for the shell to set aside: [`Worker::is_damaged`] tells.
    #[must_use]
    pub fn start(
        &self,
        journal: &[u8],
        settings: &JsValue,
        random: f64,
        inherited: &JsValue,
    ) -> JsValue {
        let settings = self.governed(settings);
        let Restored { state: restored, damaged } = State::from_bytes(journal);
        self.0.state.replace(State { settings, ..restored });
        let seed = (random * 9_007_199_254_740_991.0) as u64;
        let inherited = (!inherited.is_undefined()).then(|| events::durable(inherited));
        self.step_on(Event::Started { seed, damaged, inherited })
    }

    /// Feeds one event to the engine and gives the effects, to be performed in order.
    ///
    /// # Errors
    /// When the event is not one of ours.
    pub fn step(&self, event: &JsValue) -> Result<JsValue, JsValue> {
        let configured = events::configured(event).map(|settings| self.governed(&settings));
        let event = match configured {
            Some(settings) => Event::Configured { settings },
            None => events::event(event).ok_or("no such event")?,
        };
        Ok(self.step_on(event))
    }

    /// Takes a diagnosis that the troubleshooter has changed, as it was handed over, and gives the effects.
    #[must_use]
    pub fn reconsidered(&self, bytes: &[u8]) -> JsValue {
        match events::reconsidered(bytes) {
            Some((call, diagnosis)) => {
                self.step_on(Event::Reconsidered { call, diagnosis: Box::new(diagnosis) })
            }
            None => JsValue::UNDEFINED,
        }
    }

    /// The state in bytes, for the journal and for the pages.
    #[must_use]
    pub fn journal(&self) -> Uint8Array {
        Uint8Array::from(self.0.state.borrow().to_bytes().as_slice())
    }

    /// Whether some of the journal could not be read at the start of this life.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.0.state.borrow().trouble == Some(Trouble::Damaged)
    }

    /// Gathers more about the failure of an attempt and tells the engine.
    ///
    /// # Errors
    /// When the attempt id is not one of the engine's.
    pub fn probe(&self, attempt_id: &JsValue) -> Result<(), JsValue> {
        let attempt_id = events::attempt_id(attempt_id).ok_or("no such attempt")?;
        let worker = self.clone();
        spawn_local(async move {
            if let Some(failure) = worker.look_again(attempt_id).await {
                worker.feed(Event::Probed { attempt_id, failure: Box::new(failure) });
            }
        });
        Ok(())
    }

    /// Sends the attempt that the engine named, with the key of its source if there is one. `begun` is the answer so far
    /// when only its rest is wanted.
    ///
    /// # Errors
    /// When the attempt id is not one of the engine's.
    pub fn send(
        &self,
        attempt_id: &JsValue,
        source: &str,
        prompt: &str,
        begun: &str,
        key: Option<String>,
    ) -> Result<(), JsValue> {
        let attempt_id = events::attempt_id(attempt_id).ok_or("no such attempt")?;
        let settings = self.settings();
        if let Some(source) = settings.source(source).cloned() {
            let request =
                unstuck_source::ask(source.endpoint(), key.as_deref(), &Ask { prompt, begun });
            let rules = settings.rules(&source.id);
            let (worker, begun) = (self.clone(), begun.len());
            spawn_local(async move {
                worker.run(attempt_id, request, source.dialect, rules, begun).await;
            });
        }
        Ok(())
    }

    /// What a card shows.
    ///
    /// # Errors
    /// When that is no frame.
    pub fn card_view(&self, frame: &JsValue) -> Result<JsValue, JsValue> {
        let frame = events::frame(frame).ok_or("no such frame")?;
        Ok(value(&view::card::view(&self.0.state.borrow(), &frame, now_ms(), &ChromeWords)))
    }

    /// What the popup shows for a tab, with its address where the browser tells it.
    #[must_use]
    pub fn popup_view(&self, tab: i32, address: Option<String>) -> JsValue {
        let here = (tab, address.as_deref().unwrap_or_default());
        value(&view::popup::view(&self.0.state.borrow(), here, now_ms(), &ChromeWords))
    }

    /// Whether something on this frame still moves by itself.
    ///
    /// # Errors
    /// When that is no frame.
    pub fn is_busy(&self, frame: &JsValue) -> Result<bool, JsValue> {
        let frame = events::frame(frame).ok_or("no such frame")?;
        Ok(self.0.state.borrow().is_busy(&frame, now_ms()))
    }

    /// How many failures in a tab wait for somebody's move.
    #[must_use]
    pub fn unsettled_in(&self, tab: i32) -> usize {
        self.0.state.borrow().unsettled_in(tab)
    }
}

impl Worker {
    fn settings(&self) -> Settings {
        self.0.state.borrow().settings.clone()
    }

    /// The settings that hold: those that are kept, and over them what the organisation has set.
    fn governed(&self, kept: &JsValue) -> Settings {
        let managed = self.0.managed.borrow();
        managed.over(&convert::settings(kept, &managed))
    }

    /// Feeds an event that came up inside a running call.
    fn feed(&self, event: Event) {
        perform(self.step_on(event));
    }

    /// One step; stopping a call is done at once, everything else is named.
    fn step_on(&self, event: Event) -> JsValue {
        let effects = unstuck_engine::step(&mut self.0.state.borrow_mut(), now_ms(), event);
        for effect in &effects {
            if let Effect::Abort { attempt_id } = effect {
                self.cancel(*attempt_id);
            }
        }
        value(&effects)
    }
}
