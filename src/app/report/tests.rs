//! What a report holds, what it never holds, and that it is safe or not there at all.

use serde_json::Value as Json;

use super::*;
use unstuck_diagnose::{Failure, classify};

const NOON: u64 = 1_700_000_000_000;

fn chrome() -> Machine {
    let brand = |name: &str, version: &str| (name.to_owned(), version.to_owned());
    let brands =
        [brand("Chromium", "140"), brand("Not=A?Brand", "24"), brand("Google Chrome", "140")];
    Machine::new(&brands, "Linux")
}

fn refused() -> Failure {
    Failure {
        url: Some("https://api.openai.com/v1/chat/completions?key=canary".into()),
        status: Some(429),
        headers: [
            ("x-request-id".into(), "req_4f1c0a2be6b04c6d".into()),
            ("cf-ray".into(), "8e695a03eed4f9fd-SJC".into()),
            ("retry-after".into(), "20".into()),
        ]
        .into(),
        body: Some(
            r#"{"error":{"message":"Rate limit reached for canary in sk-canary0123456789.","code":"rate_limit_exceeded"}}"#.into(),
        ),
        elapsed_ms: Some(340),
        ..Failure::default()
    }
}

/// What a press leads to, for a failure that came twice.
fn pressed(
    failure: &Failure,
    choices: &mut Choices,
    press_: ReportPress,
    own_secrets: &[&str],
) -> Outcome {
    let diagnosis = classify(failure);
    let first = Attempt::failed(failure, &diagnosis, NOON);
    let mut second = Attempt::failed(failure, &diagnosis, NOON + 20_340);
    second.number = 2;
    let checks = [Check {
        step: "network",
        outcome: "one_host",
        values: vec![("probes", "3".into()), ("told", "two words".into())],
    }];
    let attempts = [first, second];
    let machine = chrome();
    let subject =
        Subject { diagnosis: &diagnosis, attempts: &attempts, checks: &checks, machine: &machine };
    let address = Some("https://chat.example/room/7?with=jane.roe@mail.example#top");
    press(subject, choices, press_, Around { address, own_secrets }, &crate::english())
}

fn text(failure: &Failure, choices: &mut Choices) -> String {
    pressed(failure, choices, ReportPress::Refresh, &[]).text.unwrap()
}

fn json(failure: &Failure) -> Json {
    let mut choices = Choices { format: Format::Json, ..Choices::default() };
    serde_json::from_str(&text(failure, &mut choices)).unwrap()
}

#[test]
fn markdown_reads_as_a_plain_text() {
    let wanted = "\
# OpenAI got too many requests at once.

You can go on in 20 seconds.

- cause: rate_limited
- confidence: 97 %
- fault: account
- retry: after
- retry after ms: 20000
- service: OpenAI
- host: api.openai.com
- request id: req_4f1c0a2be6b04c6d
- evidence: The answer has the code “rate_limit_exceeded”
- evidence: HTTP 429 from api.openai.com
- evidence: The service asked to wait 20 seconds
- asked: 2023-11-14T22:13:19.660Z
- attempt: number 1, sent 2023-11-14T22:13:19.660Z, took_ms 340, status 429, cause rate_limited, request_id req_4f1c0a2be6b04c6d, cf_ray 8e695a03eed4f9fd-SJC
- attempt: number 2, waited_ms 20000, sent 2023-11-14T22:13:40.000Z, took_ms 340, status 429, cause rate_limited, request_id req_4f1c0a2be6b04c6d, cf_ray 8e695a03eed4f9fd-SJC
- check: step network, outcome one_host, probes 3
- browser: Google Chrome 140
- system: Linux
- unstuck: VERSION
- redactions: none
";
    let wanted = wanted.replace("VERSION", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&refused(), &mut Choices::default()), wanted);
}

#[test]
fn json_holds_the_same_fields_typed() {
    let report = json(&refused());
    assert_eq!(report["cause"], "rate_limited");
    assert_eq!(report["retry_after_ms"], 20_000);
    assert_eq!(report["request_id"], "req_4f1c0a2be6b04c6d");
    assert_eq!(report["browser"], "Google Chrome 140");
    assert_eq!(report["system"], "Linux");
    let attempts = report["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 2);
    assert_eq!(attempts[0]["status"], 429);
    assert_eq!(attempts[0]["took_ms"], 340);
    assert_eq!(attempts[0]["cf_ray"], "8e695a03eed4f9fd-SJC");
    assert_eq!(attempts[0]["waited_ms"], Json::Null);
    assert_eq!(attempts[1]["waited_ms"], 20_000);
    // A value that is no machine value is left out of a check.
    let check = serde_json::json!({"step": "network", "outcome": "one_host", "probes": "3"});
    assert_eq!(report["checks"], serde_json::json!([check]));
    assert_eq!(report["redactions"], serde_json::json!({}));
}

#[test]
fn report_omits_answer_text_and_address() {
    for format in Format::ALL {
        let report = text(&refused(), &mut Choices { format, ..Choices::default() });
        for word in ["canary", "Rate limit reached", "chat.example", "completions", "jane"] {
            assert!(!report.contains(word), "{word} in\n{report}");
        }
    }
}

#[test]
fn removed_line_stays_out_until_restored() {
    let mut choices = Choices::default();
    let toggle = || ReportPress::Toggle { line: "host: api.openai.com".into() };
    let outcome = pressed(&refused(), &mut choices, toggle(), &[]);
    assert!(!outcome.text.unwrap().contains("- host:"));
    let report = outcome.report.ok().unwrap();
    let struck: Vec<_> = report.lines.iter().filter(|line| line.struck).collect();
    assert_eq!((struck.len(), struck[0].name), (1, "host"));
    choices.format = Format::Json;
    let report = text(&refused(), &mut choices);
    assert!(serde_json::from_str::<Json>(&report).unwrap().get("host").is_none(), "{report}");
    let outcome = pressed(&refused(), &mut choices, toggle(), &[]);
    assert!(outcome.text.unwrap().contains("\"host\""));
}

/// Each line can be left out in turn, and the JSON stays valid.
#[test]
fn json_stays_valid_without_any_line() {
    let all = pressed(&refused(), &mut Choices::default(), ReportPress::Refresh, &[]);
    let lines: Vec<_> = all.report.ok().unwrap().lines.iter().map(Line::describe).collect();
    for line in &lines {
        let without = vec![line.clone()];
        let mut choices = Choices { without, format: Format::Json, ..Choices::default() };
        let report = text(&refused(), &mut choices);
        assert!(serde_json::from_str::<Json>(&report).is_ok(), "{report}");
    }
    let mut none = Choices { without: lines, ..Choices::default() };
    assert_eq!(text(&refused(), &mut none), "- redactions: none\n");
}

#[test]
fn own_remarks_are_redacted_and_counted() {
    let own = "my-very-own-key-of-this-source";
    let mut choices = Choices {
        page: Page::Whole,
        remark: format!("I wrote to jane.roe@mail.example.\nThe key {own} was \"refused\"."),
        ..Choices::default()
    };
    let report = pressed(&refused(), &mut choices, ReportPress::Refresh, &[own]).text.unwrap();
    assert!(
        report.contains("- page: https://chat.example/room/7?with=[EMAIL#1]#top\n"),
        "{report}"
    );
    let remark = "- remark: I wrote to [EMAIL#1].\n  The key [OWN_SECRET#1] was \"refused\".\n";
    assert!(report.contains(remark), "{report}");
    assert!(report.ends_with("- redactions: EMAIL 2, OWN_SECRET 1\n"), "{report}");
    // Struck out, it is not counted either.
    choices.without.push("page: https://chat.example/room/7?with=[EMAIL#1]#top".into());
    let report = pressed(&refused(), &mut choices, ReportPress::Refresh, &[own]).text.unwrap();
    assert!(report.ends_with("- redactions: OWN_SECRET 1, EMAIL 1\n"), "{report}");
}

/// The report tells as much of the page as was chosen.
#[test]
fn page_detail_follows_the_choice() {
    let told = |page| text(&refused(), &mut Choices { page, ..Choices::default() });
    assert!(!told(Page::Out).contains("- page:"));
    assert!(told(Page::Site).contains("- page: https://chat.example\n"));
}

/// A report from which a secret cannot be removed is not handed out at all.
#[test]
fn unsafe_report_is_withheld() {
    // The secret is a part of what stands in for it, so it cannot be taken out.
    let mut choices = Choices { remark: "It said OWN_SECRET.".into(), ..Choices::default() };
    for press in [ReportPress::Copy, ReportPress::Download, ReportPress::Issue] {
        let outcome = pressed(&refused(), &mut choices, press, &["OWN_SECRET"]);
        assert!(outcome.text.is_err() && outcome.effects.is_empty() && outcome.done.is_none());
    }
}

#[test]
fn pressing_names_what_the_page_does() {
    let press = |press, format| {
        let mut choices = Choices { format, ..Choices::default() };
        pressed(&refused(), &mut choices, press, &[]).effects
    };
    assert_eq!(press(ReportPress::Copy, Format::Json), [ReportEffect::Copy]);
    let kind = "application/json";
    let name = "unstuck-rate_limited.json".to_owned();
    assert_eq!(press(ReportPress::Download, Format::Json), [ReportEffect::Download { name, kind }]);
    let url = "https://help.openai.com".to_owned();
    assert_eq!(press(ReportPress::Support, Format::Json), [ReportEffect::OpenPage { url }]);
    assert_eq!(press(ReportPress::Refresh, Format::Json), []);
}

/// Where the project has no issue tracker, no issue is offered.
#[test]
fn issue_is_prefilled_for_known_repository() {
    assert_eq!(new_issue("", "A & B", "text"), None);
    let place = "https://code.example/me/it";
    let url = new_issue(place, "A & B", "é\n").unwrap();
    assert_eq!(url, "https://code.example/me/it/issues/new?title=A%20%26%20B&body=%C3%A9%0A");
    assert!(!new_issue(place, "A", &"x".repeat(7_000)).unwrap().contains("body"));
}

/// Every known failure gives a complete report without a leak, as text and as JSON.
#[test]
fn corpus_reports_are_complete_and_safe() {
    let mut messages = Vec::new();
    for line in include_str!("../../../tests/data/failures.jsonl").lines() {
        let row: Json = serde_json::from_str(line).unwrap();
        let failure = Failure::from_json(&row["failure"]).unwrap();
        for format in Format::ALL {
            let mut choices = Choices { format, ..Choices::default() };
            let outcome = pressed(&failure, &mut choices, ReportPress::Refresh, &[]);
            match outcome.text {
                Err(leak) => messages.push(format!("{leak} in {:?}", failure.message)),
                Ok(text) if !text.contains("redactions") => messages.push(text),
                Ok(text) if format == Format::Json => {
                    assert!(serde_json::from_str::<Json>(&text).is_ok(), "{text}");
                }
                Ok(_) => {}
            }
        }
    }
    assert!(messages.is_empty(), "{}", messages.join("\n"));
}

/// A value that is shaped like a key or a sentence is left out.
#[test]
fn key_like_values_are_left_out() {
    for value in ["sk-ant-api03-xxxx", "two words", "a\nb", &"x".repeat(65), "ключ"] {
        assert!(!is_machine_value(value), "{value}");
    }
    assert!(is_ray("8e695a03eed4f9fd-SJC") && is_ray("8e695a03eed4f9fd"));
    assert!(!is_ray("pomegranate-SJC") && !is_id("pomegranate") && is_id("req_4f1c"));
    assert!(!is_id("visit-evil.example/pay1") && !is_id("sk-ant-0123456789"));
}

#[test]
fn browser_has_name_and_major_version() {
    assert_eq!(chrome().browser, "Google Chrome 140");
    let only = [("Not)A;Brand".to_owned(), "8".to_owned()), ("Chromium".into(), "140".into())];
    assert_eq!(Machine::new(&only, "macOS").browser, "Chromium 140");
    assert_eq!(Machine::new(&[], "").browser, "");
}
