//! Files for other programs: as they stand in the documentation, and careful with any name.

use std::{fs, path::PathBuf, process::Command};

use crate::lab::{Lab, probe, told};

const FILES: [(&str, &str); 5] = [
    ("prometheus-rules", "prometheus-rules.yml"),
    ("alertmanager", "alertmanager.yml"),
    ("grafana", "grafana.json"),
    ("cloudformation", "cloudformation.yaml"),
    ("terraform", "terraform.tf"),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/monitoring")
}

fn export(kind: &str, config: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_unstuck"))
        .args(["export", kind, "--config", config])
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output.stderr));
    told(&output.stdout)
}

/// `tests/monitoring/write.sh` writes them anew.
#[test]
fn documented_files_are_the_exported() {
    let config = folder().join("unstuck.toml");
    for (kind, name) in FILES {
        let written = fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert!(written == export(kind, config.to_str().unwrap()), "{name} is out of date");
    }
}

#[test]
fn strange_names_stay_inside_strings() {
    let lab = Lab::start();
    let name = "a\\\"} or up{x=\\\"${b}{{c}}'";
    let config = lab.config(&probe(name, "https://example.org/v1", ""));
    let rules = export("prometheus-rules", &config);
    let plain = r#"source=\"a\\\"} or up{x=\\\"${b}{{c}}'\""#;
    assert!(rules.contains(plain), "{rules}");
    assert!(!rules.contains("summary: \"a\\\"} or up{x=\\\"${b}{{c}}"), "{rules}");
    assert!(export("terraform", &config).contains("$${b}"));
    let dashboard: serde_json::Value = serde_json::from_str(&export("grafana", &config)).unwrap();
    assert_eq!(dashboard["schemaVersion"], 36);
}

#[test]
fn heads_say_what_was_not_tried() {
    let config = folder().join("unstuck.toml");
    for (kind, _) in FILES {
        let text = export(kind, config.to_str().unwrap());
        let says = ["Tried with", "were tried", "Not tried", "NOT VERIFIED"];
        assert!(says.iter().any(|word| text.contains(word)), "{kind}");
    }
}

#[test]
fn snapshot_tells_what_has_changed() {
    let lab = Lab::start();
    let snapshot = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unstuck"));
        let output = command.arg("snapshot").args(arguments).env_clear().output().unwrap();
        (output.status.code(), told(&output.stdout), told(&output.stderr))
    };
    let text =
        probe("one", "https://example.org/v1", "") + &probe("two", "https://example.org/v1", "");
    let config = lab.config(&text);
    let (status, good, _) = snapshot(&["--config", &config]);
    assert_eq!(status, Some(0));
    assert!(good.contains("env:LAB_KEY") && !good.contains("lab-key"), "{good}");
    let kept = lab.path("last-good.json");
    fs::write(&kept, good).unwrap();
    let kept = kept.to_str().unwrap();
    assert_eq!(
        snapshot(&["--config", &config, "--diff", kept]),
        (Some(0), String::new(), String::new())
    );
    let text = probe("one", "https://example.org/v2", "failures = 5")
        + &probe("new", "https://example.org/v1", "");
    let (status, said, _) = snapshot(&["--config", &lab.config(&text), "--diff", kept]);
    let lines: Vec<_> = said.lines().collect();
    let changed = [
        "new is new",
        "one: base_url was https://example.org/v1, is https://example.org/v2",
        "one: failures was not set, is 5",
        "two is gone",
    ];
    assert_eq!((status, lines), (Some(1), changed.to_vec()));
    fs::write(kept, "{}").unwrap();
    assert_eq!(snapshot(&["--config", &config, "--diff", kept]).0, Some(2));
    let literal = text.replace("env:LAB_KEY", "canary");
    let (status, said, error) = snapshot(&["--config", &lab.config(&literal)]);
    assert!(status == Some(2) && said.is_empty() && !error.contains("canary"), "{error}");
}
