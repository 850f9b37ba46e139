//! Any headers, one a line; an input without a colon goes to the headers that are read.
#![no_main]

mod checked;

use libfuzzer_sys::fuzz_target;
use unstuck_diagnose::Failure;

const READ: [&str; 8] = [
    "retry-after",
    "retry-after-ms",
    "date",
    "x-ratelimit-reset-tokens",
    "ratelimit",
    "anthropic-ratelimit-unified-reset",
    "content-type",
    "cf-mitigated",
];

fuzz_target!(|input: (u16, u64, &[u8])| {
    let (status, now_ms, bytes) = input;
    let text = String::from_utf8_lossy(bytes);
    let pair = |(number, line): (usize, &str)| match line.split_once(':') {
        Some((name, value)) => (name.to_ascii_lowercase(), value.to_owned()),
        None => (READ[number % READ.len()].to_owned(), line.to_owned()),
    };
    checked::classify(&Failure {
        status: Some(100 + status % 500),
        headers: text.lines().enumerate().map(pair).collect(),
        now_ms: Some(now_ms),
        ..Failure::default()
    });
});
