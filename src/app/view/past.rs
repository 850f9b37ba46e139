//! How one source has been doing for a month: what the popup unfolds of its line.

use super::{Element, Node, button, el, pressed::PopupPress};
use crate::history::HISTORY_PAGE;
use unstuck_diagnose::{
    Messages,
    workspace::{clock_in_words, percent_encoded, wait_in_words},
};
use unstuck_engine::{Source, State};
use unstuck_health::{Counts, Kind, Span, Standing};

const HOUR_MS: u64 = 3_600_000;

/// The highest bar of the sparkline.
const HIGHEST: u32 = 7;

/// Nothing where nothing was asked.
pub(super) fn of(
    state: &State,
    source: &Source,
    now_ms: u64,
    messages: &dyn Messages,
) -> Option<Element> {
    let windows = state.health.windows();
    let id = source.id.as_str();
    if windows.counts(now_ms, id, Span::Month).asks == 0 {
        return None;
    }
    let hours = windows.by_hour(now_ms, id);
    let day = windows.counts(now_ms, id, Span::Day);
    let [asks, failed] = [day.asks, day.failed()].map(|count| count.to_string());
    let told = messages.get("past_day", &[&asks, &failed]);
    let shares = [Span::Day, Span::Week, Span::Month].map(|span| {
        let share = windows.uptime(now_ms, id, span);
        // Rounded down: all is said only of all.
        share.map_or_else(|| "–".to_owned(), |share| format!("{} %", (share * 100.0) as u32))
    });
    let shares = messages.get("past_available", &[&shares[0], &shares[1], &shares[2]]);
    let first = windows.times(now_ms, id, Span::Week).first_chunk.quantile(0.5);
    let first = first.map(|seconds| {
        let time = wait_in_words((seconds * 1_000.0) as u64, messages);
        messages.get("past_first_word", &[&time])
    });
    let line = |text: String| el("p").child(text);
    let path = [HISTORY_PAGE, "?source=", &percent_encoded(id)].concat();
    let charts = PopupPress::OpenOwnPage { path };
    let charts = button(messages.get("history_open", &[]), "small", charts);
    Some(
        el("div")
            .class("past")
            .children(whose(state, source, now_ms, messages).map(line))
            .child(sparkline(&hours, &told))
            .child(line(told))
            .child(line(shares))
            .children(scarce(state, id, now_ms, messages).map(line))
            .children(first.map(line))
            .child(table(&hours, now_ms, messages))
            .child(el("div").class("actions").child(charts)),
    )
}

/// What is left of what the service allows, when that is little.
fn scarce(state: &State, source: &str, now_ms: u64, messages: &dyn Messages) -> Option<String> {
    let percent = state.health.windows().allowance(source)?.scarce_percent(now_ms)?;
    Some(messages.get("past_scarce", &[&[&percent.to_string(), " %"].concat()]))
}

/// Whether the trouble is the service's or the person's own network, in one sentence.
fn whose(state: &State, source: &Source, now_ms: u64, messages: &dyn Messages) -> Option<String> {
    if state.health.open().iter().any(|incident| incident.kind == Kind::Local) {
        return Some(messages.get("past_ours", &[]));
    }
    let fails = matches!(
        state.health.standing(now_ms, &source.id),
        Standing::Failing | Standing::Unstable | Standing::Slow
    );
    fails.then(|| messages.get("past_theirs", &[]))
}

/// A bar for each of the last 24 hours, the running one last.
fn sparkline(hours: &[Counts; 24], told: &str) -> Element {
    let most = hours.iter().map(|hour| hour.asks).max().unwrap_or_default().max(1);
    let bars = hours.iter().map(|hour| {
        let level = (hour.asks.saturating_mul(HIGHEST)).div_ceil(most);
        el("i").with("data-level", level.to_string()).with_if(
            hour.held_against() > 0,
            "data-failed",
            "",
        )
    });
    el("div").class("sparkline").with("role", "img").with("aria-label", told).children(bars)
}

/// The same in numbers, for the hours in which something was asked.
fn table(hours: &[Counts; 24], now_ms: u64, messages: &dyn Messages) -> Element {
    let heading = |key| Node::from(el("th").with("scope", "col").child(messages.get(key, &[])));
    let first_ms = (now_ms / HOUR_MS).saturating_sub(23) * HOUR_MS;
    let rows = hours.iter().zip(0..).filter(|(hour, _)| hour.asks > 0).map(|(hour, at)| {
        let since = first_ms + at * HOUR_MS;
        el("tr")
            .child(el("th").with("scope", "row").child(clock_in_words(since, messages)))
            .child(el("td").child(hour.asks.to_string()))
            .child(el("td").child(hour.failed().to_string()))
    });
    let columns = ["past_hour", "past_asked", "past_failed"].map(heading);
    let table = el("table").child(el("tr").children(columns)).children(rows);
    el("details").child(el("summary").child(messages.get("past_table", &[]))).child(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::{all, attribute, text};
    use unstuck_diagnose::Cause;
    use unstuck_health::{Allowance, Call, Waits};

    const NOON: u64 = 1_700_000_000_000;

    fn call(failure: Option<Cause>) -> Call<'static> {
        Call {
            source: "a",
            name: "a",
            provider: None,
            host: "",
            model: "m",
            failure,
            tries: 1,
            retries: 0,
            waits: Waits::default(),
            answered_by: None,
            first_chunk_s: Some(0.8),
            duration_s: 2.0,
        }
    }

    fn shown(failures: &[Option<Cause>]) -> Option<Node> {
        let mut state = State::default();
        for (&failure, at) in failures.iter().zip(0..) {
            let _ = state.health.call(NOON + at * 60_000, &call(failure));
        }
        let source = Source { id: "a".into(), name: "a".into(), ..Source::default() };
        of(&state, &source, NOON + 600_000, &crate::english()).map(Node::from)
    }

    #[test]
    fn nothing_asked_shows_nothing() {
        assert!(shown(&[]).is_none());
    }

    #[test]
    fn a_day_in_words_and_bars() {
        let down = Some(Cause::ServerError);
        let root = shown(&[None, None, down, None]).unwrap();
        let told = text(&root);
        assert!(told.contains("Requests in 24 hours: 4, failed: 1."), "{told}");
        assert!(
            told.contains("Availability: 75 % today, 75 % this week, 75 % this month."),
            "{told}"
        );
        assert!(told.contains("First words usually within 1 second."), "{told}");
        let bars = all(&root, &|element| element.tag == "i");
        assert_eq!(bars.len(), 24);
        assert_eq!(attribute(bars[23], "data-level"), Some("7"));
        assert!(attribute(bars[23], "data-failed").is_some());
        assert_eq!(attribute(bars[0], "data-level"), Some("0"));
    }

    #[test]
    fn scarce_limits_are_told() {
        let mut state = State::default();
        let _ = state.health.call(NOON, &call(None));
        let source = Source { id: "a".into(), name: "a".into(), ..Source::default() };
        for (remaining, told) in [(4, true), (10, false)] {
            let (full_at_ms, told_at_ms) = (Some(NOON + 60_000), NOON);
            let allowance = Allowance { remaining, limit: 100, full_at_ms, told_at_ms };
            state.health.allow(NOON, "a", allowance);
            let shown = text(&of(&state, &source, NOON, &crate::english()).unwrap().into());
            assert_eq!(shown.contains("Left of its limit: 4 %."), told, "{shown}");
        }
    }

    #[test]
    fn an_outage_is_theirs() {
        let down = Some(Cause::ServerError);
        let root = shown(&[None, down, down, down]).unwrap();
        assert!(text(&root).contains("Your network works"), "{}", text(&root));
    }
}
