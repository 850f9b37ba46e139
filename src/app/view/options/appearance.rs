//! How everything that Unstuck shows looks.

use super::{Element, button, el};
use crate::options::{AppearancePress, OptionsPress, Page};
use unstuck_diagnose::Messages;
use unstuck_engine::{Settings, TextSize, Theme};

pub(super) fn show(settings: &Settings, _page: &Page, messages: &dyn Messages) -> Element {
    let themes = Theme::ALL.map(|theme| {
        (theme.id(), settings.theme == theme, AppearancePress::TakeTheme { theme }.into())
    });
    let sizes = TextSize::ALL.map(|size| {
        (size.id(), settings.text_size == size, AppearancePress::TakeSize { size }.into())
    });
    el("section")
        .child(choice("options_theme", themes, messages))
        .child(choice("options_size", sizes, messages))
        .child(el("p").class("hint").child(messages.get("options_appearance_hint", &[])))
}

/// One of a few: a row of buttons, the one that holds pressed in.
fn choice(
    label: &str,
    offers: [(&str, bool, OptionsPress); 3],
    messages: &dyn Messages,
) -> Element {
    let offers = offers.into_iter().map(|(id, taken, press)| {
        button(messages.get(&[label, "_", id].concat(), &[]), "plain", press)
            .with("aria-pressed", taken.to_string())
    });
    let label_id = [label, "-label"].concat();
    el("div")
        .class("choice")
        .with("id", label)
        .child(
            el("span").class("label").with("id", label_id.clone()).child(messages.get(label, &[])),
        )
        .child(
            el("div")
                .class("segments")
                .with("role", "group")
                .with("aria-labelledby", label_id)
                .children(offers),
        )
}
