//! The person's data as a whole: settings out and in again, and everything gone.

use super::{Element, button, el, folded, part};
use crate::options::{DataPress, Import, Open, Page};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(_settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let act = |key: &str, style, press: DataPress| button(messages.get(key, &[]), style, press);
    let export = folded("export", "options_export_title", messages)
        .child(el("p").class("hint").child(messages.get("options_export_hint", &[])))
        .child(el("div").class("actions").child(act("options_export", "plain", DataPress::Export)));
    let import = folded("import", "options_import_title", messages).child(match &page.open {
        Open::Import(import) => found(import, page, messages),
        _ => choose(page, messages),
    });
    let erase = part("erase", "options_erase_title", messages)
        .child(el("p").class("hint").child(messages.get("options_erase_hint", &[])))
        .child(match page.open {
            Open::Erase => doubt(messages),
            _ => el("div").class("actions").child(act(
                "options_erase",
                "plain",
                DataPress::DoubtErase,
            )),
        });
    let history = part("history", "history_title", messages)
        .child(el("p").class("hint").child(messages.get("options_history_hint", &[])))
        .child(el("div").class("actions").child(act(
            "history_open",
            "plain",
            DataPress::ShowHistory,
        )));
    el("section").child(history).child(export).child(import).child(erase)
}

/// The question before everything goes.
fn doubt(messages: &dyn Messages) -> Element {
    let act = |key: &str, style, press: DataPress| button(messages.get(key, &[]), style, press);
    let answers = el("div")
        .class("actions")
        .child(act("options_erase_yes", "primary", DataPress::Erase))
        .child(act("options_erase_no", "plain", DataPress::LeaveImport));
    el("div")
        .class("form")
        .with("data-key", "erase")
        .child(el("p").child(messages.get("options_erase_question", &[])))
        .child(answers)
}

/// Where a file is chosen or pasted.
fn choose(page: &Page, messages: &dyn Messages) -> Element {
    let problem = page.problems.iter().find(|problem| problem.field == "import");
    let (class, told) = match problem {
        Some(problem) => ("problem", messages.get(&problem.key, &[])),
        None => ("hint", messages.get("options_import_hint", &[])),
    };
    let file = el("label")
        .child(el("span").child(messages.get("options_import_file", &[])))
        .child(el("input").with("type", "file").with("data-into", "import"));
    let pasted = el("label")
        .child(el("span").child(messages.get("options_import_pasted", &[])))
        .child(
            el("textarea")
                .with("name", "import")
                .with("rows", "4")
                .with("spellcheck", "false")
                .with("aria-describedby", "import-hint")
                .with_if(problem.is_some(), "aria-invalid", "true"),
        )
        .child(el("small").class(class).with("id", "import-hint").child(told));
    let read = button(messages.get("options_import_read", &[]), "plain", DataPress::ReadImport);
    el("div")
        .class("form")
        .with("data-key", "choose")
        .child(file)
        .child(pasted)
        .child(el("div").class("actions").child(read))
}

/// What is in the file, what is wrong with it, and the choice.
fn found(import: &Import, page: &Page, messages: &dyn Messages) -> Element {
    let (sources, sites) = (import.settings.sources.len(), import.settings.sites.len());
    let counts = messages.get("import_holds", &[&sources.to_string(), &sites.to_string()]);
    let wrong = import.wrong.iter().map(|wrong| {
        el("li").child(el("code").child(wrong.path.clone())).child(messages.get(&wrong.reason, &[]))
    });
    let mut form = el("div").class("form").with("data-key", "found").child(el("p").child(counts));
    if !import.wrong.is_empty() {
        form = form
            .child(el("p").class("problem").child(messages.get("import_wrong", &[])))
            .child(el("ul").class("wrong").children(wrong));
    }
    form = form.child(el("p").class("hint").child(messages.get("import_keys", &[])));
    let problem = page.problems.iter().find(|problem| problem.field == "import");
    form = form.children(problem.map(|problem| {
        el("p").class("problem").with("role", "alert").child(messages.get(&problem.key, &[]))
    }));
    let take = button(messages.get("import_take", &[]), "primary", DataPress::TakeImport).with_if(
        !import.origins.is_empty(),
        "data-origins",
        import.origins.join(" "),
    );
    let leave = button(messages.get("import_leave", &[]), "plain", DataPress::LeaveImport);
    form.child(el("div").class("actions").child(take).child(leave))
}
