//! Reports in the worker. Stored keys are handed in for one call, swept for, and not kept.

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{
    STATE,
    convert::{self, ChromeWords},
    settings, troubleshooter,
};
use unstuck_app::{
    report::{self, Around, Choices, Format, Machine, Page, ReportEffect, ReportPress, Subject},
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

/// The tab in which the failure with this call number happened.
#[wasm_bindgen]
#[must_use]
pub fn report_tab(call: f64) -> Option<i32> {
    STATE.with_borrow(|state| Some(incident(state, call)?.frame.tab))
}

/// The report of a failure as it is copied where nothing was chosen; `undefined` when there is none. `around` has the
/// stored `keys`, and `machine`, which is `navigator.userAgentData`.
#[wasm_bindgen]
#[must_use]
pub fn report(call: f64, around: &JsValue) -> Option<String> {
    let choices = &mut Choices::default();
    show(call, choices, ReportPress::Refresh, around, |_, _, outcome, _| outcome.text.ok())?
}

/// Takes a press on the page of a report, with what it shows and what was chosen so far, and gives what it shows then. `around`
/// may also have the `address` of the page on which it happened.
///
/// # Errors
/// When nothing of the kind can be pressed.
#[wasm_bindgen]
pub fn report_press(
    call: f64,
    press: &JsValue,
    choices: &JsValue,
    remark: String,
    around: &JsValue,
) -> Result<JsValue, JsValue> {
    let press = pressed(press).ok_or("no such press")?;
    let mut choices = chosen(choices, remark);
    let shown = show(call, &mut choices, press, around, |subject, choices, outcome, known| {
        let view = view::report::view(subject, choices, &outcome, known, &ChromeWords);
        let view = view.looking(&settings());
        convert::value(&Shown { view, choices, effects: outcome.effects })
    });
    Ok(shown.unwrap_or_else(|| {
        let choices = &Choices::default();
        let view = view::report::gone(&ChromeWords).looking(&settings());
        convert::value(&Shown { view, choices, effects: Vec::new() })
    }))
}

fn incident(state: &State, call: f64) -> Option<&Incident> {
    state.incidents.iter().find(|incident| incident.attempt_id.call == call as u64)
}

fn show<T>(
    call: f64,
    choices: &mut Choices,
    press: ReportPress,
    around: &JsValue,
    give: impl FnOnce(Subject, &Choices, report::Outcome, bool) -> T,
) -> Option<T> {
    STATE.with_borrow(|state| {
        let incident = incident(state, call)?;
        let machine = convert::field(around, "machine").map_or_else(Machine::default, |data| {
            let brands = convert::field(&data, "brands").map(|brands| Array::from(&brands));
            let brand = |brand: JsValue| {
                Some((convert::text(&brand, "brand")?, convert::text(&brand, "version")?))
            };
            let brands: Vec<_> =
                brands.iter().flat_map(|brands| brands.iter()).filter_map(brand).collect();
            Machine::new(&brands, &convert::text(&data, "platform").unwrap_or_default())
        });
        let checks = troubleshooter::checks(incident.attempt_id.call);
        let subject = Subject {
            diagnosis: &incident.diagnosis,
            attempts: &incident.attempts,
            checks: &checks,
            machine: &machine,
        };
        let keys = convert::texts(around, "keys").unwrap_or_default();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let site = state.card(&incident.frame).map(|card| card.site.clone());
        let site = site.filter(|site| !site.is_empty());
        let address = convert::text(around, "address").or(site);
        let around = Around { address: address.as_deref(), own_secrets: &keys };
        let outcome = report::press(subject, choices, press, around, &ChromeWords);
        Some(give(subject, choices, outcome, address.is_some()))
    })
}

fn pressed(value: &JsValue) -> Option<ReportPress> {
    let of = |press, name| convert::text(&convert::field(value, press)?, name);
    if let Some(line) = of("toggle", "line") {
        return Some(ReportPress::Toggle { line });
    }
    if let Some(id) = of("format", "format") {
        return Some(ReportPress::Format { format: Format::from_id(&id) });
    }
    if let Some(id) = of("page", "page") {
        return Some(ReportPress::Page { page: Page::from_id(&id) });
    }
    Some(match value.as_string()?.as_str() {
        "refresh" => ReportPress::Refresh,
        "copy" => ReportPress::Copy,
        "download" => ReportPress::Download,
        "support" => ReportPress::Support,
        "issue" => ReportPress::Issue,
        _ => return None,
    })
}

/// What was chosen so far; nothing when the page was just opened.
fn chosen(value: &JsValue, remark: String) -> Choices {
    let id = |name| convert::text(value, name).unwrap_or_default();
    Choices {
        format: Format::from_id(&id("format")),
        page: Page::from_id(&id("page")),
        without: convert::texts(value, "without").unwrap_or_default(),
        remark,
    }
}
