//! Simulated browsers that push what they count to a real engine, and die, and lose answers: `browsers HOST:PORT delta COUNT` or
//! `browsers HOST:PORT cumulative 1`. Prints how many asks they made, and how many of them they say are missing.
//!
//! A browser dies before any effect, and goes on with what it has written down. Of the pushes in its three windows one in twenty gets
//! no answer: half of those never arrive, half do. Then all is calm, and one more ask takes along what is still to be told. An ask
//! that a death kept from the disk was counted by nobody.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it is run by a test, and stops at the first surprise"
)]

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{SystemTime, UNIX_EPOCH},
};

use fastrand::Rng;
use unstuck_diagnose::{Cause, Provider};
use unstuck_health::{
    Answer, Call, Effect, Feed, Health, Outcome, Parcel, Waits, export::otlp::Temporality,
};

const MINUTE_MS: u64 = 60_000;
const WINDOWS: u64 = 3;
/// Long enough for every wait after a failure.
const WINDOW_MS: u64 = 150 * MINUTE_MS;
const MODELS: [&str; 2] = ["gpt-4o", "gpt-4o-mini"];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [engine, temporality, count] = &words[..] else { panic!("ENGINE delta|cumulative COUNT") };
    let temporality = match temporality.as_str() {
        "delta" => Temporality::Delta,
        _ => Temporality::Cumulative,
    };
    let now_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64;
    let (mut asks, mut failures, mut dropped, mut pushes, mut deaths) = (0, 0, 0, 0, 0);
    for number in 0..count.parse().unwrap() {
        let start_ms = now_ms - (WINDOWS + 1) * WINDOW_MS;
        let browser = Browser::new(engine, temporality, number, start_ms).live();
        asks += browser.kept[0];
        failures += browser.kept[1];
        dropped += browser.dropped;
        pushes += browser.pushes;
        deaths += browser.deaths;
    }
    println!(
        r#"{{"asks":{asks},"failures":{failures},"dropped":{dropped},"pushes":{pushes},"deaths":{deaths}}}"#
    );
}

struct Browser<'a> {
    engine: &'a str,
    health: Health,
    saved: Vec<u8>,
    rng: Rng,
    now_ms: u64,
    is_calm: bool,
    /// Asks, and failures among them, since the beginning and as they were written down.
    made: [u64; 2],
    kept: [u64; 2],
    dropped: u64,
    pushes: u64,
    deaths: u64,
}

/// The worker has died.
struct Dead;

impl<'a> Browser<'a> {
    fn new(engine: &'a str, temporality: Temporality, number: u64, now_ms: u64) -> Self {
        let mut health = Health::new(&number.to_string());
        health.set_feeds(now_ms, vec![Feed { id: "engine".into(), temporality }]);
        let saved = postcard::to_allocvec(&health).unwrap();
        Self {
            engine,
            health,
            saved,
            rng: Rng::with_seed(number),
            now_ms,
            is_calm: false,
            made: [0; 2],
            kept: [0; 2],
            dropped: 0,
            pushes: 0,
            deaths: 0,
        }
    }

    fn live(mut self) -> Self {
        for window in 0..=WINDOWS {
            self.is_calm = window == WINDOWS;
            for _ in 0..if self.is_calm { 1 } else { self.rng.u64(1..6) } {
                self.now_ms += self.rng.u64(5_000..60_000);
                self.asks();
            }
            self.passes(self.now_ms + WINDOW_MS - 6 * MINUTE_MS);
        }
        self
    }

    fn asks(&mut self) {
        let failure = (self.rng.u8(..10) == 0).then_some(Cause::ServerError);
        let retries = self.rng.u32(..2);
        let call = Call {
            source: "one",
            name: "One",
            provider: Some(Provider::OpenAi),
            host: "api.openai.com",
            model: MODELS[self.rng.usize(..2)],
            failure,
            tries: 1 + retries,
            retries,
            waits: Waits { backoff_ms: 1_000 * u64::from(retries), ..Waits::default() },
            answered_by: None,
            first_chunk_s: Some(0.4),
            duration_s: self.rng.f64() * 20.0,
        };
        self.made[0] += 1;
        self.made[1] += u64::from(failure.is_some());
        let mut outcome = self.health.call(self.now_ms, &call);
        outcome.effects.insert(0, Effect::Save);
        self.perform(outcome);
    }

    /// Every alarm rings until this time.
    fn passes(&mut self, until_ms: u64) {
        loop {
            let outcome = self.health.tick(self.now_ms);
            let wake = outcome.effects.iter().find_map(|effect| match effect {
                Effect::Wake(at_ms) => Some(*at_ms),
                _ => None,
            });
            self.perform(outcome);
            match wake.filter(|at_ms| *at_ms <= until_ms) {
                Some(at_ms) => self.now_ms = self.now_ms.max(at_ms),
                None => break,
            }
        }
        self.now_ms = until_ms;
    }

    /// Performs effects; a death ends them, and the next life begins with what was saved.
    fn perform(&mut self, outcome: Outcome) {
        let mut next = Some(outcome);
        while let Some(outcome) = next.take() {
            if let Err(Dead) = self.try_to(outcome) {
                self.deaths += 1;
                self.made = self.kept;
                self.health = postcard::from_bytes(&self.saved).unwrap();
                self.now_ms += 5_000;
                next = Some(self.health.started(self.now_ms));
            }
        }
    }

    fn try_to(&mut self, outcome: Outcome) -> Result<(), Dead> {
        for effect in outcome.effects {
            self.may_die()?;
            match effect {
                Effect::Save => {
                    self.saved = postcard::to_allocvec(&self.health).unwrap();
                    self.kept = self.made;
                }
                Effect::Push { ticket, .. } => {
                    let answer = self.push(ticket);
                    self.may_die()?;
                    let outcome = self.health.answered(self.now_ms, ticket, answer);
                    self.try_to(outcome)?;
                }
                Effect::Post(_) | Effect::Wake(_) => {}
            }
        }
        Ok(())
    }

    fn may_die(&mut self) -> Result<(), Dead> {
        if !self.is_calm && self.rng.u8(..100) < 3 { Err(Dead) } else { Ok(()) }
    }

    fn push(&mut self, ticket: u64) -> Answer {
        let Some(Parcel::Numbers(batch)) = self.health.parcel(self.now_ms, ticket) else {
            return Answer::Refused;
        };
        let fate = if self.is_calm { 100 } else { self.rng.u8(..40) };
        if fate == 0 {
            return Answer::Unknown;
        }
        let status = post(self.engine, &batch.encode());
        assert!((200..300).contains(&status), "the engine says {status}");
        self.pushes += 1;
        self.dropped += batch.dropped();
        if fate == 1 { Answer::Unknown } else { Answer::Accepted }
    }
}

/// Posts numbers; gives the status of the answer.
fn post(engine: &str, body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(engine).unwrap();
    let head = format!(
        "POST /opentelemetry/v1/metrics HTTP/1.1\r\nhost: {engine}\r\ncontent-type: application/x-protobuf\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}
