//! The classifier against labelled failures from the world: how often it is right, and whether it is as sure as it
//! may be. `cargo test --test corpus -- --nocapture` prints the figures and the misses, `./build.sh bench` the calibration.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use unstuck_diagnose::{Cause, Diagnosis, Failure, classify};

const CORPUS: &str = include_str!("data/failures.jsonl");
const OWN: &str = include_str!("data/own_failures.jsonl");
/// Rows that are not yet right, each `id<TAB>reason`.
const EXPECTED: &str = include_str!("data/expected_failures.txt");

/// From here on a diagnosis is presented as certain.
const SURE: f64 = 0.8;

#[derive(Deserialize)]
struct Row {
    id: String,
    failure: Value,
    accept: Vec<Cause>,
    retryable: Option<bool>,
    /// The wait that the service names, if its answer is to be repeated after it.
    retry_after_ms: Option<u64>,
    source: String,
}

struct Case {
    row: Row,
    diagnosis: Diagnosis,
}

impl Case {
    fn is_right(&self) -> bool {
        self.row.accept.contains(&self.diagnosis.cause)
    }

    /// Whether it says that it does not know, rather than something false.
    fn is_honest(&self) -> bool {
        matches!(self.diagnosis.cause, Cause::Unknown | Cause::NetworkUnknown | Cause::AccessDenied)
    }

    fn retry_is_right(&self) -> Option<bool> {
        self.row.retryable.map(|expected| self.diagnosis.retry.is_automatic() == expected)
    }
}

fn cases(text: &str) -> Vec<Case> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let row: Row = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            let failure =
                Failure::from_json(&row.failure).unwrap_or_else(|| panic!("no failure: {line}"));
            Case { diagnosis: classify(&failure), row }
        })
        .collect()
}

fn expected() -> BTreeMap<&'static str, &'static str> {
    let rows = EXPECTED.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no reason: {line}"))).collect()
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Prints the figures of a set and returns (right, sure and wrong, retry right) as shares.
fn report(name: &str, cases: &[&Case]) -> (f64, f64, f64) {
    let right = cases.iter().filter(|case| case.is_right()).count();
    let wrong = || cases.iter().filter(|case| !case.is_right());
    let sure = wrong().filter(|c| !c.is_honest() && c.diagnosis.confidence >= SURE).count();
    let honest = wrong().filter(|case| case.is_honest()).count();
    let verdicts: Vec<bool> = cases.iter().filter_map(|case| case.retry_is_right()).collect();
    let retry = verdicts.iter().filter(|right| **right).count();
    println!(
        "{name}: right {right}/{} = {:.1} %, wrong {} ({sure} of them sure), undecided {honest}, retry {retry}/{} = {:.1} %",
        cases.len(),
        100.0 * share(right, cases.len()),
        cases.len() - right - honest,
        verdicts.len(),
        100.0 * share(retry, verdicts.len()),
    );
    (share(right, cases.len()), share(sure, cases.len()), share(retry, verdicts.len()))
}

fn print_miss(case: &Case) {
    let Case { row, diagnosis } = case;
    let said = row.failure["body"].as_str().or(row.failure["message"].as_str()).unwrap_or_default();
    println!(
        "MISS {} want {:?} got {} {:.2} also {:?}\n     {} {} {:?}\n     by {:?}  [{}]",
        row.id,
        row.accept.iter().map(|cause| cause.id()).collect::<Vec<_>>(),
        diagnosis.cause.id(),
        diagnosis.confidence,
        diagnosis
            .also
            .iter()
            .map(|a| (a.cause.id(), (a.confidence * 100.0) as u8))
            .collect::<Vec<_>>(),
        row.failure["provider"],
        row.failure["status"],
        said.chars().take(200).collect::<String>(),
        diagnosis.evidence.iter().take(4).collect::<Vec<_>>(),
        row.source,
    );
}

/// Both causes and retry verdicts are held to it.
#[test]
fn accuracy_reaches_the_agreed_level() {
    let (all, own) = (cases(CORPUS), cases(OWN));
    for case in all.iter().chain(&own) {
        if !case.is_right() {
            print_miss(case);
        } else if case.retry_is_right() == Some(false) {
            println!(
                "RETRY {} {:?} {}",
                case.row.id,
                case.diagnosis.retry,
                case.diagnosis.cause.id()
            );
        }
    }
    report("own rows", &own.iter().collect::<Vec<_>>());
    let (right, sure_wrong, retry) = report("corpus", &all.iter().collect::<Vec<_>>());
    assert!(right >= 0.97, "right: {right}");
    assert!(sure_wrong <= 0.01, "sure and wrong: {sure_wrong}");
    assert!(retry >= 0.97, "retry: {retry}");
}

#[test]
fn exactly_the_expected_rows_are_missed() {
    let expected = expected();
    let (all, own) = (cases(CORPUS), cases(OWN));
    for case in all.iter().chain(&own) {
        let known = expected.contains_key(case.row.id.as_str());
        assert_eq!(!case.is_right(), known, "{}: now {}", case.row.id, case.diagnosis.cause.id());
    }
    for (id, reason) in expected {
        assert!(all.iter().chain(&own).any(|case| case.row.id == id), "no row {id}: {reason}");
    }
}

#[test]
fn every_named_wait_is_read() {
    for case in cases(CORPUS).iter().chain(&cases(OWN)) {
        let Some(expected) = case.row.retry_after_ms else { continue };
        let read = case.diagnosis.retry.after_ms.unwrap_or_default();
        assert!(read.abs_diff(expected) <= expected.max(100_000) / 100, "{}: {read}", case.row.id);
    }
}

#[test]
fn no_row_stands_twice() {
    let mut ids: Vec<_> = cases(CORPUS).into_iter().chain(cases(OWN)).map(|c| c.row.id).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

/// Only an unknown cause may come without evidence.
#[test]
fn every_diagnosis_rests_on_evidence() {
    for case in cases(CORPUS).iter().chain(&cases(OWN)) {
        let Diagnosis { cause, evidence, also, confidence, actions, .. } = &case.diagnosis;
        assert!(*cause == Cause::Unknown || !evidence.is_empty(), "{}", case.row.id);
        assert!(also.len() <= 3 && !actions.is_empty(), "{}", case.row.id);
        let shares = confidence + also.iter().map(|a| a.confidence).sum::<f64>();
        assert!(shares.is_finite() && shares <= 1.0 + 1e-9, "{}: {shares}", case.row.id);
    }
}

#[test]
fn every_cause_has_two_rows() {
    let mut reached: BTreeMap<Cause, usize> = BTreeMap::new();
    for case in cases(CORPUS).iter().chain(&cases(OWN)).filter(|case| case.is_right()) {
        *reached.entry(case.diagnosis.cause).or_default() += 1;
    }
    for cause in Cause::ALL {
        let rows = reached.get(cause).copied().unwrap_or_default();
        assert!(rows >= 2, "{}: {rows}", cause.id());
    }
}
