//! Percentiles against exact ones, and durations that are none.

use fastrand::Rng;
use proptest::prelude::*;

use super::*;

const SAMPLES: usize = 1_000_000;
const PARTS: usize = 1_440;

/// About standard normal.
fn normal(random: &mut Rng) -> f64 {
    (0..12).map(|_| random.f64()).sum::<f64>() - 6.0
}

/// Five shapes of answer times, in seconds.
const SHAPES: [fn(&mut Rng) -> f64; 5] = [
    |random| normal(random).exp(),
    |random| 0.05 / (1.0 - random.f64()).powf(1.0 / 1.5),
    |random| 0.1 + random.f64() * 30.0,
    |random| if random.f64() < 0.9 { 0.2 + random.f64() * 0.01 } else { 20.0 + random.f64() * 5.0 },
    |random| -(1.0 - random.f64()).ln() * 2.0,
];

#[test]
fn percentiles_are_close_to_exact() {
    let mut worst: f64 = 0.0;
    for (seed, shape) in SHAPES.iter().enumerate() {
        let mut random = Rng::with_seed(seed as u64);
        let mut exact: Vec<f64> = (0..SAMPLES).map(|_| shape(&mut random).min(LONGEST)).collect();
        let mut whole = Sketch::default();
        for part in exact.chunks(SAMPLES.div_ceil(PARTS)) {
            let mut minute = Sketch::default();
            part.iter().for_each(|&seconds| assert!(minute.record(seconds)));
            whole.merge(&minute);
        }
        assert_eq!(whole.count(), SAMPLES as u64);
        exact.sort_unstable_by(f64::total_cmp);
        for share in [0.5, 0.75, 0.9, 0.95, 0.99, 0.999] {
            let truth = exact[(share * SAMPLES as f64).ceil() as usize - 1];
            let told = whole.quantile(share).unwrap();
            worst = worst.max((told / truth - 1.0).abs());
        }
    }
    println!("worst error of a percentile: {:.3} %", worst * 100.0);
    assert!(worst <= 0.011, "{worst}");
}

#[test]
fn no_durations_are_not_counted() {
    let mut sketch = Sketch::default();
    for none in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, -f64::MIN_POSITIVE, 1e9] {
        assert!(!sketch.record(none), "{none}");
    }
    assert!(sketch.is_empty() && sketch.quantile(0.5).is_none());
    assert!(sketch.record(0.0) && sketch.record(f64::MIN_POSITIVE) && sketch.record(LONGEST));
    assert_eq!((sketch.count(), sketch.zeros()), (3, 2));
    assert!((sketch.quantile(1.0).unwrap() / LONGEST - 1.0).abs() < 0.011);
}

/// Against the logarithm, and each bound is the end of its own bucket.
#[test]
fn indices_are_those_of_opentelemetry() {
    let mut random = Rng::with_seed(7);
    for _ in 0..200_000 {
        let seconds = 2f64.powf(random.f64() * 36.0 - 20.0);
        let exact = (seconds.log2() * 32.0).ceil() as i16 - 1;
        assert_eq!(index(seconds), exact, "{seconds}");
        assert!(bound(exact) < seconds * 1.000_000_1 && seconds < bound(exact + 1) * 1.000_000_1);
    }
    assert_eq!([0.5, 1.0, 2.0, 1024.0].map(index), [-33, -1, 31, 319]);
}

#[test]
fn three_calls_take_few_bytes() {
    let mut sketch = Sketch::default();
    for seconds in [0.8, 1.1, 2.5] {
        sketch.record(seconds);
    }
    let bytes = postcard::to_allocvec(&sketch).unwrap();
    // Length, then least, most and sum, no zeros, the first index in four bytes, two more buckets in two each.
    assert_eq!(bytes.len(), 1 + 24 + 1 + 4 + 2 + 2);
}

proptest! {
    #[test]
    fn bytes_give_back_the_sketch(values in prop::collection::vec(-1.0..100_000.0f64, 0..200)) {
        let mut sketch = Sketch::default();
        for &value in &values {
            sketch.record(value);
        }
        let bytes = postcard::to_allocvec(&sketch).unwrap();
        prop_assert_eq!(&postcard::from_bytes::<Sketch>(&bytes).unwrap(), &sketch);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = unpacked(&bytes);
    }
}
