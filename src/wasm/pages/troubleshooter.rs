//! The troubleshooter, and the looks of it that take the network.

use js_sys::Uint8Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{Pages, read};
use crate::{
    net::{
        attempt::may_call,
        now_ms,
        probe::{look_at, origin, other_host},
        scope,
        whole::fetch_whole,
    },
    value,
    words::Words,
};
use unstuck_app::{
    report::Check,
    troubleshooter::{
        StepState, Troubleshooter, TroubleshooterEffect, TroubleshooterEvent, TroubleshooterPress,
        Troubleshooters,
        api::{self, Answer},
        extensions::Extension,
        network::{Looks, OPEN},
    },
    view,
};
use unstuck_diagnose::Failure;
use unstuck_engine::{Settings, Source, State};

/// Milliseconds that a free question may take.
const CHECK_TIMEOUT_MS: u64 = 20_000;

/// Milliseconds that a test call may take.
const TRY_TIMEOUT_MS: u64 = 8_000;

#[wasm_bindgen]
extern "C" {
    /// Hands a diagnosis that has changed to the engine, in bytes.
    #[wasm_bindgen(js_name = reconsider)]
    fn reconsider(bytes: Vec<u8>);
    /// Hands what a status page tells of a source to the engine, in bytes.
    #[wasm_bindgen(js_name = statusSaid)]
    fn status_said(bytes: Vec<u8>);
}

#[wasm_bindgen]
impl Pages {
    /// Takes back the troubleshooters of an earlier life of the worker.
    pub fn troubleshooter_restore(&self, bytes: &[u8]) {
        self.troubleshooters.replace(Troubleshooters::from_bytes(bytes));
    }

    /// The troubleshooters in bytes, for the next life.
    #[must_use]
    pub fn troubleshooter_journal(&self) -> Uint8Array {
        Uint8Array::from(self.troubleshooters.borrow().to_bytes().as_slice())
    }

    /// What the page of a call's troubleshooter shows.
    #[must_use]
    #[wasm_bindgen(unchecked_return_type = "View")]
    pub fn troubleshooter_view(&self, call: f64) -> JsValue {
        self.with(|troubleshooters, state| {
            let troubleshooter = troubleshooters.open(state, call as u64);
            value(&view::troubleshooter::view(troubleshooter, state, &Words))
        })
    }

    /// Takes a press on the troubleshooter of a call, and gives the effects, to be performed in order.
    ///
    /// # Errors
    /// When nothing of the kind can be pressed.
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_press(&self, call: f64, press: &JsValue) -> Result<JsValue, JsValue> {
        let press: TroubleshooterPress = read(press)?;
        Ok(self.change(call, |troubleshooters, state, call| {
            troubleshooters.press(state, now_ms(), call, &press)
        }))
    }

    /// Reads the status page of a failed call's service by itself, if it is likely to tell something.
    #[must_use]
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_look_up(&self, call: f64) -> JsValue {
        self.change(call, |troubleshooters, state, call| {
            troubleshooters.look_up(state, now_ms(), call)
        })
    }

    /// Takes what a status page holds.
    ///
    /// # Errors
    /// When it has another shape.
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_pages(&self, call: f64, answers: &JsValue) -> Result<JsValue, JsValue> {
        let answers: Vec<Option<String>> = read(answers)?;
        Ok(self.handle(call, &TroubleshooterEvent::PagesRead { answers }))
    }

    /// Looks at the service and at other hosts, and gives the effects.
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub async fn troubleshooter_probe(&self, call: f64) -> JsValue {
        let url = self.facts(call).and_then(|facts| facts.url);
        let looks = match url {
            Some(url) => look_around(&url, &self.settings()).await,
            None => Looks { online: scope().navigator().on_line(), ..Looks::default() },
        };
        self.handle(call, &TroubleshooterEvent::Probed(looks))
    }

    /// Asks a source for what it tells for nothing, and gives the effects.
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub async fn troubleshooter_check_api(
        &self,
        call: f64,
        source: String,
        key: Option<String>,
    ) -> JsValue {
        let Some(source) = self.settings().source(&source).cloned() else {
            return JsValue::UNDEFINED;
        };
        let request = unstuck_source::list_models(source.dialect, &source.base_url, key.as_deref());
        let mut answer = match fetch_whole(&request, CHECK_TIMEOUT_MS).await {
            Ok((text, headers)) => Answer { models: models(&source, text), headers, credit: None },
            Err(failure) => {
                Answer { headers: failure.headers.clone(), models: Err(failure), credit: None }
            }
        };
        if let Some(request) =
            api::credit_request(&source, &request).filter(|_| answer.models.is_ok())
        {
            let told = fetch_whole(&request, CHECK_TIMEOUT_MS).await;
            answer.credit = told.ok().map(|(text, _)| text);
        }
        self.handle(call, &TroubleshooterEvent::ApiChecked(Box::new(answer)))
    }

    /// Takes the other extensions; `undefined` when the browser does not tell of them.
    ///
    /// # Errors
    /// When it has another shape.
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_extensions(&self, call: f64, list: &JsValue) -> Result<JsValue, JsValue> {
        let list: Option<Vec<Listed>> = read(list)?;
        let list = list.map(|list| list.into_iter().map(Listed::extension).collect());
        Ok(self.handle(call, &TroubleshooterEvent::Extensions(list)))
    }

    /// Takes the names of extensions that are not on as they should be.
    #[must_use]
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_switched(&self, call: f64, stuck: Vec<String>) -> JsValue {
        self.handle(call, &TroubleshooterEvent::Switched(stuck))
    }

    /// Takes whether a test call went through; `undefined` when it could not be made.
    #[must_use]
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_tried(&self, call: f64, worked: Option<bool>) -> JsValue {
        self.handle(call, &TroubleshooterEvent::Tried(worked))
    }

    /// Takes whether the data of a web app is cleared.
    #[must_use]
    #[wasm_bindgen(unchecked_return_type = "TroubleshooterEffect[]")]
    pub fn troubleshooter_cleared(&self, call: f64, done: bool) -> JsValue {
        self.handle(call, &TroubleshooterEvent::Cleared(done))
    }

    /// Whether a call to a source that costs nothing goes through where the one that failed did not: with an answer that is
    /// good, or, where there was no answer at all, with any.
    pub async fn troubleshooter_try(
        &self,
        call: f64,
        source: String,
        key: Option<String>,
    ) -> Option<bool> {
        let source = self.settings().source(&source).cloned()?;
        let answered = self.facts(call).is_some_and(|facts| facts.status.is_some());
        let request = unstuck_source::list_models(source.dialect, &source.base_url, key.as_deref());
        Some(match fetch_whole(&request, TRY_TIMEOUT_MS).await {
            Ok(_) => true,
            Err(failure) => !answered && failure.status.is_some(),
        })
    }
}

impl Pages {
    /// What is known of the failure of a call.
    fn facts(&self, call: f64) -> Option<Failure> {
        self.troubleshooters.borrow().find(call as u64)?.facts.as_deref().cloned()
    }

    /// What the steps of a call's troubleshooter came to, for its report.
    pub(super) fn checks(&self, call: u64) -> Vec<Check> {
        let stood = |troubleshooter: &Troubleshooter| {
            troubleshooter.steps.iter().filter_map(StepState::check).collect()
        };
        self.troubleshooters.borrow().find(call).map(stood).unwrap_or_default()
    }

    fn handle(&self, call: f64, event: &TroubleshooterEvent) -> JsValue {
        self.change(call, |troubleshooters, state, call| {
            troubleshooters.handle(state, now_ms(), call, event)
        })
    }

    /// Changes the troubleshooter of a call; a diagnosis that changed by it is told to the engine.
    fn change(
        &self,
        call: f64,
        change: impl FnOnce(&mut Troubleshooters, &State, u64) -> Vec<TroubleshooterEffect>,
    ) -> JsValue {
        let call = call as u64;
        let (effects, changed, said) = self.with(|troubleshooters, state| {
            let before = troubleshooters.open(state, call).cloned();
            let effects = change(troubleshooters, state, call);
            let now = troubleshooters.find(call);
            let diagnosis = now.map(|known| known.diagnosis.clone());
            let said = now.and_then(Troubleshooter::status_said);
            let was = before.as_ref().map(|known| &known.diagnosis);
            let had = before.as_ref().and_then(Troubleshooter::status_said);
            let diagnosis = diagnosis.filter(|now| was != Some(now));
            (effects, diagnosis, said.filter(|said| had.as_ref() != Some(said)))
        });
        if let Some(said) = said {
            status_said(postcard::to_allocvec(&said).unwrap_or_default());
        }
        if let Some(diagnosis) = changed {
            reconsider(postcard::to_allocvec(&(call, diagnosis)).unwrap_or_default());
        }
        value(&effects)
    }

    fn with<T>(&self, run: impl FnOnce(&mut Troubleshooters, &State) -> T) -> T {
        run(&mut self.troubleshooters.borrow_mut(), &self.state.borrow())
    }
}

/// A look at the host that was called, at another one, and at an address in the open; what a network that wants a sign-in
/// answers in place of the last is told only where the browser granted access to it.
async fn look_around(url: &str, settings: &Settings) -> Looks {
    let mut looks = Looks { online: scope().navigator().on_line(), ..Looks::default() };
    let Some(origin) = origin(url) else { return looks };
    let (host, date) = look_at(&origin, false).await;
    (looks.host, looks.date, looks.now_ms) = (Some(host), date, now_ms());
    if settings.second_host {
        looks.other = Some(other_host(settings, &origin).await);
    }
    if may_call(OPEN).await == Some(true) {
        let (open, date) = look_at(OPEN, false).await;
        looks.open = Some(open);
        if looks.date.is_none() {
            (looks.date, looks.now_ms) = (date, now_ms());
        }
    }
    looks
}

/// One of the other extensions, as `chrome.management` tells of them.
#[derive(Deserialize)]
struct Listed {
    id: String,
    name: String,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default, rename = "hostPermissions")]
    hosts: Vec<String>,
}

impl Listed {
    fn extension(self) -> Extension {
        let Self { id, name, permissions, hosts } = self;
        Extension { id, name, permissions, hosts }
    }
}

/// An answer that is no list of models is a failure too.
fn models(source: &Source, text: String) -> Result<Vec<String>, Box<Failure>> {
    unstuck_source::models(source.dialect, &text).ok_or_else(|| {
        Box::new(Failure {
            url: Some(source.base_url.clone()),
            status: Some(200),
            body: Some(text),
            ..Failure::default()
        })
    })
}
