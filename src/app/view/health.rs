//! How each source is doing, a line for each: what the popup tells at a glance.

use super::{Element, el, past};
use unstuck_diagnose::{Fault, Messages, workspace::end_in_words};
use unstuck_engine::{Source, State};
use unstuck_health::{Incident, Span, Standing};

/// A line for each source: those that are in trouble first, then in the person's order.
pub(super) fn lines(state: &State, now_ms: u64, messages: &dyn Messages) -> Vec<Element> {
    let (mut lines, mut others) = (Vec::new(), Vec::new());
    for source in &state.settings.sources {
        let health = of(state, source, now_ms);
        let is_trouble = matches!(health, Health::Waits { .. } | Health::Fails { .. });
        let place = if is_trouble { &mut lines } else { &mut others };
        let line = line(source, &health, messages);
        place.push(match past::of(state, source, now_ms, messages) {
            None => el("li").child(line),
            Some(past) => unfolding(source, line, past),
        });
    }
    lines.append(&mut others);
    lines
}

/// The line of one source.
pub(super) fn line_of(
    state: &State,
    source: &Source,
    now_ms: u64,
    messages: &dyn Messages,
) -> Element {
    line(source, &of(state, source, now_ms), messages)
}

enum Health {
    New,
    Quiet,
    Unsteady { key: &'static str },
    Asked,
    Answers,
    Waits { until_ms: u64 },
    Fails { cause: &'static str },
}

fn of(state: &State, source: &Source, now_ms: u64) -> Health {
    let Some(limiter) = state.limiter(&source.id) else { return remembered(state, source, now_ms) };
    // What one call was refused for says nothing of the next.
    let trouble = limiter.trouble.filter(|cause| cause.fault() != Fault::Request);
    let unsteady = match state.health.standing(now_ms, &source.id) {
        Standing::Unstable => Some("health_unstable"),
        Standing::Slow => Some("health_slow"),
        Standing::Recovering => Some("health_recovers"),
        _ => None,
    };
    let fails = state.health.standing(now_ms, &source.id) == Standing::Failing;
    match (limiter.shut_until_ms(now_ms), trouble) {
        (Some(until_ms), _) => Health::Waits { until_ms },
        _ if state.in_flight(&source.id) > 0 => Health::Asked,
        (_, Some(cause)) => Health::Fails { cause: cause.id() },
        // A check saw it since.
        _ if fails => remembered(state, source, now_ms),
        _ if limiter.answered_at_ms > 0 || limiter.trouble.is_some() => {
            unsteady.map_or(Health::Answers, |key| Health::Unsteady { key })
        }
        _ => remembered(state, source, now_ms),
    }
}

/// What is known besides the calls of this browser: from before it was started, and from checks.
fn remembered(state: &State, source: &Source, now_ms: u64) -> Health {
    let last = |incident: &Incident| incident.causes.last().map(|span| span.cause.id());
    match state.health.standing(now_ms, &source.id) {
        Standing::Ok => Health::Answers,
        Standing::Recovering => Health::Unsteady { key: "health_recovers" },
        Standing::Unstable => Health::Unsteady { key: "health_unstable" },
        Standing::Slow => Health::Unsteady { key: "health_slow" },
        Standing::Failing => state
            .health
            .incident(&source.id)
            .and_then(last)
            .map_or(Health::Quiet, |cause| Health::Fails { cause }),
        Standing::Suspect => Health::Quiet,
        Standing::NoData => {
            let asked = state.health.windows().counts(now_ms, &source.id, Span::Month).asks;
            if asked > 0 { Health::Quiet } else { Health::New }
        }
    }
}

fn line(source: &Source, health: &Health, messages: &dyn Messages) -> Element {
    let told = el("span").class("told");
    let get = |key| messages.get(key, &[]);
    let (id, told) = match health {
        Health::New => ("new", told.child(get("health_new"))),
        Health::Quiet => ("new", told.child(get("health_quiet"))),
        Health::Asked => ("asked", told.child(get("health_asked"))),
        Health::Unsteady { key } => ("waits", told.child(get(key))),
        Health::Answers => ("answers", told.child(get("health_answers"))),
        Health::Waits { until_ms } => {
            let end = end_in_words(*until_ms, messages);
            ("waits", told.child(messages.get("health_waits", &[&end])))
        }
        Health::Fails { cause } => {
            let name = messages.get(&[cause, "_name"].concat(), &[]);
            ("fails", told.child(messages.get("health_fails", &[&name])))
        }
    };
    el("div")
        .class("health")
        .with("data-health", id)
        .child(el("bdi").child(source.name.clone()))
        .child(told)
}

/// A line that unfolds what its source has been doing.
fn unfolding(source: &Source, line: Element, past: Element) -> Element {
    let summary = Element { tag: "summary", ..line };
    let fold = el("details").with("data-key", source.id.clone()).child(summary).child(past);
    el("li").child(fold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::{all, attribute, text};
    use unstuck_diagnose::Cause;
    use unstuck_engine::{Limiter, Settings};

    const NOON: u64 = 1_700_000_000_000;

    /// The sources a to e, and what is known of each.
    fn state() -> State {
        let source = |id: &str| Source { id: id.into(), name: id.into(), ..Source::default() };
        let sources = ["a", "b", "c", "d", "e"].map(source).into();
        let limiter = |source: &str| Limiter { source: source.into(), ..Limiter::default() };
        let answered = Limiter { answered_at_ms: NOON, ..limiter("b") };
        let limiters = vec![
            answered.clone(),
            Limiter { closed_until_ms: NOON + 60_000, ..limiter("c") },
            Limiter { trouble: Some(Cause::QuotaExhausted), ..limiter("d") },
            Limiter { source: "e".into(), trouble: Some(Cause::ContentFiltered), ..answered },
        ];
        let settings = Settings { sources, ..Settings::default() };
        State { settings, limiters, ..State::default() }
    }

    #[test]
    fn trouble_comes_first_in_words() {
        let lines = lines(&state(), NOON, &crate::english());
        let told: Vec<_> = lines.iter().map(|line| text(&line.clone().into())).collect();
        assert_eq!(
            told,
            [
                "c Waiting until 2023-11-14 22:15 UTC",
                "d Failing: Credit used up",
                "a Not tried yet",
                "b Answering",
                "e Answering"
            ]
        );
    }

    /// After the browser was started anew, what was counted before still tells.
    #[test]
    fn health_outlives_the_browser() {
        let mut state = State { limiters: Vec::new(), ..state() };
        let failed = Some(Cause::ServerError);
        for (source, failure, at_ms) in [
            ("c", None, NOON - 3 * 86_400_000),
            ("a", None, NOON),
            ("b", failed, NOON),
            ("b", failed, NOON),
            ("b", failed, NOON),
            ("d", failed, NOON),
        ] {
            let _ = state.health.call(at_ms, &crate::history::tests::call(source, failure));
        }
        let lines = lines(&state, NOON, &crate::english());
        let told = lines.iter().map(|line| {
            let root = line.clone().into();
            let line = all(&root, &|element| element.class == "health")[0];
            text(&line.clone().into())
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        let trouble = "b Failing: Trouble inside the service";
        let quiet = ["c Not asked lately", "d Not asked lately", "e Not tried yet"];
        assert_eq!(told, ["a Answering", trouble, quiet[0], quiet[1], quiet[2]]);
    }

    #[test]
    fn wait_that_is_over_is_gone() {
        let lines = lines(&state(), NOON + 60_000, &crate::english());
        let root = lines[0].clone().into();
        let first = all(&root, &|element| element.class == "health");
        assert_eq!(attribute(first[0], "data-health"), Some("fails"));
    }
}
