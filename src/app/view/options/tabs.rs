//! The tabs of the options page. Each is a link, so that the address names what is shown and the browser's back works.

use super::{
    Element, Node, alerts, appearance, apps, channels, data, el, privacy, prompts, retry,
    shortcuts, sites, sources,
};
use crate::options::Page;
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

/// A section of the page.
type Show = fn(&Settings, &Page, &dyn Messages) -> Element;

/// The sections of a tab in their order. The id of each is its anchor, and names its title: `options_<id>`.
pub(super) type Sections = &'static [(&'static str, Show)];

/// The tabs in their order. The id of each is its anchor, and names its title: `options_tab_<id>`.
pub(super) const ALL: [(&str, Sections); 4] = [
    ("ai", &[("sources", sources::show)]),
    ("where", &[("sites", sites::show), ("apps", apps::show), ("shortcuts", shortcuts::show)]),
    (
        "how",
        &[
            ("prompts", prompts::show),
            ("retry", retry::show),
            ("alerts", alerts::show),
            ("channels", channels::show),
            ("appearance", appearance::show),
        ],
    ),
    ("yours", &[("privacy", privacy::show), ("exports", channels::exports), ("data", data::show)]),
];

/// The sections of one tab, each with its title.
pub(super) fn sections(
    sections: Sections,
    settings: &Settings,
    page: &Page,
    messages: &dyn Messages,
) -> Element {
    let sections = sections.iter().map(|(id, show)| {
        let title = el("h2").child(messages.get(&["options_", id].concat(), &[]));
        let mut section = show(settings, page, messages).class(id).with("id", *id);
        section.children.insert(0, title.into());
        section
    });
    el("div").class("sections").children(sections)
}

/// The tab that has this part: by its own id, or by the id of anything in it. The first where there is none.
pub(super) fn chosen(panels: &[Element], part: &str) -> usize {
    let named = ALL.iter().position(|(id, _)| *id == part);
    named.or_else(|| panels.iter().position(|panel| has(panel, part))).unwrap_or(0)
}

fn has(element: &Element, part: &str) -> bool {
    id(element) == Some(part)
        || element.children.iter().any(|child| match child {
            Node::Element(child) => has(child, part),
            Node::Text(_) => false,
        })
}

/// The id of an element.
pub(super) fn id(element: &Element) -> Option<&str> {
    element.attributes.iter().find(|(name, _)| *name == "id").map(|(_, id)| id.as_str())
}

/// What a tab is called.
pub(super) fn title(tab: usize, messages: &dyn Messages) -> String {
    messages.get(&["options_tab_", ALL[tab].0].concat(), &[])
}

/// The row of tabs. Only the chosen one is on the way of the Tab key; arrows lead to the others.
pub(super) fn list(chosen: usize, messages: &dyn Messages) -> Element {
    let tabs = ALL.iter().enumerate().map(|(at, (id, _))| {
        el("a")
            .with("href", ["#", id].concat())
            .with("id", ["tab-", id].concat())
            .with("role", "tab")
            .with("aria-controls", ["panel-", id].concat())
            .with("aria-selected", (at == chosen).to_string())
            .with_if(at != chosen, "tabindex", "-1")
            .child(title(at, messages))
    });
    el("div")
        .class("tabs")
        .with("role", "tablist")
        .with("aria-label", messages.get("options_tabs", &[]))
        .children(tabs)
}

/// What belongs to each tab. What is not shown is there all the same, so that nothing typed in it is lost.
pub(super) fn panels(panels: Vec<Element>, chosen: usize) -> impl Iterator<Item = Element> {
    panels.into_iter().enumerate().map(move |(at, panel)| {
        let id = ALL[at].0;
        panel
            .with("id", ["panel-", id].concat())
            .with("role", "tabpanel")
            .with("aria-labelledby", ["tab-", id].concat())
            .with_if(at != chosen, "hidden", "")
    })
}
