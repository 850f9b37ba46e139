//! The healthy provider and its log.

use serde_json::json;

use crate::client::{End, Lab};

#[test]
fn the_good_key_lists_the_models() {
    let lab = Lab::start();
    let answer = lab.request("GET", "/v1/models", "authorization: Bearer lab-key\r\n", "");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json()["data"][0]["id"], "lab-small");
    assert!(answer.header("x-request-id").unwrap().starts_with("req_"));
    assert!(answer.header("cf-ray").is_some());
}

/// Each refusal comes in its own words.
#[test]
fn wrong_and_missing_keys_are_refused() {
    let lab = Lab::start();
    let wrong = lab.request("GET", "/v1/models", "authorization: Bearer sk-other\r\n", "");
    assert_eq!(wrong.status(), 401);
    assert_eq!(wrong.json()["error"]["code"], "invalid_api_key");
    let none = lab.get("/v1/models");
    assert_eq!(none.status(), 401);
    assert_eq!(none.json()["error"]["code"], json!(null));
    assert!(none.body().contains("You didn't provide an API key"));
}

/// A stream brings role, words, finish reason, usage and end mark.
#[test]
fn stream_has_every_part_in_order() {
    let answer = Lab::start().ask();
    let body = answer.body();
    let marks = [
        "\"role\":\"assistant\"",
        "\"content\":\"",
        "\"finish_reason\":\"stop\"",
        "\"total_tokens\"",
        "[DONE]",
    ];
    let found: Vec<_> = marks.iter().map(|mark| body.find(mark).unwrap()).collect();
    assert!(found[0] < found[2] && found[2] < found[3] && found[3] < found[4], "{found:?}");
    assert!(body.matches("data: ").count() > 6);
    assert_eq!((answer.status(), answer.end), (200, End::Closed));
}

/// The draft does not repeat the question.
#[test]
fn same_question_gets_same_draft() {
    let lab = Lab::start();
    let draft = |question: &str| {
        let body = json!({"messages": [{"role": "user", "content": question}]}).to_string();
        let answer =
            lab.request("POST", "/v1/chat/completions", "authorization: Bearer lab-key\r\n", &body);
        answer.json()["choices"][0]["message"]["content"].as_str().unwrap().to_owned()
    };
    let first = draft("canary-4711");
    assert_eq!(first, draft("canary-4711"));
    assert!(!first.contains("canary"));
    assert!((0..20).any(|turn| draft(&turn.to_string()) != first));
}

#[test]
fn wrong_path_or_body_is_reported() {
    let lab = Lab::start();
    let answer = lab.ask_at("/v1/chat/completion");
    assert_eq!(answer.status(), 404);
    assert!(answer.body().contains("Invalid URL (POST /v1/chat/completion)"));
    let empty =
        lab.request("POST", "/v1/chat/completions", "authorization: Bearer lab-key\r\n", "{}");
    assert_eq!(empty.status(), 400);
}

#[test]
fn no_cross_origin_api_access() {
    let answer = Lab::start().request("GET", "/v1/models", "origin: http://a.test\r\n", "");
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

/// The log tells duplicates, origins and unfinished answers, but no key.
#[test]
fn log_tells_everything_but_the_key() {
    let lab = Lab::start();
    lab.ask();
    lab.ask();
    lab.request(
        "GET",
        "/v1/models",
        "authorization: Bearer sk-canary\r\norigin: chrome-extension://abc\r\n",
        "",
    );
    lab.ask_with_fault("stream_reset");
    let log = lab.log();
    assert_eq!(log.len(), 4);
    assert_eq!(log[0]["body_sha256"], log[1]["body_sha256"]);
    assert_ne!(log[0]["body_sha256"], log[2]["body_sha256"]);
    assert!(log[0]["at_ms"].as_u64() <= log[1]["at_ms"].as_u64());
    assert_eq!(log[0]["messages"][0]["content"], "Shall we meet?");
    assert_eq!((&log[0]["answered"], &log[0]["key"]), (&json!(true), &json!("accepted")));
    assert_eq!(
        (&log[2]["origin"], &log[2]["key"]),
        (&json!("chrome-extension://abc"), &json!("refused"))
    );
    assert_eq!((&log[3]["answered"], &log[3]["fault"]), (&json!(false), &json!("stream_reset")));
    assert_eq!(log[3]["path"], "/v1/chat/completions");
    let text = lab.get("/lab/log").text();
    assert!(!text.contains("lab-key") && !text.contains("canary"), "{text}");
}
