//! Each form that a run can take, read by somebody else's rules.

use std::collections::BTreeSet;

use opentelemetry_proto::tonic::{
    collector::metrics::v1::ExportMetricsServiceRequest, metrics::v1::metric::Data,
};
use prost::Message as _;
use serde_json::Value;

use crate::lab::{Lab, once, probe, told};

/// A name that needs care in every format.
const NAME: &str = "a <b> & \\\"c\\\" 100% ü:x,y";

fn written(format: &str) -> String {
    let lab = Lab::start();
    let url = format!("{}/fault/server_error/v1", lab.base());
    let text = probe(NAME, &url, "check = \"answer\"")
        + &lab.probe("/v1", "check = \"answer\"")
        + "[mail]\nfrom = \"probe@example.org\"\nto = \"team@example.org\"\n";
    let out = lab.path("out");
    let arguments = ["--format", format, "--out", out.to_str().unwrap()];
    let output = once(&lab.config(&text), &arguments);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output.stderr));
    assert!(output.stdout.is_empty());
    assert!(!lab.path("out.new").exists());
    std::fs::read_to_string(out).unwrap()
}

#[test]
fn text_and_json_tell_all() {
    let text = written("text");
    assert!(text.starts_with("PROVIDER  a <b> & \"c\" 100% ü:x,y  "), "{text}");
    assert!(text.contains("\nOK        lab"), "{text}");
    let report: Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!((report["exit"].as_u64(), report["verdict"].as_str()), (Some(1), Some("provider")));
    assert_eq!(report["probes"][0]["diagnosis"]["cause"], "server_error");
    assert_eq!(report["probes"][1]["exit"], 0);
}

/// Elements are balanced, attributes quoted, and nothing stands there that has to be escaped.
#[test]
fn junit_is_well_formed() {
    let xml = written("junit");
    let (mut open, mut rest) =
        (Vec::new(), xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap());
    let mut cases = 0;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        assert!(!text.contains('>'), "{text}");
        assert!(text.split('&').skip(1).all(|part| part.contains(';')), "{text}");
        let end = rest.find('>').unwrap();
        let tag = &rest[at + 1..end];
        assert!(!tag.contains('<'), "{tag}");
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split([' ', '/']).next().unwrap().to_owned();
        cases += usize::from(name == "testcase");
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty() && cases == 2, "{open:?} {rest}");
    assert!(
        xml.contains("tests=\"2\" failures=\"1\"") && xml.contains("type=\"server_error\""),
        "{xml}"
    );
    assert!(xml.contains("name=\"a &lt;b&gt; &amp; &quot;c&quot; 100% ü:x,y (answer)\""), "{xml}");
}

#[test]
fn github_annotations_stay_on_line() {
    let text = written("github");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with("::error title=a <b> & \"c\" 100%25 ü%3Ax%2Cy::"), "{text}");
    assert!(lines[1].starts_with("::notice title=lab::"), "{text}");
}

/// The text format by its grammar: help and type before the samples of a name, each name once, each series once.
pub(crate) fn read_numbers(text: &str) -> Vec<(String, String, f64)> {
    let (mut samples, mut seen, mut series) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let (mut current, mut kind) = (String::new(), String::new());
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            current = help.split_once(' ').unwrap().0.to_owned();
            assert!(seen.insert(current.clone()), "{current} twice");
            kind.clear();
            continue;
        }
        if let Some(of) = line.strip_prefix("# TYPE ") {
            let (name, of) = of.split_once(' ').unwrap();
            assert_eq!(name, current);
            assert!(["gauge", "counter"].contains(&of), "{of}");
            assert_eq!(of == "counter", name.ends_with("_total"), "{name}");
            of.clone_into(&mut kind);
            continue;
        }
        assert!(!kind.is_empty(), "{line}");
        let (head, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = head.split_once('{').unwrap();
        assert_eq!(name, current);
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        let labels = labels.strip_suffix('}').unwrap();
        assert!(series.insert(head.to_owned()), "{head} twice");
        read_labels(labels);
        samples.push((name.to_owned(), labels.to_owned(), value.parse().unwrap()));
    }
    samples
}

fn read_labels(mut rest: &str) {
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        let mut escaped = false;
        let end = after.char_indices().find(|&(_, letter)| {
            let ends = letter == '"' && !escaped;
            assert!(!escaped || "\\\"n".contains(letter), "{after}");
            escaped = letter == '\\' && !escaped;
            ends
        });
        rest = &after[end.unwrap().0 + 1..];
        rest = rest.strip_prefix(',').unwrap_or(rest);
    }
}

#[test]
fn numbers_follow_the_text_format() {
    let samples = read_numbers(&written("prometheus"));
    let names: BTreeSet<_> = samples.iter().map(|(name, ..)| name.as_str()).collect();
    let golden = [
        "unstuck_probe_attempts_total",
        "unstuck_probe_consecutive_failures",
        "unstuck_probe_duration_seconds",
        "unstuck_probe_failures_total",
        "unstuck_probe_http_status_code",
        "unstuck_probe_info",
        "unstuck_probe_last_run_timestamp_seconds",
        "unstuck_probe_success",
        "unstuck_probe_time_to_first_chunk_seconds",
        "unstuck_probe_verdict",
    ];
    assert_eq!(names, BTreeSet::from(golden));
    let of = |name: &str, part: &str| {
        let found = samples.iter().find(|(of, labels, _)| of == name && labels.contains(part));
        found.unwrap().2
    };
    assert_eq!(of("unstuck_probe_success", "source=\"lab\"").to_bits(), 1.0_f64.to_bits());
    let failed = "cause=\"server_error\",fault=\"provider\"";
    assert_eq!(of("unstuck_probe_failures_total", failed).to_bits(), 1.0_f64.to_bits());
    for (name, labels, _) in &samples {
        let has_cause = labels.contains("cause=");
        assert!(
            !has_cause || name.ends_with("_info") || name.ends_with("failures_total"),
            "{name}"
        );
    }
}

#[test]
fn official_types_read_the_push() {
    let lab = Lab::start();
    let out = lab.path("push");
    let url = format!("{}/fault/server_error/v1", lab.base());
    let config = lab.config(
        &(lab.probe("/v1", "check = \"answer\"") + &probe("other", &url, "check = \"answer\"")),
    );
    let output = once(&config, &["--format", "otlp", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let push = ExportMetricsServiceRequest::decode(&*std::fs::read(out).unwrap()).unwrap();
    let metrics = &push.resource_metrics[0].scope_metrics[0].metrics;
    let mut names: Vec<_> = metrics.iter().map(|metric| metric.name.as_str()).collect();
    names.sort_unstable();
    let golden = [
        "gen_ai.client.operation.time_to_first_chunk",
        "unstuck.probe.duration",
        "unstuck.source.up",
    ];
    assert_eq!(names, golden);
    // Two probes of one model are two series.
    let up = metrics.iter().find(|metric| metric.name == "unstuck.source.up").unwrap();
    let Some(Data::Gauge(up)) = &up.data else { panic!("{up:?}") };
    assert_eq!(up.data_points.len(), 2, "{up:?}");
}

/// Three runs with one state, told as a sum of all three by one writer.
#[test]
fn push_counts_all_runs() {
    let lab = Lab::start();
    let (out, state) = (lab.path("push"), lab.path("state.json"));
    let config = lab.config(&lab.probe("/v1", "check = \"answer\""));
    let arguments = ["--format", "otlp-cumulative", "--out", out.to_str().unwrap()];
    let refused = once(&config, &arguments);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused.stderr));
    let mut writers = BTreeSet::new();
    for runs in 1..=3 {
        let output =
            once(&config, &[&arguments[..], &["--state", state.to_str().unwrap()]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", told(&output.stderr));
        let push = ExportMetricsServiceRequest::decode(&*std::fs::read(&out).unwrap()).unwrap();
        let resource = &push.resource_metrics[0].resource.as_ref().unwrap();
        let writer = resource.attributes.iter().find(|of| of.key == "service.instance.id");
        writers.insert(format!("{:?}", writer.unwrap().value));
        let metrics = &push.resource_metrics[0].scope_metrics[0].metrics;
        let counted: Vec<_> = metrics
            .iter()
            .filter_map(|metric| match &metric.data {
                Some(Data::Histogram(histogram)) => Some(histogram),
                _ => None,
            })
            .map(|histogram| (histogram.aggregation_temporality, histogram.data_points[0].count))
            .collect();
        assert_eq!(counted, [(2, runs); 2]);
    }
    assert_eq!(writers.len(), 1);
}

#[test]
fn mail_is_ready_to_send() {
    let mail = written("eml");
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    assert!(mail.is_ascii() && !mail.replace("\r\n", "").contains(['\r', '\n']), "{mail}");
    assert!(mail.split("\r\n").all(|line| line.len() <= 78), "{mail}");
    let names: Vec<_> = head.split("\r\n").filter_map(|line| line.split_once(": ")).collect();
    let of = |name: &str| names.iter().find(|(known, _)| *known == name).unwrap().1;
    assert_eq!((of("From"), of("To")), ("probe@example.org", "team@example.org"));
    assert!(of("Subject").starts_with("=?UTF-8?B?"), "{head}");
    assert!(of("Date").ends_with("+0000") && body.len() > 100, "{head}");
}
