//! The sites on which the launcher is shown.

use super::{Element, Node, button, el, field, part};
use crate::{
    messengers::MESSENGERS,
    options::{Page, SitePress},
};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    el("section").children(list(settings, page, messages))
}

/// The sites, the messengers that can be added by name, and the field for any other site.
pub(super) fn list(settings: &Settings, page: &Page, messages: &dyn Messages) -> Vec<Node> {
    let rows = settings.sites.iter().map(|site| {
        let remove = SitePress::RemoveSite { site: site.clone() };
        let remove = button(messages.get("options_remove", &[]), "quiet", remove)
            .with("aria-label", messages.get("options_site_remove", &[site]));
        let hidden = settings.hidden.iter().find(|hidden| hidden.site == *site);
        let hidden = hidden.map(|hidden| {
            let hour = hidden.until_ms.is_some();
            messages.get(if hour { "options_site_snoozed" } else { "options_site_hidden" }, &[])
        });
        let again = hidden.is_some().then(|| {
            let press = SitePress::ShowAgain { site: site.clone() };
            button(messages.get("options_site_show", &[]), "quiet", press)
                .with("aria-label", messages.get("options_site_show_label", &[site]))
        });
        el("li")
            .with("data-key", site.clone())
            .child(el("bdi").child(site.clone()))
            .children(hidden.map(|told| el("small").class("state").child(told)))
            .children(again)
            .child(remove)
    });
    let rows = el("ul").class("list").children(rows).into();
    let add = button(messages.get("options_site_add", &[]), "plain", SitePress::AddSite);
    // A field whose site was added is emptied: it is another one then.
    let typed =
        field(page, messages, "site", "text", ["options_site_add", "options_sites_hint"], "")
            .with("data-key", settings.sites.len().to_string());
    let add = el("div").class("actions").child(add.with("data-grant", "site"));
    let mut nodes = vec![rows];
    nodes.extend(messengers(settings, messages).map(Node::from));
    nodes.extend([typed.into(), add.into()]);
    nodes
}

/// The messengers that are not switched on yet, each a press away.
fn messengers(settings: &Settings, messages: &dyn Messages) -> Option<Element> {
    let offers = MESSENGERS.iter().map(|messenger| (messenger.name, messenger.site()));
    let offers = offers.filter(|(_, site)| !settings.sites.contains(site)).map(|(name, site)| {
        let origins = [&site, "/*"].concat();
        let add = button(name.to_owned(), "plain", SitePress::AddMessenger { site: site.clone() });
        el("li").with("data-key", site).child(add.with("data-origins", origins))
    });
    let offers: Vec<_> = offers.collect();
    if offers.is_empty() {
        return None;
    }
    let offers = el("ul").class("services").children(offers);
    Some(part("messengers", "options_messengers", messages).child(offers))
}
