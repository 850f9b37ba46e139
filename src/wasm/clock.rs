//! The reader's clock and calendar: moments in the zone of the browser and in the language of the words.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use unstuck_diagnose::Messages;

/// A week in milliseconds: within it the day of the week is enough.
const WEEK_MS: f64 = 7.0 * 86_400_000.0;

/// Half a year in milliseconds: further off, the month alone may be that of this year or of another.
const HALF_A_YEAR_MS: f64 = 183.0 * 86_400_000.0;

/// What is told of a day beside the time, as `Intl.DateTimeFormat` has it.
type Day = &'static [(&'static str, &'static str)];

const TODAY: Day = &[];
const THIS_WEEK: Day = &[("weekday", "short")];
const THIS_YEAR: Day = &[("month", "short"), ("day", "numeric")];
const FAR: Day = &[("month", "short"), ("day", "numeric"), ("year", "numeric")];

thread_local! {
    /// Making a format takes longer than all that it formats.
    static FORMATS: RefCell<Vec<(String, Day, Function)>> = const { RefCell::new(Vec::new()) };
}

/// A moment, milliseconds since 1970, and whether it is today: "2:05 PM", "Tue, 2:05 PM", "Jan 31, 2:05 PM",
/// "Jan 31, 2028, 2:05 PM". `language` is what the reader's browser speaks; it decides when the words are in that language, too.
pub(super) fn moment(ms: u64, language: &str, messages: &dyn Messages) -> Option<(String, bool)> {
    let now = Date::new_0();
    let date = Date::new(&(ms as f64).into());
    let own = messages.find("language_tag", &[])?;
    let spoken = if same_language(language, &own) { language } else { &own };
    let is_today = date.to_date_string() == now.to_date_string();
    let distance = (date.get_time() - now.get_time()).abs();
    let is_far = distance > HALF_A_YEAR_MS && date.get_full_year() != now.get_full_year();
    let day = match is_today {
        true => TODAY,
        _ if distance < WEEK_MS => THIS_WEEK,
        _ if is_far => FAR,
        _ => THIS_YEAR,
    };
    let told = format(spoken, day)?.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()?;
    Some((told, is_today))
}

/// A language that the browser does not know has no format.
fn format(language: &str, day: Day) -> Option<Function> {
    FORMATS.with_borrow_mut(|formats| {
        let known = formats.iter().find(|(spoken, told, _)| spoken == language && *told == day);
        if let Some((_, _, known)) = known {
            return Some(known.clone());
        }
        let options = Object::new();
        for (name, value) in day.iter().chain(&[("hour", "numeric"), ("minute", "2-digit")]) {
            Reflect::set(&options, &(*name).into(), &(*value).into()).ok()?;
        }
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let make: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
        let made = Reflect::construct(&make, &Array::of2(&language.into(), &options)).ok()?;
        let format: Function = Reflect::get(&made, &"format".into()).ok()?.dyn_into().ok()?;
        formats.push((language.to_owned(), day, format.clone()));
        Some(format)
    })
}

fn same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.find(['-', '_']).unwrap_or(tag.len());
    one[..primary(one)].eq_ignore_ascii_case(&other[..primary(other)])
}
