//! The page of drafts: each that is kept on this device, found by its words, to be copied or erased.

use super::{Element, View, button, el, popup::ago};
use unstuck_diagnose::{
    Messages,
    workspace::{Url, lowered},
};
use unstuck_engine::drafts::{Draft, DraftsPress, Page};

/// What the page shows.
#[must_use]
pub fn view(page: &Page, now_ms: u64, messages: &dyn Messages) -> View {
    let root = el("main")
        .class("drafts")
        .child(el("h1").child(messages.get("drafts_title", &[])))
        .child(el("p").class("hint").child(messages.get("drafts_hint", &[])));
    if page.drafts.is_empty() {
        let none = el("p").class("empty").child(messages.get("drafts_none", &[]));
        return said(root.child(none), page, None, messages);
    }
    let sought = lowered(&page.search);
    let sought: Vec<_> = sought.split_whitespace().collect();
    let told = |draft: &Draft| facts(draft, now_ms, messages);
    let fits = |draft: &&Draft| {
        let words = lowered(&[&told(draft), " ", &*draft.text].concat());
        sought.iter().all(|word| words.contains(word))
    };
    let found: Vec<_> = page.drafts.iter().filter(fits).collect();
    let searches = !sought.is_empty();
    let count = searches.then(|| how_many(found.len(), page.drafts.len(), messages));
    let row = match &count {
        Some(count) => el("p").class("hint").child(count.clone()),
        None => erase_all(page.doubt, messages),
    };
    let entries = found.into_iter().map(|draft| entry(draft, &told(draft), messages));
    said(root.child(field(messages)).child(row).children(entries), page, count, messages)
}

/// What is shown, and what a screen reader is told of it: what was just done, or how many were found.
fn said(root: Element, page: &Page, count: Option<String>, messages: &dyn Messages) -> View {
    let done = page.done.map(|done| messages.get(done, &[]));
    View::new(Some(root.into()), messages).announcing(done.or(count).unwrap_or_default(), false)
}

fn field(messages: &dyn Messages) -> Element {
    let name = messages.get("drafts_search", &[]);
    el("div").with("role", "search").child(
        el("input")
            .with("type", "search")
            .with("name", "search")
            .with("autocomplete", "off")
            .with("spellcheck", "false")
            .with("placeholder", name.clone())
            .with("aria-label", name),
    )
}

fn how_many(found: usize, all: usize, messages: &dyn Messages) -> String {
    match found {
        0 => messages.get("drafts_found_none", &[]),
        found => messages.get("drafts_found", &[&found.to_string(), &all.to_string()]),
    }
}

fn erase_all(doubt: bool, messages: &dyn Messages) -> Element {
    let row = el("div").class("actions").with("data-key", doubt.to_string());
    if !doubt {
        let ask = button(messages.get("drafts_erase_all", &[]), "quiet", DraftsPress::Doubt);
        return row.child(ask);
    }
    row.child(el("span").child(messages.get("drafts_erase_question", &[])))
        .child(button(messages.get("drafts_erase_yes", &[]), "primary", DraftsPress::EraseAll))
        .child(button(messages.get("drafts_erase_no", &[]), "plain", DraftsPress::Leave))
}

/// What was done, where, by which source, and when.
fn facts(draft: &Draft, now_ms: u64, messages: &dyn Messages) -> String {
    let site = Url::read(&draft.site).map_or(&*draft.site, |url| url.authority);
    let when = ago(now_ms.saturating_sub(draft.at_ms), messages);
    let task = messages.get(&["task_", draft.task.id()].concat(), &[]);
    let facts = [&*task, site, &draft.source, &when];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    facts.join(" · ")
}

fn entry(draft: &Draft, facts: &str, messages: &dyn Messages) -> Element {
    let at_ms = draft.at_ms;
    let act = |key: &str, style, press| {
        let label = [&messages.get(key, &[]), ": ", facts].concat();
        button(messages.get(key, &[]), style, press).with("aria-label", label)
    };
    let actions = el("div")
        .class("actions")
        .child(act("panel_copy", "plain", DraftsPress::Copy { at_ms }))
        .child(act("drafts_erase", "quiet", DraftsPress::Erase { at_ms }));
    el("article")
        .with("data-key", at_ms.to_string())
        .child(el("p").class("quiet").child(el("bdi").child(facts)))
        .child(el("p").class("draft").child(draft.text.clone()))
        .child(actions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::{all, text};
    use unstuck_engine::assistant::Task;

    fn draft(at_ms: u64, written: &str) -> Draft {
        let site = "https://chat.example".to_owned();
        let source = "Lab".to_owned();
        Draft { at_ms, task: Task::Reply, site, source, text: written.into() }
    }

    fn shown(search: &str) -> (usize, String) {
        let drafts =
            vec![draft(3, "Gern, bis Übermorgen"), draft(2, "See you"), draft(1, "Not today")];
        let page = Page { drafts, search: search.into(), ..Page::default() };
        let view = view(&page, 9, &crate::english());
        let root = view.root.unwrap();
        assert!(search.is_empty() || text(&root).contains(&view.announcement));
        (all(&root, &|element| element.tag == "article").len(), view.announcement)
    }

    /// All words count, in any case, those of the facts too.
    #[test]
    fn search_narrows_and_says_how_many() {
        assert_eq!(shown(""), (3, String::new()));
        assert_eq!(shown(" YOU "), (1, "1 of 3 drafts".into()));
        assert_eq!(shown("ÜBERmorgen gern"), (1, "1 of 3 drafts".into()));
        assert_eq!(shown("chat.example"), (3, "3 of 3 drafts".into()));
        assert_eq!(shown("you today"), (0, "No draft has these words.".into()));
    }

    /// What is not shown is not erased along.
    #[test]
    fn search_hides_erase_all() {
        let page = Page { drafts: vec![draft(1, "a")], search: "a".into(), ..Page::default() };
        let root = view(&page, 9, &crate::english()).root.unwrap();
        assert!(!text(&root).contains("Erase all"));
    }
}
