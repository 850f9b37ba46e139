//! The options page: the sources with their keys, how failures are met, and the sites.

mod sources;

use super::{Element, Node, View, button, el};
use crate::{
    engine::{Settings, Source},
    explain,
    options::{Open, OptionsPress, Page, Test},
    words::Words,
};

/// What the options page shows.
#[must_use]
pub fn view(settings: &Settings, page: &Page, words: &dyn Words) -> View {
    let root = el("main")
        .class("options")
        .child(el("h1").child(words.say("options_title", &[])))
        .child(sources::section(settings, page, words))
        .child(failures(settings, words))
        .child(sites(settings, page, words))
        .child(el("p").class("quiet").child(words.say("options_privacy", &[])));
    let mut view = View::new(Some(root.into()), words);
    view.busy = matches!(page.test, Test::Running(_));
    match (&page.done, &page.test) {
        (Some(done), _) => view.saying(words.say(done, &[]), false),
        (None, Test::Passed(_)) => view.saying(passed(page, words), false),
        (None, Test::Failed(diagnosis)) => view.saying(explain(diagnosis, words).headline, true),
        _ => view,
    }
}

/// What Unstuck may do by itself when a call fails.
fn failures(settings: &Settings, words: &dyn Words) -> Element {
    let local = OptionsPress::LocalFallback { on: !settings.local_fallback };
    let second = OptionsPress::SecondHost { on: !settings.second_host };
    let agreed = settings.fallbacks.iter().filter_map(|fallback| {
        let cause = words.say(&format!("{}_name", fallback.cause.id()), &[]);
        let source = &settings.source(&fallback.source)?.name;
        let told = words.say("options_fallback", &[&cause, source]);
        let forget = OptionsPress::ForgetFallback { cause: fallback.cause.id().into() };
        let forget = button(words.say("options_fallback_forget", &[]), "quiet", forget)
            .with("aria-label", words.say("options_fallback_forget_label", &[&cause]));
        Some(
            el("li")
                .with("data-key", fallback.cause.id())
                .child(el("bdi").child(told))
                .child(forget),
        )
    });
    el("section")
        .class("failures")
        .child(el("h2").child(words.say("options_failures", &[])))
        .child(el("ul").class("list").children(agreed))
        .child(switch("options_local", settings.local_fallback, local, words))
        .child(switch("options_second", settings.second_host, second, words))
}

/// A choice between on and off, with what it means beneath.
fn switch(label: &str, on: bool, press: OptionsPress, words: &dyn Words) -> Element {
    let hint = format!("{label}_hint");
    let toggle = button(words.say(label, &[]), "switch", press)
        .with("role", "switch")
        .with("aria-checked", on.to_string())
        .with("aria-describedby", hint.clone());
    let told = el("small").class("hint").with("id", hint.clone()).child(words.say(&hint, &[]));
    el("div").class("choice").child(toggle).child(told)
}

fn sites(settings: &Settings, page: &Page, words: &dyn Words) -> Element {
    let rows = settings.sites.iter().map(|site| {
        let remove = OptionsPress::RemoveSite { site: site.clone() };
        let remove = button(words.say("options_remove", &[]), "quiet", remove)
            .with("aria-label", words.say("options_site_remove", &[site]));
        el("li").with("data-key", site.clone()).child(el("bdi").child(site.clone())).child(remove)
    });
    let add = button(words.say("options_site_add", &[]), "plain", OptionsPress::AddSite);
    el("section")
        .class("sites")
        .child(el("h2").child(words.say("options_sites", &[])))
        .child(el("ul").class("list").children(rows))
        .child(field(page, words, "site", "text", ["options_site_add", "options_sites_hint"], ""))
        .child(el("div").class("actions").child(add.with("data-grant", "site")))
}

/// A labelled field with its hint, or what is wrong with it in the hint's place.
fn field(
    page: &Page,
    words: &dyn Words,
    name: &'static str,
    kind: &'static str,
    [label, hint]: [&str; 2],
    value: &str,
) -> Element {
    let problem = page.problems.iter().find(|problem| problem.field == name);
    let hint_id = format!("{name}-hint");
    let input = el("input")
        .with("name", name)
        .with("type", kind)
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .with("data-value", value)
        .with("aria-describedby", hint_id.clone())
        .with_if(problem.is_some(), "aria-invalid", "true")
        .with_if(name == "model", "list", "models");
    let text = match problem {
        Some(problem) => words.say(problem.key, &[&problem.name]),
        None => words.say(hint, &[]),
    };
    el("label").child(el("span").child(words.say(label, &[]))).child(input).child(
        el("small")
            .class(if problem.is_some() { "problem" } else { "hint" })
            .with("id", hint_id)
            .child(text),
    )
}

/// A line that tells what was just done.
fn note(told: String) -> Node {
    el("p").class("note").child(told).into()
}

/// That the source which is open answered.
fn passed(page: &Page, words: &dyn Words) -> String {
    let name = if let Open::Source(open) = &page.open { called(open) } else { "" };
    words.say("options_test_ok", &[name])
}

/// What a source is called before it has a name.
fn called(source: &Source) -> &str {
    if source.name.is_empty() { &source.base_url } else { &source.name }
}

#[cfg(test)]
mod tests;
