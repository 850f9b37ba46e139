//! What happens on simulated days: asks, troubles, a network that goes away, a machine that sleeps.

use fastrand::Rng;
use unstuck_diagnose::Cause;

use crate::{Call, Waits};

pub(super) const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;
/// Midnight, UTC.
const START_MS: u64 = 1_699_920_000_000;

/// Something that calls people: when, and for which source.
pub(super) type Page = (u64, usize);

/// Kinds of troubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Nothing is answered.
    Total,
    /// 50 to 90 of 100 asks fail.
    Partial,
    /// A minute up, a minute down.
    Flapping,
    /// Answers take four to eight times as long.
    Slow,
    /// The own network is down.
    OwnNetwork,
    /// The person's key is wrong or their quota used up.
    OwnKey,
}

/// One trouble, as it truly was.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) what: What,
    /// None for both.
    pub(super) source: Option<usize>,
    pub(super) from_ms: u64,
    pub(super) to_ms: u64,
    share: f64,
    asks: usize,
    hits: Vec<u64>,
    /// When it hit an ask first.
    pub(super) met_ms: u64,
}

impl Trouble {
    /// Whether the person met it: at least five asks in it, of which three failed, or five answers were late.
    pub(super) fn is_met(&self) -> bool {
        self.asks >= 5 && self.hits.len() >= if self.what == What::Slow { 5 } else { 3 }
    }

    /// Whether at least three asks failed within its first four minutes.
    pub(super) fn is_of_active_person(&self) -> bool {
        self.hits.iter().filter(|&&ms| ms < self.from_ms + 4 * MINUTE_MS).count() >= 3
    }

    fn is_at(&self, now_ms: u64, source: usize) -> bool {
        self.source.is_none_or(|of| of == source) && (self.from_ms..self.to_ms).contains(&now_ms)
    }
}

/// One ask.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) source: usize,
    pub(super) failure: Option<Cause>,
    first_chunk_s: f64,
}

impl Ask {
    pub(super) fn call(&self) -> Call<'_> {
        Call {
            source: ["first", "second"][self.source],
            name: ["First", "Second"][self.source],
            provider: None,
            host: "",
            model: "one",
            failure: self.failure,
            tries: 1,
            retries: 0,
            waits: Waits::default(),
            answered_by: None,
            first_chunk_s: self.failure.is_none().then_some(self.first_chunk_s),
            duration_s: self.first_chunk_s * 4.0,
        }
    }
}

/// What happens at a time.
#[derive(Debug, Clone)]
pub(super) enum Event {
    Ask(Ask),
    Woke,
    Offline,
}

/// All that happens.
#[derive(Debug, Default)]
pub(super) struct Happened {
    pub(super) events: Vec<(u64, Event)>,
    pub(super) troubles: Vec<Trouble>,
}

impl Happened {
    pub(super) fn asks(&self) -> impl Iterator<Item = (u64, &Ask)> {
        self.events.iter().filter_map(|(ms, event)| match event {
            Event::Ask(ask) => Some((*ms, ask)),
            Event::Woke | Event::Offline => None,
        })
    }

    pub(super) fn has_no_network(&self, now_ms: u64) -> bool {
        let own = self.troubles.iter().filter(|trouble| trouble.what == What::OwnNetwork);
        own.into_iter().any(|trouble| trouble.is_at(now_ms, 0))
    }

    /// Whether an incident of the source was already told when a trouble began.
    pub(super) fn was_open(&self, pages: &[Page], ends: &[Page], trouble: &Trouble) -> bool {
        let count = |list: &[Page]| {
            list.iter()
                .filter(|(ms, source)| Some(*source) == trouble.source && *ms < trouble.from_ms)
                .count()
        };
        count(pages) > count(ends)
    }
}

/// So many days, one after another.
pub(super) fn days(count: u64, seed: u64) -> Happened {
    let mut happened = Happened::default();
    let mut random = Rng::with_seed(seed);
    for day in 0..count {
        one_day(&mut happened, &mut random, START_MS + day * DAY_MS);
    }
    happened
}

fn one_day(happened: &mut Happened, random: &mut Rng, midnight_ms: u64) {
    let first = happened.troubles.len();
    let begin = midnight_ms + 8 * HOUR_MS;
    let mut trouble = |random: &mut Rng,
                       chance: f64,
                       what: What,
                       least_ms: u64,
                       most_ms: u64,
                       is_shared: bool| {
        if random.f64() < chance {
            let from_ms = begin + random.u64(HOUR_MS / 2..8 * HOUR_MS);
            let source = (!is_shared).then(|| usize::from(random.f64() < 0.3));
            let to_ms = from_ms + random.u64(least_ms..most_ms);
            let share = random.f64();
            let is_alone = happened.troubles[first..]
                .iter()
                .all(|other| to_ms + HOUR_MS < other.from_ms || from_ms > other.to_ms + HOUR_MS);
            if is_alone {
                let (asks, hits, met_ms) = (0, Vec::new(), 0);
                happened.troubles.push(Trouble {
                    what,
                    source,
                    from_ms,
                    to_ms,
                    share,
                    asks,
                    hits,
                    met_ms,
                });
            }
        }
    };
    trouble(random, 0.15, What::Total, 10 * MINUTE_MS, 4 * HOUR_MS, false);
    trouble(random, 0.10, What::Partial, 30 * MINUTE_MS, 4 * HOUR_MS, false);
    trouble(random, 0.05, What::Flapping, 2 * HOUR_MS, 2 * HOUR_MS + 1, false);
    trouble(random, 0.08, What::Slow, HOUR_MS, 4 * HOUR_MS, false);
    trouble(random, 0.15, What::OwnNetwork, MINUTE_MS, HOUR_MS, true);
    trouble(random, 0.10, What::OwnKey, 20 * MINUTE_MS, 3 * HOUR_MS, false);
    let today = &mut happened.troubles[first..];
    for network in today.iter().filter(|trouble| trouble.what == What::OwnNetwork) {
        // Every second time the browser notices.
        if network.share < 0.5 {
            happened.events.push((network.from_ms + 2_000, Event::Offline));
            happened.events.push((network.to_ms, Event::Woke));
        }
    }
    let nap_ms = (random.f64() < 0.3).then(|| begin + random.u64(3 * HOUR_MS..5 * HOUR_MS));
    let wakes_ms = nap_ms.map(|ms| ms + random.u64(10 * MINUTE_MS..HOUR_MS));
    happened.events.extend(wakes_ms.map(|ms| (ms, Event::Woke)));
    happened.events.push((begin, Event::Woke));

    // A quiet day, a usual one, a busy one: asks an hour.
    let rate = [4.0, 15.0, 45.0][random.usize(..3)];
    let mut now_ms = begin;
    let mut source = 0;
    let mut is_again = false;
    loop {
        // Whoever is failed presses again soon, with even odds.
        now_ms += if is_again {
            random.u64(15_000..60_000)
        } else {
            (-(1.0 - random.f64()).ln() / rate * HOUR_MS as f64) as u64 + 3_000
        };
        if now_ms > begin + 10 * HOUR_MS {
            break;
        }
        let sleeps = nap_ms.zip(wakes_ms).is_some_and(|(from, to)| (from..to).contains(&now_ms));
        if let (true, Some(to)) = (sleeps, wakes_ms) {
            now_ms = to + random.u64(1_000..20_000);
        }
        if !is_again {
            source = usize::from(random.f64() < 0.3);
        }
        // For half a minute after waking the network is not up.
        let is_waking = wakes_ms.is_some_and(|ms| (ms..ms + 30_000).contains(&now_ms));
        let ask = ask(today, random, now_ms, source, is_waking);
        is_again = ask.failure.is_some() && random.f64() < 0.5;
        happened.events.push((now_ms, Event::Ask(ask)));
    }
    happened.events.sort_by_key(|(ms, _)| *ms);
}

fn ask(
    today: &mut [Trouble],
    random: &mut Rng,
    now_ms: u64,
    source: usize,
    is_waking: bool,
) -> Ask {
    const THEIRS: [Cause; 6] = [
        Cause::ServerError,
        Cause::ServiceUnavailable,
        Cause::BadGateway,
        Cause::ModelOverloaded,
        Cause::Timeout,
        Cause::ConnectionRefused,
    ];
    const OURS: [Cause; 4] =
        [Cause::DnsFailure, Cause::Timeout, Cause::HostUnreachable, Cause::NetworkUnknown];
    const YOURS: [Cause; 4] = [
        Cause::RequestCancelled,
        Cause::ContentFiltered,
        Cause::RateLimited,
        Cause::ContextTooLong,
    ];
    let normal = (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
    let mut first_chunk_s = 0.9 * (0.5 * normal).exp();
    let mut failure = match random.f64() {
        ..0.01 => Some(THEIRS[random.usize(..THEIRS.len())]),
        ..0.03 => Some(YOURS[random.usize(..YOURS.len())]),
        _ => None,
    };
    if is_waking {
        failure = Some(OURS[random.usize(..OURS.len())]);
    }
    for trouble in today.iter_mut().filter(|trouble| trouble.is_at(now_ms, source)) {
        let fails = match trouble.what {
            What::Total | What::OwnNetwork | What::OwnKey => true,
            What::Partial => random.f64() < 0.5 + 0.4 * trouble.share,
            What::Flapping => (now_ms - trouble.from_ms) / MINUTE_MS % 2 == 1,
            What::Slow => {
                first_chunk_s *= 4.0 + 4.0 * trouble.share;
                false
            }
        };
        // Half of the outages are answered with an error, half not at all, each in its own way.
        let kind = (trouble.share * THEIRS.len() as f64) as usize;
        if fails {
            failure = Some(match trouble.what {
                What::OwnNetwork => OURS[random.usize(..OURS.len())],
                What::OwnKey if trouble.share < 0.5 => Cause::InvalidApiKey,
                What::OwnKey => Cause::QuotaExhausted,
                _ => THEIRS[kind],
            });
        }
        trouble.asks += 1;
        if fails || trouble.what == What::Slow && failure.is_none() && first_chunk_s >= 2.9 {
            trouble.hits.push(now_ms);
            if trouble.met_ms == 0 {
                trouble.met_ms = now_ms;
            }
        }
    }
    Ask { source, failure, first_chunk_s }
}
