//! The charts of a source, drawn by its style sheet from numbers, and the same in words and in a table.

use super::{Element, Node, el};
use crate::history::{Course, History, answered};
use unstuck_diagnose::{Cause, Messages, workspace::clock_in_words};
use unstuck_health::{Part, Sketch, Span, Times};

/// So many causes have a colour of their own.
const COLOURS: usize = 3;

/// The full height of a chart.
const FULL: u64 = 1_000;

/// What was answered, and what failed and why: a stack for each hour or day.
pub(super) fn answers(
    history: &History<'_>,
    course: &Course<'_>,
    messages: &dyn Messages,
) -> Element {
    let most = course.parts.iter().map(|part| shown(history, part)).max().unwrap_or(0).max(1);
    let stacks = course.parts.iter().map(|part| {
        let series = series(history, part).into_iter().filter(|(_, count)| *count > 0);
        let bars = series.map(|(name, count)| {
            el("i")
                .with("data-series", name)
                .with("data-level", share(u64::from(count), u64::from(most)))
        });
        el("div").class("stack").children(bars)
    });
    let counts = [course.sum.asks, history.failed(&course.sum)].map(|count| count.to_string());
    let told = messages.get("history_requests", &[&counts[0], &counts[1]]);
    let heading = el("h3").child(messages.get("history_chart", &[]));
    el("div")
        .class("chart")
        .child(heading)
        .child(el("p").child(told.clone()))
        .child(plot(&most.to_string(), stacks.collect(), &told))
        .child(axis(history, &course.parts, messages))
        .child(legend(history, course, messages))
}

/// How long the first words of half and of nearly all answers took: a bar from one to the other for each hour or day.
pub(super) fn first_words(
    history: &History<'_>,
    course: &Course<'_>,
    messages: &dyn Messages,
) -> Element {
    let chart =
        el("div").class("chart").child(el("h3").child(messages.get("history_first_word", &[])));
    let mut all = Sketch::default();
    course.parts.iter().for_each(|part| all.merge(&part.times.first_chunk));
    let Some([half, nearly]) = quantiles(&all) else {
        return chart.child(el("p").child(messages.get("history_no_times", &[])));
    };
    let ranges: Vec<_> =
        course.parts.iter().map(|part| quantiles(&part.times.first_chunk)).collect();
    let most = ranges.iter().flatten().map(|[_, nearly]| *nearly).max().unwrap_or(0).max(1);
    let bars = ranges.into_iter().map(|range| {
        let bar = range.map(|[half, nearly]| {
            el("i").with("data-from", share(half, most)).with("data-level", share(nearly, most))
        });
        el("div").class("range").children(bar)
    });
    let seconds = |ms| seconds(ms, messages);
    let told = ["history_half", "history_most"].map(|key| {
        messages.get(key, &[&seconds(if key == "history_half" { half } else { nearly })])
    });
    let told = told.join(" · ");
    chart
        .child(el("p").child(told.clone()))
        .child(plot(&seconds(most), bars.collect(), &told))
        .child(axis(history, &course.parts, messages))
}

/// All numbers of both charts, for the parts in which something was asked.
pub(super) fn table(
    history: &History<'_>,
    course: &Course<'_>,
    messages: &dyn Messages,
) -> Element {
    let get = |key: &str| messages.get(key, &[]);
    let columns = [
        get("past_asked"),
        get("history_answered"),
        get("past_failed"),
        get("history_why"),
        get("history_half_within"),
        get("history_most_within"),
    ];
    let heading = |label: String| Node::from(el("th").with("scope", "col").child(label));
    let head = [get("history_from")].into_iter().chain(columns.clone()).map(heading);
    let rows = course.parts.iter().filter(|part| part.counts.asks > 0).map(|part| {
        let counts = &part.counts;
        let why = history
            .failures(counts)
            .map(|(cause, times)| [&name(*cause, messages), " ", &*times.to_string()].concat());
        let why = messages.list(&why.collect::<Vec<_>>());
        let times = quantiles(&part.times.first_chunk);
        let [half, nearly] = times
            .map_or([const { String::new() }; 2], |times| times.map(|ms| seconds(ms, messages)));
        let asks = counts.asks.to_string();
        let numbers = [asks, answered(counts).to_string(), history.failed(counts).to_string()];
        let cells = numbers.into_iter().chain([why, half, nearly]);
        let cells = cells.zip(columns.clone()).map(|(cell, column)| {
            el("td").with("data-name", column).child(if cell.is_empty() {
                "–".into()
            } else {
                cell
            })
        });
        el("tr").child(moment(history, part, "th", messages).with("scope", "row")).children(cells)
    });
    let table = el("table").child(el("tr").children(head)).children(rows);
    let summary = el("summary").child(get("history_table"));
    el("details").class("numbers").child(summary).child(table)
}

fn plot(most: &str, columns: Vec<Element>, told: &str) -> Element {
    let top = el("span").class("top").with("aria-hidden", "true").child(most);
    let plot =
        el("div").class("plot").with("role", "img").with("aria-label", told).children(columns);
    el("div").class("drawn").child(top).child(plot)
}

fn axis(history: &History<'_>, parts: &[Part], messages: &dyn Messages) -> Element {
    let first = parts.first().map(|part| moment(history, part, "span", messages));
    let now = el("span").child(messages.get("history_now", &[]));
    el("div").class("axis").with("aria-hidden", "true").children(first).child(now)
}

/// When a part began: an hour by the person's clock, a day by its date in UTC.
fn moment(
    history: &History<'_>,
    part: &Part,
    tag: &'static str,
    messages: &dyn Messages,
) -> Element {
    if history.filter.span == Span::Day {
        return el(tag).child(clock_in_words(part.since_ms, messages));
    }
    el(tag).with("data-day", part.since_ms.to_string())
}

fn legend(history: &History<'_>, course: &Course<'_>, messages: &dyn Messages) -> Element {
    let sum = Part { since_ms: 0, counts: course.sum.clone(), times: Times::default() };
    let mut causes = history.counted();
    let entries = series(history, &sum).into_iter().filter_map(|(id, count)| {
        let label = match id {
            "0" => messages.get("history_answered", &[]),
            "4" => messages.get("history_others", &[]),
            _ => causes.next().map(|cause| name(cause, messages))?,
        };
        let mark = el("i").with("data-series", id).with("aria-hidden", "true");
        (count > 0).then(|| el("li").child(mark).child([&label, " ", &*count.to_string()].concat()))
    });
    el("ul").class("legend").children(entries.collect::<Vec<_>>())
}

/// Answers, the most frequent causes on the page, and the other causes.
fn series(history: &History<'_>, part: &Part) -> [(&'static str, u32); COLOURS + 2] {
    let mut series = [("0", answered(&part.counts)), ("1", 0), ("2", 0), ("3", 0), ("4", 0)];
    for (cause, times) in history.failures(&part.counts) {
        let rank = history.counted().position(|known| known == *cause).unwrap_or(COLOURS);
        series[rank.min(COLOURS) + 1].1 += times;
    }
    series
}

fn shown(history: &History<'_>, part: &Part) -> u32 {
    answered(&part.counts) + history.failed(&part.counts)
}

fn name(cause: Cause, messages: &dyn Messages) -> String {
    messages.get(&[cause.id(), "_name"].concat(), &[])
}

/// The durations that half and 95 % of the answers did not exceed, in milliseconds.
fn quantiles(times: &Sketch) -> Option<[u64; 2]> {
    let at = |share| Some((times.quantile(share)? * 1_000.0 + 0.5) as u64);
    Some([at(0.5)?, at(0.95)?])
}

fn share(part: u64, whole: u64) -> String {
    (part * FULL / whole.max(1)).to_string()
}

/// Milliseconds as seconds, in tenths below ten. By whole numbers: printing others would weigh 25 KB.
fn seconds(ms: u64, messages: &dyn Messages) -> String {
    let tenths = (ms + 50) / 100;
    let seconds =
        if tenths < 100 { messages.tenths(tenths) } else { ((ms + 500) / 1_000).to_string() };
    messages.get("history_seconds", &[&seconds])
}
