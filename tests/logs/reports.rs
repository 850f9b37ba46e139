//! What the command tells: joined requests, retries, incidents, the post-mortem, exit codes.

use crate::command::{Folder, causes, report, run};

#[test]
fn exit_code_tells_whether_calls_failed() {
    assert_eq!(run(&["-"], b"").code, 0);
    assert_eq!(run(&["-"], b"2026-11-28T10:00:00Z INFO started, error rate 0\n").code, 0);
    assert_eq!(run(&["-"], b"2026-11-28T10:00:00Z ERROR status 503\n").code, 1);
    assert_eq!(run(&[], b"").code, 2);
    assert_eq!(run(&["--json", "--post-mortem", "-"], b"").code, 2);
}

/// An application, its gateway and a web server name the same request in their own ways.
#[test]
fn one_request_through_three_files() {
    let folder = Folder::new();
    let app = "{\"level\":50,\"time\":1795860003000,\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"err\":{\"type\":\"InternalServerError\",\"status\":504,\"message\":\"504 status code (no body)\"},\"msg\":\"draft failed\"}\n\
        {\"level\":50,\"time\":1795860009000,\"trace_id\":\"ffffffffffffffffffffffffffff0000\",\"msg\":\"another one\"}\n";
    let gateway = "2026-11-28T11:00:01.500+01:00 INFO request_id=4bf92f3577b34da6a3ce929d0e0e4736 sent on to https://api.openai.com/v1/chat/completions\n";
    let nginx = "10.0.0.7 - - [28/Nov/2026:10:00:02 +0000] \"POST /v1/chat/completions HTTP/1.1\" 504 167 \"-\" \"OpenAI/JS 6.1\" request_id=4bf92f3577b34da6a3ce929d0e0e4736\n";
    let files = [
        folder.file("app.log", app),
        folder.file("gateway.log", gateway),
        folder.file("nginx.log", nginx),
    ];
    let mut arguments = vec!["--json", "--request", "4bf92f3577b34da6a3ce929d0e0e4736"];
    arguments.extend(files.iter().map(String::as_str));
    let told = run(&arguments, b"");
    let steps = told.json()["steps"].as_array().unwrap().clone();
    let way: Vec<_> = steps
        .iter()
        .map(|step| {
            (step["file"].as_str().unwrap().rsplit('/').next().unwrap(), step["ended"].as_str())
        })
        .collect();
    assert_eq!(
        way,
        [
            ("gateway.log", None),
            ("nginx.log", Some("gateway_timeout")),
            ("app.log", Some("gateway_timeout"))
        ]
    );
    assert_eq!(told.code, 1);
}

/// Nothing is joined by time: the same second is not the same request.
#[test]
fn retries_are_counted_by_id_only() {
    let line = |id: &str, status: u16| {
        format!(
            "{{\"time\":\"2026-11-28T10:00:00Z\",\"status\":{status},\"url\":\"https://api.openai.com/v1/chat/completions\"{id}}}\n"
        )
    };
    let (a, b) = (",\"trace_id\":\"aaaa1111\"", ",\"trace_id\":\"bbbb2222\"");
    let input =
        [line(a, 429), line(a, 429), line(a, 200), line(b, 429), line("", 429), line("", 429)]
            .concat();
    let retries = &report(input)["retries"];
    assert_eq!((retries["requests"].as_u64(), retries["tries"].as_u64()), (Some(2), Some(4)));
    assert_eq!(
        (retries["tried_again"].as_u64(), retries["answered_in_the_end"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(retries["amplification"].as_f64(), Some(2.0));
}

/// Ten answers, an outage of ten minutes, half an hour of answers.
fn outage() -> String {
    let line = |minute: u32, second: u32, status: u16| {
        format!(
            "{{\"time\":\"2026-11-28T10:{minute:02}:{second:02}Z\",\"status\":{status},\"url\":\"https://api.openai.com/v1/chat/completions\"}}\n"
        )
    };
    let status = |minute: u32| if (10..20).contains(&minute) { 503 } else { 200 };
    (0..55)
        .flat_map(|minute| [line(minute, 0, status(minute)), line(minute, 30, status(minute))])
        .collect()
}

#[test]
fn outage_is_one_incident() {
    let told = run(&["--json", "--incidents", "-"], outage().as_bytes()).json();
    let incidents = told["incidents"].as_array().unwrap();
    assert_eq!(incidents.len(), 1, "{told}");
    let incident = &incidents[0];
    assert_eq!(
        (incident["service"].as_str(), incident["kind"].as_str()),
        (Some("OpenAI"), Some("failing"))
    );
    // 10:10 to the answers after 10:34:30, when a quarter of an hour has passed without a failure.
    assert_eq!(incident["started_ms"], 1_795_860_600_000_u64);
    assert_eq!(incident["failures"], 20);
    assert!(
        incident["ended_ms"].as_u64().unwrap() <= 1_795_860_000_000 + 36 * 60_000,
        "{incident}"
    );
    assert_eq!(told["failing"], 20);
}

/// The files may come in any order: the detector gets the calls in the order of time.
#[test]
fn order_of_files_does_not_matter() {
    let folder = Folder::new();
    let lines: Vec<_> = outage().lines().map(|line| format!("{line}\n")).collect();
    let files = [
        folder.file("late.log", lines[60..].concat()),
        folder.file("early.log", lines[..60].concat()),
    ];
    let told = run(&["--json", "--incidents", &files[0], &files[1]], b"").json();
    let whole = run(&["--json", "--incidents", "-"], outage().as_bytes()).json();
    assert_eq!(told["incidents"], whole["incidents"]);
}

#[test]
fn post_mortem_never_names_a_culprit() {
    let told = run(&["--post-mortem", "-"], outage().as_bytes());
    for part in [
        "## Summary",
        "## Impact",
        "## Timeline",
        "## Detection and recovery",
        "## Cause, as diagnosed",
        "## Open questions",
        "## Actions",
    ] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    assert!(told.out.contains("OpenAI does not answer from 2026-11-28 10:10:00"), "{}", told.out);
    assert!(told.out.contains("(`service_unavailable`) | 20 | 100.0 %"), "{}", told.out);
    assert!(
        told.out.contains("The root cause: _to be filled in_")
            && told.out.contains("People affected: _to be filled in_")
    );
    assert!(told.out.contains("| Action | Owner | Due |\n|---|---|---|\n| | | |"));
}

#[test]
fn table_fits_the_span() {
    let line = |time: &str| format!("{{\"time\":\"{time}\",\"status\":503}}\n");
    let unit = |last: &str| {
        let told = report([line("2026-11-28T10:00:00Z"), line(last)].concat());
        let rows = told["rows"].as_array().unwrap().len();
        (told["by"].as_str().unwrap().to_owned(), rows)
    };
    assert_eq!(unit("2026-11-28T10:40:00Z"), ("minute".to_owned(), 2));
    assert_eq!(unit("2026-11-29T10:00:00Z"), ("hour".to_owned(), 2));
    assert_eq!(unit("2027-11-29T10:00:00Z"), ("day".to_owned(), 2));
}

#[test]
fn stack_trace_is_one_entry() {
    let trace = "2026-11-28 10:00:00,123 ERROR app: draft failed\n\
        Traceback (most recent call last):\n  File \"httpx/_transports/default.py\", line 101, in map_httpcore_exceptions\n    raise ReadTimeout()\n\
        httpcore.ConnectError: [Errno 111] Connection refused\n\n\
        The above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File \"app.py\", line 3, in ask\n\
        openai.APIConnectionError: Connection error.\n\
        2026-11-28 10:00:01,000 INFO app: next\n";
    assert_eq!(causes(&report(trace)), [("connection_refused".to_owned(), 1)]);
    let more = format!(
        "{trace}Traceback (most recent call last):\n  File \"app.py\", line 3, in ask\nhttpx.ReadTimeout: timed out\ngateway says status 503\n"
    );
    assert_eq!(causes(&report(more)).len(), 3);
    let docker: String = trace
        .lines()
        .map(|line| {
            let log = serde_json::to_string(&format!("{line}\n")).unwrap();
            format!("{{\"log\":{log},\"stream\":\"stderr\",\"time\":\"2026-11-28T10:00:00.5Z\"}}\n")
        })
        .collect();
    assert_eq!(causes(&report(docker)), [("connection_refused".to_owned(), 1)]);
}

#[test]
fn only_counts_lines_with_text() {
    let input = b"10.0.0.7 - - [28/Nov/2026:10:00:02 +0000] \"GET /favicon.ico HTTP/1.1\" 404 1 \"-\" \"x\"\n\
        10.0.0.7 - - [28/Nov/2026:10:00:02 +0000] \"POST /v1/chat/completions HTTP/1.1\" 502 1 \"-\" \"x\"\n";
    let told = run(&["--json", "--only", "/v1/", "-"], input).json();
    assert_eq!(causes(&told), [("bad_gateway".to_owned(), 1)]);
}
