//! What the page of health shows and says.

use super::*;
use crate::{
    history::tests::{call, fields, state},
    view::{
        Node,
        tests::{all, attribute, text},
    },
};
use unstuck_diagnose::Cause;

const NOON: u64 = 1_700_000_000_000;

fn shown(state: &State, typed: &[(&str, &str)], pressed: Option<&HistoryPress>) -> Node {
    view(state, &fields(typed), pressed, NOON, &crate::english()).root.unwrap()
}

fn of_class<'a>(root: &'a Node, class: &'static str) -> Vec<&'a Element> {
    all(root, &|element| element.class == class)
}

#[test]
fn nothing_asked_says_so() {
    let root = shown(&State::default(), &[], None);
    assert!(text(&root).contains("No requests yet."), "{}", text(&root));
    assert!(all(&root, &|element| element.tag == "select").is_empty());
}

#[test]
fn filters_that_leave_nothing_say_so() {
    let mut state = state();
    let _ = state.health.forget(NOON, "b");
    let root = shown(&state, &[("source", "b")], None);
    assert!(text(&root).contains("Nothing matches."), "{}", text(&root));
    assert_eq!(all(&root, &|element| element.tag == "select").len(), 3);
}

#[test]
fn a_chart_for_each_source() {
    let root = shown(&state(), &[], None);
    let stacks = of_class(&root, "stack");
    assert_eq!(stacks.len(), 2 * 24);
    let series = |element: &Element| -> Vec<(String, String)> {
        let bars = element.children.iter().filter_map(|child| match child {
            Node::Element(bar) => Some(bar),
            Node::Text(_) => None,
        });
        let of = |bar: &Element, name| attribute(bar, name).unwrap().to_owned();
        bars.map(|bar| (of(bar, "data-series"), of(bar, "data-level"))).collect()
    };
    assert_eq!(series(stacks[22]), [("1".to_owned(), "1000".to_owned())]);
    assert_eq!(series(stacks[23]), [("0".to_owned(), "1000".to_owned())]);
    assert_eq!(series(stacks[0]), []);
    let told = text(&root);
    for part in [
        "Requests: 3, failed: 1.",
        "Answered 2",
        "No answer in time 1",
        "Half within 0.8 s · 95 % within 0.8 s",
        "None in this time.",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

/// Each chart has its numbers in words and in a table.
#[test]
fn charts_are_told_and_tabled() {
    let root = shown(&state(), &[("span", "week")], None);
    for plot in of_class(&root, "plot") {
        assert!(attribute(plot, "aria-label").is_some_and(|told| !told.is_empty()));
        assert_eq!(attribute(plot, "role"), Some("img"));
    }
    let rows = all(&root, &|element| element.tag == "tr");
    // Two heads, three days of a, one of b.
    assert!(rows.len() >= 5, "{}", rows.len());
    assert!(text(&root).contains("Days begin at midnight UTC."));
}

#[test]
fn past_outages_offer_a_post_mortem() {
    let state = state();
    let root = shown(&state, &[("span", "week")], None);
    let copies = all(&root, &|element| {
        element.tag == "button" && text(&element.clone().into()) == "Copy post-mortem"
    });
    assert_eq!(copies.len(), 1);
    let Some(crate::view::Pressed::History(press)) = &copies[0].press else { panic!() };
    let done = view(&state, &fields(&[("span", "week")]), Some(press), NOON, &crate::english());
    assert_eq!(done.announcement, "Copied");
    assert!(text(&done.root.unwrap()).contains("Copied"));
}

#[test]
fn a_running_outage_stands_first() {
    let mut state = state();
    for minute in 1..=3 {
        let _ = state.health.call(NOON + minute * 60_000, &call("a", Some(Cause::ServerError)));
    }
    let _ = state.health.status_words(NOON, "a", "Elevated errors");
    let root = shown(&state, &[], None);
    let cards = of_class(&root, "outage");
    assert_eq!(cards.len(), 1);
    let told = text(&cards[0].clone().into());
    for part in [
        "a does not answer",
        "Began on 2023-11-14 22:14 UTC.",
        "Asks that failed: 3 of 3",
        "The provider says: Elevated errors",
        "What Unstuck did: Asked again: 3; Waited 1 second",
        "Put another AI first until this one is back.",
        "Open status page",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(all(&cards[0].clone().into(), &|element| element.tag == "button").len() <= 2);
    state.settings.sources.truncate(1);
    assert!(text(&shown(&state, &[], None)).contains("Wait, or add a second AI."));
}

#[test]
fn own_trouble_is_told_as_such() {
    let mut state = state();
    let _ = state.health.offline(NOON);
    let root = shown(&state, &[], None);
    let told = text(&of_class(&root, "outage")[0].clone().into());
    assert!(told.contains("Your own network seems to be down"), "{told}");
    assert!(told.contains("Check your Wi-Fi, cable or VPN."), "{told}");
}
