//! The page that shows how the sources have been doing: outages that last, charts, tables, and outages that are over.

use super::{Element, View, button, chart, el, health, outage};
use crate::{
    history::{Course, Filter, History, HistoryPress, SPANS, id},
    options::Fields,
};
use unstuck_diagnose::{Messages, workspace::clock_in_words};
use unstuck_engine::State;
use unstuck_health::{Incident, Span, channel::message::Step, post_mortem::title};

/// What the page shows of what its fields have chosen, after this press, if there was one.
#[must_use]
pub fn view(
    state: &State,
    fields: &Fields,
    pressed: Option<&HistoryPress>,
    now_ms: u64,
    messages: &dyn Messages,
) -> View {
    let get = |key: &str| messages.get(key, &[]);
    let head = el("header")
        .child(el("h1").child(get("history_title")))
        .child(el("p").class("hint").child(get("history_hint")));
    let root = el("main").class("history").child(head).children(outage::cards(state, messages));
    let history = History::of(state, now_ms, Filter::of(fields));
    let is_new = state
        .settings
        .sources
        .iter()
        .all(|source| state.health.windows().counts(now_ms, &source.id, Span::Month).asks == 0);
    let root = if is_new && history.incidents.is_empty() {
        root.child(el("p").class("empty").child(get("history_none")))
    } else {
        let courses: Vec<_> =
            history.courses.iter().map(|c| course(state, &history, c, messages)).collect();
        let none =
            courses.is_empty().then(|| el("p").class("empty").child(get("history_no_match")));
        let days = history.filter.span != Span::Day && !courses.is_empty();
        let utc = days.then(|| el("p").class("hint").child(get("history_utc")));
        root.child(filters(state, &history, messages))
            .children(utc)
            .children(courses)
            .children(none)
            .child(outages(state, &history, pressed, messages))
    };
    let copied = matches!(pressed, Some(HistoryPress::CopyPostMortem { .. }));
    let told = if copied { get("history_copied") } else { String::new() };
    View::new(Some(root.into()), messages).looking(&state.settings).announcing(told, false)
}

fn filters(state: &State, history: &History<'_>, messages: &dyn Messages) -> Element {
    let get = |key: &str| messages.get(key, &[]);
    let filter = &history.filter;
    let option = |(value, label): (&str, String)| el("option").with("value", value).child(label);
    let select = |name: &'static str, chosen: &str, options: Vec<(&str, String)>| {
        let select = el("select")
            .with("name", name)
            .with("data-value", chosen)
            .press(HistoryPress::Filter)
            .children(options.into_iter().map(option));
        let label = get(&["history_", name].concat());
        el("label").child(el("span").child(label)).child(select)
    };
    let sources = state.settings.sources.iter().map(|source| (&*source.id, source.name.clone()));
    let sources = [("", get("history_source_all"))].into_iter().chain(sources).collect();
    let spans = SPANS.map(|span| (id(span), get(&["history_span_", id(span)].concat()))).into();
    // What was chosen stays there to be chosen, even where nothing has it any more.
    let seen = history.causes.iter().map(|(cause, _)| *cause);
    let gone = filter.cause.filter(|cause| !history.causes.iter().any(|(known, _)| known == cause));
    let causes = seen.chain(gone).map(|cause| (cause.id(), get(&[cause.id(), "_name"].concat())));
    let causes = [("", get("history_cause_all"))].into_iter().chain(causes).collect();
    let save = el("div")
        .class("actions")
        .child(button(get("history_csv"), "plain", HistoryPress::SaveCsv))
        .child(button(get("history_json"), "plain", HistoryPress::SaveJson));
    el("div")
        .class("filters")
        .child(select("source", &filter.source, sources))
        .child(select("span", id(filter.span), spans))
        .child(select("cause", filter.cause.map_or("", |cause| cause.id()), causes))
        .child(save)
}

fn course(
    state: &State,
    history: &History<'_>,
    course: &Course<'_>,
    messages: &dyn Messages,
) -> Element {
    let line = health::line_of(state, course.source, history.now_ms, messages);
    el("article")
        .with("data-key", course.source.id.clone())
        .child(Element { tag: "h2", ..line })
        .child(chart::answers(history, course, messages))
        .child(chart::first_words(history, course, messages))
        .child(chart::table(history, course, messages))
}

fn outages(
    state: &State,
    history: &History<'_>,
    pressed: Option<&HistoryPress>,
    messages: &dyn Messages,
) -> Element {
    let section =
        el("section").class("outages").child(el("h2").child(messages.get("history_outages", &[])));
    if history.incidents.is_empty() {
        return section.child(el("p").class("hint").child(messages.get("history_no_outages", &[])));
    }
    let over = |incident: &&Incident| over(state, incident, pressed, messages);
    section.children(history.incidents.iter().map(over))
}

/// An outage that is over.
fn over(
    state: &State,
    incident: &Incident,
    pressed: Option<&HistoryPress>,
    messages: &dyn Messages,
) -> Element {
    let press =
        HistoryPress::CopyPostMortem { key: incident.key.clone(), started_ms: incident.started_ms };
    let label = if pressed == Some(&press) { "history_copied" } else { "history_copy" };
    let what = title(Step::WasDown, incident, messages);
    let named = [&messages.get(label, &[]), ": ", &*what].concat();
    let at = |ms: u64| clock_in_words(ms, messages);
    let ended_ms = incident.ended_ms.unwrap_or(incident.started_ms);
    let when = [&*at(incident.started_ms), " – ", &*at(ended_ms)].concat();
    let when = el("p").class("quiet").child(when);
    let told = state.health.past().told_of(incident);
    let told = told.map(|told| state.settings.channel_called(&told.channel).to_owned());
    let told: Vec<_> = told.collect();
    let whom = (!told.is_empty()).then(|| {
        let name = messages.get("post_mortem_whom", &[]);
        el("p").child([&name, ": ", &*messages.list(&told)].concat())
    });
    let copy = button(messages.get(label, &[]), "plain", press).with("aria-label", named);
    el("article")
        .with("data-key", [&*incident.key, ":", &incident.started_ms.to_string()].concat())
        .child(el("h3").child(what))
        .child(when)
        .children(outage::facts(incident, messages))
        .children(whom)
        .child(el("div").class("actions").child(copy))
}

#[cfg(test)]
mod tests;
