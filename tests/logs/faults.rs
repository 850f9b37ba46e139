//! Every fault of the lab, in every format that can hold it, is counted under its cause.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    command::{Folder, run},
    formats::{Call, FORMATS, ID},
    lab,
};

/// The cause told for each of the lines of one format.
fn told(folder: &Folder, format: &str, lines: &[Option<String>]) -> Vec<Option<String>> {
    let write = |name: &str, text: &str| {
        let file = folder.file(name, text);
        let report = run(&["--json", "--request", ID, &file], b"").json();
        let steps = report["steps"].as_array().unwrap().clone();
        steps
            .into_iter()
            .map(|step: Value| {
                (
                    step["line"].as_u64().unwrap(),
                    step["ended"].as_str().unwrap_or("untold").to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let mut causes = vec![None; lines.len()];
    if format == "har" {
        let entries: Vec<Value> = lines
            .iter()
            .map(|file| {
                serde_json::from_str::<Value>(file.as_deref().unwrap()).unwrap()["log"]["entries"]
                    [0]
                .take()
            })
            .collect();
        for (number, ended) in
            write("calls.har", &json!({ "log": { "entries": entries } }).to_string())
        {
            causes[number as usize - 1] = Some(ended);
        }
        return causes;
    }
    let (mut text, mut starts) = (String::new(), Vec::new());
    for (at, line) in lines.iter().enumerate() {
        if let Some(line) = line {
            starts.push((text.lines().count() as u64 + 1, at));
            text.push_str(line);
            text.push('\n');
        }
    }
    for (line, ended) in write("lines.log", &text) {
        let (_, at) = starts
            .iter()
            .find(|(start, _)| *start == line)
            .unwrap_or_else(|| panic!("{format}: line {line}"));
        causes[*at] = Some(ended);
    }
    causes
}

/// What a program's own entry is counted under where it is not the cause that the lab names, and why.
const OTHERWISE: [(&str, &str); 11] = [
    ("guarded", "the bot check shows only in a look at the front page"),
    ("headers_then_reset", "the entry says reset, and not how far the answer had come"),
    ("stream_reset", "the entry says reset, and not how far the answer had come"),
    ("stream_late_reset", "the entry does not say that all the text had arrived"),
    ("stream_embedding", "an answer of numbers, in no words of an error"),
    ("stream_wordless", "an answer without a word, in no words of an error"),
    ("stream_flood", "a program without limits of its own takes it for an answer"),
    ("stream_endless", "a program without limits of its own takes it for an answer"),
    ("stream_endless_event", "a program without limits of its own takes it for an answer"),
    ("stream_endless_comment", "a program without limits of its own takes it for an answer"),
    ("empty_reply", "httpx calls it RemoteProtocolError, as it does a broken protocol"),
];

/// How many faults each format shows under their own cause. Servers write a status and no words: what shares its status with
/// something more frequent is counted there.
const RIGHT: [(&str, usize); 20] = [
    ("python traceback", 107),
    ("python logging json", 104),
    ("pino", 107),
    ("winston", 107),
    ("opentelemetry", 108),
    ("ecs", 108),
    ("litellm", 107),
    ("datadog", 107),
    ("splunk", 107),
    ("elastic", 108),
    ("journal", 107),
    ("docker", 107),
    ("cri", 107),
    ("syslog 3164", 107),
    ("syslog 5424", 107),
    ("logfmt", 107),
    ("har", 108),
    ("nginx access", 39),
    ("apache access", 39),
    ("nginx error", 11),
];

/// The cause that an entry should be counted under: a server in front of a service that gave no answer is a gateway that gave
/// none.
fn expected<'a>(format: &str, seen: &'a lab::Seen) -> &'a str {
    let is_server = format == "nginx error" || format.ends_with("access") && seen.status == 0;
    match seen.end {
        lab::End::Silent if is_server => "gateway_timeout",
        _ if is_server => "bad_gateway",
        _ => &seen.cause,
    }
}

#[test]
fn every_fault_in_every_format() {
    let faults = lab::all();
    let folder = Folder::new();
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for (format, write) in FORMATS {
        let lines: Vec<_> = faults.iter().map(|seen| write(&Call::new(seen))).collect();
        let causes = told(&folder, format, &lines);
        let is_right = |(seen, cause): &(&lab::Seen, &Option<String>)| {
            cause.as_deref() == Some(expected(format, seen))
        };
        right.push((format, faults.iter().zip(&causes).filter(is_right).count()));
        for ((seen, line), cause) in faults.iter().zip(&lines).zip(&causes) {
            assert!(line.is_none() || cause.is_some(), "{format}: {} is not counted", seen.name);
            if format == "python traceback" && cause.as_deref() != Some(seen.cause.as_str()) {
                wrong.push((seen.name.as_str(), cause.clone()));
            }
        }
    }
    let named: BTreeSet<_> = OTHERWISE.iter().map(|(name, _)| *name).collect();
    let seen: BTreeSet<_> = wrong.iter().map(|(name, _)| *name).collect();
    assert_eq!(seen, named, "{wrong:?}");
    assert_eq!(right, RIGHT, "of {}", faults.len());
}
