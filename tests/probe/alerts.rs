//! Alerts: once each, whatever dies, and never for what nobody else can mend.

use std::{
    collections::BTreeSet,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    formats::read_numbers,
    lab::{Lab, command, get, once, told, until},
};

const FAST: &str = "check = \"answer\"\ninterval = \"200ms\"\nquiet = \"1s\"";

/// One probe that runs five times a second, and a receiver of each kind.
fn settings(lab: &Lab, more: &str) -> String {
    lab.probe("/v1", more)
        + "[[alert]]\nto = \"slack\"\nurl = \"env:SLACK_URL\"\n\
           [[alert]]\nto = \"webhook\"\nurl = \"env:HOOK_URL\"\n\
           [[alert]]\nto = \"teams\"\nurl = \"env:TEAMS_URL\"\n"
        + &format!(
            "[[alert]]\nto = \"pagerduty\"\nkey = \"env:PAGER_KEY\"\nurl = \"{}/sinks/pagerduty/v2/enqueue\"\n",
            lab.base()
        )
}

fn with_urls<'a>(lab: &Lab, command: &'a mut Command) -> &'a mut Command {
    let at = |path: &str| format!("{}/sinks/{path}", lab.base());
    command
        .env("SLACK_URL", at("slack/services/T/B/x"))
        .env("HOOK_URL", at("webhook/hook"))
        .env("TEAMS_URL", at("teams/workflows/1"))
}

/// `--watch`, ended by its own signal or killed.
struct Watch(Child);

impl Watch {
    fn start(lab: &Lab, more: &[&str]) -> Self {
        let config = lab.path("unstuck.toml");
        let state = lab.path("state.json");
        let mut command = command(&["--watch", "--config", config.to_str().unwrap()]);
        command.args(["--state", state.to_str().unwrap()]).args(more);
        Self(with_urls(lab, &mut command).stderr(Stdio::piped()).spawn().unwrap())
    }

    fn end(mut self, signal: &str) -> Option<i32> {
        Command::new("kill").args([signal, &self.0.id().to_string()]).status().unwrap();
        self.0.wait().unwrap().code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

/// The bodies that a receiver took, oldest first.
fn taken(lab: &Lab, kind: &str) -> Vec<Value> {
    let calls = lab.received(kind).into_iter();
    let taken = calls.filter(|call| (200..300).contains(&call["status"].as_u64().unwrap()));
    taken.map(|call| call["body"].clone()).collect()
}

/// Five receivers, an outage that changes its cause midway: one trigger and one resolve each.
#[test]
fn outage_is_told_twice_everywhere() {
    let lab = Lab::start();
    lab.config(&settings(&lab, FAST));
    let alertmanager = format!("{}/sinks/alertmanager", lab.base());
    let watch = Watch::start(&lab, &["--alertmanager", &alertmanager]);
    lab.fail("server_error");
    until("PagerDuty hears of it", || taken(&lab, "pagerduty").len() == 1);
    lab.fail("overloaded");
    thread::sleep(Duration::from_millis(700));
    lab.heal();
    for kind in ["pagerduty", "slack", "webhook", "teams"] {
        until(kind, || taken(&lab, kind).len() == 2);
    }
    thread::sleep(Duration::from_millis(1_500));
    for kind in ["pagerduty", "slack", "webhook", "teams"] {
        assert_eq!(lab.received(kind).len(), 2, "{kind}");
    }
    let pages = taken(&lab, "pagerduty");
    assert_eq!(pages[0]["event_action"], "trigger");
    assert_eq!(pages[1]["event_action"], "resolve");
    assert_eq!(pages[0]["dedup_key"], pages[1]["dedup_key"]);
    let hooks = taken(&lab, "webhook");
    assert_eq!((&hooks[0]["status"], &hooks[1]["status"]), (&json!("firing"), &json!("resolved")));
    assert_eq!(hooks[0]["commonLabels"], hooks[1]["commonLabels"]);
    // Alertmanager is told again and again, always of the same alert, and each time for longer.
    let alerts = taken(&lab, "alertmanager");
    let labels: BTreeSet<_> = alerts.iter().map(|alert| alert[0]["labels"].to_string()).collect();
    let ends: Vec<_> = alerts.iter().map(|alert| alert[0]["endsAt"].as_str().unwrap()).collect();
    assert!(alerts.len() > 3 && labels.len() == 1, "{alerts:?}");
    assert!(ends[..ends.len() - 1].is_sorted(), "{ends:?}");
    assert_eq!(watch.end("-TERM"), Some(0));
}

#[test]
fn wrong_key_wakes_nobody() {
    let lab = Lab::start();
    lab.config(&settings(&lab, FAST));
    let watch = Watch::start(&lab, &[]);
    lab.fail("invalid_api_key");
    thread::sleep(Duration::from_secs(2));
    assert_eq!(lab.received("pagerduty").len(), 0);
    assert_eq!(watch.end("-TERM"), Some(0));
}

/// The receiver takes the trigger and says nothing; the command is killed meanwhile. The next run knows that the trigger may have
/// arrived, and tells the end under the same key.
#[test]
fn killed_run_keeps_its_word() {
    let lab = Lab::start();
    lab.config(&settings(&lab, FAST));
    lab.fail("server_error");
    lab.post("/lab/sinks/pagerduty", &json!({"name": "silent", "times": 1}));
    let watch = Watch::start(&lab, &[]);
    until("the trigger is under way", || lab.received("pagerduty").len() == 1);
    assert_eq!(watch.end("-KILL"), None);
    let watch = Watch::start(&lab, &[]);
    thread::sleep(Duration::from_millis(1_500));
    lab.heal();
    until("PagerDuty hears of the end", || taken(&lab, "pagerduty").len() == 2);
    until("the others hear of the end", || taken(&lab, "webhook").len() == 2);
    assert_eq!(taken(&lab, "webhook")[0]["status"], "firing");
    assert_eq!(watch.end("-TERM"), Some(0));
    let pages = taken(&lab, "pagerduty");
    let told: Vec<_> = pages.iter().map(|page| page["event_action"].as_str().unwrap()).collect();
    assert_eq!(told, ["trigger", "resolve"]);
    assert_eq!(pages[0]["dedup_key"], pages[1]["dedup_key"]);
}

/// Runs of cron: three that fail, two that are answered.
#[test]
fn single_runs_remember_each_other() {
    let lab = Lab::start();
    let config = lab.config(&settings(&lab, "check = \"answer\"\nquiet = \"1ms\""));
    let state = lab.path("state.json");
    let run = || {
        let mut command = command(&["--once", "--config", &config]);
        command.args(["--state", state.to_str().unwrap()]);
        let output = with_urls(&lab, &mut command).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", told(&output.stderr));
        output.status.code()
    };
    lab.fail("server_error");
    for pages in [0, 0, 1, 1] {
        assert_eq!(run(), Some(1));
        assert_eq!(taken(&lab, "pagerduty").len(), pages);
    }
    lab.heal();
    for pages in [1, 2, 2] {
        assert_eq!(run(), Some(0));
        assert_eq!(taken(&lab, "pagerduty").len(), pages);
    }
    assert_eq!(taken(&lab, "slack").len(), 2);
}

/// Nobody listens there: only a control host that answers makes it the source's trouble.
#[test]
fn control_host_tells_whose_trouble() {
    let lab = Lab::start();
    let run = |control: &str, name: &str| {
        let url = format!("http://127.0.0.1:{}/v1", lab.port("refused"));
        let text = settings(&lab, "").replace(&format!("{}/v1", lab.base()), &url);
        let config = lab.config(&format!("{control}\n{text}"));
        let state = lab.path(name);
        for _ in 0..3 {
            let mut command = command(&["--once", "--config", &config]);
            command.args(["--state", state.to_str().unwrap()]);
            assert_eq!(with_urls(&lab, &mut command).output().unwrap().status.code(), Some(5));
        }
        taken(&lab, "pagerduty").len()
    };
    assert_eq!(run("", "without.json"), 0);
    assert_eq!(
        run(&format!("control = \"http://127.0.0.1:{}\"", lab.port("closed")), "cut.json"),
        0
    );
    assert_eq!(run(&format!("control = \"{}\"", lab.base()), "with.json"), 1);
}

/// A clock a day ahead, set right between two runs: nothing is told twice, and nothing waits for a day.
#[test]
fn clock_that_jumps_tells_nothing() {
    let lab = Lab::start();
    let config = lab.config(&settings(&lab, "check = \"answer\"\nquiet = \"1ms\""));
    let state = lab.path("state.json");
    let run = || {
        let mut command = command(&["--once", "--config", &config]);
        command.args(["--state", state.to_str().unwrap()]);
        with_urls(&lab, &mut command).output().unwrap().status.code()
    };
    lab.fail("server_error");
    for _ in 0..3 {
        assert_eq!(run(), Some(1));
    }
    assert_eq!(taken(&lab, "pagerduty").len(), 1);
    let text = std::fs::read_to_string(&state).unwrap();
    let ahead = shifted(&serde_json::from_str(&text).unwrap(), 86_400_000);
    std::fs::write(&state, ahead.to_string()).unwrap();
    lab.heal();
    for _ in 0..2 {
        assert_eq!(run(), Some(0));
    }
    let pages = taken(&lab, "pagerduty");
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert_eq!(pages[1]["event_action"], "resolve");
}

/// The same with every moment of this century later.
fn shifted(value: &Value, by_ms: u64) -> Value {
    match value {
        Value::Number(number) => {
            let moment =
                number.as_u64().filter(|ms| (1_500_000_000_000..4_000_000_000_000).contains(ms));
            moment.map_or_else(|| value.clone(), |ms| json!(ms + by_ms))
        }
        Value::Array(items) => items.iter().map(|item| shifted(item, by_ms)).collect(),
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(key, of)| (key.clone(), shifted(of, by_ms))).collect(),
        ),
        _ => value.clone(),
    }
}

#[test]
fn metrics_are_served_while_watching() {
    use std::io::{BufRead, BufReader};
    let lab = Lab::start();
    lab.config(&lab.probe("/v1", FAST));
    let mut watch = Watch::start(&lab, &["--listen", "127.0.0.1:0"]);
    let mut line = String::new();
    BufReader::new(watch.0.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    let page = || get(port, "/metrics").split_once("\r\n\r\n").unwrap().1.to_owned();
    until("a probe has run", || page().contains("unstuck_probe_success"));
    lab.fail("server_error");
    until("its failure shows", || page().contains("cause=\"server_error\",fault=\"provider\""));
    assert!(read_numbers(&page()).len() >= 9);
    assert!(get(port, "/metrics").contains("content-type: text/plain; version=0.0.4"));
    assert!(get(port, "/-/healthy").starts_with("HTTP/1.1 200"));
    assert!(get(port, "/else").starts_with("HTTP/1.1 404"));
    let taken = once(
        lab.path("unstuck.toml").to_str().unwrap(),
        &["--state", lab.path("state.json").to_str().unwrap()],
    );
    assert_eq!(taken.status.code(), Some(2), "the state file is in use");
    assert_eq!(watch.end("-INT"), Some(0));
}
