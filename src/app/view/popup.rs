//! The popup: what failed last with a way on, the failures before it folded, and how each source is doing. It fits without a
//! scrollbar.

pub use super::pressed::PopupPress;
use super::{
    Element, Node, View,
    banner::{Banner, Offers},
    button, card, el, health, page,
};
use unstuck_diagnose::{Explanation, Messages, explain};
use unstuck_engine::{Incident, PagePress, Press, State, Trouble, reference_page, report_page};

/// So many sources are shown at first sight where nothing failed.
const SOURCES_ALONE: usize = 10;

/// So many beside a failure.
const SOURCES_BESIDE: usize = 3;

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
    let failures = if here.is_empty() { elsewhere } else { [here, elsewhere].concat() };
    root = match failures.split_first() {
        Some((newest, others)) => {
            root.child(failed(state, newest, others, (tab, now_ms), messages))
        }
        None if state.settings.sources.is_empty() => root.child(unset(messages)),
        None => root.child(el("p").class("empty").child(messages.get("popup_none", &[]))),
    };
    let room = if failures.is_empty() { SOURCES_ALONE } else { SOURCES_BESIDE };
    root = root.children(sources(health::lines(state, now_ms, messages), room, messages));
    View::new(Some(root.into()), messages).looking(&state.settings)
}

/// The newest failure in full, and the others folded: those of this tab first.
fn failed(
    state: &State,
    newest: &Incident,
    others: &[&Incident],
    (tab, now_ms): (i32, u64),
    messages: &dyn Messages,
) -> Element {
    let place = |incident: &Incident| {
        if incident.frame.tab == tab { "popup_this_tab" } else { "popup_elsewhere" }
    };
    let entry = |incident, unfolded| entry(state, incident, unfolded, now_ms, messages);
    let heading = |key| el("h2").class("group").child(messages.get(key, &[]));
    let clear = button(messages.get("popup_clear", &[]), "small", PopupPress::Clear);
    let section = el("section")
        .class("failures")
        .child(heading(place(newest)))
        .child(clear)
        .child(entry(newest, true));
    if others.is_empty() {
        return section;
    }
    let mut before = place(newest);
    let mut more = folded("popup_more_failures", others.len(), messages);
    for incident in others {
        let here = place(incident);
        more = more.children((here != before).then(|| heading(here))).child(entry(incident, false));
        before = here;
    }
    section.child(more)
}

/// How the sources are doing: so many at first sight, the others folded.
fn sources(mut lines: Vec<Element>, room: usize, messages: &dyn Messages) -> Option<Element> {
    if lines.is_empty() {
        return None;
    }
    // A fold for one line would take as much room as the line.
    let shown = if lines.len() <= room + 1 { lines.len() } else { room };
    let rest = lines.split_off(shown);
    let list = |lines: Vec<Element>| el("ul").children(lines);
    let more = (!rest.is_empty())
        .then(|| folded("popup_more_sources", rest.len(), messages).child(list(rest)));
    let heading = el("h2").class("group").child(messages.get("popup_sources", &[]));
    Some(el("section").class("sources").child(heading).child(list(lines)).children(more))
}

/// What is folded under how many there are.
fn folded(key: &str, count: usize, messages: &dyn Messages) -> Element {
    let label = messages.count(key, count as u64);
    el("details").class("rest").child(el("summary").child(label))
}

/// Nothing can be asked yet.
fn unset(messages: &dyn Messages) -> Element {
    let choose = button(messages.get("popup_choose", &[]), "primary", PopupPress::Options);
    el("div").class("empty").child(el("p").child(messages.get("popup_unset", &[]))).child(choose)
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
    let when = ago(now_ms.saturating_sub(incident.at_ms), messages);
    let when = el("small").class("quiet").child(when);
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
    Banner {
        explanation,
        changed: None,
        running: None,
        body: Vec::new(),
        offers,
        last: Vec::new(),
        messages,
    }
}

pub(super) fn ago(ms: u64, messages: &dyn Messages) -> String {
    match ms / 60_000 {
        0 => messages.get("popup_when_just_now", &[]),
        minutes @ 1..60 => messages.get("popup_when_minutes", &[&minutes.to_string()]),
        minutes => messages.get("popup_when_hours", &[&(minutes / 60).to_string()]),
    }
}
