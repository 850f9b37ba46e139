//! The lines of a report as switches, in groups and in words. What is copied keeps the names that machines read.

use super::super::{Element, el};
use crate::report::{Line, Outcome, ReportPress, Subject, Value};
use unstuck_diagnose::{
    Messages, explain,
    workspace::{clock_in_words, wait_in_words},
};

/// The groups, and what is in each.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "report_group_failure",
        &[
            "headline",
            "why",
            "cause",
            "confidence",
            "fault",
            "retry",
            "retry_after_ms",
            "evidence",
            "also",
        ],
    ),
    ("report_group_way", &["service", "host", "request_id", "asked", "attempts", "checks"]),
    ("report_group_browser", &["browser", "system", "unstuck"]),
    ("report_group_yours", &["page", "remark"]),
];

/// Every line as a switch: on while it goes in.
pub(super) fn section(subject: Subject, outcome: &Outcome, messages: &dyn Messages) -> Element {
    let lines: Vec<_> = outcome.report.iter().flat_map(|report| &report.lines).collect();
    let groups = GROUPS.iter().filter_map(|(title, names)| {
        let here = lines.iter().filter(|line| names.contains(&line.name));
        let rows: Vec<_> = here.map(|line| row(subject, line, messages)).collect();
        let heading = el("h3").child(messages.get(title, &[]));
        let group = el("div").class("group").child(heading);
        (!rows.is_empty()).then(|| group.child(el("ul").children(rows)))
    });
    el("section")
        .class("lines")
        .child(el("h2").child(messages.get("report_lines", &[])))
        .child(el("p").class("hint").child(messages.get("report_lines_hint", &[])))
        .children(groups)
}

fn row(subject: Subject, line: &Line, messages: &dyn Messages) -> Element {
    let toggle = el("button")
        .class("switch")
        .with("type", "button")
        .with("role", "switch")
        .with("aria-checked", (!line.struck).to_string())
        .press(ReportPress::Toggle { line: line.describe() })
        .child(el("span").class("name").child(name(line, messages)))
        .child(" ")
        .child(value(subject, line, messages));
    el("li").child(toggle)
}

fn name(line: &Line, messages: &dyn Messages) -> String {
    let number = match &line.value {
        Value::Parts(parts) => parts.iter().find_map(|(name, value)| match value {
            Value::Number(number) if *name == "number" => Some(number.to_string()),
            _ => None,
        }),
        _ => None,
    };
    messages.get(&["report_name_", line.name].concat(), &[&number.unwrap_or_default()])
}

fn value(subject: Subject, line: &Line, messages: &dyn Messages) -> Element {
    let shown = el("bdi");
    let words = |key: &[&str], raw: &str| {
        messages.find(&key.concat(), &[]).unwrap_or_else(|| raw.to_owned())
    };
    let told = match (line.name, &line.value) {
        ("asked", _) => {
            let at_ms = subject.attempts.first().map_or(0, |first| first.sent_ms);
            clock_in_words(at_ms, messages)
        }
        ("cause", Value::Text(id)) => words(&[id, "_name"], id),
        ("fault", Value::Text(id)) => words(&["move_", id], id),
        ("retry", _) => explain(subject.diagnosis, messages).retry_line,
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Number(ms)) => wait_in_words(*ms, messages),
        (_, Value::Parts(parts)) => {
            let parts =
                parts.iter().filter_map(|(name, value)| part(line.name, name, value, messages));
            parts.collect::<Vec<_>>().join(" · ")
        }
    };
    shown.child(told)
}

/// A part of a line in words. The number of an attempt is in its name; its time and its cause are told by other lines.
fn part(of: &str, name: &str, value: &Value, messages: &dyn Messages) -> Option<String> {
    let key = |name: &str| ["report_part_", name].concat();
    match value {
        Value::Number(ms) if name.ends_with("_ms") => {
            let long = *ms >= 1_000;
            let told = if long {
                wait_in_words(*ms, messages)
            } else {
                messages.get("duration_milliseconds", &[&ms.to_string()])
            };
            messages.find(&key(name), &[&told])
        }
        Value::Number(number) => messages.find(&key(name), &[&number.to_string()]),
        Value::Text(id) => match name {
            "step" => messages.find(&["step_", id].concat(), &[]),
            "outcome" => messages.find(&["step_is_", id].concat(), &[]),
            "cause" if of == "also" => messages.find(&[id, "_name"].concat(), &[]),
            "confidence" => Some(id.clone()),
            _ => messages.find(&key(name), &[id]),
        },
        Value::Parts(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::{Around, Check, Choices, Machine, Page, press},
        view::{
            report,
            tests::{all, text},
        },
    };
    use unstuck_diagnose::{Failure, classify};
    use unstuck_engine::Attempt;

    const NOON: u64 = 1_700_000_000_000;

    /// The switches of a report that has a line of every kind.
    fn switches() -> Vec<(String, String)> {
        let failure = Failure {
            url: Some("https://api.openai.com/v1/chat/completions".into()),
            status: Some(429),
            headers: [
                ("x-request-id".into(), "req_4f1c0a2be6b04c6d".into()),
                ("cf-ray".into(), "8e695a03eed4f9fd-SJC".into()),
                ("retry-after".into(), "20".into()),
            ]
            .into(),
            elapsed_ms: Some(340),
            ..Failure::default()
        };
        let mut diagnosis = classify(&failure);
        let other = Failure { status: Some(503), ..Failure::default() };
        diagnosis
            .also
            .push(unstuck_diagnose::Alternative { cause: classify(&other).cause, confidence: 0.1 });
        let first = Attempt::failed(&failure, &diagnosis, NOON);
        let mut second = Attempt::failed(&failure, &diagnosis, NOON + 20_340);
        second.number = 2;
        let values = vec![("told", "step_network_fine".to_owned())];
        let checks = [Check { step: "network", outcome: "nothing", values }];
        let brands = [("Chromium".to_owned(), "140".to_owned())];
        let machine = Machine::new(&brands, "Linux");
        let attempts = [first, second];
        let subject = Subject {
            diagnosis: &diagnosis,
            attempts: &attempts,
            checks: &checks,
            machine: &machine,
        };
        let mut choices =
            Choices { page: Page::Site, remark: "It failed.".into(), ..Choices::default() };
        let around = Around { address: Some("https://chat.example/room"), own_secrets: &[] };
        let words = crate::english();
        let outcome = press(subject, &mut choices, ReportPress::Refresh, around, &words);
        let lines = outcome.report.as_ref().ok().unwrap().lines.len();
        let root = report::view(subject, &choices, &outcome, true, &words).root.unwrap();
        let switches = all(&root, &|element| element.class == "switch");
        assert_eq!(switches.len(), lines, "every line is in one group");
        let parts = |switch: &&Element| {
            let part = |at: usize| text(&switch.children[at]);
            (part(0), part(2))
        };
        switches.iter().map(parts).collect()
    }

    #[test]
    fn switches_show_no_raw_keys() {
        for (name, value) in switches() {
            let told = [&*name, " ", &*value].concat();
            assert!(!name.is_empty() && name.starts_with(char::is_uppercase), "{told}");
            assert!(!told.contains("report_") && !told.contains("step_"), "{told}");
            let ids = ["req_4f1c0a2be6b04c6d"];
            let raw = told.split([' ', ',', '·']).find(|word| word.contains('_'));
            assert!(raw.is_none_or(|raw| ids.contains(&raw)), "{told}");
        }
    }

    #[test]
    fn values_are_told_in_words() {
        let switches = switches();
        for wanted in [
            ("Cause", "Too many requests"),
            ("Whose move", "Your move"),
            ("Trying again", "Try again in 20 seconds."),
            ("Wait asked for", "20 seconds"),
            ("Request id", "req_4f1c0a2be6b04c6d"),
            ("Asked at", "2023-11-14 22:13 UTC"),
            (
                "Try 2",
                "Waited 20 seconds · Took 340 ms · HTTP status 429 · Request id req_4f1c0a2be6b04c6d · Cloudflare ray 8e695a03eed4f9fd-SJC",
            ),
            ("Checked", "Check the network · Nothing wrong"),
            ("Your words", "It failed."),
        ] {
            let wanted = (wanted.0.to_owned(), wanted.1.to_owned());
            assert!(switches.contains(&wanted), "{wanted:?} in {switches:#?}");
        }
    }
}
