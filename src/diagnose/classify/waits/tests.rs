//! Every notation of a wait, each as a row.

use super::{clock::LONGEST_MS, *};

/// 2026-08-21T10:00:00Z.
const NOW: u64 = 1_787_306_400_000;

fn with(headers: &[(&str, &str)]) -> Failure {
    Failure {
        now_ms: Some(NOW),
        headers: headers.iter().map(|&(name, value)| (name.into(), value.into())).collect(),
        ..Failure::default()
    }
}

fn after(headers: &[(&str, &str)]) -> Option<u64> {
    read(&with(headers), std::iter::empty(), &Scan::of(&[])).retry_after_ms
}

fn in_body(leaves: &[(&str, &str)]) -> Wait {
    read(&with(&[]), leaves.iter().copied(), &Scan::of(&[]))
}

#[test]
fn the_most_explicit_header_wins() {
    let all = [
        ("retry-after-ms", "174"),
        ("x-ms-retry-after-ms", "2000"),
        ("retry-after", "1"),
        ("x-ratelimit-remaining-tokens", "0"),
        ("x-ratelimit-reset-tokens", "3.89s"),
    ];
    for (skip, ms) in [(0, 174), (1, 2_000), (2, 1_000), (3, 3_890)] {
        assert_eq!(after(&all[skip..]), Some(ms));
    }
    let leaves = [("retryDelay", "9s")];
    let text = "Please try again in 20s.";
    let wait = |headers, leaves: &[(&'static str, &'static str)]| {
        read(&with(headers), leaves.iter().copied(), &Scan::of(&[text])).retry_after_ms
    };
    assert_eq!(wait(&all[2..], &leaves), Some(1_000));
    assert_eq!(wait(&all[3..], &leaves), Some(9_000));
    assert_eq!(wait(&all[3..], &[]), Some(20_000));
}

#[test]
fn retry_after_in_every_form() {
    for (value, ms) in [
        ("7", 7_000),
        ("0", 0),
        ("0.25", 250),
        (" 30 ", 30_000),
        ("13262", 13_262_000),
        ("20, 20", 20_000),
        ("Fri, 21 Aug 2026 10:00:30 GMT", 30_000),
        ("Friday, 21-Aug-26 10:00:30 GMT", 30_000),
        ("Fri Aug 21 10:00:30 2026", 30_000),
    ] {
        assert_eq!(after(&[("retry-after", value)]), Some(ms), "{value}");
    }
}

#[test]
fn impossible_hints_are_ignored() {
    for value in [
        "-1",
        "NaN",
        "inf",
        "1e3",
        "",
        "soon",
        "1787306399",
        "Fri, 21 Aug 2026 09:59:30 GMT",
        "Sun, 32 Aug 2026 10:00:00 GMT",
    ] {
        assert_eq!(after(&[("retry-after", value)]), None, "{value}");
        assert_eq!(after(&[("retry-after", value), ("retry-after-ms", "-5")]), None, "{value}");
    }
    assert_eq!(after(&[("retry-after-ms", "-5"), ("retry-after", "3")]), Some(3_000));
}

#[test]
fn absurd_waits_are_the_longest() {
    let digits = "9".repeat(400);
    for value in [
        "31708800",
        "99999999999",
        "99999999999999999999",
        digits.as_str(),
        "Fri, 21 Aug 2028 10:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 12026 23:59:59 GMT",
        "9999-12-31T23:59:59Z",
    ] {
        assert_eq!(after(&[("retry-after", value)]), Some(LONGEST_MS), "{value}");
        for key in ["retry_after", "Retry-After"] {
            assert_eq!(in_body(&[(key, value)]).retry_after_ms, Some(LONGEST_MS), "{value}");
        }
    }
    for (name, value) in [
        ("retry-after-ms", "99999999999999999999999"),
        ("x-ms-retry-after-ms", "99999999999999999999999"),
        ("x-ratelimit-reset", "99999999999999999999"),
        ("ratelimit", "\"daily\";r=0;t=99999999999999999999"),
    ] {
        assert_eq!(after(&[(name, value)]), Some(LONGEST_MS), "{name}: {value}");
    }
    for (left, reset, value) in [
        ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "99999999999999999999s"),
        ("x-ratelimit-remaining", "x-ratelimit-reset", "253402300799"),
        ("ratelimit-remaining", "ratelimit-reset", "99999999999999999999"),
        (
            "anthropic-ratelimit-tokens-remaining",
            "anthropic-ratelimit-tokens-reset",
            "9999-12-31T23:59:59Z",
        ),
    ] {
        assert_eq!(after(&[(left, "0"), (reset, value)]), Some(LONGEST_MS), "{reset}: {value}");
    }
    for (key, value) in [
        ("retryDelay", "99999999999999999999s"),
        ("retry_after_ms", "99999999999999999999999"),
        ("clears_in", "99999999999999999999"),
        ("resets_at", "99999999999999999999999"),
        ("resets_at", "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(in_body(&[(key, value)]).retry_after_ms, Some(LONGEST_MS), "{key}: {value}");
    }
    for text in ["Please try again in 99999999999999999999 seconds.", "Resets on 9999-12-31."] {
        let wait = read(&with(&[]), std::iter::empty(), &Scan::of(&[text]));
        assert_eq!(wait.retry_after_ms, Some(LONGEST_MS), "{text}");
    }
}

#[test]
fn epoch_spans_are_moments() {
    for value in ["1787306460", "1787306460.0"] {
        assert_eq!(after(&[("retry-after", value)]), Some(60_000), "{value}");
    }
    assert_eq!(after(&[("retry-after-ms", "1787306460000")]), Some(60_000));
}

/// A date is read against the server's clock when ours is not known.
#[test]
fn server_date_replaces_unknown_clock() {
    let mut failure = with(&[
        ("retry-after", "Fri, 21 Aug 2026 10:00:30 GMT"),
        ("date", "Fri, 21 Aug 2026 10:00:00 GMT"),
    ]);
    failure.now_ms = None;
    let wait = read(&failure, std::iter::empty(), &Scan::of(&[]));
    assert_eq!((wait.retry_after_ms, wait.opens_at_ms), (Some(30_000), Some(NOW + 30_000)));
    failure.headers = failure
        .headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let wait = read(&failure, std::iter::empty(), &Scan::of(&[]));
    assert_eq!((wait.retry_after_ms, wait.opens_at_ms), (None, Some(NOW + 30_000)));
}

#[test]
fn fields_of_the_answer_are_read() {
    for (key, value, ms) in [
        ("retryDelay", "0.539477544s", 540),
        ("retryDelay", "68940s", 68_940_000),
        ("retry_after", "12", 12_000),
        ("Retry-After", "12", 12_000),
        ("estimated_time", "20.0", 20_000),
        ("clears_in", "11461", 11_461_000),
        ("resets_in_seconds", "300", 300_000),
        ("resets_at", "1787306460", 60_000),
        ("resets_at", "1787306460000", 60_000),
        ("resets_at", "2026-08-21T10:01:00Z", 60_000),
        ("quotaResetDelay", "539.477544ms", 540),
        ("X-RateLimit-Reset", "1787306460000", 60_000),
    ] {
        let wait = in_body(&[("message", "7"), (key, value)]);
        assert_eq!(wait.retry_after_ms, Some(ms), "{key}: {value}");
        assert_eq!(wait.opens_at_ms, Some(NOW + ms), "{key}: {value}");
    }
    for (key, value) in [
        ("retryDelay", "-3s"),
        ("retry_after", "null"),
        ("resets_at", "300"),
        ("resets_at", "2025-10-20T19:14:08Z"),
        ("clears_in", "NaN"),
        ("after", "5"),
    ] {
        assert_eq!(in_body(&[(key, value)]), Wait::default(), "{key}: {value}");
    }
}

/// A cap opens at the moment that the answer names, whatever the header says.
#[test]
fn named_moment_beats_retry_after() {
    let leaves = [("resets_at", "2026-09-01T00:00:00Z")];
    let wait = read(&with(&[("retry-after", "60")]), leaves.into_iter(), &Scan::of(&[]));
    assert_eq!((wait.retry_after_ms, wait.opens_at_ms), (Some(60_000), Some(1_788_220_800_000)));
    let text = "You will regain access on 2026-09-01 at 00:00 UTC.";
    let wait = read(&with(&[]), std::iter::empty(), &Scan::of(&[text]));
    assert_eq!(wait.opens_at_ms, Some(1_788_220_800_000));
}

#[test]
fn only_exhausted_windows_count() {
    let openai = |left| {
        [
            ("x-ratelimit-remaining-requests", "499"),
            ("x-ratelimit-reset-requests", "120ms"),
            ("x-ratelimit-remaining-tokens", left),
            ("x-ratelimit-reset-tokens", "6m0s"),
        ]
    };
    assert_eq!(after(&openai("0")), Some(360_000));
    assert_eq!(after(&openai("968")), None);
    let anthropic = |left| {
        [
            ("anthropic-ratelimit-input-tokens-remaining", left),
            ("anthropic-ratelimit-input-tokens-reset", "2026-08-21T10:00:20Z"),
            ("anthropic-ratelimit-requests-remaining", "10"),
            ("anthropic-ratelimit-requests-reset", "2026-08-21T10:00:40Z"),
        ]
    };
    assert_eq!(after(&anthropic("0")), Some(20_000));
    assert_eq!(after(&anthropic("1")), None);
}

#[test]
fn exhausted_windows_in_every_notation() {
    for (headers, ms) in [
        (
            vec![
                ("x-ratelimit-remaining-tokens-minute", "0"),
                ("x-ratelimit-reset-tokens-minute", "11.38"),
            ],
            Some(11_380),
        ),
        (vec![("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "-1")], None),
        (vec![("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "0")], None),
        (
            vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1787306460000")],
            Some(60_000),
        ),
        (vec![("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "1787306460000")], None),
        (vec![("x-ratelimit-reset", "1787306460")], Some(60_000)),
        (vec![("x-ratelimit-reset", "60")], None),
        (vec![("ratelimit", "\"default\";r=0;t=12")], Some(12_000)),
        (vec![("ratelimit", "\"default\";r=50;t=30")], None),
        (vec![("ratelimit", "\"burst\";r=0;t=1, \"daily\";r=0;t=90")], Some(90_000)),
        (vec![("ratelimit", "limit=100, remaining=0, reset=9")], Some(9_000)),
        (vec![("ratelimit", "limit=100, remaining=7, reset=9")], None),
        (vec![("ratelimit-remaining", "0"), ("ratelimit-reset", "30")], Some(30_000)),
        (vec![("ratelimit-reset", "30")], Some(30_000)),
        (vec![("ratelimit-reset", "1787306430")], Some(30_000)),
        (vec![("ratelimit-remaining", "2"), ("ratelimit-reset", "30")], None),
        (vec![("x-rate-limit-reset", "1787306460")], Some(60_000)),
        (vec![("x-rate-limit-reset", "60")], Some(60_000)),
        (vec![("x-rate-limit-remaining", "1"), ("x-rate-limit-reset", "60")], None),
        (vec![("x-ratelimit-reset-after", "3.5")], Some(3_500)),
        (vec![("x-ratelimit-remaining", "4"), ("x-ratelimit-reset-after", "3.5")], None),
        (vec![("x-ratelimit-retry-after", "7")], Some(7_000)),
        (vec![("retry-after", "2"), ("x-ratelimit-retry-after", "7")], Some(2_000)),
        (
            vec![
                ("anthropic-ratelimit-unified-status", "rejected"),
                ("anthropic-ratelimit-unified-reset", "1787306460"),
            ],
            Some(60_000),
        ),
        (
            vec![
                ("anthropic-ratelimit-unified-status", "allowed"),
                ("anthropic-ratelimit-unified-reset", "1787306460"),
            ],
            None,
        ),
        (
            vec![
                ("x-codex-primary-used-percent", "100"),
                ("x-codex-primary-reset-at", "1787306460"),
            ],
            Some(60_000),
        ),
        (
            vec![
                ("x-codex-primary-used-percent", "40"),
                ("x-codex-primary-reset-at", "1787306460"),
            ],
            None,
        ),
    ] {
        assert_eq!(after(&headers), ms, "{headers:?}");
    }
}

#[test]
fn azure_day_is_reported_not_waited() {
    let text = "Please retry after 86400 seconds. Please go here: https://aka.ms/oai/quotaincrease";
    let wait = read(&with(&[("retry-after", "86400")]), std::iter::empty(), &Scan::of(&[text]));
    assert_eq!(
        wait,
        Wait { retry_after_ms: None, opens_at_ms: Some(NOW + 86_400_000), no_quota: true }
    );
}

#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "again ",
        "retry and ",
        "in 1 s ",
        "again 1 ",
        "9",
        "é",
        "try again in 2026-09-01 at ",
        "\"",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let started = std::time::Instant::now();
        read(
            &with(&[("retry-after", &text), ("ratelimit", &text)]),
            [("retryDelay", text.as_str())].into_iter(),
            &Scan::of(&[&text]),
        );
        assert!(started.elapsed().as_secs() < 2, "{unit}");
    }
}

#[test]
fn cut_or_garbled_values_never_panic() {
    for whole in [
        "Fri, 21 Aug 2026 10:00:30 GMT",
        "2026-08-21T10:00:00.5+02:00é",
        "try again in 9m38.016s é 2026-09-01 at 00:00 UTC",
        "\"default\";r=0;t=12, é;r=0;t=é",
        "９９９s1787306460",
    ] {
        for (cut, _) in whole.char_indices() {
            for text in [&whole[..cut], &whole[cut..]] {
                let headers =
                    ["retry-after", "retry-after-ms", "x-ratelimit-reset", "ratelimit", "date"];
                let failure = Failure { now_ms: None, ..with(&headers.map(|name| (name, text))) };
                let leaves = ["retryDelay", "resets_at", "", "é"].map(|key| (key, text));
                let wait = read(&failure, leaves.into_iter(), &Scan::of(&[text]));
                assert!(wait.retry_after_ms.is_none_or(|ms| ms <= LONGEST_MS), "{text}");
            }
        }
    }
}

#[test]
fn a_failure_is_no_limit() {
    for (status, ms) in [(429, Some(30_000)), (503, Some(30_000)), (500, None), (502, None)] {
        for header in [("ratelimit-reset", "30"), ("x-ratelimit-reset", "1787306430")] {
            let failure = Failure { status: Some(status), ..with(&[header]) };
            let wait = read(&failure, std::iter::empty(), &Scan::of(&[]));
            assert_eq!(wait.retry_after_ms, ms, "{status} {header:?}");
        }
    }
}
