//! `unstuck simulate`, as the built command itself.
#![expect(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

use std::{
    fs,
    process::{Command, Output},
};

fn simulate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unstuck")).arg("simulate").args(arguments).output().unwrap()
}

#[test]
fn simulated_days_are_summed_up() {
    let output = simulate(&["--seeds", "3..6", "--hours", "6"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(
        told.starts_with("3 seeds of 6 hours in ") && told.contains(", 0 violations"),
        "{told}"
    );
}

#[test]
fn herd_writes_table_and_drawing() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("herd");
    let out = folder.to_str().unwrap();
    let output = simulate(&["--clients", "200", "--outage", "2m", "--out", out]);
    assert!(output.status.success());
    let table = fs::read_to_string(folder.join("herd.md")).unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with(&table));
    assert_eq!(table.lines().filter(|line| line.starts_with('|')).count(), 12);
    let drawing = fs::read_to_string(folder.join("herd.svg")).unwrap();
    assert!(drawing.starts_with("<svg") && drawing.matches("<path class=\"load\"").count() == 10);
}

#[test]
fn what_cannot_be_simulated_is_told() {
    for (arguments, told) in [
        (["--seeds", "9..9"], "two numbers, the second one greater"),
        (["--clients", "7"], "100..=10000000"),
        (["--outage", "2d"], "a time between 1s and 24h"),
    ] {
        let output = simulate(&arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && error.contains(told), "{error}");
    }
}
