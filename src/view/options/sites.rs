//! The sites on which the launcher is shown.

use super::{Element, button, el, field};
use crate::{
    engine::Settings,
    options::{Page, SitePress},
    words::Words,
};

pub(super) fn show(settings: &Settings, page: &Page, words: &dyn Words) -> Element {
    let rows = settings.sites.iter().map(|site| {
        let remove = SitePress::RemoveSite { site: site.clone() };
        let remove = button(words.say("options_remove", &[]), "quiet", remove)
            .with("aria-label", words.say("options_site_remove", &[site]));
        el("li").with("data-key", site.clone()).child(el("bdi").child(site.clone())).child(remove)
    });
    let add = button(words.say("options_site_add", &[]), "plain", SitePress::AddSite);
    el("section")
        .child(el("ul").class("list").children(rows))
        .child(field(page, words, "site", "text", ["options_site_add", "options_sites_hint"], ""))
        .child(el("div").class("actions").child(add.with("data-grant", "site")))
}
