//! How everything that Unstuck shows looks.

use super::{Element, button, el};
use crate::{
    engine::{Settings, TextSize, Theme},
    options::{AppearancePress, OptionsPress, Page},
    words::Words,
};

pub(super) fn show(settings: &Settings, _page: &Page, words: &dyn Words) -> Element {
    let themes = Theme::ALL.map(|theme| {
        (theme.id(), settings.theme == theme, AppearancePress::TakeTheme { theme }.into())
    });
    let sizes = TextSize::ALL.map(|size| {
        (size.id(), settings.text_size == size, AppearancePress::TakeSize { size }.into())
    });
    el("section")
        .child(choice("options_theme", themes, words))
        .child(choice("options_size", sizes, words))
        .child(el("p").class("hint").child(words.say("options_appearance_hint", &[])))
}

/// One of a few: a row of buttons, the one that holds pressed in.
fn choice(label: &str, offers: [(&str, bool, OptionsPress); 3], words: &dyn Words) -> Element {
    let offers = offers.into_iter().map(|(id, taken, press)| {
        button(words.say(&[label, "_", id].concat(), &[]), "plain", press)
            .with("aria-pressed", taken.to_string())
    });
    let label_id = [label, "-label"].concat();
    el("div")
        .class("choice")
        .child(el("span").class("label").with("id", label_id.clone()).child(words.say(label, &[])))
        .child(
            el("div")
                .class("segments")
                .with("role", "group")
                .with("aria-labelledby", label_id)
                .children(offers),
        )
}
