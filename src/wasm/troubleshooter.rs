//! The troubleshooter in the worker: its state, and the looks that take the network.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{
    STATE, call,
    convert::{self, ChromeWords},
    feed, now_ms, probe, scope, settings,
};
use unstuck_app::{
    report::Check,
    troubleshooter::{
        StepState, Troubleshooter, TroubleshooterEffect, TroubleshooterEvent, Troubleshooters,
        api::{self, Answer},
        network::Looks,
    },
    view,
};
use unstuck_engine::{Event, State};
use unstuck_source::{self};

/// Milliseconds that a free question may take.
const CHECK_TIMEOUT_MS: u64 = 20_000;

/// Milliseconds that a test call may take.
const TRY_TIMEOUT_MS: u64 = 8_000;

thread_local! {
    static TROUBLESHOOTERS: RefCell<Troubleshooters> = RefCell::default();
}

/// Takes back the troubleshooters of an earlier life of the worker.
#[wasm_bindgen]
pub fn troubleshooter_restore(bytes: &[u8]) {
    TROUBLESHOOTERS.set(Troubleshooters::from_bytes(bytes));
}

/// The troubleshooters in bytes, for the next life.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_journal() -> Uint8Array {
    TROUBLESHOOTERS
        .with_borrow(|troubleshooters| Uint8Array::from(troubleshooters.to_bytes().as_slice()))
}

/// What the page of a call's troubleshooter shows.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_view(call: f64) -> JsValue {
    with(|troubleshooters, state| {
        let troubleshooter = troubleshooters.open(state, call as u64);
        convert::value(&view::troubleshooter::view(troubleshooter, state, &ChromeWords))
    })
}

/// Takes a press on the troubleshooter of a call, and gives the effects, to be performed in order.
///
/// # Errors
/// When nothing of the kind can be pressed.
#[wasm_bindgen]
pub fn troubleshooter_press(call: f64, press: &JsValue) -> Result<JsValue, JsValue> {
    let press = convert::troubleshooter_press(press).ok_or("no such press")?;
    Ok(change(call, |troubleshooters, state, call| {
        troubleshooters.press(state, now_ms(), call, &press)
    }))
}

/// Reads the status page of a failed call's service by itself, if it is likely to tell something.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_look_up(call: f64) -> JsValue {
    change(call, |troubleshooters, state, call| troubleshooters.look_up(state, now_ms(), call))
}

/// Takes what a status page holds, at this time of day.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_pages(call: f64, answers: &Array, clock: String) -> JsValue {
    let answers = answers.iter().map(|answer| answer.as_string()).collect();
    handle(call, &TroubleshooterEvent::PagesRead { answers, clock })
}

/// Looks at the service and at other hosts, and gives the effects.
#[wasm_bindgen]
pub async fn troubleshooter_probe(call: f64) -> JsValue {
    let url = TROUBLESHOOTERS.with_borrow(|troubleshooters| {
        troubleshooters
            .find(call as u64)
            .and_then(|troubleshooter| troubleshooter.facts.as_ref()?.url.clone())
    });
    let looks = match url {
        Some(url) => probe::look_around(&url, &settings()).await,
        None => Looks { online: scope().navigator().on_line(), ..Looks::default() },
    };
    handle(call, &TroubleshooterEvent::Probed(looks))
}

/// Asks a source for what it tells for nothing, and gives the effects.
#[wasm_bindgen]
pub async fn troubleshooter_check_api(call: f64, source: String, key: Option<String>) -> JsValue {
    let Some(source) = settings().source(&source).cloned() else { return JsValue::NULL };
    let request = unstuck_source::list_models(source.dialect, &source.base_url, key.as_deref());
    let mut answer = match call::fetch_whole(&request, CHECK_TIMEOUT_MS).await {
        Ok((text, headers)) => Answer { models: models(&source, text), headers, credit: None },
        Err(failure) => {
            Answer { headers: failure.headers.clone(), models: Err(failure), credit: None }
        }
    };
    if let Some(request) = api::credit_request(&source, &request).filter(|_| answer.models.is_ok())
    {
        let told = call::fetch_whole(&request, CHECK_TIMEOUT_MS).await;
        answer.credit = told.ok().map(|(text, _)| text);
    }
    handle(call, &TroubleshooterEvent::ApiChecked(Box::new(answer)))
}

/// Takes the other extensions; `undefined` when the browser does not tell of them.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_extensions(call: f64, list: Option<Array>) -> JsValue {
    handle(call, &TroubleshooterEvent::Extensions(list.as_ref().map(convert::extensions)))
}

/// Takes the names of extensions that are not on as they should be.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_switched(call: f64, stuck: &Array) -> JsValue {
    let stuck = stuck.iter().filter_map(|name| name.as_string()).collect();
    handle(call, &TroubleshooterEvent::Switched(stuck))
}

/// Takes whether a test call went through; `undefined` when it could not be made.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_tried(call: f64, worked: Option<bool>) -> JsValue {
    handle(call, &TroubleshooterEvent::Tried(worked))
}

/// Takes whether the data of a web app is cleared.
#[wasm_bindgen]
#[must_use]
pub fn troubleshooter_cleared(call: f64, done: bool) -> JsValue {
    handle(call, &TroubleshooterEvent::Cleared(done))
}

/// Whether a call to a source that costs nothing goes through where the one that failed did not: with an answer that is
/// good, or, where there was no answer at all, with any.
#[wasm_bindgen]
pub async fn troubleshooter_try(call: f64, source: String, key: Option<String>) -> Option<bool> {
    let source = settings().source(&source).cloned()?;
    let answered = TROUBLESHOOTERS.with_borrow(|troubleshooters| {
        troubleshooters
            .find(call as u64)
            .and_then(|troubleshooter| troubleshooter.facts.as_ref()?.status)
            .is_some()
    });
    let request = unstuck_source::list_models(source.dialect, &source.base_url, key.as_deref());
    Some(match call::fetch_whole(&request, TRY_TIMEOUT_MS).await {
        Ok(_) => true,
        Err(failure) => !answered && failure.status.is_some(),
    })
}

/// An answer that is no list of models is a failure too.
fn models(
    source: &unstuck_engine::Source,
    text: String,
) -> Result<Vec<String>, Box<unstuck_diagnose::Failure>> {
    unstuck_source::models(source.dialect, &text).ok_or_else(|| {
        Box::new(unstuck_diagnose::Failure {
            url: Some(source.base_url.clone()),
            status: Some(200),
            body: Some(text),
            ..unstuck_diagnose::Failure::default()
        })
    })
}

/// What the steps of a call's troubleshooter came to, for its report.
pub(super) fn checks(call: u64) -> Vec<Check> {
    let stood = |troubleshooter: &Troubleshooter| {
        troubleshooter.steps.iter().filter_map(StepState::check).collect()
    };
    TROUBLESHOOTERS
        .with_borrow(|troubleshooters| troubleshooters.find(call).map(stood).unwrap_or_default())
}

fn handle(call: f64, event: &TroubleshooterEvent) -> JsValue {
    change(call, |troubleshooters, state, call| {
        troubleshooters.handle(state, now_ms(), call, event)
    })
}

/// Changes the troubleshooter of a call; a diagnosis that changed by it is told to the engine.
fn change(
    call: f64,
    change: impl FnOnce(&mut Troubleshooters, &State, u64) -> Vec<TroubleshooterEffect>,
) -> JsValue {
    let call = call as u64;
    let diagnosis = |troubleshooters: &Troubleshooters| {
        troubleshooters.find(call).map(|known| known.diagnosis.clone())
    };
    let (effects, changed) = with(|troubleshooters, state| {
        let before = troubleshooters
            .open(state, call)
            .map(|troubleshooter| troubleshooter.diagnosis.clone());
        let effects = change(troubleshooters, state, call);
        (effects, diagnosis(troubleshooters).filter(|now| before.as_ref() != Some(now)))
    });
    if let Some(diagnosis) = changed {
        feed(Event::Reconsidered { call, diagnosis: Box::new(diagnosis) });
    }
    convert::value(&effects)
}

fn with<T>(run: impl FnOnce(&mut Troubleshooters, &State) -> T) -> T {
    STATE.with(|state| {
        TROUBLESHOOTERS.with_borrow_mut(|troubleshooters| run(troubleshooters, &state.borrow()))
    })
}
