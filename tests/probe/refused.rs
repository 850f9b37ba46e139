//! Settings that are refused, and what is told of them.

use std::process::Stdio;

use crate::lab::{Lab, command, once, probe, told};

const CANARY: &str = "sk-ant-api03-canary-of-a-key";

/// What the command says of settings that it refuses.
fn refused(lab: &Lab, text: &str) -> String {
    let output = once(&lab.config(text), &[]);
    let said = told(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}\n{said}");
    assert!(output.stdout.is_empty(), "{text}");
    said
}

#[test]
fn literal_secrets_are_never_printed() {
    let lab = Lab::start();
    let good = lab.probe("/v1", "");
    for text in [
        good.replace("env:LAB_KEY", CANARY),
        good.replace("\"env:LAB_KEY\"", &format!("[\"{CANARY}\"]")),
        good.replace("name = \"lab\"", &format!("name = \"{CANARY}\"")),
        good.replace("model = \"lab-small\"", &format!("model = \"{CANARY}\"")),
        good.replace("/v1", &format!("/v1?key={CANARY}")),
        good.replace("source = \"openrouter\"", &format!("source = \"{CANARY}\"")),
        format!("{good}check = \"{CANARY}\""),
        format!("{good}failures = \"{CANARY}\""),
        format!("{good}interval = \"{CANARY}\""),
        format!("{good}{CANARY} = 1"),
        format!("{good}key2 = {CANARY}"),
        format!(
            "{good}\n[[alert]]\nto = \"slack\"\nurl = \"https://hooks.slack.com/services/T/B/{CANARY}\""
        ),
        format!("{good}\n[[alert]]\nto = \"pagerduty\"\nkey = \"{CANARY}\""),
    ] {
        let said = refused(&lab, &text);
        assert!(!said.contains("canary"), "{said}");
    }
    let said = refused(&lab, &good.replace("env:LAB_KEY", CANARY));
    assert!(said.contains("line 6") && said.contains("env:NAME"), "{said}");
}

#[test]
fn wrong_settings_are_named() {
    let lab = Lab::start();
    let good = lab.probe("/v1", "");
    for (text, named) in [
        (String::new(), "no [[probe]]"),
        (format!("{good}intervall = \"5m\""), "line 9: unknown field intervall"),
        (format!("{good}expect = {{ contain = \"x\" }}"), "unknown field contain"),
        (good.replace("name = \"lab\"", ""), "missing field name"),
        (format!("{good}interval = \"5 minutes\""), "between 1ms and 24h"),
        (format!("{good}failures = 0"), "between 1 and 99"),
        (format!("{good}check = \"chatt\""), "expected one of"),
        (format!("{good}what is this"), "line 9: expected"),
        (format!("{good}{good}"), "two probes"),
        (good.replace("openrouter", "nobody"), "openai, anthropic"),
        (good.replace("openrouter", "built_in"), "openai, anthropic"),
        (good.replace("env:LAB_KEY", "env:NOT_THERE"), "env:NOT_THERE"),
        (good.replace("env:LAB_KEY", "file:/not/there"), "file:/not/there"),
        (good.replace("http://127.0.0.1", "http://example.org"), "base_url"),
        (good.replace("model = \"lab-small\"", "check = \"answer\""), "needs a model"),
        (format!("{good}check = \"status\"\ninterval = \"5s\""), "60s"),
        (format!("{good}\n[mail]\nfrom = \"a@b.org\\r\\nBcc: c@d.org\"\nto = \"a@b.org\""), "mail"),
        (format!("{good}\n[[alert]]\nto = \"splunk\""), "Splunk"),
        (format!("{good}\n[[alert]]\nto = \"slack\""), "needs a url"),
    ] {
        let said = refused(&lab, &text);
        assert!(said.contains(named), "{text}\n{said}");
    }
    let missing = once(lab.path("nothing.toml").to_str().unwrap(), &[]);
    assert_eq!(missing.status.code(), Some(2));
    for arguments in [&[][..], &["--once", "--watch"], &["--once", "--listen", "127.0.0.1:0"]] {
        let output = command(arguments).args(["--config", &lab.config(&good)]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(once(&lab.config(&good), &["--format", "eml"]).status.code(), Some(2));
    assert_eq!(
        once(&lab.config(&good), &["--alertmanager", "http://127.0.0.1:1"]).status.code(),
        Some(2)
    );
}

/// The second of two runs says that it has come second, and leaves the file alone.
#[test]
fn state_file_takes_one_run() {
    let lab = Lab::start();
    let url = format!("{}/fault/never_answers/v1", lab.base());
    let config = lab.config(&probe("lab", &url, "check = \"answer\""));
    let state = lab.path("state.json");
    let arguments = ["--once", "--config", &config, "--state", state.to_str().unwrap()];
    let mut first = command(&arguments).stdout(Stdio::null()).spawn().unwrap();
    crate::lab::until("the first run locks", || lab.path("state.json.lock").exists());
    let second = command(&arguments).output().unwrap();
    let said = told(&second.stderr);
    assert!(second.status.code() == Some(2) && said.contains("another run"), "{said}");
    assert_eq!(first.wait().unwrap().code(), Some(5));
    for broken in ["", "{", "{\"version\":0}", "\u{0}\u{0}"] {
        std::fs::write(&state, broken).unwrap();
        let output = command(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{broken:?}");
        assert_eq!(std::fs::read_to_string(&state).unwrap(), broken);
    }
}
