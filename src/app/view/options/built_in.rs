//! The form of the browser's own model: it has no address, no key and one model, but may have to be downloaded.

use super::{Element, button, diagnosed, el, note, passed};
use crate::options::{Page, SourcePress, Test};
use unstuck_diagnose::Messages;
use unstuck_engine::Source;

pub(super) fn form(
    form: Element,
    source: &Source,
    page: &Page,
    messages: &dyn Messages,
) -> Element {
    let get = |key: &str| messages.get(key, &[]);
    let act = |key: &str, style, press: SourcePress| button(get(key), style, press);
    let told = match &page.test {
        Test::None => None,
        Test::Running(_) => {
            let working = messages.get("options_testing", &[&source.name]);
            Some(el("p").class("working").child(working).into())
        }
        Test::Passed(_) => Some(note(passed(page, messages))),
        Test::Download => Some(note(get("options_download_needed"))),
        Test::Downloading(percent) => {
            let share = messages.get("options_downloading", &[&percent.to_string()]);
            Some(el("p").class("working").with("role", "status").child(share).into())
        }
        Test::Failed(diagnosis) => Some(diagnosed(diagnosis, messages)),
    };
    let press = match &page.test {
        Test::Passed(_) => Some(act("options_save", "primary", SourcePress::SaveSource)),
        Test::Download => Some(act("options_download", "primary", SourcePress::Download)),
        Test::Running(_) | Test::Downloading(_) => None,
        _ => Some(act("options_test", "plain", SourcePress::TestSource)),
    };
    let close = act("options_cancel", "quiet", SourcePress::CloseSource);
    form.child(el("p").class("hint").child(get("options_built_in_hint")))
        .children(told)
        .child(el("div").class("actions").children(press).child(close))
}
