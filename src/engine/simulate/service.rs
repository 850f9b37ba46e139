//! A service with moods: what it answers, and when.

use fastrand::Rng;

use unstuck_diagnose::{Context, Failure, Received, Stage};

/// How a service is just now. A mood lasts for minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Well,
    Shaky,
    Limiting,
    Overloaded,
    Down,
    OneAtATime,
    Refusing,
    Unreachable,
}

/// What becomes of one attempt, in order: after so many milliseconds, this.
pub(super) type Fate = Vec<(u64, Turn)>;

/// A thing that a service does.
#[derive(Debug, Clone)]
pub(super) enum Turn {
    Chunk(&'static str),
    End,
    Fail(Box<Failure>),
}

/// A service.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) mood: Mood,
    pub(super) until: u64,
}

impl Service {
    pub(super) const fn new() -> Self {
        Self { mood: Mood::Well, until: 0 }
    }

    /// Lets the mood change with time.
    pub(super) fn feel(&mut self, now: u64, rng: &mut Rng) {
        if now < self.until {
            return;
        }
        use Mood::*;
        self.mood = match rng.u32(0..16) {
            0 | 1 => Shaky,
            2 | 3 => Limiting,
            4 => Overloaded,
            5 => Down,
            6 => OneAtATime,
            7 => Refusing,
            8 => Unreachable,
            _ => Well,
        };
        self.until = now + rng.u64(60_000..1_800_000);
    }

    /// What becomes of an attempt that is sent now, while so many others are on their way.
    pub(super) fn answer(&self, others: usize, wall: u64, rng: &mut Rng) -> Fate {
        use Mood::*;
        let first = rng.u64(80..4_000);
        let fails = |failure| vec![(first, Turn::Fail(Box::new(failure)))];
        match self.mood {
            Shaky if rng.bool() => match rng.u32(0..3) {
                0 => fails(status(500, wall)),
                1 => cut(first, wall),
                _ => fails(lost("net::ERR_CONNECTION_RESET", wall)),
            },
            Limiting if rng.u32(0..4) > 0 => fails(limited(rng, wall)),
            Overloaded => fails(status(529, wall)),
            Down => fails(status(503, wall)),
            OneAtATime if others > 0 => fails(busy(wall)),
            Refusing => fails(status(401, wall)),
            Unreachable if rng.bool() => fails(lost("net::ERR_INTERNET_DISCONNECTED", wall)),
            Unreachable => fails(bare(wall)),
            _ => whole(first, rng),
        }
    }
}

fn whole(first: u64, rng: &mut Rng) -> Fate {
    let words = ["Yes, ", "gladly. ", "See you ", "at eight."];
    let count = rng.usize(1..=words.len());
    let mut at = first;
    let mut fate: Fate = Vec::with_capacity(count + 1);
    for word in &words[..count] {
        fate.push((at, Turn::Chunk(word)));
        at += rng.u64(20..1_500);
    }
    fate.push((at, Turn::End));
    fate
}

fn cut(first: u64, wall: u64) -> Fate {
    let failure = Failure {
        status: Some(200),
        stage: Some(Stage::Stream),
        stream: Some(Received { chars: 5, ended: false }),
        now_ms: Some(wall),
        ..Failure::default()
    };
    vec![(first, Turn::Chunk("Yes, ")), (first + 900, Turn::Fail(Box::new(failure)))]
}

fn status(code: u16, wall: u64) -> Failure {
    Failure { status: Some(code), now_ms: Some(wall), ..Failure::default() }
}

fn limited(rng: &mut Rng, wall: u64) -> Failure {
    let mut failure = status(429, wall);
    let named = ["1", "5", "20", "59", "61", "300", "0", "-1", "NaN", "1e308", "99999999999"];
    failure.headers.insert("retry-after".into(), named[rng.usize(0..named.len())].into());
    failure
}

fn busy(wall: u64) -> Failure {
    Failure {
        provider: Some("chatgpt_web".into()),
        body: Some("Only one message at a time. Please allow any other responses to complete before sending another message.".into()),
        ..status(429, wall)
    }
}

fn lost(error: &str, wall: u64) -> Failure {
    Failure { net_error: Some(error.into()), ..bare(wall) }
}

fn bare(wall: u64) -> Failure {
    Failure {
        error_name: Some("TypeError".into()),
        message: Some("Failed to fetch".into()),
        context: Some(Context::Worker),
        now_ms: Some(wall),
        ..Failure::default()
    }
}
