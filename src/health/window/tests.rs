//! Counts, bounds of size, and clocks that jump.

use fastrand::Rng;
use unstuck_diagnose::Cause;

use super::*;
use crate::call::Waits;

const NOON: u64 = 1_700_000_000_000;

fn call<'a>(source: &'a str, model: &'a str) -> Call<'a> {
    Call {
        source,
        name: source,
        provider: None,
        host: "",
        model,
        failure: None,
        tries: 1,
        retries: 0,
        waits: Waits::default(),
        answered_by: None,
        first_chunk_s: Some(0.5),
        duration_s: 3.0,
    }
}

#[test]
fn a_month_is_counted() {
    let mut windows = Windows::default();
    for hour in 0..24 * 40 {
        let now = NOON + hour * HOUR_MS;
        windows.record(now, &call("a", "one"));
        let waits = Waits { asked_ms: 20_000, ..Waits::default() };
        let failure = Some(Cause::ServerError);
        windows.record(
            now,
            &Call {
                failure,
                tries: 3,
                retries: 2,
                waits,
                answered_by: Some("b"),
                ..call("a", "two")
            },
        );
        windows.record(now, &Call { failure: Some(Cause::InvalidApiKey), ..call("a", "two") });
    }
    // At 21 UTC: the running day has 22 hours.
    let now = NOON + (24 * 40 - 1) * HOUR_MS;
    let month = windows.counts(now, "a", Span::Month);
    assert_eq!((month.asks, month.failed(), month.held_against()), (2_160, 1_440, 720));
    assert_eq!((month.tries, month.retries, month.failovers), (3_600, 1_440, 720));
    assert_eq!(month.waited_ms.as_deref(), Some(&[14_400_000, 0, 0, 0]));
    assert_eq!(windows.counts(now, "a", Span::Week).asks, 504);
    assert!((windows.uptime(now, "a", Span::Day).unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(windows.uptime(now, "b", Span::Day), None);
    assert!(windows.by_hour(now, "a").iter().all(|hour| hour.asks == 3));
    assert_eq!(windows.by_minute(now, "a", 60).count(), 1);
    assert_eq!(windows.times(now, "a", Span::Day).duration.count(), 24);
    assert_eq!(windows.times(now, "a", Span::Month).first_chunk.count(), 29 * 24 + 22);
    let models = windows.models(now, "a");
    assert_eq!((models.len(), models[0].0, models[1].1.failed()), (2, "one", 29 * 48 + 44));
}

/// 100,000 calls a month over 10,000 names of models, an answer's times anywhere between 50 ms and 100 s.
#[test]
fn hundred_thousand_calls_fit() {
    let mut random = Rng::with_seed(3);
    let mut windows = Windows::default();
    let mut largest = 0;
    for at in 0..100_000_u64 {
        let model = format!("model-{}", random.u32(..10_000));
        let failure = (random.f64() < 0.1).then(|| Cause::ALL[random.usize(..Cause::ALL.len())]);
        let first_chunk_s = Some(0.05 * 2f64.powf(random.f64() * 8.0));
        let duration_s = 0.4 * 2f64.powf(random.f64() * 8.0);
        let waits = Waits { backoff_ms: random.u64(..2_000), ..Waits::default() };
        let call = Call { failure, first_chunk_s, duration_s, waits, ..call("busy", &model) };
        windows.record(NOON + at * 25_920, &call);
        if at % 500 == 0 {
            largest = largest.max(size(windows.of("busy").unwrap()));
        }
    }
    println!("largest size of a source: {largest} bytes");
    assert!(largest <= MOST_BYTES, "{largest}");
    let now = NOON + 100_000 * 25_920;
    let models = windows.models(now, "busy");
    assert_eq!((models.len(), models[20].0), (MOST_MODELS + 1, OTHER));
    assert!(models[..20].iter().all(|(name, ..)| *name != OTHER));
    assert!(windows.counts(now, "busy", Span::Month).asks > 99_000);
    assert!(windows.times(now, "busy", Span::Month).duration.count() > 80_000);
}

/// A page gone wild: a call each 50 ms with every cause, model and duration, at 40 sources.
#[test]
fn everything_stays_within_two_megabytes() {
    let mut random = Rng::with_seed(4);
    let mut windows = Windows::default();
    for at in 0..160_000_u64 {
        let model = format!("a model with a long name, number {}", random.u32(..100));
        let failure = random.bool().then(|| Cause::ALL[random.usize(..Cause::ALL.len())]);
        let first_chunk_s = Some(2f64.powf(random.f64() * 30.0 - 15.0));
        let duration_s = 2f64.powf(random.f64() * 36.0 - 20.0);
        let source = format!("source {}", at / 4_000);
        windows.record(
            NOON + at * 600_000,
            &Call { failure, first_chunk_s, duration_s, ..call(&source, &model) },
        );
    }
    assert_eq!(windows.sources.len(), MOST_SOURCES);
    let bytes = postcard::to_allocvec(&windows).unwrap();
    println!("all sources: {} bytes", bytes.len());
    assert!(bytes.len() <= 2 * 1024 * 1024, "{}", bytes.len());
    assert!(windows.sources.iter().all(|(_, window)| size(window) <= MOST_BYTES));
    assert_eq!(postcard::from_bytes::<Windows>(&bytes).unwrap(), windows);
}

#[test]
fn jumping_clocks_lose_little() {
    let mut windows = Windows::default();
    for minute in 0..60 {
        windows.record(NOON + minute * MINUTE_MS, &call("a", "one"));
    }
    let now = NOON + HOUR_MS;
    for jumped in [now + DAY_MS, now + 3 * DAY_MS] {
        windows.record(jumped, &call("a", "one"));
        windows.record(now, &call("a", "one"));
    }
    // What was counted at times that have not come is gone, the rest stands.
    assert_eq!(windows.counts(now, "a", Span::Day).asks, 62);
    windows.record(now - DAY_MS, &call("a", "one"));
    assert_eq!(windows.counts(now - DAY_MS, "a", Span::Day).asks, 1);
}

#[test]
fn no_durations_still_count_asks() {
    let mut windows = Windows::default();
    for none in [f64::NAN, -1.0, 1e9, f64::INFINITY] {
        windows.record(
            NOON,
            &Call { duration_s: none, first_chunk_s: Some(none), ..call("a", "one") },
        );
    }
    assert_eq!(windows.counts(NOON, "a", Span::Day).asks, 4);
    assert_eq!(windows.times(NOON, "a", Span::Day).duration.count(), 0);
}

/// The parts of each span hold all that was asked in it, each in the hour or day in which it was.
#[test]
fn parts_hold_their_hours_and_days() {
    let mut windows = Windows::default();
    for hour in 0..24 * 40 {
        windows.record(NOON + hour * HOUR_MS, &call("a", "one"));
    }
    // At 21 UTC: the running day has 22 hours.
    let now = NOON + (24 * 40 - 1) * HOUR_MS;
    let asks = |span| -> Vec<u32> {
        windows.parts(now, "a", span).iter().map(|part| part.counts.asks).collect()
    };
    assert_eq!(asks(Span::Day), [1; 24]);
    assert_eq!(asks(Span::Week), [24, 24, 24, 24, 24, 24, 22]);
    assert_eq!(asks(Span::Month)[..29], [24; 29]);
    for span in [Span::Day, Span::Week, Span::Month] {
        let parts = windows.parts(now, "a", span);
        assert!(
            parts.iter().all(|part| part.times.first_chunk.count() == u64::from(part.counts.asks))
        );
        assert!(parts.is_sorted_by_key(|part| part.since_ms));
        assert!(parts.iter().all(|part| now >= part.since_ms));
    }
    assert!(windows.parts(now, "b", Span::Week).iter().all(|part| part.counts.asks == 0));
}
