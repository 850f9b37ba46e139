//! The reader's clock and calendar: moments in the zone of the browser and in the language of the words.

use js_sys::{Date, Function, Object, Reflect};
use wasm_bindgen::JsCast;

use unstuck_diagnose::Messages;

/// A week in milliseconds: within it the day of the week is enough.
const WEEK_MS: f64 = 7.0 * 86_400_000.0;

/// Half a year in milliseconds: further off, the month alone may be that of this year or of another.
const HALF_A_YEAR_MS: f64 = 183.0 * 86_400_000.0;

/// A moment, milliseconds since 1970, and whether it is today: "2:05 PM", "Tue, 2:05 PM", "Jan 31, 2:05 PM",
/// "Jan 31, 2028, 2:05 PM". `language` is what the reader's browser speaks; it decides when the words are in that language, too.
pub(super) fn moment(ms: u64, language: &str, messages: &dyn Messages) -> Option<(String, bool)> {
    let now = Date::new_0();
    let date = Date::new(&(ms as f64).into());
    let own = messages.find("language_tag", &[])?;
    let spoken = if same_language(language, &own) { language } else { &own };
    let options = Object::new();
    let ask = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into()).is_ok();
    let today = date.to_date_string() == now.to_date_string();
    let distance = (date.get_time() - now.get_time()).abs();
    let is_far = distance > HALF_A_YEAR_MS && date.get_full_year() != now.get_full_year();
    let day = match today {
        true => true,
        _ if distance < WEEK_MS => ask("weekday", "short"),
        _ => ask("month", "short") && ask("day", "numeric") && (!is_far || ask("year", "numeric")),
    };
    (day && ask("hour", "numeric") && ask("minute", "2-digit")).then_some(())?;
    // A language that the browser does not know throws.
    let format: Function = Reflect::get(&date, &"toLocaleString".into()).ok()?.dyn_into().ok()?;
    let told = format.call2(&date, &spoken.into(), &options).ok()?.as_string()?;
    Some((told, today))
}

fn same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.find(['-', '_']).unwrap_or(tag.len());
    one[..primary(one)].eq_ignore_ascii_case(&other[..primary(other)])
}
