//! The popup: what failed last, in this tab and elsewhere, each with its full diagnosis and a way on.

pub use super::pressed::PopupPress;
use super::{Element, Node, View, button, diagnosis, el, page};
use unstuck_diagnose::{Explanation, Messages, explain};
use unstuck_engine::{
    Incident, PagePress, Phase, Press, Reason, State, Trouble, reference_page, report_page,
};

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
    let head = el("summary").children(diagnosis::summary(&explanation)).child(when);
    let learn = PopupPress::OpenOwnPage { path: reference_page(explanation.cause) };
    let body = el("details")
        .class("incident")
        .with_if(unfolded, "open", "")
        .child(head)
        .child(diagnosis::steps(&explanation, messages))
        .child(actions(state, incident, &explanation, messages))
        .child(diagnosis::details(&explanation, Some(learn.into()), messages));
    diagnosis::frame("article", &explanation)
        .with_if(incident.settled, "data-settled", "")
        .child(body)
        .into()
}

fn actions(
    state: &State,
    incident: &Incident,
    explanation: &Explanation,
    messages: &dyn Messages,
) -> Node {
    let mut row = el("div").class("actions");
    let card = |then| PopupPress::Card { frame: incident.frame.clone(), then };
    let call = state
        .card(&incident.frame)
        .and_then(|card| card.call.as_ref())
        .filter(|call| call.id == incident.attempt_id.call);
    if let Some(call) = call.filter(|call| !call.phase.in_flight() && call.phase != Phase::Done) {
        let waits_for_server =
            matches!(call.phase, Phase::Waiting { reason: Reason::Server | Reason::Turn, .. });
        let retry = button(messages.get("banner_retry_now", &[]), "primary", card(Press::Retry));
        row = row.child(retry.with_if(waits_for_server, "disabled", ""));
        if call.phase.is_live() {
            let cancel = messages.get("banner_cancel", &[]);
            row = row.child(button(cancel, "plain", card(Press::Cancel)));
        }
        let links =
            explanation.actions.iter().enumerate().filter(|(_, action)| action.url.is_some());
        row = row.children(links.map(|(action, labelled)| {
            button(labelled.label.clone(), "quiet", card(Press::Open { action }))
        }));
    }
    let story = state.page(&incident.frame);
    if story.is_some_and(|story| story.number == incident.attempt_id.call) {
        let on_page = |press| card(page::on_page(press));
        let reload = messages.get("page_reload", &[]);
        row = row.child(button(reload, "primary", on_page(PagePress::Reload)));
        let links = page::links(explanation).into_iter();
        row = row.children(links.map(|(label, press)| button(label, "quiet", on_page(press))));
    }
    let call = incident.attempt_id.call;
    let troubleshooter =
        button(messages.get("step_open", &[]), "quiet", PopupPress::Troubleshooter { call });
    let report = PopupPress::CopyReport { call };
    let see = PopupPress::OpenOwnPage { path: report_page(call) };
    row.child(troubleshooter)
        .child(button(messages.get("action_copy_report", &[]), "quiet", report))
        .child(button(messages.get("action_see_report", &[]), "quiet", see))
        .into()
}

pub(super) fn ago(ms: u64, messages: &dyn Messages) -> String {
    match ms / 60_000 {
        0 => messages.get("popup_when_just_now", &[]),
        minutes @ 1..60 => messages.get("popup_when_minutes", &[&minutes.to_string()]),
        minutes => messages.get("popup_when_hours", &[&(minutes / 60).to_string()]),
    }
}
