//! The page of a report: every line with a switch, what may be added, and below, byte for byte, what leaves.

mod lines;

use super::{Element, Node, View, button, el};
use crate::report::{Choices, Format, Outcome, Page, ReportPress, Subject, support};
use unstuck_diagnose::Messages;

/// What the page shows of a report.
#[must_use]
pub fn view(
    subject: Subject,
    choices: &Choices,
    outcome: &Outcome,
    address_known: bool,
    messages: &dyn Messages,
) -> View {
    let get = |key: &str| messages.get(key, &[]);
    let root = page(messages).child(lines::section(subject, outcome, messages)).child(
        el("section")
            .class("adds")
            .child(el("h2").child(get("report_adds")))
            .child(remark(messages))
            .children(address_known.then(|| address(choices, messages))),
    );
    let preview =
        el("section").class("leaves").child(el("h2").child(get("report_preview"))).child(chooser(
            "report_format",
            Format::ALL.map(|format| {
                let press = ReportPress::Format { format };
                (["report_format_", format.id()].concat(), format == choices.format, press)
            }),
            messages,
        ));
    let Ok(text) = &outcome.text else {
        let held = get("report_held");
        let preview = preview.child(el("p").class("problem").child(held.clone()));
        return View::new(Some(root.child(preview).into()), messages).announcing(held, true);
    };
    let shown = el("pre").with("data-preview", "").child(text.clone());
    let mut row = el("div")
        .class("actions")
        .child(button(get("report_copy"), "primary", ReportPress::Copy))
        .child(button(get("report_download"), "plain", ReportPress::Download));
    if support(subject).is_some() {
        let name = subject.diagnosis.provider.map_or("", |provider| provider.name());
        let label = messages.get("report_support", &[name]);
        row = row.child(button(label, "quiet", ReportPress::Support));
    }
    if !env!("CARGO_PKG_REPOSITORY").is_empty() {
        row = row.child(button(get("report_issue"), "quiet", ReportPress::Issue));
    }
    let done = outcome.done.map(|key| el("p").class("note").child(get(key)));
    let root = root.child(preview.child(shown).child(row).children(done));
    View::new(Some(root.into()), messages)
        .announcing(outcome.done.map(get).unwrap_or_default(), false)
}

/// What the page shows when the failure has been forgotten.
#[must_use]
pub fn gone(messages: &dyn Messages) -> View {
    let root = page(messages).child(el("p").class("empty").child(messages.get("report_gone", &[])));
    View::new(Some(root.into()), messages)
}

fn page(messages: &dyn Messages) -> Element {
    el("main").class("report").child(
        el("header")
            .child(el("h1").child(messages.get("report_title", &[])))
            .child(el("p").class("quiet").child(messages.get("report_intro", &[]))),
    )
}

fn remark(messages: &dyn Messages) -> Element {
    let field = el("textarea")
        .with("name", "remark")
        .with("rows", "3")
        .with("aria-describedby", "remark-hint");
    let hint = el("small").class("hint").with("id", "remark-hint");
    el("label")
        .child(el("span").child(messages.get("report_remark", &[])))
        .child(field)
        .child(hint.child(messages.get("report_remark_hint", &[])))
}

fn address(choices: &Choices, messages: &dyn Messages) -> Element {
    chooser(
        "report_page",
        Page::ALL.map(|page| {
            let press = ReportPress::Page { page };
            (["report_page_", page.id()].concat(), page == choices.page, press)
        }),
        messages,
    )
}

/// One of a few, side by side.
fn chooser<const N: usize>(
    label: &str,
    of: [(String, bool, ReportPress); N],
    messages: &dyn Messages,
) -> Element {
    let buttons = of.map(|(key, chosen, press)| {
        Node::from(
            button(messages.get(&key, &[]), "plain", press)
                .with("aria-pressed", if chosen { "true" } else { "false" }),
        )
    });
    el("div")
        .class("chooser")
        .with("role", "group")
        .with("aria-label", messages.get(label, &[]))
        .child(el("span").child(messages.get(label, &[])))
        .children(buttons)
}
