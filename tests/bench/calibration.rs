//! Whether a diagnosis is as often right as it says: bins of confidence against the share that is right, on the
//! labelled failures.

#![expect(clippy::expect_used, reason = "a bench stops at the first surprise")]

use serde_json::Value;
use unstuck_diagnose::{Failure, classify};

const CORPUS: &[&str] =
    &[include_str!("../data/failures.jsonl"), include_str!("../data/own_failures.jsonl")];
const EDGES: [f64; 8] = [0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0];

fn main() {
    let rows: Vec<(f64, bool)> = CORPUS
        .iter()
        .flat_map(|rows| rows.lines())
        .filter(|line| !line.trim().is_empty())
        .map(|line| verdict(&serde_json::from_str(line).expect("a row is JSON")))
        .collect();
    println!("Calibration on {} labelled failures", rows.len());
    println!("confidence      rows   mean confidence   share right");
    for bin in EDGES.windows(2) {
        let is_last = bin[1] == 1.0;
        let inside = |share: f64| share >= bin[0] && (share < bin[1] || is_last);
        let name = format!("{:.2} to {:.2}", bin[0], bin[1]);
        print(&name, rows.iter().filter(|(share, _)| inside(*share)));
    }
    print("all", rows.iter());
    let brier = mean(rows.iter().map(|&(share, right)| (share - f64::from(right)).powi(2)));
    println!("Brier score {brier:.3} (0 is perfect)");
}

/// How sure the diagnosis of a row is, and whether it is right.
fn verdict(row: &Value) -> (f64, bool) {
    let failure = Failure::from_json(&row["failure"]).expect("a row has a failure");
    let diagnosis = classify(&failure);
    let accepted = row["accept"].as_array().expect("a row has the causes that are right");
    let right = accepted.iter().any(|cause| cause.as_str() == Some(diagnosis.cause.id()));
    (diagnosis.confidence, right)
}

fn print<'a>(name: &str, rows: impl Iterator<Item = &'a (f64, bool)> + Clone) {
    let count = rows.clone().count();
    if count > 0 {
        let sure = 100.0 * mean(rows.clone().map(|&(share, _)| share));
        let right = 100.0 * mean(rows.map(|&(_, right)| f64::from(right)));
        println!("{name:<14}{count:>6}{sure:>16.1} %{right:>12.1} %");
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), n| (sum + n, count + 1.0));
    sum / count
}
