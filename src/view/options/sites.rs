//! The sites on which the launcher is shown.

use super::{Element, Node, button, el, field};
use crate::{
    engine::Settings,
    messengers::MESSENGERS,
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
        .children(messengers(settings, words))
        .child(field(page, words, "site", "text", ["options_site_add", "options_sites_hint"], ""))
        .child(el("div").class("actions").child(add.with("data-grant", "site")))
}

/// The messengers that are not switched on yet, each a press away.
fn messengers(settings: &Settings, words: &dyn Words) -> Vec<Node> {
    let offers = MESSENGERS.iter().map(|messenger| (messenger.name, messenger.site()));
    let offers = offers.filter(|(_, site)| !settings.sites.contains(site)).map(|(name, site)| {
        let origins = [&site, "/*"].concat();
        let add = button(name.to_owned(), "plain", SitePress::AddMessenger { site: site.clone() });
        el("li").with("data-key", site).child(add.with("data-origins", origins))
    });
    let offers: Vec<_> = offers.collect();
    if offers.is_empty() {
        return Vec::new();
    }
    let title = el("h3").child(words.say("options_messengers", &[]));
    vec![title.into(), el("ul").class("services").children(offers).into()]
}
