//! The reader's clock and calendar: moments in the zone of the browser and in the language of the words.

use js_sys::{Date, Function, Object, Reflect};
use wasm_bindgen::JsCast;

use unstuck_diagnose::Messages;

/// A week in milliseconds: within it the day of the week is enough.
const WEEK_MS: f64 = 7.0 * 86_400_000.0;

/// A moment, milliseconds since 1970, with its preposition: "at 2:05 PM", "on Tue, 2:05 PM", "on Jan 31, 2:05 PM".
/// `language` is what the reader's browser speaks; it decides when the words are in that language, too.
pub(super) fn moment(ms: u64, language: &str, messages: &dyn Messages) -> Option<String> {
    let now = Date::new_0();
    let date = Date::new(&(ms as f64).into());
    let own = messages.find("language_tag", &[])?;
    let spoken = if same_language(language, &own) { language } else { &own };
    let options = Object::new();
    let ask = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into()).is_ok();
    let today = date.to_date_string() == now.to_date_string();
    let near = (date.get_time() - now.get_time()).abs() < WEEK_MS;
    let day = match (today, near) {
        (true, _) => true,
        (_, true) => ask("weekday", "short"),
        _ => ask("month", "short") && ask("day", "numeric"),
    };
    (day && ask("hour", "numeric") && ask("minute", "2-digit")).then_some(())?;
    // A language that the browser does not know throws.
    let format: Function = Reflect::get(&date, &"toLocaleString".into()).ok()?.dyn_into().ok()?;
    let told = format.call2(&date, &spoken.into(), &options).ok()?.as_string()?;
    messages.find(if today { "moment_today" } else { "moment_date" }, &[&told])
}

fn same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.find(['-', '_']).unwrap_or(tag.len());
    one[..primary(one)].eq_ignore_ascii_case(&other[..primary(other)])
}
