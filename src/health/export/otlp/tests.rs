//! What is written, read again with the official types.

use opentelemetry_proto::tonic::{
    collector::metrics::v1::ExportMetricsServiceRequest,
    metrics::v1::{Metric as Told, metric::Data, number_data_point::Value as Number},
};
use proptest::prelude::*;
use prost::Message as _;
use unstuck_diagnose::{Cause, Provider};

use super::*;
use crate::export::names::WaitReason;

const PUSH: Push<'static> = Push {
    semconv: Semconv::V1_41_0,
    temporality: Temporality::Delta,
    version: "1.0.0",
    instance: Some("7Q2K"),
    start_ms: 1_787_392_270_000,
    end_ms: 1_787_392_330_000,
};

fn read(bytes: &[u8]) -> ExportMetricsServiceRequest {
    ExportMetricsServiceRequest::decode(bytes).unwrap()
}

fn metrics(request: ExportMetricsServiceRequest) -> Vec<Told> {
    let resources = request.resource_metrics.into_iter();
    resources.flat_map(|one| one.scope_metrics).flat_map(|one| one.metrics).collect()
}

fn labels() -> impl Strategy<Value = Labels> {
    let provider = prop::option::of(prop::sample::select(Provider::ALL));
    let cause = prop::option::of(prop::sample::select(Cause::ALL));
    let model = prop::sample::select(&["", "gpt-4o", "llama3:8b", "ft:x", "a b", "\u{1F600}"][..]);
    let host = prop::sample::select(&["api.openai.com", "me.example"][..]);
    (provider, cause, model, host, any::<u16>()).prop_map(
        |(provider, cause, model, host, status)| {
            let labels = Labels::of(provider).host(host).status(status).wait(WaitReason::Asked);
            let labels = if model.is_empty() { labels } else { labels.model(model) };
            cause.map_or(labels.clone(), |cause| labels.cause(cause))
        },
    )
}

fn value() -> impl Strategy<Value = Value> {
    let sum = prop_oneof![any::<f64>(), Just(0.0), Just(1e9), Just(f64::NAN), Just(-1.0)];
    let range = prop::option::of((any::<f64>(), any::<f64>()));
    let counts = prop::collection::vec(any::<u64>(), 0..20);
    prop_oneof![
        any::<u64>().prop_map(Value::Count),
        any::<f64>().prop_map(Value::Gauge),
        (counts.clone(), sum.clone(), range.clone())
            .prop_map(|(counts, sum, range)| Value::Histogram(Histogram { counts, sum, range })),
        (any::<i32>(), any::<i32>(), counts, any::<u64>(), sum, range).prop_map(
            |(scale, offset, counts, zeros, sum, range)| {
                Value::Exponential(Exponential { scale, offset, counts, zeros, sum, range })
            }
        ),
    ]
}

fn points() -> impl Strategy<Value = Points> {
    let metric = prop::sample::select(
        &[
            Metric::Duration,
            Metric::InputTokens,
            Metric::OutputTokens,
            Metric::HttpDuration,
            Metric::Retries,
            Metric::Wait,
            Metric::SourceUp,
            Metric::ExportDropped,
        ][..],
    );
    prop::collection::vec((metric, labels(), value()), 0..24).prop_map(|all| {
        let mut points = Points::default();
        for (metric, labels, value) in all {
            points.add(metric, labels, value);
        }
        points
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn official_types_read_every_push(
        points in points(),
        start_ms in any::<u64>(),
        end_ms in any::<u64>(),
        is_delta in any::<bool>(),
        is_dev in any::<bool>(),
    ) {
        let temporality = if is_delta { Temporality::Delta } else { Temporality::Cumulative };
        let semconv = if is_dev { Semconv::GenAiDev } else { Semconv::V1_41_0 };
        let bytes = Push { semconv, temporality, start_ms, end_ms, ..PUSH }.encode(&points);
        keep_for_python(&bytes);
        let request = read(&bytes);
        prop_assert_eq!(request.encoded_len(), bytes.len());
        prop_assert_eq!(&read(&request.encode_to_vec()).encode_to_vec(), &request.encode_to_vec());
        let told: usize = metrics(request).iter().map(count_points).sum();
        prop_assert_eq!(told, points.len());
    }
}

/// Appends a push to the file that `tests/otlp/check.sh` names, each behind its length.
fn keep_for_python(bytes: &[u8]) {
    let Some(path) = std::env::var_os("UNSTUCK_PUSHES") else { return };
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
    let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    std::io::Write::write_all(&mut file, &[&length, bytes].concat()).unwrap();
}

fn count_points(metric: &Told) -> usize {
    match metric.data.as_ref().unwrap() {
        Data::Gauge(all) => all.data_points.len(),
        Data::Sum(all) => all.data_points.len(),
        Data::Histogram(all) => all.data_points.len(),
        Data::ExponentialHistogram(all) => all.data_points.len(),
        Data::Summary(_) => 0,
    }
}

fn asked() -> Points {
    let mut points = Points::default();
    let labels = Labels::of(Some(Provider::OpenAi)).model("gpt-4o").host("api.openai.com");
    let mut counts = vec![0; 15];
    counts[8] = 2;
    let duration = Histogram { counts, sum: 3.5, range: Some((1.5, 2.0)) };
    points.add(Metric::Duration, labels.clone(), Value::Histogram(duration.clone()));
    points.add(Metric::InputTokens, labels.clone(), Value::Histogram(duration.clone()));
    points.add(Metric::OutputTokens, labels.clone(), Value::Histogram(duration));
    points.add(Metric::SourceUp, labels.clone(), Value::Gauge(1.0));
    points.add(Metric::Retries, labels.cause(Cause::RateLimited), Value::Count(3));
    points
}

#[test]
fn each_name_is_told_once() {
    let told = metrics(read(&PUSH.encode(&asked())));
    let names: Vec<_> = told.iter().map(|metric| metric.name.as_str()).collect();
    let expected = [
        "gen_ai.client.operation.duration",
        "gen_ai.client.token.usage",
        "unstuck.retries",
        "unstuck.source.up",
    ];
    assert_eq!(names, expected);
    let Some(Data::Histogram(duration)) = &told[0].data else { panic!("{told:?}") };
    let point = &duration.data_points[0];
    assert_eq!((duration.aggregation_temporality, point.count, point.sum), (1, 2, Some(3.5)));
    assert_eq!((point.explicit_bounds.len(), point.bucket_counts[8]), (14, 2));
    assert_eq!((point.min, point.max), (Some(1.5), Some(2.0)));
    let Some(Data::Sum(retries)) = &told[2].data else { panic!("{told:?}") };
    assert!(retries.is_monotonic);
    assert_eq!(retries.data_points[0].value, Some(Number::AsInt(3)));
    assert_eq!((told[2].unit.as_str(), told[3].unit.as_str()), ("{retry}", ""));
}

#[test]
fn development_names_count_tokens() {
    let push = Push { semconv: Semconv::GenAiDev, ..PUSH };
    let told = metrics(read(&push.encode(&asked())));
    assert_eq!(told[1].name, "gen_ai.client.inference.usage.input_tokens");
    let Some(Data::Sum(tokens)) = &told[1].data else { panic!("{told:?}") };
    assert_eq!(tokens.data_points[0].value, Some(Number::AsInt(3)));
}

#[test]
fn only_cumulative_numbers_name_an_instance() {
    let named = |temporality| {
        let bytes = Push { temporality, ..PUSH }.encode(&asked());
        String::from_utf8_lossy(&bytes).contains("service.instance.id")
    };
    assert!(!named(Temporality::Delta) && named(Temporality::Cumulative));
}

/// What a person typed as the name of a model or a host cannot get out.
#[test]
fn free_text_stays_inside() {
    let mut points = Points::default();
    let labels = Labels::of(None).model("canary my secret").host("canary.example");
    points.add(Metric::SourceUp, labels, Value::Gauge(0.0));
    let bytes = PUSH.encode(&points);
    assert!(!String::from_utf8_lossy(&bytes).contains("canary"));
}
