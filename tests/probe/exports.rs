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

/// `docs/monitoring/write.sh` writes them anew.
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
