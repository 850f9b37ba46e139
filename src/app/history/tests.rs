//! What is filtered and what is saved is what was asked.

use super::*;
use crate::options::Fields;
use serde_json::Value;
use unstuck_diagnose::Cause;
use unstuck_engine::{Settings, Source};
use unstuck_health::{Call, Waits};

const NOON: u64 = 1_700_000_000_000;
const HOUR: u64 = 3_600_000;

pub(crate) fn call(source: &'static str, failure: Option<Cause>) -> Call<'static> {
    Call {
        source,
        name: source,
        provider: None,
        host: "",
        model: "m",
        failure,
        tries: 2,
        retries: 1,
        waits: Waits { asked_ms: 250, ..Waits::default() },
        answered_by: None,
        first_chunk_s: failure.is_none().then_some(0.8),
        duration_s: 2.0,
    }
}

/// The sources a and b. Yesterday a had an outage of four hours; today one of its three asks failed, and b answered.
pub(crate) fn state() -> State {
    let source = |id: &str| Source {
        id: id.into(),
        name: id.to_uppercase(),
        base_url: "https://api.openai.com/v1".into(),
        ..Source::default()
    };
    let settings = Settings { sources: ["a", "b"].map(source).into(), ..Settings::default() };
    let mut state = State { settings, ..State::default() };
    let yesterday = NOON - 30 * HOUR;
    let calls = [0, 1, 2].map(|n| (yesterday + n * 60_000, "a", Some(Cause::ServerError)));
    let end = [4, 5].map(|n| (yesterday + n * HOUR, "a", None));
    let today = [
        (NOON - 2 * HOUR, "a", None),
        (NOON - HOUR, "b", None),
        (NOON - HOUR, "a", Some(Cause::Timeout)),
        (NOON, "a", None),
    ];
    for (at_ms, source, failure) in calls.into_iter().chain(end).chain(today) {
        let _ = state.health.call(at_ms, &call(source, failure));
    }
    state
}

pub(crate) fn fields(typed: &[(&str, &str)]) -> Fields {
    let typed = typed.iter().map(|&(name, value)| (name.into(), value.into()));
    Fields { typed: typed.collect(), granted: false }
}

fn history<'a>(state: &'a State, typed: &[(&str, &str)]) -> History<'a> {
    History::of(state, NOON, Filter::of(&fields(typed)))
}

fn sums(history: &History<'_>) -> Vec<(u32, u32)> {
    history.courses.iter().map(|course| (course.sum.asks, history.failed(&course.sum))).collect()
}

#[test]
fn filters_narrow_what_is_shown() {
    let state = state();
    assert_eq!(sums(&history(&state, &[])), [(3, 1), (1, 0)]);
    assert_eq!(sums(&history(&state, &[("span", "week")])), [(8, 4), (1, 0)]);
    let server_error = [("span", "month"), ("cause", "server_error"), ("source", "a")];
    assert_eq!(sums(&history(&state, &server_error)), [(8, 3)]);
    assert_eq!(sums(&history(&state, &[("span", "nonsense"), ("cause", "x")])), [(3, 1), (1, 0)]);
    let incidents = |typed: &[(&str, &str)]| history(&state, typed).incidents.len();
    assert_eq!(incidents(&[("span", "week")]), 1);
    assert_eq!(incidents(&[("span", "week"), ("source", "b")]), 0);
    assert_eq!(incidents(&[("span", "week"), ("cause", "timeout")]), 0);
}

fn saved(state: &State, press: &HistoryPress, typed: &[(&str, &str)]) -> (String, String) {
    let filter = Filter::of(&fields(typed));
    match super::press(state, NOON, press, filter, &crate::english()).remove(0) {
        HistoryEffect::Save { name, text, .. } => (name, text),
        other => panic!("{other:?}"),
    }
}

#[test]
fn csv_has_a_line_each_hour() {
    let (name, text) = saved(&state(), &HistoryPress::SaveCsv, &[]);
    assert_eq!(name, "unstuck-health-day-2023-11-14.csv");
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(
        lines[..3],
        [
            "ai,from,seconds,requests,answered,failed,failed_timeout,tries,retries,answered_elsewhere,first_word_p50_ms,first_word_p95_ms",
            "A,2023-11-14T20:00:00.000Z,3600,1,1,0,0,2,1,0,800,800",
            "A,2023-11-14T21:00:00.000Z,3600,1,0,1,1,2,1,0,,",
        ]
    );
    assert_eq!(lines.len(), 6);
    let (_, filtered) =
        saved(&state(), &HistoryPress::SaveCsv, &[("source", "b"), ("cause", "timeout")]);
    assert_eq!(filtered.lines().count(), 2);
}

#[test]
fn json_has_calls_and_incidents() {
    let (name, text) = saved(&state(), &HistoryPress::SaveJson, &[("span", "week")]);
    assert_eq!(name, "unstuck-health-week-2023-11-14.json");
    let file: Value = serde_json::from_str(&text).unwrap();
    let sum = |name: &str| -> u64 {
        let ais = file["ais"].as_array().unwrap();
        let parts = ais.iter().flat_map(|ai| ai["parts"].as_array().unwrap());
        parts.map(|part| part[name].as_u64().unwrap()).sum()
    };
    assert_eq!(["requests", "answered", "failed", "waited_ms"].map(sum), [9, 5, 4, 9 * 250]);
    assert_eq!(file["incidents"][0]["causes"][0]["cause"], "server_error");
    assert_eq!(file["incidents"][0]["failed"], 3);
    assert!(!text.contains("api.openai.com") && !text.contains("salt"), "{text}");
}

#[test]
fn post_mortem_of_a_past_outage() {
    let state = state();
    let incident = history(&state, &[("span", "week")]).incidents[0].clone();
    let press = HistoryPress::CopyPostMortem { key: incident.key, started_ms: incident.started_ms };
    let filter = Filter::of(&fields(&[]));
    let effects = super::press(&state, NOON, &press, filter.clone(), &crate::english());
    let [HistoryEffect::Copy { text }] = &effects[..] else { panic!("{effects:?}") };
    assert!(text.contains("# Post-mortem (draft): a did not answer for"), "{text}");
    let gone = HistoryPress::CopyPostMortem { key: "x".into(), started_ms: 1 };
    assert_eq!(super::press(&state, NOON, &gone, filter, &crate::english()), []);
}

#[test]
fn status_pages_come_from_our_tables() {
    let state = state();
    let press = HistoryPress::OpenStatus { source: "a".into() };
    let effects = super::press(&state, NOON, &press, Filter::of(&fields(&[])), &crate::english());
    assert_eq!(effects, [HistoryEffect::OpenPage { url: "https://status.openai.com" }]);
}
