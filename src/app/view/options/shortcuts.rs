//! The keys that open the card.

use super::{Element, button, el};
use crate::options::{Page, ShortcutPress};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(_settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let rows = page.shortcuts.iter().map(|shortcut| {
        let keys = if shortcut.keys.is_empty() {
            el("span").class("hint").child(messages.get("options_shortcut_none", &[]))
        } else {
            el("kbd").child(shortcut.keys.clone())
        };
        el("li").child(el("span").child(shortcut.does.clone())).child(keys)
    });
    let none = page.shortcuts.iter().all(|shortcut| shortcut.keys.is_empty());
    let hint = if none { "options_shortcuts_unset" } else { "options_shortcuts_hint" };
    let change = messages.get("options_shortcuts_change", &[]);
    let change = button(change, "plain", ShortcutPress::ChangeShortcuts);
    el("section")
        .child(el("ul").class("list").children(rows))
        .child(el("p").class("hint").child(messages.get(hint, &[])))
        .child(el("div").class("actions").child(change))
}
