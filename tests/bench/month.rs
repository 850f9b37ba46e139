//! Prints thirty days of health of the sources with these ids as hexadecimal bytes, up to a time in milliseconds since 1970:
//! `cargo run -p unstuck-engine --example month -- TIME ID=NAME…`. Each source has four asks an hour by day, a failure now and then, and
//! an outage a week.
#![expect(
    clippy::unwrap_used,
    reason = "it is run by hand or by a bench, and stops at wrong words"
)]

use std::fmt::Write;

use fastrand::Rng;
use unstuck_diagnose::Cause;
use unstuck_engine::State;
use unstuck_health::{Call, Waits};

const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;
const CAUSES: [Cause; 5] = [
    Cause::ModelOverloaded,
    Cause::Timeout,
    Cause::RateLimited,
    Cause::ServerError,
    Cause::BadGateway,
];

fn main() {
    let mut words = std::env::args().skip(1);
    let end_ms: u64 = words.next().unwrap().parse().unwrap();
    let sources: Vec<(String, String)> = words
        .map(|word| word.split_once('=').map(|(id, name)| (id.into(), name.into())).unwrap())
        .collect();
    let mut rng = Rng::with_seed(1);
    let mut state = State::default();
    state.take_health(&[], 7);
    let mut now_ms = end_ms - 30 * DAY_MS;
    while now_ms < end_ms {
        now_ms += 15 * MINUTE_MS;
        for (id, name) in &sources {
            let (day, minute) = (now_ms / DAY_MS, now_ms % DAY_MS / MINUTE_MS);
            if minute < 7 * 60 || rng.u8(..10) < 3 {
                continue;
            }
            let is_down = day % 7 == 3 && (600..690).contains(&minute);
            let fails = rng.u8(..100) < if is_down { 90 } else { 4 };
            let failure =
                fails.then(|| CAUSES[if is_down { 3 } else { rng.usize(..CAUSES.len()) }]);
            let first_chunk_s = failure.is_none().then(|| 0.3 + rng.f64() * rng.f64() * 3.0);
            let retries = u32::from(fails);
            let call = Call {
                source: id,
                name,
                provider: None,
                host: "",
                model: "lab-small",
                failure,
                tries: 1 + retries,
                retries,
                waits: Waits::default(),
                answered_by: None,
                first_chunk_s,
                duration_s: 3.0,
            };
            let _ = state.health.call(now_ms.min(end_ms), &call);
        }
    }
    let mut hex = String::new();
    for byte in state.health_bytes() {
        write!(hex, "{byte:02x}").unwrap();
    }
    println!("{hex}");
}
