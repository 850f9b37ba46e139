//! From `ok` over `suspect`, `failing` and `recovering` back, and whose fault it is.

use super::*;
use crate::{Deed, Waits};

const NOON: u64 = 1_700_000_000_000;
const SECOND: u64 = 1_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

fn call(source: &str, failure: Option<Cause>) -> Call<'_> {
    Call {
        source,
        name: source,
        provider: None,
        host: "",
        model: "one",
        failure,
        tries: 3,
        retries: 2,
        waits: Waits { backoff_ms: 500, ..Waits::default() },
        answered_by: failure.map(|_| "other"),
        first_chunk_s: failure.is_none().then_some(1.0),
        duration_s: 4.0,
    }
}

fn fails(detector: &mut Detector, now_ms: u64, source: &str, cause: Cause) -> Vec<Change> {
    detector.call(now_ms, &call(source, Some(cause)), None)
}

fn answers(detector: &mut Detector, now_ms: u64, source: &str) -> Vec<Change> {
    detector.call(now_ms, &call(source, None), Some(1.0))
}

/// Incidents that others are told of.
fn told(changes: &[Change]) -> usize {
    let is_told = |change: &&Change| match change {
        Change::Opened(incident) | Change::Closed(incident) => incident.kind != Kind::Local,
        Change::Updated(_) | Change::AskControl => false,
    };
    changes.iter().filter(is_told).count()
}

#[test]
fn sources_fail_and_recover() {
    let mut detector = Detector::new("salt");
    assert_eq!(detector.standing(NOON, "a"), Standing::NoData);
    answers(&mut detector, NOON, "a");
    assert_eq!(detector.standing(NOON, "a"), Standing::Ok);
    for second in [10, 20] {
        assert_eq!(fails(&mut detector, NOON + second * SECOND, "a", Cause::ServerError), []);
        assert_eq!(detector.standing(NOON + second * SECOND, "a"), Standing::Suspect);
    }
    let changes = fails(&mut detector, NOON + 30 * SECOND, "a", Cause::BadGateway);
    let [Change::Opened(incident)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((incident.key.as_str(), incident.kind), ("salt:a", Kind::Failing));
    assert_eq!((incident.started_ms, incident.failures), (NOON + 10 * SECOND, 3));
    assert_eq!((incident.causes[0].count, incident.causes[1].cause), (2, Cause::BadGateway));
    let switched = Deed::Switched { to: "other".into(), times: 3 };
    assert_eq!(incident.deeds, [Deed::Retried(6), Deed::Waited(1_500), switched]);
    assert_eq!(detector.standing(NOON + 30 * SECOND, "a"), Standing::Failing);
    for minute in [1, 5, 10] {
        assert_eq!(answers(&mut detector, NOON + minute * MINUTE_MS, "a"), []);
        assert_eq!(detector.standing(NOON + minute * MINUTE_MS, "a"), Standing::Recovering);
    }
    let changes = answers(&mut detector, NOON + 16 * MINUTE_MS, "a");
    let [Change::Closed(incident)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((incident.ended_ms, incident.asks), (Some(NOON + 16 * MINUTE_MS), 7));
    assert_eq!(detector.standing(NOON + 16 * MINUTE_MS, "a"), Standing::Ok);
}

#[test]
fn single_failures_never_alert() {
    let mut detector = Detector::new("salt");
    for hour in 0..1_000 {
        assert_eq!(told(&fails(&mut detector, NOON + hour * HOUR_MS, "a", Cause::ServerError)), 0);
        for answer in 1..4 {
            answers(&mut detector, NOON + hour * HOUR_MS + answer * 10 * MINUTE_MS, "a");
        }
    }
}

#[test]
fn own_faults_never_alert() {
    let is_theirs =
        |cause: Cause| matches!(cause.fault(), Fault::Provider | Fault::Network | Fault::Unknown);
    let own = [Cause::Offline, Cause::CaptivePortal, Cause::NetworkChanged, Cause::ProxyFailure];
    for &cause in Cause::ALL.iter().filter(|&&cause| !is_theirs(cause) || own.contains(&cause)) {
        let mut detector = Detector::new("salt");
        let changes: Vec<_> = (0..50)
            .flat_map(|at| fails(&mut detector, NOON + at * MINUTE_MS, "a", cause))
            .collect();
        assert_eq!(told(&changes), 0, "{cause:?}");
    }
}

/// An ask a minute, every cause of theirs, the control host silent.
#[test]
fn outages_are_told_soon() {
    let theirs = [Cause::ServerError, Cause::Timeout, Cause::DnsFailure, Cause::Unknown];
    for cause in theirs {
        let mut detector = Detector::new("salt");
        let minutes = (0..=5).find(|minute| {
            let now_ms = NOON + minute * MINUTE_MS;
            told(&detector.tick(now_ms)) + told(&fails(&mut detector, now_ms, "a", cause)) > 0
        });
        assert!(minutes.is_some_and(|minutes| minutes <= 4), "{cause:?}: {minutes:?}");
    }
}

/// A minute up, a minute down for two hours, whatever the rhythm of the asks.
#[test]
fn flapping_is_told_once() {
    for every in [7, 20, 25, 33, 40, 47, 59, 70, 90, 110] {
        for phase in [0, 15, 45] {
            let mut detector = Detector::new("salt");
            let mut messages = 0;
            for second in (phase..7_200).step_by(every) {
                let now_ms = NOON + second as u64 * SECOND;
                let is_down = second / 60 % 2 == 1;
                messages += told(&detector.call(
                    now_ms,
                    &call("a", is_down.then_some(Cause::ServerError)),
                    None,
                ));
            }
            assert!(messages <= 2, "every {every} s from {phase} s: {messages}");
            assert_eq!(
                detector.standing(NOON + 7_200 * SECOND, "a"),
                Standing::Unstable,
                "{every} {phase}"
            );
        }
    }
}

#[test]
fn control_host_decides_whose_fault() {
    for is_reached in [true, false] {
        let mut detector = Detector::new("salt");
        let mut changes = Vec::new();
        for second in [0, 10, 20] {
            changes = fails(&mut detector, NOON + second * SECOND, "a", Cause::Timeout);
        }
        assert_eq!(changes, [Change::AskControl]);
        let changes = detector.control(NOON + 22 * SECOND, is_reached);
        let [Change::Opened(incident)] = &changes[..] else { panic!("{changes:?}") };
        assert_eq!(incident.kind, if is_reached { Kind::Failing } else { Kind::Local });
        assert_eq!(detector.open().len(), 1);
        let after = answers(&mut detector, NOON + 30 * SECOND, "a");
        assert_eq!(after.iter().any(|change| matches!(change, Change::Closed(_))), !is_reached);
    }
}

#[test]
fn failing_together_is_local() {
    let mut detector = Detector::new("salt");
    let mut changes = Vec::new();
    for second in 0..4 {
        for source in ["a", "b"] {
            changes.extend(fails(
                &mut detector,
                NOON + second * 10 * SECOND,
                source,
                Cause::BadGateway,
            ));
        }
    }
    assert_eq!((told(&changes), detector.next_ms().is_some()), (0, true));
    let changes = detector.tick(detector.next_ms().unwrap());
    let [Change::Opened(local)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!(
        (local.kind, local.key.as_str(), local.started_ms),
        (Kind::Local, "salt:local", NOON)
    );
}

#[test]
fn waking_is_followed_by_quiet() {
    let mut detector = Detector::new("salt");
    fails(&mut detector, NOON, "a", Cause::ServerError);
    fails(&mut detector, NOON + SECOND, "a", Cause::ServerError);
    let woken_ms = NOON + 3 * DAY_MS;
    detector.woke(woken_ms);
    for second in 0..59 {
        assert_eq!(fails(&mut detector, woken_ms + second * SECOND, "a", Cause::DnsFailure), []);
    }
    let later = |second: u64| woken_ms + (60 + second) * SECOND;
    let told_later: usize = (0..3)
        .map(|second| told(&fails(&mut detector, later(second), "a", Cause::ServerError)))
        .sum();
    assert_eq!(told_later, 1);
}

#[test]
fn slow_sources_are_told() {
    let mut detector = Detector::new("salt");
    let mut answer = |minute: u64, took_s: f64| {
        let call = Call { first_chunk_s: Some(took_s), ..call("a", None) };
        detector.call(NOON + minute * MINUTE_MS, &call, Some(1.0))
    };
    for minute in 0..4 {
        assert_eq!(answer(minute, if minute == 0 { 1.0 } else { 5.0 }), []);
    }
    let changes = answer(4, 5.0);
    let [Change::Opened(incident)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((incident.kind, incident.started_ms), (Kind::Slow, NOON + MINUTE_MS));
    assert_eq!((answer(5, 1.2), answer(8, 1.1)), (vec![], vec![]));
    assert!(matches!(answer(10, 0.9)[..], [Change::Closed(_)]));
    // NaN is no time.
    (11..20).for_each(|minute| assert_eq!(answer(minute, f64::NAN), []));
}

#[test]
fn silence_ends_an_incident() {
    let mut detector = Detector::new("salt");
    (0..3).for_each(|second| drop(fails(&mut detector, NOON + second, "a", Cause::ServerError)));
    assert_eq!(detector.tick(NOON + DAY_MS - 1), []);
    let end_ms = detector.next_ms().unwrap();
    let changes = detector.tick(end_ms);
    let [Change::Closed(incident)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!(incident.ended_ms, Some(NOON + 2));
    assert_eq!(detector.standing(end_ms, "a"), Standing::NoData);
}

#[test]
fn clocks_may_jump_a_day() {
    for (there, back) in [(DAY_MS as i64, -(DAY_MS as i64)), (-(DAY_MS as i64), DAY_MS as i64)] {
        let mut detector = Detector::new("salt");
        let mut now_ms = NOON;
        let mut changes = Vec::new();
        for at in 0..60_u64 {
            now_ms = now_ms.strict_add_signed(match at {
                20 => there,
                40 => back,
                _ => 30_000,
            });
            let failure = (10..30).contains(&at).then_some(Cause::ServerError);
            changes.extend(detector.call(now_ms, &call("a", failure), None));
            let ends = changes.iter().filter_map(|change| match change {
                Change::Closed(incident) => {
                    incident.ended_ms.map(|ended_ms| ended_ms >= incident.started_ms)
                }
                _ => None,
            });
            assert!(ends.into_iter().all(|is_later| is_later));
        }
        changes
            .extend((60..120).flat_map(|at| answers(&mut detector, now_ms + at * MINUTE_MS, "a")));
        assert_eq!((told(&changes), detector.open().len()), (2, 0), "{changes:?}");
    }
}

#[test]
fn failing_sources_are_skipped() {
    let mut detector = Detector::new("salt");
    assert_eq!(detector.advice(NOON, "a", None), Advice::default());
    (0..3).for_each(|second| drop(fails(&mut detector, NOON + second, "a", Cause::ServerError)));
    assert!(detector.advice(NOON + MINUTE_MS, "a", None).skip);
    assert!(!detector.advice(NOON + 6 * MINUTE_MS, "a", None).skip, "one ask is let through");
    answers(&mut detector, NOON + 6 * MINUTE_MS, "a");
    assert!(!detector.advice(NOON + 6 * MINUTE_MS, "a", None).skip);
    let little =
        Allowance { remaining: 1, limit: 100, full_at_ms: Some(NOON + 4_000), told_at_ms: NOON };
    assert_eq!(detector.advice(NOON, "a", Some(&little)).pause_ms, 3_600);
}

#[test]
fn forgotten_sources_close_their_incident() {
    let mut detector = Detector::new("salt");
    (0..3).for_each(|second| drop(fails(&mut detector, NOON + second, "a", Cause::ServerError)));
    let Some(Change::Updated(incident)) = detector.status_words("a", "Partial outage") else {
        panic!()
    };
    assert_eq!(incident.status_words, "Partial outage");
    assert_eq!(detector.status_words("a", "Partial outage"), None);
    assert!(matches!(detector.forget(NOON + SECOND, "a"), Some(Change::Closed(_))));
    assert_eq!((detector.open(), detector.forget(NOON, "a")), (vec![], None));
}

/// A probe that runs at fixed times has rules of its own; those of other sources stay.
#[test]
fn own_rules_open_and_close() {
    let mut detector = Detector::new("salt");
    let rules = Rules { failures: 5, answers: 3, clean_ms: 2_000 };
    detector.set_rules(vec![("a".into(), rules)]);
    for second in 1..5 {
        assert_eq!(fails(&mut detector, NOON + second * SECOND, "a", Cause::ServerError), []);
    }
    assert_eq!(told(&fails(&mut detector, NOON + 5 * SECOND, "a", Cause::ServerError)), 1);
    // The state was saved and read again: rules are set anew.
    let saved = serde_json::to_string(&detector).unwrap();
    let mut detector: Detector = serde_json::from_str(&saved).unwrap();
    detector.set_rules(vec![("a".into(), rules)]);
    for second in [7, 8] {
        assert_eq!(told(&answers(&mut detector, NOON + second * SECOND, "a")), 0);
    }
    assert_eq!(told(&answers(&mut detector, NOON + 9 * SECOND, "a")), 1);
    for second in [10, 11] {
        fails(&mut detector, NOON + second * SECOND, "b", Cause::ServerError);
    }
    assert_eq!(told(&fails(&mut detector, NOON + 12 * SECOND, "b", Cause::ServerError)), 1);
}
