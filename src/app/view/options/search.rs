//! Finding a setting by its words, whichever tab it is in. What is painted is what is searched: nothing has to be listed.

use super::{Element, Node, el, note, tabs};
use crate::options::Page;
use unstuck_diagnose::{Messages, workspace::lowered};

/// As many results are shown.
const SHOWN: usize = 8;

/// Something that can be set, as it was found on the page.
pub(super) struct Setting {
    /// Its anchor.
    id: String,
    /// Its title or label.
    name: String,
    /// All that is written in it, in small letters.
    words: String,
    /// The tab that it is in.
    tab: usize,
}

/// The field, above the tabs.
pub(super) fn field(messages: &dyn Messages) -> Element {
    let name = messages.get("options_search", &[]);
    el("div").class("search").with("role", "search").child(
        el("input")
            .with("type", "search")
            .with("name", "search")
            .with("autocomplete", "off")
            .with("spellcheck", "false")
            .with("placeholder", name.clone())
            .with("aria-label", name),
    )
}

/// The settings that have all of these words, those that have them in their name first.
pub(super) fn find(panels: &[Element], search: &str) -> Vec<Setting> {
    let sought = lowered(search);
    let sought: Vec<_> = sought.split_whitespace().collect();
    let mut settings = Vec::new();
    if sought.is_empty() {
        return settings;
    }
    for (tab, panel) in panels.iter().enumerate() {
        collect(panel, None, tab, &mut settings);
    }
    let has = |text: &str| sought.iter().all(|word| text.contains(word));
    settings.retain(|setting| has(&setting.words));
    let is_named = |setting: &Setting| has(&lowered(&setting.name));
    let (mut named, others): (Vec<_>, Vec<_>) = settings.into_iter().partition(is_named);
    named.extend(others);
    named.truncate(SHOWN);
    named
}

/// Each text belongs to the innermost setting around it; what is folded is one setting.
fn collect(element: &Element, around: Option<usize>, tab: usize, settings: &mut Vec<Setting>) {
    let is_setting = matches!(element.tag, "section" | "label" | "details")
        || matches!(element.class, "choice" | "part");
    let here = tabs::id(element).filter(|_| is_setting).map(|id| {
        let name = element.children.first().map(text).unwrap_or_default();
        settings.push(Setting { id: id.to_owned(), name, words: String::new(), tab });
        settings.len() - 1
    });
    let at = here.or(around);
    for child in &element.children {
        match (child, at) {
            (Node::Element(child), at) if element.tag != "details" => {
                collect(child, at, tab, settings);
            }
            (child, Some(at)) => {
                settings[at].words += " ";
                settings[at].words += &lowered(&text(child));
            }
            (_, None) => {}
        }
    }
}

fn text(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) => element.children.iter().map(text).collect::<Vec<_>>().join(" "),
    }
}

/// What was found, each a link to it.
pub(super) fn results(found: Vec<Setting>, page: &Page, messages: &dyn Messages) -> Option<Node> {
    if page.search.is_empty() {
        return None;
    }
    if found.is_empty() {
        return Some(note(messages.get("options_search_none", &[])));
    }
    let results = found.into_iter().map(|setting| {
        let tab = el("small").class("hint").child(tabs::title(setting.tab, messages));
        let link = el("a").with("href", ["#", &setting.id].concat());
        el("li").child(link.child(el("span").child(setting.name)).child(tab))
    });
    Some(el("ul").class("matches").children(results).into())
}

/// How much was found, for a screen reader.
pub(super) fn told(found: &[Setting], search: &str, messages: &dyn Messages) -> Option<String> {
    match found.len() {
        _ if search.is_empty() => None,
        0 => Some(messages.get("options_search_none", &[])),
        count => Some(messages.get("options_search_found", &[&count.to_string()])),
    }
}
