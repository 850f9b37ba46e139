//! The web apps whose own calls are watched: a switch for each that is known, and those that the person added.

use super::{Element, button, el, field};
use crate::{
    options::{AppPress, Page},
    watch::apps::APPS,
};
use unstuck_diagnose::{Messages, Provider, workspace::Url};
use unstuck_engine::Settings;

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let known = APPS.iter().map(|app| switch(app, settings.apps.iter().any(|on| on == app)));
    let own = settings.apps.iter().filter(|app| !APPS.contains(&app.as_str())).map(|app| {
        let remove = AppPress::WatchApp { app: app.clone(), on: false };
        let remove = button(messages.get("options_remove", &[]), "quiet", remove)
            .with("aria-label", messages.get("options_site_remove", &[app]));
        el("li").with("data-key", app.clone()).child(el("bdi").child(app.clone())).child(remove)
    });
    let add = button(messages.get("options_app_add", &[]), "plain", AppPress::AddApp);
    el("section")
        .child(el("p").class("hint").child(messages.get("options_apps_hint", &[])))
        .child(el("div").class("apps").children(known))
        .child(el("ul").class("list").children(own))
        .child(field(page, messages, "app", "text", ["options_app_add", "options_app_hint"], ""))
        .child(el("div").class("actions").child(add.with("data-grant", "app")))
}

/// The switch of one app, by its proper name; access to its site is asked for by the press.
fn switch(app: &'static str, on: bool) -> Element {
    let host = Url::read(app).map_or(app, Url::host);
    let name = Provider::from_host(host).map_or(host, Provider::name);
    let toggle = button(name.into(), "switch", AppPress::WatchApp { app: app.into(), on: !on })
        .with("role", "switch")
        .with("aria-checked", on.to_string())
        .with("aria-describedby", host)
        .with_if(!on, "data-origin", app);
    let told = el("small").class("hint").with("id", host).child(el("bdi").child(host));
    el("div")
        .class("choice")
        .with("data-key", host)
        .with("id", ["app-", host].concat())
        .child(toggle)
        .child(told)
}
