//! The form of an ask: the tasks, the one field of the chosen one, and beside its button how the answer should sound.

use super::{
    super::{Element, Node, button, el},
    parts::hides,
};
use unstuck_diagnose::Messages;
use unstuck_engine::{
    Card, Press, State,
    assistant::{TONES, Task, languages},
};

/// The tasks to choose from, in place of the card's title.
pub(super) fn tasks(card: &Card, messages: &dyn Messages) -> Element {
    let tabs = Task::ALL.iter().map(|&task| {
        let label = messages.get(&["task_", task.id()].concat(), &[]);
        let chosen = (task == card.request.task).to_string();
        button(label, "task", Press::Task { task }).with("aria-pressed", chosen)
    });
    el("div")
        .class("tasks")
        .with("role", "group")
        .with("aria-label", messages.get("panel_tasks", &[]))
        .children(tabs)
}

pub(super) fn form(state: &State, card: &Card, source: &str, messages: &dyn Messages) -> Vec<Node> {
    let request = &card.request;
    let mut form = vec![text(card, messages)];
    if !request.task.is_on_text() {
        form.extend(quoted_messages(state, card, source, messages));
    }
    let label = match request.task {
        Task::Reply => "panel_draft",
        Task::Rewrite => "panel_rewrite",
        Task::Shorten => "panel_shorten",
        Task::Translate => "panel_translate",
    };
    let mut actions = el("div")
        .class("actions")
        .child(
            button(messages.get(label, &[]), "primary", Press::Ask)
                .with("aria-keyshortcuts", "Enter")
                .with("title", messages.get("panel_enter_key", &[])),
        )
        .child(choice(state, card, messages));
    if request.task == Task::Reply && request.messages.is_empty() && !card.doubt {
        let count = state.settings.assistant.messages.to_string();
        actions =
            actions.child(button(messages.get("panel_read", &[&count]), "quiet", Press::Read));
    }
    if state.first_source().is_none() {
        actions =
            actions.child(button(messages.get("popup_options", &[]), "plain", Press::Options));
    }
    form.push(actions.into());
    let hides = hides(state, &card.frame, messages).into_iter();
    let hides: Vec<_> = hides.map(|(label, press)| button(label, "item", press)).collect();
    form.extend((!hides.is_empty()).then(|| {
        let menu = el("div").class("menu").children(hides);
        let name = el("summary").child(messages.get("banner_more", &[]));
        el("details").class("more").with("data-key", "more").child(name).child(menu).into()
    }));
    form
}

/// The text that the chosen task is about.
pub(super) fn text(card: &Card, messages: &dyn Messages) -> Node {
    let request = &card.request;
    // What only the card's document holds is left as it stands there.
    let held = |text| (!card.oversize).then_some(text);
    if request.task.is_on_text() {
        field("text", ["panel_text_label", "panel_text_placeholder"], held(&request.text), messages)
    } else {
        field(
            "prompt",
            ["panel_ask_label", "panel_ask_placeholder"],
            held(&request.prompt),
            messages,
        )
    }
}

/// A text to be written or changed before it is sent. `Enter` in it asks.
fn field(
    name: &'static str,
    [label, hint]: [&str; 2],
    text: Option<&String>,
    messages: &dyn Messages,
) -> Node {
    let area = el("textarea").with("name", name).with("rows", "3");
    let area = match text {
        Some(text) => area.with("data-value", text.clone()),
        None => area,
    };
    let area = area
        .with("data-focus", "")
        .with("data-submit", "")
        .with("placeholder", messages.get(hint, &[]));
    el("label")
        .with("data-key", name)
        .child(el("span").child(messages.get(label, &[])))
        .child(area)
        .into()
}

/// The messages that go along, or the question whether they may be read.
fn quoted_messages(
    state: &State,
    card: &Card,
    source: &str,
    messages: &dyn Messages,
) -> Option<Node> {
    let count = state.settings.assistant.messages.to_string();
    if card.doubt {
        let name = messages.get("panel_consent", &[&count]);
        let told = messages.get("panel_consent_why", &[source]);
        let agree = button(messages.get("panel_consent_yes", &[]), "plain", Press::Agree);
        let decline = button(messages.get("panel_consent_no", &[]), "quiet", Press::Decline);
        let question = el("section")
            .class("consent")
            .with("data-key", "consent")
            .with("aria-label", name.clone())
            .child(el("h2").child(name))
            .child(el("p").child(told))
            .child(el("div").class("actions").child(agree).child(decline));
        return Some(question.into());
    }
    if card.request.messages.is_empty() {
        return None;
    }
    let area = el("textarea").with("name", "messages").with("rows", "4");
    let area =
        if card.oversize { area } else { area.with("data-value", card.request.messages.clone()) };
    let area = area.with("aria-describedby", "messages-hint");
    let hint = el("small")
        .class("hint")
        .with("id", "messages-hint")
        .child(messages.get("panel_messages_hint", &[]));
    let label =
        el("label").child(el("span").child(messages.get("panel_messages_label", &[]))).child(area);
    let remove = button(messages.get("panel_messages_leave_out", &[]), "quiet", Press::LeaveOut);
    let foot = el("div").class("foot").child(hint).child(remove);
    Some(el("div").class("messages").with("data-key", "messages").child(label).child(foot).into())
}

/// What may be said of the answer: how it should sound, or in which language it is.
fn choice(state: &State, card: &Card, messages: &dyn Messages) -> Element {
    let request = &card.request;
    if request.task == Task::Translate {
        let locale = messages.find("@@ui_locale", &[]).unwrap_or_default();
        let chosen = if request.language.is_empty() { &locale } else { &request.language };
        let options = languages::ALL.iter().map(|&(code, name)| option(code, name.to_owned()));
        return select("language", "panel_language", languages::code_of(chosen), messages)
            .children(options);
    }
    let own = &state.settings.assistant.prompts;
    let known = TONES.iter().any(|(id, _)| *id == request.tone)
        || own.iter().any(|prompt| prompt.id == request.tone);
    let chosen = if known { &request.tone } else { TONES[0].0 };
    let tones = TONES.iter().map(|(id, _)| option(id, messages.get(&["tone_", id].concat(), &[])));
    select("tone", "panel_tone", chosen, messages)
        .children(tones)
        .children(own.iter().map(|prompt| option(&prompt.id, prompt.name.clone())))
}

fn select(name: &'static str, label: &str, chosen: &str, messages: &dyn Messages) -> Element {
    el("select")
        .with("name", name)
        .with("data-key", name)
        .with("aria-label", messages.get(label, &[]))
        .with("data-value", chosen)
}

fn option(value: &str, label: String) -> Element {
    el("option").with("value", value).child(label)
}
