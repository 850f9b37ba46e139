//! Reports. Stored keys are handed in for one call, swept for, and not kept.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::{Pages, read};
use crate::{value, words::Words};
use unstuck_app::{
    report::{self, Around, Choices, Machine, ReportEffect, ReportPress, Subject},
    view::{self, View},
};
use unstuck_engine::{Incident, State};

/// What the page of a report gets after a press.
#[derive(Serialize)]
struct Shown<'a> {
    view: View,
    choices: &'a Choices,
    effects: Vec<ReportEffect>,
}

/// What is around a failure, as the shell hands it over.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    /// The stored keys.
    keys: Vec<String>,
    /// `navigator.userAgentData`.
    machine: UserAgentData,
    /// The address of the page on which it happened.
    address: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct UserAgentData {
    brands: Vec<Brand>,
    platform: String,
}

#[derive(Deserialize)]
struct Brand {
    brand: String,
    version: String,
}

impl UserAgentData {
    fn machine(self) -> Machine {
        let brands: Vec<_> =
            self.brands.into_iter().map(|Brand { brand, version }| (brand, version)).collect();
        Machine::new(&brands, &self.platform)
    }
}

#[wasm_bindgen]
impl Pages {
    /// The tab in which the failure with this call number happened.
    #[must_use]
    pub fn report_tab(&self, call: f64) -> Option<i32> {
        Some(incident(&self.state.borrow(), call)?.frame.tab)
    }

    /// The report of a failure as it is copied where nothing was chosen; `undefined` when there is none. `around` has the
    /// stored `keys`, and `machine`, which is `navigator.userAgentData`.
    ///
    /// # Errors
    /// When `around` has another shape.
    pub fn report(&self, call: f64, around: &JsValue) -> Result<Option<String>, JsValue> {
        let choices = &mut Choices::default();
        let text =
            self.show(call, choices, ReportPress::Refresh, read(around)?, |_, _, outcome, _| {
                outcome.text.ok()
            });
        Ok(text.flatten())
    }

    /// Takes a press on the page of a report, with what it shows and what was chosen so far, and gives what it shows then.
    /// `around` may also have the `address` of the page on which it happened.
    ///
    /// # Errors
    /// When nothing of the kind can be pressed.
    #[wasm_bindgen(
        unchecked_return_type = "{ view: View; choices: object; effects: ReportEffect[] }"
    )]
    pub fn report_press(
        &self,
        call: f64,
        press: &JsValue,
        choices: &JsValue,
        remark: String,
        around: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let press: ReportPress = read(press)?;
        let chosen = if choices.is_undefined() { Choices::default() } else { read(choices)? };
        let mut choices = Choices { remark, ..chosen };
        let settings = self.settings();
        let give = |subject: Subject<'_>, choices: &Choices, outcome: report::Outcome, known| {
            let view = view::report::view(subject, choices, &outcome, known, &Words);
            value(&Shown { view: view.looking(&settings), choices, effects: outcome.effects })
        };
        let shown = self.show(call, &mut choices, press, read(around)?, give);
        Ok(shown.unwrap_or_else(|| {
            let choices = &Choices::default();
            let view = view::report::gone(&Words).looking(&settings);
            value(&Shown { view, choices, effects: Vec::new() })
        }))
    }
}

impl Pages {
    fn show<T>(
        &self,
        call: f64,
        choices: &mut Choices,
        press: ReportPress,
        given: Given,
        give: impl FnOnce(Subject<'_>, &Choices, report::Outcome, bool) -> T,
    ) -> Option<T> {
        let state = self.state.borrow();
        let incident = incident(&state, call)?;
        let machine = given.machine.machine();
        let checks = self.checks(incident.attempt_id.call);
        let subject = Subject {
            diagnosis: &incident.diagnosis,
            attempts: &incident.attempts,
            checks: &checks,
            machine: &machine,
        };
        let keys: Vec<&str> = given.keys.iter().map(String::as_str).collect();
        let site = state.card(&incident.frame).map(|card| card.site.clone());
        let address = given.address.or(site.filter(|site| !site.is_empty()));
        let around = Around { address: address.as_deref(), own_secrets: &keys };
        let outcome = report::press(subject, choices, press, around, &Words);
        Some(give(subject, choices, outcome, address.is_some()))
    }
}

fn incident(state: &State, call: f64) -> Option<&Incident> {
    state.incidents.iter().find(|incident| incident.attempt_id.call == call as u64)
}
