//! The assistant: the person's own prompts, what is read of a chat, and whether drafts are kept.

use super::{Element, Node, button, el, field, part, switch};
use crate::options::{Page, PromptPress};
use unstuck_diagnose::Messages;
use unstuck_engine::{Settings, assistant::OwnPrompt};

/// How many messages can be chosen to be read.
const COUNTS: [u32; 5] = [3, 6, 10, 20, 30];

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let assistant = &settings.assistant;
    let open = page.prompt.as_ref();
    let rows = assistant.prompts.iter().map(|prompt| {
        let is_open = open.is_some_and(|open| open.id == prompt.id);
        let row = el("li").with("data-key", prompt.id.clone()).child(entry(prompt, messages));
        row.children(is_open.then(|| form(prompt, page, messages)))
    });
    let is_new = |open: &&OwnPrompt| assistant.prompts.iter().all(|known| known.id != open.id);
    let below: Node = match open {
        Some(open) if is_new(&open) => form(open, page, messages).into(),
        _ => {
            let add =
                button(messages.get("options_prompt_add", &[]), "plain", PromptPress::AddPrompt);
            el("div").class("actions").child(add).into()
        }
    };
    let may_read = PromptPress::MayRead { on: !assistant.may_read };
    let hide_names = PromptPress::HideNames { on: !assistant.hide_names };
    let keep_drafts = PromptPress::KeepDrafts { on: !assistant.keep_drafts };
    let drafts = button(messages.get("options_drafts_show", &[]), "quiet", PromptPress::ShowDrafts);
    let own = part("own-prompts", "options_own_prompts", messages)
        .child(el("p").class("hint").child(messages.get("options_own_prompts_hint", &[])))
        .child(el("ul").class("prompts").children(rows))
        .child(below);
    let read = part("chat-messages", "options_messages", messages)
        .child(switch("options_may_read", assistant.may_read, false, may_read, messages))
        .child(switch("options_hide_names", assistant.hide_names, false, hide_names, messages))
        .child(counts(assistant.messages, messages));
    let locked = page.managed.locks("keep_drafts");
    let kept = part("drafts", "drafts_title", messages)
        .child(switch("options_keep_drafts", assistant.keep_drafts, locked, keep_drafts, messages))
        .child(el("div").class("actions").child(drafts));
    el("section").child(own).child(read).child(kept)
}

fn entry(prompt: &OwnPrompt, messages: &dyn Messages) -> Element {
    let (id, name) = (&prompt.id, prompt.name.as_str());
    let act = |key: &str, press| {
        let label = messages.get(&[key, "_label"].concat(), &[name]);
        button(messages.get(key, &[]), "quiet", press).with("aria-label", label)
    };
    let known = el("div")
        .class("known")
        .child(el("bdi").child(name))
        .child(el("small").class("hint").child(prompt.text.clone()));
    let actions = el("div")
        .class("actions")
        .child(act("options_edit", PromptPress::EditPrompt { prompt: id.clone() }))
        .child(act("options_remove", PromptPress::RemovePrompt { prompt: id.clone() }));
    el("div").class("prompt").child(known).child(actions)
}

fn form(prompt: &OwnPrompt, page: &Page, messages: &dyn Messages) -> Element {
    let open = page.prompt.as_ref().unwrap_or(prompt);
    let labels = ["options_prompt_name", "options_prompt_name_hint"];
    let problem = page.problems.iter().find(|problem| problem.field == "prompt_text");
    let area = el("textarea")
        .with("name", "prompt_text")
        .with("rows", "3")
        .with("data-value", open.text.clone())
        .with("aria-describedby", "prompt_text-hint")
        .with_if(problem.is_some(), "aria-invalid", "true");
    let told = problem.map_or("options_prompt_text_hint", |problem| &*problem.key);
    let hint = el("small")
        .class(if problem.is_some() { "problem" } else { "hint" })
        .with("id", "prompt_text-hint")
        .child(messages.get(told, &[]));
    let text = el("label")
        .child(el("span").child(messages.get("options_prompt_text", &[])))
        .child(area)
        .child(hint);
    let save = button(messages.get("options_save", &[]), "primary", PromptPress::SavePrompt);
    let close = button(messages.get("options_cancel", &[]), "quiet", PromptPress::ClosePrompt);
    el("div")
        .class("form")
        .child(field(page, messages, "prompt_name", "text", labels, &open.name))
        .child(text)
        .child(el("div").class("actions").child(save).child(close))
}

/// How many messages are read, each number a press away.
fn counts(chosen: u32, messages: &dyn Messages) -> Element {
    let pills = COUNTS.iter().map(|&count| {
        let pill = button(count.to_string(), "count", PromptPress::ReadCount { count });
        el("li").child(pill.with("aria-pressed", (count == chosen).to_string()))
    });
    let name = messages.get("options_read_count", &[]);
    let list = el("ul").class("models").with("aria-label", name.clone()).children(pills);
    el("div")
        .class("choice")
        .with("id", "options_read_count")
        .child(el("span").class("label").child(name))
        .child(list)
}
