//! `unstuck probe`, as the built command itself, against the lab.
#![expect(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

#[path = "probe/alerts.rs"]
mod alerts;
#[path = "probe/exports.rs"]
mod exports;
#[path = "probe/formats.rs"]
mod formats;
#[path = "probe/lab.rs"]
mod lab;
#[path = "probe/refused.rs"]
mod refused;

use std::time::{Duration, Instant};

use lab::{Lab, once, probe, told};
use serde_json::Value;

/// The one probe of a run as JSON, and the exit status.
fn found(config: &str) -> (i32, Value) {
    let output = once(config, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", told(&output.stderr)));
    (output.status.code().unwrap(), report["probes"][0].clone())
}

#[test]
fn exit_status_tells_whose_turn() {
    let lab = Lab::start();
    for (fault, exit, cause) in [
        ("server_error", 1, "server_error"),
        ("overloaded", 1, "model_overloaded"),
        ("invalid_api_key", 4, "invalid_api_key"),
        ("rate_limited", 4, "rate_limited"),
        ("insufficient_quota", 4, "quota_exhausted"),
        ("model_not_found", 4, "model_not_found"),
        ("connection_reset", 5, "connection_lost"),
        ("never_answers", 5, "timeout"),
        ("stream_stalled", 5, "stream_interrupted"),
    ] {
        let config = lab.config(&lab.probe(&format!("/fault/{fault}/v1"), "check = \"answer\""));
        let (status, row) = found(&config);
        assert_eq!((status, row["cause"].as_str()), (exit, Some(cause)), "{fault}: {row}");
    }
    for (port, cause) in
        [("refused", "connection_refused"), ("reset", "connection_lost"), ("unanswered", "timeout")]
    {
        let url = format!("http://127.0.0.1:{}/v1", lab.port(port));
        let (status, row) = found(&lab.config(&probe("lab", &url, "")));
        assert_eq!((status, row["cause"].as_str()), (5, Some(cause)), "{port}: {row}");
    }
    let url = format!("https://127.0.0.1:{}/v1", lab.port("https"));
    let (status, row) = found(&lab.config(&probe("lab", &url, "")));
    assert_eq!((status, row["cause"].as_str()), (5, Some("tls_certificate")), "{row}");
}

#[test]
fn every_check_is_answered() {
    let lab = Lab::start();
    for (check, requests) in [("models", 1), ("answer", 1), ("chat", 4)] {
        let config = lab.config(&lab.probe("/v1", &format!("check = \"{check}\"")));
        let (status, row) = found(&config);
        assert_eq!((status, row["verdict"].as_str()), (0, Some("answered")), "{row}");
        assert_eq!(row["tries"], requests);
        assert_eq!(row["first_chunk_s"].is_null(), check == "models", "{row}");
    }
}

#[test]
fn limits_and_missing_text_degrade() {
    let lab = Lab::start();
    for (expect, cause) in [
        ("contains = \"no such words\"", "unexpected_reply"),
        ("max_first_chunk = \"1ms\"", "over_limit"),
        ("max_duration = \"1ms\"", "over_limit"),
    ] {
        let more = format!("check = \"answer\"\nexpect = {{ {expect} }}");
        let (status, row) = found(&lab.config(&lab.probe("/v1", &more)));
        assert_eq!((status, row["cause"].as_str()), (3, Some(cause)), "{row}");
    }
    let more = "check = \"answer\"\nexpect = { max_first_chunk = \"2s\", max_duration = \"2s\" }";
    assert_eq!(found(&lab.config(&lab.probe("/v1", more))).0, 0);
}

#[test]
fn worst_of_several_probes_wins() {
    let lab = Lab::start();
    let at = |name: &str, fault: &str| {
        probe(name, &format!("{}/fault/{fault}/v1", lab.base()), "check = \"answer\"")
    };
    let (good, yours) = (at("good", "healthy"), at("yours", "invalid_api_key"));
    let (theirs, ours) = (at("theirs", "server_error"), at("ours", "connection_reset"));
    for (probes, exit) in [
        (vec![&good, &yours], 4),
        (vec![&yours, &theirs, &good], 1),
        (vec![&ours, &yours], 4),
        (vec![&ours, &good], 5),
    ] {
        let text: String = probes.into_iter().map(String::as_str).collect();
        let output = once(&lab.config(&text), &[]);
        assert_eq!(output.status.code(), Some(exit), "{}", told(&output.stdout));
    }
}

#[test]
fn silent_sources_wait_side_by_side() {
    let lab = Lab::start();
    let at = |name: &str| {
        probe(name, &format!("{}/fault/never_answers/v1", lab.base()), "check = \"answer\"")
    };
    let text: String = ["one", "two", "three"].map(at).concat();
    let begun = Instant::now();
    let output = once(&lab.config(&text), &[]);
    assert_eq!(output.status.code(), Some(5));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn status_page_is_told() {
    let lab = Lab::start();
    for (indicator, exit) in [("none", 0), ("major", 3)] {
        let body = format!(r#"{{"status":{{"indicator":"{indicator}","description":"Words"}}}}"#);
        lab.post("/lab/stage", &serde_json::json!({"path": "/status.json", "body": body}));
        let config = lab.config(&lab.probe("/status.json", "check = \"status\""));
        let (status, row) = found(&config);
        assert_eq!(status, exit, "{row}");
        assert_eq!(row["headline"].as_str().unwrap().contains("Words"), exit == 3, "{row}");
    }
}

#[test]
fn canary_tells_only_what_it_knows() {
    let lab = Lab::start();
    let at = |name: &str, path: &str| {
        let url = format!("{}{path}", lab.base());
        probe(name, &url, "check = \"models\"")
    };
    let text = at("old", "/v1") + &at("same", "/v1") + &at("bad", "/fault/server_error/v1");
    let config = lab.config(&text);
    let compare = |pair: [&str; 2], runs: &str| {
        let arguments = ["--config", &config, "--compare", pair[0], pair[1], "--runs", runs];
        let output = lab::command(&arguments).output().unwrap();
        (output.status.code(), told(&output.stdout) + &told(&output.stderr))
    };
    let (status, said) = compare(["old", "bad"], "10");
    assert!(status == Some(1) && said.contains("bad fails more"), "{said}");
    let (status, said) = compare(["bad", "old"], "10");
    assert!(status == Some(0) && said.contains("bad fails more"), "{said}");
    let (status, said) = compare(["old", "same"], "10");
    assert!(status == Some(0) && said.contains("Cannot tell"), "{said}");
    let (status, said) = compare(["old", "bad"], "2");
    assert!(status == Some(0) && said.contains("Cannot tell"), "{said}");
    assert!(said.contains("more runs of each"), "{said}");
    assert_eq!(compare(["old", "nobody"], "2").0, Some(2));
    assert_eq!(compare(["old", "same"], "0").0, Some(2));
}
