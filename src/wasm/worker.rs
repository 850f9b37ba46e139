//! The engine in the worker: events in, effects out.

mod check;
mod events;
mod inherited;
mod press;
mod probe;
mod run;
mod types;
mod watch;

use std::{cell::RefCell, rc::Rc};

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use crate::{convert, net::now_ms, words::Words};
use types::{JsAttemptId, JsEffects, JsFrame, JsHidden, JsView};
use unstuck_app::{
    managed::Managed,
    view::{
        self,
        badge::{Badge, badge},
    },
    watch::Watch,
};
use unstuck_diagnose::Failure;
use unstuck_engine::{AttemptId, Effect, Event, Restored, Settings, State, Trouble};
use unstuck_source::Ask;

#[wasm_bindgen]
extern "C" {
    /// Performs effects that came up while no event of the worker was being handled.
    #[wasm_bindgen(js_name = perform)]
    fn perform(effects: JsEffects);
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
        self.0.managed.replace(Managed::read_in_worker(policy));
    }

    /// The web apps that are watched.
    #[must_use]
    pub fn watched_apps(&self) -> Vec<String> {
        self.settings().apps
    }

    /// The sites on which the launcher is to be now.
    #[must_use]
    pub fn sites(&self) -> Vec<String> {
        let settings = self.settings();
        let hidden = |site: &String| {
            settings.hidden.iter().any(|hidden| hidden.site == *site && hidden.holds(now_ms()))
        };
        settings.sites.iter().filter(|site| !hidden(site)).cloned().collect()
    }

    /// The sites on which the person has hidden it: `{site, until_ms}` of each.
    #[must_use]
    pub fn hidden_sites(&self) -> JsHidden {
        crate::value(&self.settings().hidden).unchecked_into()
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
    ) -> JsEffects {
        let settings = self.governed(settings);
        let Restored { state: restored, damaged } = State::from_bytes(journal);
        let State { health, answered, .. } = self.0.state.take();
        self.0.state.replace(State { settings, health, answered, ..restored });
        let seed = whole(random);
        let inherited = (!inherited.is_undefined()).then(|| inherited::durable(inherited));
        self.step(Event::Started { seed, damaged, inherited })
    }

    /// Takes what [`Worker::health`] gave in an earlier life, with a random number between 0 and 1. Comes before the start.
    pub fn take_health(&self, bytes: &[u8], random: f64) {
        self.0.state.borrow_mut().take_health(bytes, whole(random));
    }

    /// The health of the sources in bytes, for its store.
    #[must_use]
    pub fn health(&self) -> Uint8Array {
        Uint8Array::from(self.0.state.borrow().health_bytes().as_slice())
    }

    /// What goes out under this ticket in bytes, for `Pages::tell`, if its answer is still waited for.
    #[must_use]
    pub fn post(&self, ticket: f64) -> Option<Uint8Array> {
        let parcel = self.0.state.borrow().health.parcel(now_ms(), ticket as u64)?;
        Some(Uint8Array::from(postcard::to_extend(&parcel, Vec::new()).ok()?.as_slice()))
    }

    /// The incident that lasts of the source with this name in bytes, for `Pages::mail`.
    #[must_use]
    pub fn incident(&self, source: &str) -> Option<Uint8Array> {
        let open = self.0.state.borrow().health.open();
        let incident = open.into_iter().find(|incident| incident.source == source)?;
        Some(Uint8Array::from(postcard::to_allocvec(&incident).ok()?.as_slice()))
    }

    /// The frame in which the last ask that the source with this name failed still stands.
    #[must_use]
    pub fn failed_at(&self, source: &str) -> Option<JsFrame> {
        let frame = self.0.state.borrow().failed_at(source).cloned()?;
        Some(crate::value(&frame).unchecked_into())
    }

    /// With what the keys of incidents begin.
    #[must_use]
    pub fn salt(&self) -> String {
        self.0.state.borrow().health.salt().to_owned()
    }

    /// Finds out whether the network is there at all, and tells the engine.
    pub fn ask_control(&self) {
        let worker = self.clone();
        spawn_local(async move {
            let is_reached = worker.reaches_another().await;
            worker.feed(Event::Control { is_reached });
        });
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
    pub fn probe(&self, attempt_id: &JsAttemptId) {
        let (worker, attempt_id) = (self.clone(), attempt_id.into());
        spawn_local(async move {
            if let Some(failure) = worker.look_again(attempt_id).await {
                worker.feed(Event::Probed { attempt_id, failure: Box::new(failure) });
            }
        });
    }

    /// Sends the attempt that the engine named, with the key of its source if there is one, and the mark of that key. `begun`
    /// is the answer so far when only its rest is wanted.
    pub fn send(
        &self,
        attempt_id: &JsAttemptId,
        source: &str,
        prompt: &str,
        begun: &str,
        key: Option<String>,
        mark: u32,
    ) {
        self.feed(Event::Sent { attempt_id: attempt_id.into(), key: mark });
        let settings = self.settings();
        let Some(source) = settings.source(source).cloned() else { return };
        let request =
            unstuck_source::ask(source.endpoint(), key.as_deref(), &Ask { prompt, begun });
        let rules = settings.rules(&source.id);
        let (worker, attempt_id, begun) = (self.clone(), attempt_id.into(), begun.len());
        spawn_local(async move {
            worker.run(attempt_id, request, source.dialect, rules, begun).await;
        });
    }

    /// What a card shows.
    #[must_use]
    pub fn card_view(&self, frame: &JsFrame) -> JsView {
        view::card::view(&self.0.state.borrow(), &frame.into(), now_ms(), &Words).into()
    }

    /// What the popup shows for a tab, with its address where the browser tells it.
    #[must_use]
    pub fn popup_view(&self, tab: i32, address: Option<String>) -> JsView {
        let here = (tab, address.as_deref().unwrap_or_default());
        view::popup::view(&self.0.state.borrow(), here, now_ms(), &Words).into()
    }

    /// Whether something on this frame still moves by itself.
    #[must_use]
    pub fn is_busy(&self, frame: &JsFrame) -> bool {
        self.0.state.borrow().is_busy(&frame.into(), now_ms())
    }

    /// The badge of a tab: its letters, and the same in words.
    #[must_use]
    pub fn badge(&self, tab: i32) -> Vec<String> {
        let Badge { text, title } = badge(&self.0.state.borrow(), tab, &Words);
        vec![text, title]
    }
}

/// A random number below 2^53, of one between 0 and 1.
fn whole(random: f64) -> u64 {
    (random * 9_007_199_254_740_991.0) as u64
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
        perform(self.step(event));
    }

    /// One step. Stopping a call is done here, everything else is named.
    fn step(&self, event: Event) -> JsEffects {
        let mut effects = unstuck_engine::step(&mut self.0.state.borrow_mut(), now_ms(), event);
        effects.retain(|effect| match effect {
            Effect::Abort { attempt_id } => {
                self.cancel(*attempt_id);
                false
            }
            _ => true,
        });
        effects.into()
    }
}
