//! How long `classify` takes natively, by the kind and the size of the answer. `wasm.mjs` measures the same inputs
//! in the wasm.

#![expect(clippy::expect_used, reason = "a bench stops at the first surprise")]

mod inputs;

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput};
use unstuck_diagnose::classify;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(40)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots()
        .configure_from_args();
    for (group, cases) in inputs::groups() {
        let mut group = criterion.benchmark_group(group);
        for (name, failure) in cases {
            let bytes = failure.body.as_deref().map_or(0, str::len) as u64;
            group.throughput(Throughput::Bytes(bytes));
            group.bench_function(name, |bencher| {
                bencher.iter(|| classify(black_box(&failure)));
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
