//! The page of drafts: each that is kept on this device, to be copied or erased.

use super::{Element, View, button, el, popup::ago};
use unstuck_diagnose::{Messages, workspace::Url};
use unstuck_engine::drafts::{Draft, DraftsPress, Page};

/// What the page shows.
#[must_use]
pub fn view(page: &Page, now_ms: u64, messages: &dyn Messages) -> View {
    let mut root = el("main")
        .class("drafts")
        .child(el("h1").child(messages.get("drafts_title", &[])))
        .child(el("p").class("hint").child(messages.get("drafts_hint", &[])));
    if page.drafts.is_empty() {
        root = root.child(el("p").class("empty").child(messages.get("drafts_none", &[])));
    } else {
        root = root.child(erase_all(page.doubt, messages));
    }
    root = root.children(page.drafts.iter().map(|draft| entry(draft, now_ms, messages)));
    let view = View::new(Some(root.into()), messages);
    match page.done {
        Some(done) => view.announcing(messages.get(done, &[]), false),
        None => view,
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

fn entry(draft: &Draft, now_ms: u64, messages: &dyn Messages) -> Element {
    let at_ms = draft.at_ms;
    let site = Url::read(&draft.site).map_or(&*draft.site, |url| url.authority);
    let when = ago(now_ms.saturating_sub(at_ms), messages);
    let task = messages.get(&["task_", draft.task.id()].concat(), &[]);
    let facts = [&*task, site, &draft.source, &when];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let facts = facts.join(" · ");
    let act = |key: &str, style, press| {
        let label = [&messages.get(key, &[]), ": ", &facts].concat();
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
