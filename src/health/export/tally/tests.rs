//! What is counted, and that nothing finds no place unnoticed.

use super::*;
use crate::{call::Waits, export::points::SERIES};

fn call<'a>(model: &'a str, failure: Option<Cause>) -> Call<'a> {
    Call {
        source: "canary-source",
        name: "Canary AI",
        provider: Some(Provider::OpenAi),
        host: "api.openai.com",
        model,
        failure,
        tries: 2,
        retries: 1,
        waits: Waits { asked_ms: 4_000, ..Waits::default() },
        answered_by: None,
        first_chunk_s: Some(0.5),
        duration_s: 2.0,
    }
}

fn asks(tally: &Tally) -> u64 {
    tally.at_stake() - tally.dropped
}

fn series(tally: &Tally) -> Vec<(Metric, Labels, Value)> {
    let points = tally.points(&[]);
    points.series().map(|(metric, labels, value)| (metric, labels.clone(), value.clone())).collect()
}

#[test]
fn hostile_calls_fit_into_a_push() {
    let mut tally = Tally::default();
    for number in 0..10_000_usize {
        let model = format!("model-{number}");
        let failure = (number % 3 > 0).then(|| Cause::ALL[number % Cause::ALL.len()]);
        tally.count(&Call { answered_by: failure.map(|_| "other"), ..call(&model, failure) });
    }
    assert_eq!(tally.at_stake(), 10_000);
    assert!(tally.dropped > 0, "what finds no place is known to be missing");
    let points = tally.points(&[]);
    assert!(points.len() <= SERIES && points.dropped() == 0, "{}", points.len());
    let bytes = postcard::to_allocvec(&tally).unwrap();
    assert!(bytes.len() < 16 * 1024, "{}", bytes.len());
}

#[test]
fn no_times_count_as_dropped() {
    let mut tally = Tally::default();
    for duration_s in [f64::NAN, -1.0, 1e9, f64::INFINITY] {
        tally.count(&Call { duration_s, ..call("m", None) });
    }
    assert_eq!((asks(&tally), tally.dropped), (0, 4));
}

#[test]
fn two_halves_are_the_whole() {
    let (mut one, mut other, mut all) = <(Tally, Tally, Tally)>::default();
    for number in 0..300_usize {
        let failure = (number % 5 == 0).then(|| Cause::ALL[number % 7]);
        let call = call(["a", "b", "c"][number % 3], failure);
        if number % 2 == 0 {
            one.count(&call)
        } else {
            other.count(&call)
        }
        all.count(&call);
    }
    one.merge(other);
    assert_eq!(one.at_stake(), 300);
    assert_eq!(series(&one), series(&all));
    let full: Vec<_> = (0..KINDS).map(|at| ["m", &at.to_string()].concat()).collect();
    let mut tally = Tally::default();
    full.iter().for_each(|source| tally.count(&Call { source, ..call("m", None) }));
    tally.merge(one);
    assert_eq!(tally.at_stake(), 300 + KINDS as u64, "what does not fit is dropped, and known");
}

#[test]
fn every_metric_is_told() {
    let mut tally = Tally::default();
    tally.count(&call("gpt-4o", None));
    tally.count(&Call { answered_by: Some("b"), ..call("gpt-4o", Some(Cause::ServerError)) });
    let points = tally.points(&[("canary-source".into(), false), ("unknown".into(), true)]);
    let told: Vec<_> = points.series().map(|(metric, ..)| metric).collect();
    use Metric::{Duration, ExportDropped, Failovers, FirstChunk, Retries, SourceUp, Wait};
    assert_eq!(
        told,
        [
            Duration,
            Duration,
            FirstChunk,
            Retries,
            Retries,
            Wait,
            Failovers,
            SourceUp,
            ExportDropped
        ]
    );
    assert!(Tally::default().points(&[]).is_empty());
}
