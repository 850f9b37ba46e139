//! Each channel's messages, letter by letter, and what hostile names and words can do in them.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::Value;
use unstuck_diagnose::{Catalogue, Cause};

use super::{
    mail,
    message::{Message, Step, test_incident},
    request::{Request, Target, headers, request},
    sink::Sink,
};
use crate::{CauseSpan, Deed, Incident, Kind};

const START: u64 = 1_787_392_330_000;
const MINUTE: u64 = 60_000;
const KEY: &str = "0123456789abcdef0123456789abcdef";

fn catalogue() -> &'static Catalogue {
    static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/_locales/en/messages.json");
        Catalogue::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
    });
    &WORDS
}

fn incident() -> Incident {
    let span = |cause, count| CauseSpan { cause, first_ms: START, last_ms: START + 1, count };
    Incident {
        key: "a1b2c3:OpenAI".into(),
        source: "OpenAI".into(),
        kind: Kind::Failing,
        started_ms: START,
        ended_ms: None,
        causes: vec![span(Cause::ServiceUnavailable, 2), span(Cause::RateLimited, 5)],
        asks: 9,
        failures: 7,
        status_words: "Elevated error rates".into(),
        deeds: vec![Deed::Retried(12), Deed::Switched { to: "Mistral".into(), times: 2 }],
    }
}

fn over() -> Incident {
    Incident { ended_ms: Some(START + 20 * MINUTE), ..incident() }
}

fn url(sink: Sink) -> &'static str {
    match sink {
        Sink::Slack => "https://hooks.slack.com/services/T0/B0/x",
        Sink::PagerDuty => "https://events.pagerduty.com/v2/enqueue",
        Sink::Teams => "https://prod-1.westus.logic.azure.com/workflows/1",
        _ => "https://example.org/hook",
    }
}

fn sent(sink: Sink, step: Step, incident: &Incident, is_short: bool) -> Option<Request> {
    let now = incident.ended_ms.unwrap_or(START) + MINUTE;
    let message = Message::new(step, incident, now, catalogue())?;
    request(Target { sink, url: url(sink), key: KEY }, &message, 5 * MINUTE, is_short).unwrap()
}

fn body(sink: Sink, step: Step, incident: &Incident) -> String {
    sent(sink, step, incident, false).unwrap().body
}

#[test]
fn slack_trigger_and_resolve() {
    let facts = concat!(
        r#"{"type":"plain_text","text":"Since: 2026-08-22 09:52 UTC"},"#,
        r#"{"type":"plain_text","text":"Why: Too many requests; Service unavailable"},"#,
        r#"{"type":"plain_text","text":"Asks that failed: 7 of 9"},"#,
        r#"{"type":"plain_text","text":"The provider says: Elevated error rates"},"#,
        r#"{"type":"plain_text","text":"What Unstuck did: Asked again: 12; Let Mistral answer: 2"}"#
    );
    let header = |title: &str| {
        format!(
            r#"{{"text":"{title}","blocks":[{{"type":"header","text":{{"type":"plain_text","text":"{title}"}}}},{{"type":"section","fields":["#
        )
    };
    let open = header("🔴 OpenAI does not answer") + facts + "]}]}";
    assert_eq!(body(Sink::Slack, Step::Trigger, &incident()), open);
    let resolve = body(Sink::Slack, Step::Resolve, &over());
    assert!(resolve.starts_with(&header("🟢 OpenAI answers again")), "{resolve}");
    assert!(resolve.contains("Lasted: 20 minutes"), "{resolve}");
    let was_down = body(Sink::Slack, Step::WasDown, &over());
    assert!(was_down.contains("🟢 OpenAI did not answer for 20 minutes"), "{was_down}");
}

#[test]
fn pagerduty_trigger_and_resolve() {
    let trigger = concat!(
        r#"{"routing_key":"0123456789abcdef0123456789abcdef","event_action":"trigger","dedup_key":"a1b2c3:OpenAI","#,
        r#""payload":{"summary":"OpenAI does not answer","source":"Unstuck","severity":"error","#,
        r#""timestamp":"2026-08-22T09:52:10.000Z","component":"OpenAI","group":"ai-sources","class":"service_unavailable","#,
        r#""custom_details":{"Since":"2026-08-22 09:52 UTC","Why":"Too many requests; Service unavailable","#,
        r#""Asks that failed":"7 of 9","The provider says":"Elevated error rates","#,
        r#""What Unstuck did":"Asked again: 12; Let Mistral answer: 2"}},"client":"Unstuck"}"#
    );
    assert_eq!(body(Sink::PagerDuty, Step::Trigger, &incident()), trigger);
    let resolve = r#"{"routing_key":"0123456789abcdef0123456789abcdef","event_action":"resolve","dedup_key":"a1b2c3:OpenAI"}"#;
    assert_eq!(body(Sink::PagerDuty, Step::Resolve, &over()), resolve);
    assert!(sent(Sink::PagerDuty, Step::WasDown, &over(), false).is_none());
}

/// The cause changes, the identity does not, and the end comes by itself.
#[test]
fn alertmanager_trigger_and_resolve() {
    let trigger = concat!(
        r#"[{"labels":{"alertname":"UnstuckSource","incident":"a1b2c3:OpenAI","source":"OpenAI","severity":"warning"},"#,
        r#""annotations":{"summary":"OpenAI does not answer","description":"Since: 2026-08-22 09:52 UTC; "#,
        r#"Why: Too many requests; Service unavailable; Asks that failed: 7 of 9; The provider says: Elevated error rates; "#,
        r#"What Unstuck did: Asked again: 12; Let Mistral answer: 2","cause":"service_unavailable,rate_limited"},"#,
        r#""startsAt":"2026-08-22T09:52:10.000Z","endsAt":"2026-08-22T10:13:10.000Z"}]"#
    );
    assert_eq!(body(Sink::Alertmanager, Step::Trigger, &incident()), trigger);
    let later = Incident { causes: Vec::new(), failures: 8, ..incident() };
    let labels = |body: String| body.split_once("\"annotations\"").unwrap().0.to_owned();
    let resolve = body(Sink::Alertmanager, Step::Resolve, &over());
    assert!(resolve.ends_with(r#""endsAt":"2026-08-22T10:12:10.000Z"}]"#), "{resolve}");
    for other in [body(Sink::Alertmanager, Step::Trigger, &later), resolve] {
        assert_eq!(labels(other), labels(trigger.to_owned()));
    }
    assert!(sent(Sink::Alertmanager, Step::WasDown, &over(), false).is_none());
}

#[test]
fn teams_trigger_and_resolve() {
    let open: Value = serde_json::from_str(&body(Sink::Teams, Step::Trigger, &incident())).unwrap();
    let attachment = &open["attachments"][0];
    assert_eq!(open["type"], "message");
    assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
    let lines = attachment["content"]["body"].as_array().unwrap();
    let text = |at: usize| lines[at]["inlines"][0]["text"].as_str().unwrap();
    assert_eq!((lines.len(), text(0)), (6, "OpenAI does not answer"));
    assert_eq!(text(3), "Asks that failed: 7 of 9");
    assert!(body(Sink::Teams, Step::Resolve, &over()).contains("OpenAI answers again"));
}

#[test]
fn webhook_trigger_and_resolve() {
    let read = |step, incident: &Incident| -> Value {
        serde_json::from_str(&body(Sink::Webhook, step, incident)).unwrap()
    };
    let open = read(Step::Trigger, &incident());
    let names = "alerts commonAnnotations commonLabels externalURL groupKey groupLabels receiver status truncatedAlerts version";
    let members: Vec<_> = open.as_object().unwrap().keys().map(String::as_str).collect();
    let mut members = members;
    members.sort_unstable();
    assert_eq!(members.join(" "), names);
    assert_eq!((&open["version"], &open["status"]), (&"4".into(), &"firing".into()));
    assert_eq!(open["alerts"][0]["endsAt"], "0001-01-01T00:00:00Z");
    let resolved = read(Step::Resolve, &over());
    assert_eq!(resolved["status"], "resolved");
    assert_eq!(resolved["alerts"][0]["endsAt"], "2026-08-22T10:12:10.000Z");
    assert_eq!(resolved["groupKey"], open["groupKey"]);
    assert_eq!(resolved["alerts"][0]["fingerprint"], open["alerts"][0]["fingerprint"]);
}

#[test]
fn mail_opens_in_one_link() {
    let incident = incident();
    let message = Message::new(Step::Trigger, &incident, START, catalogue()).unwrap();
    let link = mail::link(&message, "ops@example.org");
    let start = "mailto:ops@example.org?subject=OpenAI%20does%20not%20answer&body=OpenAI%20does";
    assert!(link.starts_with(start), "{link}");
    assert!(link.contains("%0D%0AWhy%3A%20Too%20many%20requests"), "{link}");
    let hostile = mail::link(&message, "a@b.c?bcc=evil@x.y&subject=1\r\nbcc: z");
    assert!(hostile.starts_with("mailto:a@b.c%3Fbcc%3Devil@x.y%26subject%3D1%20bcc"), "{hostile}");
}

/// What a test opens, it closes, and each says that it is one.
#[test]
fn test_closes_what_it_opens() {
    let words = catalogue();
    let test = test_incident("a1b2c3", START);
    for sink in [Sink::Slack, Sink::PagerDuty, Sink::Alertmanager, Sink::Teams, Sink::Webhook] {
        let [open, close] = [Step::Trigger, Step::Resolve].map(|step| {
            let message = Message::test(step, &test, START, words);
            let target = Target { sink, url: url(sink), key: KEY };
            request(target, &message, MINUTE, false).unwrap().unwrap().body
        });
        assert!(open.contains("test") && open != close, "{open}");
        let is_keyed = !matches!(sink, Sink::Slack | Sink::Teams);
        assert_eq!(close.contains("a1b2c3:test"), is_keyed, "{close}");
        assert_eq!(open.contains("a1b2c3:test"), is_keyed, "{open}");
    }
}

#[test]
fn each_kind_ends_in_its_words() {
    let title = |kind, step| {
        let incident = Incident { kind, ..over() };
        Message::new(step, &incident, START, catalogue()).unwrap().title
    };
    assert_eq!(title(Kind::Slow, Step::Resolve), "OpenAI answers as quickly as before");
    assert_eq!(title(Kind::Unstable, Step::Resolve), "OpenAI answers again");
    assert_eq!(title(Kind::Slow, Step::WasDown), "OpenAI answered slowly for 20 minutes");
    assert_eq!(
        title(Kind::Unstable, Step::WasDown),
        "OpenAI answered only now and then for 20 minutes"
    );
}

#[test]
fn own_trouble_is_told_to_nobody() {
    let own = Incident { kind: Kind::Local, ..incident() };
    for step in [Step::Trigger, Step::Resolve, Step::WasDown] {
        assert!(Message::new(step, &own, START, catalogue()).is_none());
    }
}

/// Names and words as an enemy would choose them, in every place where there are any.
fn hostile() -> Vec<Incident> {
    let long = "<!channel>&\u{1F600}\"\\".repeat(3000);
    let texts = [
        "a\r\nx-evil: 1\r\n\r\n{}".to_owned(),
        "</at><at>all</at> [x](https://evil.test) *b* `c` <https://evil.test|here>".to_owned(),
        "\u{202e}evil\u{0}\u{1b}[31m\u{2028}\u{feff}".to_owned(),
        "\"},{\"labels\":{\"alertname\":\"other\"}}".to_owned(),
        "\u{e000}\u{7f}𐀀".repeat(9000),
        long,
        String::new(),
    ];
    texts
        .map(|text| Incident {
            key: ["a1b2c3:", &text].concat(),
            source: text.clone(),
            status_words: text.clone(),
            deeds: vec![Deed::Switched { to: text, times: u32::MAX }; 40],
            causes: Cause::ALL
                .iter()
                .map(|&cause| CauseSpan { cause, first_ms: 0, last_ms: u64::MAX, count: u32::MAX })
                .collect(),
            started_ms: START,
            ended_ms: Some(0),
            ..incident()
        })
        .into()
}

/// Every text of a JSON value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(all) => all.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn hostile_names_stay_text() {
    for incident in hostile() {
        for sink in [Sink::Slack, Sink::PagerDuty, Sink::Alertmanager, Sink::Teams, Sink::Webhook] {
            for step in [Step::Trigger, Step::Resolve] {
                let request = sent(sink, step, &incident, false).unwrap();
                let value: Value = serde_json::from_str(&request.body).unwrap();
                for text in texts(&value) {
                    assert!(!text.chars().any(char::is_control), "{sink:?}: {text:?}");
                    assert!(!text.contains(['\u{202e}', '\u{2028}']), "{sink:?}: {text:?}");
                    let has_tag = sink == Sink::Slack && text.contains(['<', '>']);
                    assert!(!has_tag, "{text}");
                }
                for (name, value) in &request.headers {
                    assert!(!format!("{name}{value}").contains(['\r', '\n']));
                }
                assert_limits(sink, &request.body, &value);
            }
        }
    }
}

fn assert_limits(sink: Sink, body: &str, value: &Value) {
    let length = |value: &Value| value.as_str().unwrap().chars().count();
    match sink {
        Sink::Slack => {
            let blocks = value["blocks"].as_array().unwrap();
            assert!(length(&blocks[0]["text"]["text"]) <= 150);
            let fields = blocks[1]["fields"].as_array().unwrap();
            assert!(fields.len() <= 10 && fields.iter().all(|one| length(&one["text"]) <= 2000));
            let all: usize = texts(value).iter().map(|text| text.chars().count()).sum();
            assert!(all <= 13_200, "{all}");
        }
        Sink::PagerDuty => {
            assert!(value["dedup_key"].as_str().unwrap().len() <= 255 && body.len() <= 512 * 1024);
            assert!(value["payload"].is_null() || length(&value["payload"]["summary"]) <= 1024);
        }
        Sink::Teams => assert!(body.len() <= 28 * 1024, "{}", body.len()),
        _ => assert_eq!(value.as_array().map_or(1, Vec::len), 1),
    }
}

#[test]
fn short_cards_are_shorter() {
    let incident = Incident { status_words: "word ".repeat(90), ..incident() };
    let length =
        |is_short| sent(Sink::Teams, Step::Trigger, &incident, is_short).unwrap().body.len();
    assert!(length(true) + 300 < length(false));
}

#[test]
fn keys_stand_where_they_belong() {
    let value = |sink| {
        let headers = headers(sink, KEY);
        headers.into_iter().map(|(name, value)| [&*name, ": ", &value].concat()).collect::<Vec<_>>()
    };
    assert_eq!(value(Sink::Slack), ["content-type: application/json"]);
    assert_eq!(value(Sink::Splunk)[1], ["authorization: Splunk ", KEY].concat());
    assert_eq!(value(Sink::Elastic)[1], ["authorization: ApiKey ", KEY].concat());
    assert_eq!(value(Sink::Datadog)[1], ["dd-api-key: ", KEY].concat());
    let own =
        |key| headers(Sink::Otlp, key).pop().map(|(name, value)| [&*name, ": ", &value].concat());
    assert_eq!(own("abc").as_deref(), Some("authorization: Bearer abc"));
    assert_eq!(own("Authorization: Basic YTpi").as_deref(), Some("Authorization: Basic YTpi"));
    let incident = incident();
    let message = Message::new(Step::Trigger, &incident, START, catalogue()).unwrap();
    let target = Target { sink: Sink::Webhook, url: url(Sink::Webhook), key: "a\r\nb" };
    assert_eq!(request(target, &message, 1, false).err().map(|w| w.key), Some("channel_key_space"));
}

/// Engines only add: an end is a record of its own, and what was told of neither is two.
#[test]
fn engines_get_records() {
    for sink in [Sink::Splunk, Sink::Elastic] {
        let began = body(sink, Step::Trigger, &incident());
        let ended = body(sink, Step::Resolve, &over());
        assert!(began.contains("OpenAI does not answer") && ended.contains("answers again"));
        let both = body(sink, Step::WasDown, &over());
        let id = |half: &str| format!("a1b2c3:OpenAI:2026-08-22T09:52:10.000Z:{half}");
        let has = |text: &str, half| text.matches(&id(half)).count();
        assert_eq!(
            [has(&began, "began"), has(&began, "ended")].map(|count| count > 0),
            [true, false]
        );
        assert_eq!(
            [has(&ended, "began"), has(&ended, "ended")].map(|count| count > 0),
            [false, true]
        );
        assert!(has(&both, "began") > 0 && has(&both, "ended") > 0, "{both}");
    }
}

/// Every answer and every wrong address has its words, and no words are idle.
#[test]
fn every_key_has_its_words() {
    /// What Slack says, not we.
    const SLACK: [&str; 2] = ["channel_not_found", "channel_is_archived"];
    let sources = [
        include_str!("answer.rs"),
        include_str!("bulk.rs"),
        include_str!("verdict.rs"),
        include_str!("address.rs"),
        include_str!("message.rs"),
    ];
    let is_ours = |key: &&str| {
        (key.starts_with("sink_") || key.starts_with("channel_")) && !SLACK.contains(key)
    };
    let named: BTreeSet<_> = sources
        .iter()
        .flat_map(|source| source.split('"').skip(1).step_by(2))
        .filter(is_ours)
        .collect();
    let worded: BTreeSet<_> = catalogue().keys().filter(is_ours).collect();
    assert_eq!(named, worded);
}
