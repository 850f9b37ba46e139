//! The sources in the order in which they are asked, the services to choose from, and the form of the one that is open.

use super::{
    Element, Node, built_in, button, called, diagnosed, el, field, find, focus, input, note, passed,
};
use crate::options::{Open, Page, SetUpPress, SourcePress, Test};
use unstuck_diagnose::{Messages, workspace::Url};
use unstuck_engine::{Settings, Source};
use unstuck_source::presets::{self, Preset};

/// As many models are offered to be pressed; the field completes all of them.
const MODELS_SHOWN: usize = 60;

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let sources = &settings.sources;
    let mut section = el("section");
    if sources.len() > 1 {
        section = section.child(el("p").class("hint").child(messages.get("options_order", &[])));
    }
    if !sources.is_empty() {
        let rows = sources.iter().enumerate().map(|(at, source)| row(at, source, page, messages));
        section = section.child(el("ol").class("order").children(rows));
    }
    match &page.open {
        Open::Source(open) if sources.iter().all(|known| known.id != open.id) => {
            section.children(chooser(page, messages))
        }
        _ if page.managed.locks("sources") => {
            section.child(el("p").class("hint").child(messages.get("options_locked", &[])))
        }
        Open::Services => section.children(chooser(page, messages)),
        _ if sources.is_empty() => section.children(chooser(page, messages)),
        _ => {
            let add = button(messages.get("options_add", &[]), "plain", SourcePress::AddSource);
            section.child(el("div").class("actions").child(add))
        }
    }
}

/// The services to choose from, or the form of the one that was chosen.
pub(super) fn chooser(page: &Page, messages: &dyn Messages) -> Vec<Node> {
    let Open::Source(open) = &page.open else { return vec![services(page, messages).into()] };
    let name = messages.get("options_other", &[]);
    let name = if open.name.is_empty() { &name } else { &open.name };
    vec![el("h3").child(name.clone()).into(), form(open, page, messages).into()]
}

/// A stored source: what it is, and what can be done with it.
fn row(at: usize, source: &Source, page: &Page, messages: &dyn Messages) -> Element {
    let (id, name) = (&source.id, source.name.as_str());
    let first = if at > page.managed.sources.len() { "options_raise" } else { "options_edit" };
    let act = |key: &str, press: SourcePress| {
        let label = messages.get(&format!("{key}_label"), &[name]);
        let moved = page.raised.as_ref() == Some(id) && key == first;
        button(messages.get(key, &[]), "quiet", press).with("aria-label", label).with_if(
            moved,
            "data-focus",
            "",
        )
    };
    let mut actions = el("div").class("actions");
    let given = page.is_given(id);
    if at > page.managed.sources.len() {
        actions =
            actions.child(act("options_raise", SourcePress::RaiseSource { source: id.clone() }));
    }
    actions = actions.child(act("options_edit", SourcePress::EditSource { source: id.clone() }));
    if !given {
        actions =
            actions.child(act("options_remove", SourcePress::DoubtSource { source: id.clone() }));
    }
    let host = Url::read(&source.base_url).map_or("", Url::host).to_owned();
    let mark = given.then(|| el("small").class("hint").child(messages.get("options_locked", &[])));
    let known = el("div")
        .class("known")
        .child(el("bdi").child(name))
        .child(
            el("small")
                .class("hint")
                .child(el("bdi").child(source.model.clone()))
                .child(" · ")
                .child(el("bdi").child(host)),
        )
        .children(mark);
    let row = el("li")
        .with("data-key", id.clone())
        .child(el("div").class("entry").child(known).child(actions));
    match &page.open {
        Open::Source(open) if open.id == *id => row.child(form(open, page, messages)),
        Open::Doubt(doubted) if doubted == id => row.child(doubt(source, messages)),
        _ => row,
    }
}

fn doubt(source: &Source, messages: &dyn Messages) -> Element {
    let remove = SourcePress::RemoveSource { source: source.id.clone() };
    let question = el("p").child(messages.get("options_remove_question", &[&source.name]));
    let answers = el("div")
        .class("actions")
        .child(button(messages.get("options_remove_yes", &[]), "primary", remove))
        .child(button(messages.get("options_remove_no", &[]), "plain", SourcePress::CloseSource));
    el("div").class("form").with("data-key", "doubt").child(question).child(answers)
}

/// The services by name: those on the web, those on this machine, and any other.
fn services(page: &Page, messages: &dyn Messages) -> Element {
    let offer = |name: String, service: &str| {
        let press = SourcePress::ChooseService { service: service.to_owned() };
        el("li").child(button(name, "plain", press))
    };
    let group = |title: &str, wanted: fn(&&Preset) -> bool, more: Vec<Element>| {
        let presets = presets::ALL.iter().filter(wanted);
        let offers = presets.map(|preset| offer(preset.name.to_owned(), preset.id)).chain(more);
        [
            Node::from(el("h3").child(messages.get(title, &[]))),
            el("ul").class("services").children(offers).into(),
        ]
    };
    let other = offer(messages.get("options_other", &[]), "other");
    el("div")
        .class("form")
        .with("data-key", "services")
        .children(find::ready(page, messages))
        .children(group("options_services", |preset| preset.needs_key, vec![other]))
        .children(group("options_local_services", |preset| preset.is_local(), Vec::new()))
        .children(find::show(page, messages))
}

/// The form of a source.
fn form(source: &Source, page: &Page, messages: &dyn Messages) -> Element {
    let has_key = page.has_key(&source.id);
    let key_hint = if has_key { "options_key_kept" } else { "options_key_hint" };
    let starts = if source.base_url.is_empty() || source.base_url.contains(presets::BLANK) {
        "base_url"
    } else {
        "key"
    };
    let kept = |name, kind, labels, value: &str| {
        let mut label = field(page, messages, name, kind, labels, value);
        if name != "key"
            && page.is_given(&source.id)
            && let Some(input) = input(&mut label)
        {
            input.attributes.push(("disabled", String::new()));
        }
        if name == starts {
            focus(&mut label);
        }
        label
    };
    let mut form = el("div").class("form").with("data-key", source.id.clone());
    if source.is_built_in() {
        return built_in::form(form, source, page, messages);
    }
    let address =
        kept("base_url", "url", ["options_base_url", "options_base_url_hint"], &source.base_url);
    let keyed = el("div")
        .class("keyed")
        .child(kept("key", "password", ["options_key", key_hint], ""))
        .children(get_key(page, messages));
    let model = kept("model", "text", ["options_model", "options_model_hint"], &source.model);
    let act = |key: &str, style, press: SourcePress| button(messages.get(key, &[]), style, press);
    let save =
        |style| act("options_save", style, SourcePress::SaveSource).with("data-grant", "base_url");
    // Of a service by name the first steps need nothing but its key.
    let known = presets::ALL.iter().find(|preset| preset.name == source.name);
    let short =
        page.guided && known.is_some_and(|preset| !preset.base_url.contains(presets::BLANK));
    form = if short {
        let save = el("div").class("actions").child(save("plain"));
        form.child(keyed).child(filled_in(page, messages).child(address).child(model).child(save))
    } else {
        form.child(address).child(keyed).child(model)
    };
    if let Test::Passed(models) = &page.test {
        let offered = models.iter().map(|model| el("option").with("value", model.clone()));
        form = form.child(el("datalist").with("id", "models").children(offered));
    }
    let test = |style| {
        act("options_test", style, SourcePress::TestSource)
            .with("data-grant", "base_url")
            .with("aria-describedby", "test-hint")
    };
    let actions = el("div").class("actions");
    let mut actions = match page.guided {
        _ if short => actions.child(test("primary")),
        true => actions.child(test("primary")).child(save("plain")),
        false => actions.child(save("primary")).child(test("plain")),
    };
    actions = actions.child(act("options_cancel", "quiet", SourcePress::CloseSource));
    if has_key {
        actions = actions.child(act("options_forget_key", "quiet", SourcePress::ForgetKey));
    }
    let hint = el("p").class("hint").with("id", "test-hint");
    let hint = hint.child(messages.get("options_test_hint", &[]));
    form.child(actions).child(hint).children(outcome(source, page, messages))
}

/// Where address and model are, which nobody has to look at; open where something is wrong with one.
fn filled_in(page: &Page, messages: &dyn Messages) -> Element {
    let wrong = page.problems.iter().any(|problem| problem.field != "key");
    el("details")
        .class("fold")
        .with("data-key", if wrong { "wrong" } else { "right" })
        .with_if(wrong, "open", "")
        .child(el("summary").child(messages.get("welcome_more", &[])))
}

/// The way to the page of the service that hands out keys.
fn get_key(page: &Page, messages: &dyn Messages) -> Option<Element> {
    page.key_page()?;
    Some(button(messages.get("options_get_key", &[]), "quiet", SourcePress::GetKey))
}

fn outcome(source: &Source, page: &Page, messages: &dyn Messages) -> Vec<Node> {
    match &page.test {
        Test::None => Vec::new(),
        Test::Running(_) => {
            vec![
                el("p")
                    .class("working")
                    .child(messages.get("options_testing", &[called(source)]))
                    .into(),
            ]
        }
        Test::Passed(models) => {
            let names = models.iter().take(MODELS_SHOWN).map(|model| {
                let taken = (*model == source.model).to_string();
                let model = model.clone();
                let take = if page.guided {
                    button(model.clone(), "model", SetUpPress::UseModel { model })
                        .with("data-grant", "base_url")
                } else {
                    button(model.clone(), "model", SourcePress::TakeModel { model })
                };
                el("li").child(take.with("aria-pressed", taken))
            });
            let pick =
                page.guided.then(|| el("h3").child(messages.get("welcome_pick", &[])).into());
            let names = el("ul").class("models").children(names).into();
            [note(passed(page, messages))].into_iter().chain(pick).chain([names]).collect()
        }
        Test::Failed(found) => vec![diagnosed(found, messages)],
        // Of the browser's own model, which has a form of its own.
        Test::Download | Test::Downloading(_) => Vec::new(),
    }
}
