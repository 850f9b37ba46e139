//! The popup: what failed last, in this tab and elsewhere, each with its full diagnosis and a way on.

pub use super::pressed::PopupPress;
use super::{
    Element, Node, View,
    banner::{Banner, Offers},
    button, card, el, page,
};
use unstuck_diagnose::{Explanation, Messages, explain};
use unstuck_engine::{Incident, PagePress, Press, State, Trouble, reference_page, report_page};

/// The page of drafts.
fn drafts_page() -> PopupPress {
    PopupPress::OpenOwnPage { path: "drafts.html".into() }
}

/// What the popup shows for a tab with its address, which is empty when the browser does not tell it.
#[must_use]
pub fn view(state: &State, here: (i32, &str), now_ms: u64, messages: &dyn Messages) -> View {
    let (tab, address) = here;
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        state.incidents.iter().partition(|incident| incident.frame.tab == tab);
    let mut root = el("main").class("popup").child(
        el("header")
            .child(el("h1").child(messages.get("popup_title", &[])))
            .child(button(messages.get("drafts_title", &[]), "quiet", drafts_page()))
            .child(button(messages.get("popup_options", &[]), "quiet", PopupPress::Options)),
    );
    if let Some(trouble) = state.trouble {
        let key = match trouble {
            Trouble::Damaged => "popup_journal_damaged",
            Trouble::Unsaved => "popup_journal_unsaved",
        };
        root = root.child(note(messages.get(key, &[])));
    }
    if !address.is_empty() && !state.settings.site_policy.allows(address) {
        root = root.child(note(messages.get("site_not_allowed", &[])));
    }
    let missed = state.cards.iter().find(|card| card.frame.tab == tab && !card.missed.is_empty());
    if let Some(card) = missed {
        root = root.child(note(messages.get("popup_box_missed", &[&card.missed])));
    }
    if state.incidents.is_empty() {
        root = root.child(el("p").class("empty").child(messages.get("popup_none", &[])));
    }
    for (key, incidents) in [("popup_this_tab", here), ("popup_elsewhere", elsewhere)] {
        if !incidents.is_empty() {
            let entries = incidents
                .into_iter()
                .enumerate()
                .map(|(index, incident)| entry(state, incident, index == 0, now_ms, messages));
            root = root.child(
                el("section")
                    .child(el("h2").class("group").child(messages.get(key, &[])))
                    .children(entries),
            );
        }
    }
    if !state.incidents.is_empty() {
        root = root.child(el("footer").child(button(
            messages.get("popup_clear", &[]),
            "quiet",
            PopupPress::Clear,
        )));
    }
    View::new(Some(root.into()), messages).looking(&state.settings)
}

fn note(text: String) -> Element {
    el("p").class("note").with("role", "status").child(text)
}

fn entry(
    state: &State,
    incident: &Incident,
    unfolded: bool,
    now_ms: u64,
    messages: &dyn Messages,
) -> Node {
    let explanation = explain(&incident.diagnosis, messages);
    let when = el("p").class("quiet").child(ago(now_ms.saturating_sub(incident.at_ms), messages));
    let banner = banner(state, incident, &explanation, now_ms, messages);
    let frame = banner.frame("article").with_if(incident.settled, "data-settled", "");
    let head = el("summary").child(banner.top()).child(when);
    let body = el("details").class("incident").with_if(unfolded, "open", "").child(head);
    frame.child(body.children(banner.rest())).into()
}

/// The same as on the card or in the page; of a call that is over, what can still be looked into.
fn banner<'a>(
    state: &'a State,
    incident: &'a Incident,
    explanation: &'a Explanation,
    now_ms: u64,
    messages: &'a dyn Messages,
) -> Banner<'a> {
    let call = incident.attempt_id.call;
    let there = |then| match then {
        Press::CopyReport | Press::OnPage { then: PagePress::CopyReport } => {
            PopupPress::CopyReport { call }
        }
        Press::SeeReport => PopupPress::OpenOwnPage { path: report_page(call) },
        Press::LearnMore | Press::OnPage { then: PagePress::LearnMore } => {
            PopupPress::OpenOwnPage { path: reference_page(explanation.cause) }
        }
        then => PopupPress::Card { frame: incident.frame.clone(), then },
    };
    let diagnosis = &incident.diagnosis;
    if let Some(card) = card::banner_of(state, &incident.frame, call, now_ms, messages) {
        return card.banner(diagnosis, explanation, Vec::new()).in_popup(&there);
    }
    if let Some(story) = state.page(&incident.frame).filter(|story| story.number == call) {
        return page::banner(state, story, explanation, Vec::new(), messages).in_popup(&there);
    }
    let named = |key, press| (messages.get(key, &[]), press);
    let over = vec![
        named("step_open", PopupPress::Troubleshooter { call }),
        named("action_copy_report", PopupPress::CopyReport { call }),
        named("action_see_report", PopupPress::OpenOwnPage { path: report_page(call) }),
        named("banner_learn", PopupPress::OpenOwnPage { path: reference_page(explanation.cause) }),
    ];
    let offers = Offers::ranked(Vec::new(), over);
    Banner { explanation, running: None, body: Vec::new(), offers, last: None, messages }
}

pub(super) fn ago(ms: u64, messages: &dyn Messages) -> String {
    match ms / 60_000 {
        0 => messages.get("popup_when_just_now", &[]),
        minutes @ 1..60 => messages.get("popup_when_minutes", &[&minutes.to_string()]),
        minutes => messages.get("popup_when_hours", &[&(minutes / 60).to_string()]),
    }
}
