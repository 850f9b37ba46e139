//! How often a call is tried again and how long it is waited for: for all sources, and for one.

use super::{Element, el, field, input};
use crate::options::{Page, RetryPress, field_of};
use unstuck_diagnose::Messages;
use unstuck_engine::{Rule, Settings};

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let own = settings.sources.iter().filter(|source| !page.is_given(&source.id)).map(|source| {
        let title = messages.get("options_retry_own", &[&source.name]);
        let differs = Rule::ALL.iter().any(|rule| settings.rule(*rule, Some(&source.id)).is_some());
        el("details")
            .with("data-key", source.id.clone())
            .with("id", ["rules-", &source.id].concat())
            .with_if(differs, "open", "")
            .child(el("summary").child(title))
            .child(rules(settings, page, Some(&source.id), messages))
    });
    el("section")
        .child(el("p").class("hint").child(messages.get("options_retry_law", &[])))
        .child(rules(settings, page, None, messages))
        .children(own)
}

/// The fields of all rules: of one source, or for all.
pub(super) fn rules(
    settings: &Settings,
    page: &Page,
    source: Option<&str>,
    messages: &dyn Messages,
) -> Element {
    let fields = Rule::ALL.iter().map(|&rule| {
        let general = settings.rule(rule, None).unwrap_or_default().to_string();
        let value = settings.rule(rule, source).map(|value| value.to_string()).unwrap_or_default();
        let label = ["options_", rule.id()].concat();
        let hint =
            if source.is_some() { "options_retry_follows" } else { &[&label, "_hint"].concat() };
        let press =
            RetryPress::SetRule { rule: rule.id().to_owned(), source: source.map(str::to_owned) };
        let mut field =
            field(page, messages, &field_of(rule, source), "text", [&label, hint], &value);
        if let Some(input) = input(&mut field) {
            *input = std::mem::take(input)
                .press(press)
                .with_if(source.is_some(), "placeholder", general)
                .with("inputmode", "numeric");
        }
        field
    });
    el("div").class("rules").children(fields)
}
