//! The receivers, fed with what the product really sends, and with broken copies of it.

use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Value, json};
use unstuck_diagnose::{Catalogue, Cause, Messages, Provider};
use unstuck_health::channel::answer::{self, READ};
use unstuck_health::channel::message::{Message, Step, test_incident};
use unstuck_health::channel::request::{Target, headers, request};
use unstuck_health::channel::sink::Sink;
use unstuck_health::channel::verdict::Verdict;
use unstuck_health::export::names::{Metric, Semconv};
use unstuck_health::export::otlp::{Push, Temporality};
use unstuck_health::export::points::{Histogram, Labels, Points, Value as Measured};
use unstuck_health::export::{Record, elastic, splunk};
use unstuck_health::{Incident, Kind};

use crate::client::{Answer, End, Lab};

const NOW: u64 = 1_787_392_330_000;
const PAGERDUTY: &str = "0123456789abcdef0123456789abcdef";
const SPLUNK: &str = "00000000-1111-2222-3333-444444444444";

static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/_locales/en/messages.json");
    Catalogue::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
});

const ALL: [(Sink, &str, &str); 8] = [
    (Sink::Slack, "/sinks/slack/services/T0/B0/x", ""),
    (Sink::PagerDuty, "/sinks/pagerduty/v2/enqueue", PAGERDUTY),
    (Sink::Alertmanager, "/sinks/alertmanager/api/v2/alerts", ""),
    (Sink::Webhook, "/sinks/webhook/hook", ""),
    (Sink::Teams, "/sinks/teams/workflows/1/run", ""),
    (Sink::Splunk, "/sinks/splunk/services/collector/event", SPLUNK),
    (Sink::Elastic, "/sinks/elastic/_bulk", "a2V5OnNlY3JldA=="),
    (Sink::Datadog, "/sinks/datadog/v1/metrics", "0123456789abcdef0123456789abcdef"),
];

fn at(sink: Sink) -> (&'static str, &'static str) {
    let (_, path, key) = ALL.into_iter().find(|(one, ..)| *one == sink).unwrap();
    (path, key)
}

fn incident() -> Incident {
    Incident {
        kind: Kind::Failing,
        source: "OpenAI <EU> & more".into(),
        ..test_incident("a1b2", NOW)
    }
}

fn over() -> Incident {
    Incident { ended_ms: Some(NOW + 60_000), ..incident() }
}

fn push(temporality: Temporality) -> Vec<u8> {
    let mut points = Points::default();
    let labels = Labels::of(Some(Provider::OpenAi)).model("gpt-4o").cause(Cause::RateLimited);
    let counts = vec![0, 0, 0, 0, 0, 0, 2];
    let duration = Histogram { counts, sum: 1.0, range: None };
    points.add(Metric::Duration, labels.clone(), Measured::Histogram(duration));
    points.add(Metric::Retries, labels.clone(), Measured::Count(3));
    points.add(Metric::SourceUp, labels, Measured::Gauge(0.0));
    let (semconv, version) = (Semconv::V1_41_0, "1.0.0");
    let instance = Some("x");
    Push { semconv, temporality, version, instance, start_ms: NOW, end_ms: NOW + 1 }.encode(&points)
}

/// What the product sends to a receiver.
fn body(sink: Sink, step: Step) -> Vec<u8> {
    let incident = if step == Step::Trigger { incident() } else { over() };
    let record = Record { incident: &incident, title: "OpenAI does not answer", version: "1.0.0" };
    match sink {
        Sink::Datadog => push(Temporality::Delta),
        Sink::Splunk => splunk::body(&[record, record]).into_bytes(),
        Sink::Elastic => elastic::body(&[record]).into_bytes(),
        _ => {
            let message = Message::new(step, &incident, NOW, &*WORDS).unwrap();
            let (path, key) = at(sink);
            let url = format!("http://127.0.0.1:1{path}");
            let target = Target { sink, url: &url, key };
            request(target, &message, 60_000, false).unwrap().unwrap().body.into_bytes()
        }
    }
}

fn send(lab: &Lab, sink: Sink, body: &[u8]) -> Answer {
    let (path, key) = at(sink);
    let lines = headers(sink, key).into_iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    lab.request_bytes("POST", path, &lines.collect::<String>(), body)
}

fn verdict(sink: Sink, answer: &Answer) -> Verdict {
    verdict_on(1, sink, answer)
}

fn verdict_on(sent: usize, sink: Sink, answer: &Answer) -> Verdict {
    let retry_after = answer.header("retry-after");
    let body = answer.body();
    let body = body.as_bytes();
    let read = answer::Answer {
        status: answer.status(),
        retry_after: retry_after.as_deref(),
        body: &body[..body.len().min(READ)],
    };
    answer::read(sink, &read, sent, NOW)
}

fn name(sink: Sink) -> &'static str {
    at(sink).0.split('/').nth(2).unwrap()
}

fn received(lab: &Lab, sink: Sink) -> Value {
    lab.get(&format!("/sinks/{}/received", name(sink))).json()
}

fn arm(lab: &Lab, sink: Sink, trouble: &Value) {
    assert_eq!(lab.post(&format!("/lab/sinks/{}", name(sink)), trouble).status(), 200, "{trouble}");
}

/// Slack takes one message a second.
fn pause() {
    std::thread::sleep(Duration::from_millis(1050));
}

#[test]
fn receivers_take_what_is_sent() {
    let lab = Lab::start();
    for step in [Step::Trigger, Step::Resolve] {
        for (sink, ..) in ALL {
            let answer = send(&lab, sink, &body(sink, step));
            assert_eq!(verdict(sink, &answer), Verdict::Accepted, "{sink:?}: {}", answer.text());
        }
        pause();
    }
    let shown = |sink| received(&lab, sink)["shown"].as_object().unwrap().len();
    assert_eq!(shown(Sink::PagerDuty), 1);
    assert_eq!((shown(Sink::Alertmanager), shown(Sink::Webhook)), (1, 1));
    assert_eq!((shown(Sink::Splunk), shown(Sink::Elastic)), (4, 2));
    let calls = received(&lab, Sink::Slack)["received"].as_array().unwrap().len();
    assert_eq!(calls, 2);
    lab.post("/lab/reset", &json!({}));
    assert_eq!(received(&lab, Sink::Slack)["received"], json!([]));
}

/// One thing is wrong in each: a form, a length, a name.
#[test]
fn broken_copies_are_refused() {
    let lab = Lab::start();
    let long = |length: usize| "x".repeat(length);
    for (sink, from, to, status) in [
        (Sink::Slack, "plain_text", "markdwn".to_owned(), 400),
        (Sink::Slack, "\"header\"", "\"headline\"".to_owned(), 400),
        (Sink::Slack, "does not answer\"}}", long(150) + "\"}}", 400),
        (Sink::Slack, "\"Since: ", format!("\"{}", long(2000)), 400),
        (Sink::PagerDuty, "\"trigger\"", "\"open\"".to_owned(), 400),
        (Sink::PagerDuty, "a1b2:test", long(256), 400),
        (Sink::PagerDuty, "\"error\"", "\"high\"".to_owned(), 400),
        (Sink::PagerDuty, "0123456789abcdef", "0123456789abcde".to_owned(), 400),
        (Sink::PagerDuty, "does not answer", long(1020), 400),
        (Sink::PagerDuty, "T09", " 09".to_owned(), 400),
        (Sink::PagerDuty, "does not answer", long(513 * 1024), 413),
        (Sink::Alertmanager, "\"labels\"", "\"label\"".to_owned(), 422),
        (Sink::Alertmanager, "\"severity\"", "\"se verity\"".to_owned(), 400),
        (Sink::Alertmanager, "[{", "{".to_owned(), 400),
        (Sink::Alertmanager, "\"endsAt\":\"2", "\"endsAt\":\"1".to_owned(), 400),
        (Sink::Webhook, "\"version\":\"4\"", "\"version\":4".to_owned(), 400),
        (Sink::Webhook, "\"status\":\"firing\"", "\"status\":\"open\"".to_owned(), 400),
        (Sink::Teams, "AdaptiveCard", "Card".to_owned(), 400),
        (Sink::Teams, "vnd.microsoft", "microsoft".to_owned(), 400),
        (Sink::Teams, "does not answer", long(28 * 1024), 413),
        (Sink::Splunk, "{\"time\"", ",{\"time\"".to_owned(), 400),
        (Sink::Splunk, "{\"time\"", "[{\"time\"".to_owned(), 400),
        (Sink::Splunk, "\"event\"", "\"events\"".to_owned(), 400),
        (Sink::Splunk, "\"time\":1", "\"time\":\"\",\"a\":1".to_owned(), 400),
        (Sink::Elastic, "}\n", "}".to_owned(), 400),
        (Sink::Elastic, "\n", "\n\n".to_owned(), 400),
    ] {
        let good = String::from_utf8(body(sink, Step::Trigger)).unwrap();
        let bad = good.replace(from, &to);
        assert_ne!(good, bad, "{sink:?} has no {from}");
        let answer = send(&lab, sink, bad.as_bytes());
        assert_eq!(answer.status(), status, "{sink:?} with {to:.40}: {}", answer.text());
        assert_ne!(verdict(sink, &answer), Verdict::Accepted);
        if sink == Sink::Slack {
            pause();
        }
    }
    // Only `create` is for a data stream; the refusal is in the record.
    let index = String::from_utf8(body(Sink::Elastic, Step::Trigger)).unwrap();
    let answer = send(&lab, Sink::Elastic, index.replace("create", "index").as_bytes());
    assert_eq!((answer.status(), answer.json()["errors"].clone()), (200, json!(true)));
    assert_ne!(verdict(Sink::Elastic, &answer), Verdict::Accepted);
}

#[test]
fn keys_are_asked_for() {
    let lab = Lab::start();
    let ask = |path, headers| {
        let answer = lab.request("POST", path, headers, "{}");
        (answer.status(), answer.body())
    };
    let (splunk, elastic, datadog) = (at(Sink::Splunk).0, at(Sink::Elastic).0, at(Sink::Datadog).0);
    let code = |n: u8| move |said: &(u16, String)| said.1.contains(&format!("\"code\":{n}"));
    assert!(code(2)(&ask(splunk, "")));
    assert!(code(3)(&ask(splunk, "authorization: Bearer x\r\n")));
    assert!(code(4)(&ask(splunk, "authorization: Splunk x\r\n")));
    assert_eq!((ask(elastic, "").0, ask(datadog, "").0), (401, 403));
    let health = lab.get("/sinks/splunk/services/collector/health");
    assert!(health.body().contains("\"code\":17"));
}

#[test]
fn slack_takes_one_a_second() {
    let lab = Lab::start();
    let good = body(Sink::Slack, Step::Trigger);
    assert_eq!(send(&lab, Sink::Slack, &good).status(), 200);
    let fast = verdict(Sink::Slack, &send(&lab, Sink::Slack, &good));
    assert_eq!(fast, Verdict::Later { after_ms: Some(1000), why: "sink_too_many" });
    pause();
    assert_eq!(send(&lab, Sink::Slack, &good).status(), 200);
}

/// One key is one incident, and another service knows nothing of it.
#[test]
fn pagerduty_joins_by_key() {
    let lab = Lab::start();
    let (open, close) =
        (body(Sink::PagerDuty, Step::Trigger), body(Sink::PagerDuty, Step::Resolve));
    send(&lab, Sink::PagerDuty, &open);
    send(&lab, Sink::PagerDuty, &open);
    let other = String::from_utf8(close.clone()).unwrap().replace(PAGERDUTY, &"f".repeat(32));
    let dropped = send(&lab, Sink::PagerDuty, other.as_bytes());
    assert_eq!(verdict(Sink::PagerDuty, &dropped), Verdict::Accepted);
    let state = |key: &str| received(&lab, Sink::PagerDuty)[key].clone();
    let id = format!("{PAGERDUTY}/a1b2:test");
    assert_eq!((state("dropped"), state("shown")[&id]["triggers"].clone()), (json!(1), json!(2)));
    assert_eq!(state("shown")[&id]["status"], "triggered");
    send(&lab, Sink::PagerDuty, &close);
    assert_eq!(state("shown")[&id]["status"], "resolved");
}

#[test]
fn datadog_takes_deltas_only() {
    let lab = Lab::start();
    let cumulative = send(&lab, Sink::Datadog, &push(Temporality::Cumulative));
    assert_eq!(verdict(Sink::Datadog, &cumulative), Verdict::Refused("sink_shape"));
    assert_eq!(send(&lab, Sink::Datadog, &push(Temporality::Delta)).status(), 200);
    assert_eq!(received(&lab, Sink::Datadog)["dropped"], 0);
    // A second browser without a tag of its own, in the same second.
    assert_eq!(send(&lab, Sink::Datadog, &push(Temporality::Delta)).status(), 200);
    assert_eq!(received(&lab, Sink::Datadog)["dropped"], 3);
    let cut = &push(Temporality::Delta)[..40];
    assert_eq!(send(&lab, Sink::Datadog, cut).status(), 400);
    assert_eq!(send(&lab, Sink::Datadog, &vec![0; 501 * 1024]).status(), 413);
}

#[test]
fn repeated_records_are_there_once() {
    let lab = Lab::start();
    let good = body(Sink::Elastic, Step::Trigger);
    arm(&lab, Sink::Elastic, &json!({"name": "cut"}));
    assert_ne!(send(&lab, Sink::Elastic, &good).end, End::Closed);
    let again = send(&lab, Sink::Elastic, &good);
    assert_eq!((again.status(), verdict(Sink::Elastic, &again)), (200, Verdict::Accepted));
    assert!(again.body().contains("409"));
    assert_eq!(received(&lab, Sink::Elastic)["shown"].as_object().unwrap().len(), 1);
    arm(&lab, Sink::Elastic, &json!({"name": "mixed_items"}));
    let two = [good, body(Sink::Elastic, Step::Resolve)].concat();
    let mixed = Verdict::Partly { again: vec![1], refused: 0, why: "sink_too_many" };
    assert_eq!(verdict_on(2, Sink::Elastic, &send(&lab, Sink::Elastic, &two)), mixed);
}

/// Every trouble of every receiver is understood as such, and has words.
#[test]
fn every_trouble_is_told() {
    let lab = Lab::start();
    let list = lab.get("/lab/sinks").json();
    for (sink, ..) in ALL {
        let good = body(sink, Step::Trigger);
        let mut told = std::collections::BTreeSet::new();
        for trouble in list[name(sink)].as_array().unwrap() {
            let trouble = trouble.as_str().unwrap();
            if ["silent", "cut", "mixed_items"].contains(&trouble) {
                continue;
            }
            arm(&lab, sink, &json!({"name": trouble, "retry_after": 7}));
            let verdict = verdict(sink, &send(&lab, sink, &good));
            let may_pass = ["huge", "no_content", "page"].contains(&trouble);
            assert!(may_pass || verdict != Verdict::Accepted, "{sink:?} {trouble}");
            if let Verdict::Later { after_ms, .. } = verdict {
                assert!(after_ms.is_none_or(|ms| ms == 7000), "{sink:?} {trouble} {after_ms:?}");
            }
            let words = WORDS.find(verdict.key(), &[sink.name(), "503"]).unwrap();
            assert!(!words.contains('$'), "{words}");
            if verdict != Verdict::Accepted {
                told.insert(words);
            }
        }
        assert!(told.len() >= 4, "{sink:?}: {told:#?}");
    }
    let unknown = lab.post("/lab/sinks/slack", &json!({"name": "tired"}));
    assert_eq!(unknown.status(), 404);
}

/// What was read and cut has arrived all the same.
#[test]
fn cut_and_silent_calls_count() {
    let lab = Lab::start();
    for trouble in ["cut", "silent"] {
        arm(&lab, Sink::PagerDuty, &json!({"name": trouble}));
        let answer = send(&lab, Sink::PagerDuty, &body(Sink::PagerDuty, Step::Trigger));
        let end = if trouble == "cut" { End::Reset } else { End::Silent };
        assert_eq!((answer.end, answer.status()), (end, 0));
    }
    let shown = received(&lab, Sink::PagerDuty);
    assert_eq!(shown["received"].as_array().unwrap().len(), 2);
    assert_eq!(shown["received"][0]["trouble"], "cut");
    assert_eq!(shown["shown"].as_object().unwrap().len(), 1);
}
