//! Faults by name: how they are chosen, how often they hit, what the replies look like.

use serde_json::{Value, json};

use crate::client::Lab;

fn catalogue(lab: &Lab) -> Vec<Value> {
    lab.get("/lab/faults").json()["faults"].as_array().unwrap().clone()
}

#[test]
fn fault_hits_the_given_calls_only() {
    let lab = Lab::start();
    lab.post("/lab/fault", &json!({"name": "rate_limited", "times": 2, "retry_after": 7}));
    for _ in 0..2 {
        let answer = lab.ask();
        assert_eq!((answer.status(), answer.header("retry-after").as_deref()), (429, Some("7")));
        assert!(answer.body().contains("try again in 7s"));
    }
    assert_eq!(lab.ask().status(), 200);
}

#[test]
fn endless_fault_lasts_until_cleared() {
    let lab = Lab::start();
    let clearing = [json!({"name": "overloaded", "times": 0}), json!({"name": "healthy"})];
    for clear in clearing {
        lab.post("/lab/fault", &json!({"name": "overloaded", "times": -1}));
        assert!((0..4).all(|_| lab.ask().status() == 503));
        assert_eq!(lab.get("/lab/fault").json()["fault"]["name"], "overloaded");
        lab.post("/lab/fault", &clear);
        assert_eq!(lab.ask().status(), 200);
    }
}

#[test]
fn retry_after_may_be_any_text() {
    let lab = Lab::start();
    for absurd in ["-1", "1e308", "Fri, 31 Dec 9999 23:59:59 GMT", "soon"] {
        lab.post("/lab/fault", &json!({"name": "rate_limited", "retry_after": absurd}));
        assert_eq!(lab.ask().header("retry-after").as_deref(), Some(absurd));
    }
}

#[test]
fn path_or_header_names_a_fault() {
    let lab = Lab::start();
    assert_eq!(lab.ask_with_fault("server_error").status(), 500);
    let answer = lab.request("POST", "/v1/chat/completions", "x-lab-fault: conflict\r\n", "{}");
    assert_eq!(answer.status(), 409);
    assert_eq!(lab.ask().status(), 200);
}

/// A fault named for one call leaves the waiting fault alone.
#[test]
fn named_fault_spares_the_waiting_one() {
    let lab = Lab::start();
    lab.post("/lab/fault", &json!({"name": "overloaded"}));
    assert_eq!(lab.ask_with_fault("healthy").status(), 200);
    assert_eq!(lab.ask().status(), 503);
}

#[test]
fn unknown_fault_gets_the_list() {
    let lab = Lab::start();
    let answers =
        [lab.post("/lab/fault", &json!({"name": "gremlins"})), lab.ask_with_fault("gremlins")];
    for answer in answers {
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.json()["faults"].as_array().unwrap().len(), catalogue(&lab).len());
    }
}

#[test]
fn replies_have_the_promised_status() {
    let lab = Lab::start();
    let mut seen = 0;
    for fault in catalogue(&lab) {
        let (name, about) = (fault["name"].as_str().unwrap(), fault["about"].as_str().unwrap());
        if matches!(fault["group"].as_str(), Some("connection" | "stream")) {
            continue;
        }
        let answer = lab.ask_with_fault(name);
        assert_eq!(answer.status().to_string(), about[..3], "{name}");
        assert!(
            !answer.body().contains("{retry_after}") && !answer.body().contains("{ray}"),
            "{name}"
        );
        seen += 1;
    }
    assert!(seen >= 50, "{seen}");
}

/// Each machine on the way answers in its own form.
#[test]
fn every_hop_speaks_its_own_form() {
    let lab = Lab::start();
    let kind = |name: &str| lab.ask_with_fault(name).header("content-type").unwrap();
    assert_eq!(kind("invalid_api_key"), "application/json");
    assert_eq!(kind("bad_gateway"), "text/html");
    assert_eq!(kind("edge_524"), "text/html; charset=UTF-8");
    assert_eq!(kind("unauthorized_text"), "text/plain; charset=utf-8");
    let challenge = lab.ask_with_fault("cloudflare_challenge");
    assert_eq!(challenge.header("cf-mitigated").as_deref(), Some("challenge"));
    assert_eq!(lab.ask_with_fault("bad_gateway").header("cf-ray"), None);
    assert!(lab.ask_with_fault("overloaded_529").body().contains("overloaded_error"));
    assert_eq!(lab.ask_with_fault("unauthorized_text").body(), "UNAUTHORIZED");
}

#[test]
fn usage_cap_ends_in_the_future() {
    let body = Lab::start().ask_with_fault("usage_cap").json();
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    assert!(body["error"]["resets_at"].as_u64().unwrap() > now);
}

#[test]
fn redirect_loop_changes_its_address() {
    let lab = Lab::start();
    let first = lab.ask_with_fault("redirect_loop").header("location").unwrap();
    let second = lab.ask_at(&first).header("location").unwrap();
    assert!(second.starts_with("/fault/redirect_loop/v1/chat/completions?turn="));
    assert_ne!(first, second);
}

#[test]
fn reset_clears_faults_log_and_messages() {
    let lab = Lab::start();
    lab.ask();
    lab.post("/lab/sent", &json!({"text": "hi"}));
    lab.post("/lab/fault", &json!({"name": "overloaded", "times": -1}));
    lab.post("/lab/reset", &json!({}));
    assert_eq!(lab.log().len(), 0);
    assert_eq!(lab.get("/lab/sent").json()["sent"], json!([]));
    assert_eq!(lab.ask().status(), 200);
}
