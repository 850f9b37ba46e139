//! The contract of `unstuck diagnose`, kept by the built command itself.
#![expect(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Output, Stdio},
    thread,
};

use serde_json::{Value, json};

#[test]
fn json_output_has_every_field() {
    let told = diagnosed(&["--json", "Failed to fetch"], "");
    for field in ["cause", "fault", "headline", "why"] {
        assert!(told[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {told}");
    }
    for field in ["steps", "actions", "evidence", "also"] {
        assert!(told[field].is_array(), "{field}: {told}");
    }
    assert!(told["steps"].as_array().is_some_and(|steps| (1..=4).contains(&steps.len())));
    assert!(told["confidence"].as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)));
    assert!(told["retry"]["when"].is_string());
}

/// The output goes from the headline down to the confidence.
#[test]
fn readable_output_without_colours_in_pipes() {
    let output = run(&["diagnose", "Failed", "to", "fetch"], b"");
    assert_eq!(output.status.code(), Some(0));
    let page = text(&output.stdout);
    let told = diagnosed(&["--json", "Failed to fetch"], "");
    let place = |field: &str| page.find(told[field].as_str().unwrap()).unwrap();
    assert_eq!(place("headline"), 0);
    assert!(place("headline") < place("why") && place("why") < place("whose_move"));
    assert!(place("whose_move") < page.find("  1. ").unwrap());
    assert!(page.find("  1. ").unwrap() < place("retry_line"));
    assert!(place("retry_line") < page.find("How certain: ").unwrap());
    assert!(page.contains(&format!("({})", told["cause"].as_str().unwrap())));
    assert!(!page.contains('\x1b'));
}

#[test]
fn stdin_accepts_text_body_and_failure() {
    let failure = json!({"status": 503, "url": "https://api.openai.com/v1/chat/completions"});
    for pasted in [
        "Failed to fetch\n",
        r#"{"error":{"message":"The server had an error","type":"server_error"}}"#,
        &format!("\u{feff}{failure}\r\n"),
        "",
    ] {
        assert!(diagnosed(&["--json"], pasted)["cause"].is_string(), "{pasted}");
    }
}

/// Facts given as arguments and the same facts in a line of JSON are told alike.
#[test]
fn arguments_and_json_lines_agree() {
    let arguments = [
        "--json",
        "--provider",
        "openai",
        "--url",
        "https://api.openai.com/v1/chat/completions",
        "--status",
        "401",
        "--header",
        "X-Request-Id: req_1",
        "--body",
        "-",
        "--online",
        "--elapsed-ms",
        "340",
    ];
    let body = r#"{"error":{"code":"invalid_api_key"}}"#;
    let line = json!({
        "provider": "openai", "url": "https://api.openai.com/v1/chat/completions", "status": 401,
        "headers": {"x-request-id": "req_1"}, "body": body, "online": true, "elapsed_ms": 340
    });
    let (lines, code) = lines(format!("{line}\n").as_bytes());
    assert_eq!((diagnosed(&arguments, body), code), (lines[0].clone(), Some(0)));
}

/// A line that is no failure does not stop the rest.
#[test]
fn each_line_is_answered_in_order() {
    let input = b"\xef\xbb\xbf{\"status\":429}\r\n\n   \nnot json\n[1,2]\n{\"body\":\"\xff\xfe\"}\n\"x\"\n{}";
    let (lines, code) = lines(input);
    assert_eq!(code, Some(2));
    let shape: Vec<_> = lines
        .iter()
        .map(|line| (line["cause"].is_string(), line["error"].is_string(), line["line"].as_u64()))
        .collect();
    let (told, refused) = ((true, false, None), |line| (false, true, Some(line)));
    assert_eq!(shape, [told, refused(4), refused(5), told, refused(7), told]);
}

#[test]
fn cut_emoji_is_still_a_failure() {
    let (lines, code) = lines(br#"{"message":"cut \ud83d"}"#);
    assert!(lines[0]["cause"].is_string(), "{}", lines[0]);
    assert_eq!(code, Some(0));
}

/// A diagnosis is written before the next line is awaited.
#[test]
fn each_diagnosis_is_flushed_at_once() {
    let mut child = start(&["diagnose", "--jsonl"]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        input.write_all(b"{\"status\":500}\n").unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(serde_json::from_str::<Value>(&line).unwrap()["cause"].is_string());
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn ten_megabyte_body_is_read() {
    let line = json!({"status": 502, "body": "<p>x</p>".repeat(10 << 17)});
    let (lines, code) = lines(line.to_string().as_bytes());
    assert_eq!((lines.len(), code), (1, Some(0)));
    assert!(lines[0]["cause"].is_string());
}

/// No input gives no diagnosis and no fault.
#[test]
fn empty_input_is_no_error() {
    assert_eq!(lines(b""), (vec![], Some(0)));
    assert_eq!(lines(b"\n\n"), (vec![], Some(0)));
}

#[test]
fn body_file_may_hold_any_bytes() {
    let path = std::env::temp_dir().join(format!("unstuck-body-{}", std::process::id()));
    fs::write(&path, b"\x00\xff<html>").unwrap();
    let told = diagnosed(&["--json", "--status", "502", "--body", path.to_str().unwrap()], "");
    fs::remove_file(&path).unwrap();
    assert!(told["cause"].is_string());
}

/// Wrong arguments end with 2, a missing file with 1.
#[test]
fn exit_codes_for_arguments_and_files() {
    for arguments in [
        &["--status", "99"][..],
        &["--status", "many"],
        &["--header", "no colon"],
        &["--header", ": no name"],
        &["--online", "--offline"],
        &["--json", "--jsonl"],
        &["--jsonl", "Failed to fetch"],
        &["--jsonl", "--status", "500"],
        &["--unheard-of"],
    ] {
        let output = run(&[&["diagnose"], arguments].concat(), b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
    let output = run(&["diagnose", "--body", "/no/such/file"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/no/such/file"));
}

#[test]
fn help_tells_the_exit_statuses() {
    let help = run(&["diagnose", "--help"], b"");
    assert_eq!(help.status.code(), Some(0));
    let help = text(&help.stdout);
    let statuses = help.split_once("Exit status:").unwrap().1;
    assert!(["  0  ", "  1  ", "  2  "].iter().all(|status| statuses.contains(status)));
}

/// Of the command and of each task, in the language that is named or that of the environment.
#[test]
fn help_speaks_the_named_language() {
    for (arguments, told) in [
        (&["--lang", "de", "--help"][..], "Sagt, warum eine KI-Anfrage gescheitert ist"),
        (&["probe", "--help", "--lang=zh-CN"], "询问你的 AI 来源"),
        (&["help", "redact", "--lang", "ru"], "Убирает из текста секреты"),
        (&["logs", "--lang", "ja"], "<FILE>... がありません"),
    ] {
        let output = run(arguments, b"");
        let said = [text(&output.stdout), text(&output.stderr)].concat();
        assert!(said.contains(told), "{said}");
        assert!(!said.contains("Usage:") && !said.contains("Print help"), "{said}");
    }
    let unknown = run(&["--lang", "tlh", "redact"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("it has to be one of en, ar, "));
}

/// The one JSON object that the arguments and the input lead to.
fn diagnosed(arguments: &[&str], input: &str) -> Value {
    let output = run(&[&["diagnose"], arguments].concat(), input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = text(&output.stdout);
    assert_eq!(written.lines().count(), 1, "{written}");
    serde_json::from_str(&written).unwrap()
}

/// The lines that come back from `--jsonl`, and the exit status.
fn lines(input: &[u8]) -> (Vec<Value>, Option<i32>) {
    let output = run(&["diagnose", "--jsonl"], input);
    let written = text(&output.stdout);
    let lines = written.lines().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), output.status.code())
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().unwrap();
    thread::scope(|scope| {
        // A command that does not read its input closes the pipe, which is no matter here.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}

fn start(arguments: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_unstuck"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The text without its secrets goes to standard output, the counts go to standard error.
#[test]
fn redact_writes_text_and_counts() {
    let key = ["sk-", "proj-", &"Fake0Test1Zz9".repeat(6)].concat();
    let mut child = start(&["redact"]);
    let text = format!("Grüße, {key} and jane.doe@example.test, status 429\n");
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let redacted = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(redacted, "Grüße, [OPENAI_KEY#1] and [EMAIL#1], status 429\n");
    let counts = String::from_utf8(output.stderr).unwrap();
    assert!(counts.contains("OPENAI_KEY 1") && counts.contains("EMAIL 1"), "{counts}");
}
