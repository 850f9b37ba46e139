//! The page of a report: every line with a switch, what may be added, and below, byte for byte, what leaves.

use super::{Element, Node, View, button, el};
use crate::{
    report::{Choices, Format, Outcome, Page, ReportPress, Subject, support},
    words::Words,
};

/// What the page shows of a report.
#[must_use]
pub fn view(
    subject: Subject,
    choices: &Choices,
    outcome: &Outcome,
    address_known: bool,
    words: &dyn Words,
) -> View {
    let say = |key: &str| words.say(key, &[]);
    let root = page(words).child(lines(outcome, words)).child(
        el("section")
            .class("adds")
            .child(el("h2").child(say("report_adds")))
            .child(remark(words))
            .children(address_known.then(|| address(choices, words))),
    );
    let preview =
        el("section").class("leaves").child(el("h2").child(say("report_preview"))).child(chooser(
            "report_format",
            Format::ALL.map(|format| {
                let press = ReportPress::Format { format };
                (["report_format_", format.id()].concat(), format == choices.format, press)
            }),
            words,
        ));
    let Ok(text) = &outcome.text else {
        let held = say("report_held");
        let preview = preview.child(el("p").class("problem").child(held.clone()));
        return View::new(Some(root.child(preview).into()), words).saying(held, true);
    };
    let shown = el("pre").with("data-preview", "").child(text.clone());
    let mut row = el("div")
        .class("actions")
        .child(button(say("report_copy"), "primary", ReportPress::Copy))
        .child(button(say("report_download"), "plain", ReportPress::Download));
    if support(subject).is_some() {
        let name = subject.diagnosis.provider.map_or("", |provider| provider.name());
        let label = words.say("report_support", &[name]);
        row = row.child(button(label, "quiet", ReportPress::Support));
    }
    if !env!("CARGO_PKG_REPOSITORY").is_empty() {
        row = row.child(button(say("report_issue"), "quiet", ReportPress::Issue));
    }
    let done = outcome.done.map(|key| el("p").class("note").child(say(key)));
    let root = root.child(preview.child(shown).child(row).children(done));
    View::new(Some(root.into()), words).saying(outcome.done.map(say).unwrap_or_default(), false)
}

/// What the page shows when the failure has been forgotten.
#[must_use]
pub fn gone(words: &dyn Words) -> View {
    let root = page(words).child(el("p").class("empty").child(words.say("report_gone", &[])));
    View::new(Some(root.into()), words)
}

fn page(words: &dyn Words) -> Element {
    el("main").class("report").child(
        el("header")
            .child(el("h1").child(words.say("report_title", &[])))
            .child(el("p").class("quiet").child(words.say("report_intro", &[]))),
    )
}

/// Every line as a switch: on while it goes in.
fn lines(outcome: &Outcome, words: &dyn Words) -> Element {
    let lines = outcome.report.iter().flat_map(|report| &report.lines);
    let rows = lines.map(|line| {
        let told = line.describe();
        let (name, value) = told.split_once(": ").unwrap_or(("", &told));
        let (name, value) = (name.to_owned(), value.to_owned());
        let toggle = el("button")
            .class("switch")
            .with("type", "button")
            .with("role", "switch")
            .with("aria-checked", (!line.struck).to_string())
            .press(ReportPress::Toggle { line: told })
            .child(el("span").class("name").child(name))
            .child(" ")
            .child(el("bdi").child(value));
        el("li").child(toggle)
    });
    el("section")
        .class("lines")
        .child(el("h2").child(words.say("report_lines", &[])))
        .child(el("p").class("hint").child(words.say("report_lines_hint", &[])))
        .child(el("ul").children(rows))
}

fn remark(words: &dyn Words) -> Element {
    let field = el("textarea")
        .with("name", "remark")
        .with("rows", "3")
        .with("aria-describedby", "remark-hint");
    let hint = el("small").class("hint").with("id", "remark-hint");
    el("label")
        .child(el("span").child(words.say("report_remark", &[])))
        .child(field)
        .child(hint.child(words.say("report_remark_hint", &[])))
}

fn address(choices: &Choices, words: &dyn Words) -> Element {
    chooser(
        "report_page",
        Page::ALL.map(|page| {
            let press = ReportPress::Page { page };
            (["report_page_", page.id()].concat(), page == choices.page, press)
        }),
        words,
    )
}

/// One of a few, side by side.
fn chooser<const N: usize>(
    label: &str,
    of: [(String, bool, ReportPress); N],
    words: &dyn Words,
) -> Element {
    let buttons = of.map(|(key, chosen, press)| {
        Node::from(
            button(words.say(&key, &[]), "plain", press)
                .with("aria-pressed", if chosen { "true" } else { "false" }),
        )
    });
    el("div")
        .class("chooser")
        .with("role", "group")
        .with("aria-label", words.say(label, &[]))
        .child(el("span").child(words.say(label, &[])))
        .children(buttons)
}
