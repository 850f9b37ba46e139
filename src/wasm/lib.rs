//! The only code that knows the browser: the engine's steps, the calls and the views, as the worker and the site use them.
//!
//! The worker hands events in and performs the effects that come out. What a call does while it runs comes out through
//! `perform`, a function of the worker.

#![cfg(target_arch = "wasm32")]

mod call;
mod convert;
mod drafts;
mod net_watch;
mod options;
mod probe;
mod report;
mod site;
mod timing;
mod troubleshooter;
mod watch;

use std::cell::RefCell;

use js_sys::{Date, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::WorkerGlobalScope;

use convert::ChromeWords;
use unstuck_app::view;
use unstuck_diagnose::classify;
use unstuck_engine::{Effect, Event, Restored, Settings, State, Trouble};
use unstuck_source::Ask;

pub use drafts::*;
pub use options::*;
pub use report::*;
pub use site::Site;
pub use troubleshooter::*;
pub use watch::*;

#[wasm_bindgen]
extern "C" {
    /// Performs effects that came up while no event of the worker was being handled.
    #[wasm_bindgen(js_name = perform)]
    fn perform(effects: JsValue);
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Takes the phrases by which causes are told (`phrases.bin`); false for those of another build. Comes first of all.
#[wasm_bindgen]
#[must_use]
pub fn learn(phrases: Vec<u8>) -> bool {
    classify::learn(phrases)
}

/// Takes what the organisation has set, as JSON. Comes before the settings are read.
#[wasm_bindgen]
pub fn govern(policy: &str) {
    convert::govern(policy);
}

/// The web apps that are watched.
#[wasm_bindgen]
#[must_use]
pub fn watched_apps() -> Vec<String> {
    settings().apps
}

/// The sites on which the launcher is to be.
#[wasm_bindgen]
#[must_use]
pub fn sites() -> Vec<String> {
    settings().sites
}

/// Match patterns of the sites on which the organisation lets nothing be.
#[wasm_bindgen]
#[must_use]
pub fn excluded_sites() -> Vec<String> {
    convert::managed().site_policy.excluded()
}

/// Whether the organisation lets a card open on a page with this address.
#[wasm_bindgen]
#[must_use]
pub fn is_allowed(address: &str) -> bool {
    convert::managed().allows(address)
}

/// Begins the life of a worker: the journal of an earlier one (empty or damaged gives a fresh state), the settings as
/// they are kept, a random number between 0 and 1, and what the last browser left behind if there is no journal. Gives the effects. A journal that is damaged is left for the worker
/// to set aside: [`is_damaged`] tells.
#[wasm_bindgen]
pub fn start(journal: &[u8], settings: &JsValue, random: f64, inherited: &JsValue) -> JsValue {
    let settings = convert::governed(settings);
    let Restored { state: restored, damaged } = State::from_bytes(journal);
    STATE.with(|state| *state.borrow_mut() = State { settings, ..restored });
    let seed = (random * 9_007_199_254_740_991.0) as u64;
    let inherited = (!inherited.is_undefined()).then(|| convert::durable(inherited));
    convert::value(&take_step(Event::Started { seed, damaged, inherited }))
}

/// Feeds one event to the engine and gives the effects, to be performed in order.
///
/// # Errors
/// When the event is not one of ours.
#[wasm_bindgen]
pub fn step(event: &JsValue) -> Result<JsValue, JsValue> {
    Ok(convert::value(&take_step(convert::event(event).ok_or("no such event")?)))
}

/// The state in bytes, for the journal.
#[wasm_bindgen]
#[must_use]
pub fn journal() -> Uint8Array {
    STATE.with(|state| Uint8Array::from(state.borrow().to_bytes().as_slice()))
}

/// Whether some of the journal could not be read at the start of this life.
#[wasm_bindgen]
#[must_use]
pub fn is_damaged() -> bool {
    STATE.with(|state| state.borrow().trouble == Some(Trouble::Damaged))
}

/// Gathers more about the failure of an attempt and tells the engine.
///
/// # Errors
/// When the attempt id is not one of the engine's.
#[wasm_bindgen]
pub fn probe(attempt_id: &JsValue) -> Result<(), JsValue> {
    let attempt_id = convert::attempt_id(attempt_id).ok_or("no such attempt")?;
    let settings = settings();
    spawn_local(async move {
        if let Some(failure) = probe::look(attempt_id, settings).await {
            feed(Event::Probed { attempt_id, failure: Box::new(failure) });
        }
    });
    Ok(())
}

/// Sends the attempt that the engine named, with the key of its source if there is one. `begun` is the answer so far when
/// only its rest is wanted.
///
/// # Errors
/// When the attempt id is not one of the engine's.
#[wasm_bindgen]
pub fn send(
    attempt_id: &JsValue,
    source: &str,
    prompt: &str,
    begun: &str,
    key: Option<String>,
) -> Result<(), JsValue> {
    let attempt_id = convert::attempt_id(attempt_id).ok_or("no such attempt")?;
    let settings = settings();
    if let Some(source) = settings.source(source).cloned() {
        let request =
            unstuck_source::ask(source.endpoint(), key.as_deref(), &Ask { prompt, begun });
        let rules = settings.rules(&source.id);
        spawn_local(call::run(attempt_id, request, source.dialect, rules, begun.len()));
    }
    Ok(())
}

/// What a card shows.
///
/// # Errors
/// When that is no frame.
#[wasm_bindgen]
pub fn card_view(frame: &JsValue) -> Result<JsValue, JsValue> {
    let frame = convert::frame(frame).ok_or("no such frame")?;
    Ok(STATE.with(|state| {
        convert::value(&view::card::view(&state.borrow(), &frame, now_ms(), &ChromeWords))
    }))
}

/// What the popup shows for a tab, with its address where the browser tells it.
#[wasm_bindgen]
#[must_use]
pub fn popup_view(tab: i32, address: Option<String>) -> JsValue {
    STATE.with(|state| {
        let here = (tab, address.as_deref().unwrap_or_default());
        convert::value(&view::popup::view(&state.borrow(), here, now_ms(), &ChromeWords))
    })
}

/// Whether something on this frame still moves by itself.
///
/// # Errors
/// When that is no frame.
#[wasm_bindgen]
pub fn is_busy(frame: &JsValue) -> Result<bool, JsValue> {
    let frame = convert::frame(frame).ok_or("no such frame")?;
    Ok(STATE.with(|state| state.borrow().is_busy(&frame, now_ms())))
}

/// How many failures in a tab wait for somebody's move.
#[wasm_bindgen]
#[must_use]
pub fn unsettled_in(tab: i32) -> usize {
    STATE.with(|state| state.borrow().unsettled_in(tab))
}

fn settings() -> Settings {
    STATE.with(|state| state.borrow().settings.clone())
}

/// Feeds an event that came up inside a running call.
fn feed(event: Event) {
    perform(convert::value(&take_step(event)));
}

/// One step; stopping a call is done at once, everything else is named.
fn take_step(event: Event) -> Vec<Effect> {
    let effects =
        STATE.with(|state| unstuck_engine::step(&mut state.borrow_mut(), now_ms(), event));
    for effect in &effects {
        if let Effect::Abort { attempt_id } = effect {
            call::cancel(*attempt_id);
        }
    }
    effects
}

fn now_ms() -> u64 {
    Date::now() as u64
}

fn resolved(promise: js_sys::Promise) -> JsFuture {
    promise.into()
}

fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}
