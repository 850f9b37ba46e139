//! The herd: many clients at one service that is down for a while and then has to catch up. What a policy of retries does to
//! the service, and to the people who wait, shows only when everybody follows it.

mod client;
mod ours;
mod plot;
mod policies;

use std::{cmp::Reverse, collections::BinaryHeap, sync::Mutex, thread};

use fastrand::Rng;

use client::{Client, Next};
pub use plot::svg;
use policies::RULES;

/// The world that every policy meets.
///
/// Each client asks once, evenly over the outage. During the outage every call is refused with a `Retry-After` that names
/// its end. Afterwards the service answers as many calls a second as lets everybody through in [`CATCH_UP_S`], and refuses
/// the others with [`OVERLOAD_HINT_MS`]. A refusal costs the service nothing, which flatters those who call often. A person
/// whose client has given up presses what it offers after about [`PAUSE_MS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Herd {
    /// How many clients.
    pub clients: u32,
    /// How long the outage lasts, in milliseconds.
    pub outage_ms: u64,
}

/// The service needs so many seconds to answer everybody, if nobody wastes its time.
pub const CATCH_UP_S: u64 = 100;
/// The wait that an overloaded service asks for, in milliseconds.
pub const OVERLOAD_HINT_MS: u64 = 20_000;
/// How long a person takes on average to press again, in milliseconds; drawn from an exponential distribution.
pub const PAUSE_MS: f64 = 30_000.0;
/// Whoever is not served so long after the outage is not waited for, in milliseconds.
const PATIENCE_MS: u64 = 3_600_000;

/// What a policy did.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The name of the policy.
    pub policy: &'static str,
    /// Calls in each second since the first one.
    pub load: Vec<u32>,
    /// All calls.
    pub calls: u64,
    /// Calls that came before the time that the service had named to this client.
    pub early: u64,
    /// Presses of people after the first one.
    pub presses: u64,
    /// Clients that were served.
    pub served: u32,
    /// How long after the end of the outage 99 % were served, in milliseconds. `None`: never.
    pub done_ms: Option<u64>,
}

impl Outcome {
    /// Calls in the busiest second.
    #[must_use]
    pub fn peak(&self) -> u32 {
        self.load.iter().copied().max().unwrap_or_default()
    }
}

impl Herd {
    /// Every policy in the same world, the clients' rules of others first, ours last.
    #[must_use]
    pub fn run(self) -> Vec<Outcome> {
        let queue = Mutex::new(0..=RULES.len());
        let outcomes = Mutex::new(Vec::new());
        let work = || {
            while let Some(index) = queue.lock().ok().and_then(|mut queue| queue.next()) {
                let outcome = match RULES.get(index) {
                    Some(rule) => self.live(rule.name, |_| policies::Ruled::new(rule)),
                    None => self.live("Unstuck", ours::Ours::new),
                };
                if let Ok(mut outcomes) = outcomes.lock() {
                    outcomes.push((index, outcome));
                }
            }
        };
        let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        thread::scope(|scope| (0..processors).for_each(|_| drop(scope.spawn(work))));
        let mut outcomes = outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        outcomes.sort_by_key(|(index, _)| *index);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn live<C: Client>(self, policy: &'static str, client: impl Fn(u32) -> C) -> Outcome {
        let mut rng = Rng::with_seed(4);
        let mut field = Field::default();
        let mut clients: Vec<Option<Member<C>>> = Vec::new();
        for number in 0..self.clients {
            let at = u64::from(number) * self.outage_ms / u64::from(self.clients.max(1));
            clients.push(Some(Member { client: client(number), wakes_at: at, not_before: 0 }));
            field.put(at, number, What::Press);
        }
        let mut service = Service::new(self);
        let mut outcome = Outcome {
            policy,
            load: Vec::new(),
            calls: 0,
            early: 0,
            presses: 0,
            served: 0,
            done_ms: None,
        };
        let nearly_all = self.clients - self.clients / 100;
        while let Some((now, number, what)) = field.next() {
            if now > self.outage_ms + PATIENCE_MS {
                break;
            }
            let Some(place) = clients.get_mut(number as usize) else { continue };
            let Some(member) = place else { continue };
            let next = match what {
                What::Press => {
                    outcome.presses += 1;
                    member.client.press(now, &mut rng)
                }
                What::Wake if member.wakes_at != now => continue,
                What::Wake => member.client.wake(now, &mut rng),
                What::Answered(refusal) => member.client.handle(now, refusal, &mut rng),
            };
            match next {
                Next::Call => {
                    outcome.count(now, now < member.not_before);
                    let refusal = service.call(now);
                    if let Some(wait) = refusal {
                        member.not_before = now + wait;
                    } else {
                        outcome.served += 1;
                        if outcome.served == nearly_all {
                            outcome.done_ms = Some(now.saturating_sub(self.outage_ms));
                        }
                    }
                    field.put(now + rng.u64(50..250), number, What::Answered(refusal));
                }
                Next::Wait(until) => {
                    member.wakes_at = until.max(now + 1);
                    field.put(member.wakes_at, number, What::Wake);
                }
                Next::Person => {
                    let pause = -PAUSE_MS * (1.0 - rng.f64()).ln();
                    field.put(now + 1_000 + pause as u64, number, What::Press);
                }
                Next::Done => *place = None,
            }
        }
        outcome.presses -= u64::from(self.clients);
        outcome
    }
}

impl Outcome {
    fn count(&mut self, now: u64, early: bool) {
        let second = (now / 1_000) as usize;
        if self.load.len() <= second {
            self.load.resize(second + 1, 0);
        }
        self.load[second] += 1;
        self.calls += 1;
        self.early += u64::from(early);
    }
}

struct Member<C> {
    client: C,
    wakes_at: u64,
    /// What the service asked of it.
    not_before: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Press,
    Wake,
    Answered(Option<u64>),
}

/// What is going to happen, by time, and by the order in which it was put there.
#[derive(Default)]
struct Field {
    heap: BinaryHeap<Reverse<(u64, u64, u32, What)>>,
    count: u64,
}

impl Field {
    fn put(&mut self, at: u64, number: u32, what: What) {
        self.count += 1;
        self.heap.push(Reverse((at, self.count, number, what)));
    }

    fn next(&mut self) -> Option<(u64, u32, What)> {
        self.heap.pop().map(|Reverse((at, _, number, what))| (at, number, what))
    }
}

/// The service.
struct Service {
    back_at: u64,
    /// Answers a second.
    capacity: u64,
    second: u64,
    answered: u64,
}

impl Service {
    fn new(herd: Herd) -> Self {
        let capacity = u64::from(herd.clients).div_ceil(CATCH_UP_S).max(1);
        Self { back_at: herd.outage_ms, capacity, second: 0, answered: 0 }
    }

    /// Answers with `None`, or refuses and says for how many milliseconds.
    fn call(&mut self, now: u64) -> Option<u64> {
        if now < self.back_at {
            return Some((self.back_at - now).next_multiple_of(1_000));
        }
        if now / 1_000 != self.second {
            (self.second, self.answered) = (now / 1_000, 0);
        }
        if self.answered == self.capacity {
            return Some(OVERLOAD_HINT_MS);
        }
        self.answered += 1;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn herd() -> Vec<Outcome> {
        Herd { clients: 4_000, outage_ms: 600_000 }.run()
    }

    /// Our policy obeys every hint and, of all policies that serve everybody, loads the service least.
    #[test]
    fn herd_obeys_at_the_lowest_load() {
        let outcomes = herd();
        let (ours, others) = outcomes.split_last().unwrap();
        let done = |outcome: &Outcome| outcome.done_ms.unwrap_or(u64::MAX);
        let best = outcomes.iter().map(done).min().unwrap();
        assert_eq!((ours.policy, ours.early, ours.served), ("Unstuck", 0, 4_000));
        assert!(others.iter().all(|o| o.served < 4_000 || o.peak() > ours.peak()), "{outcomes:?}");
        assert!(ours.calls <= 4_000 * 2 + 5_000, "{}", ours.calls);
        assert!(done(ours) * 10 <= best * 12, "{} against {best}", done(ours));
    }

    #[test]
    fn restored_service_answers_at_capacity() {
        let mut service = Service::new(Herd { clients: 200, outage_ms: 10_000 });
        assert_eq!(service.call(8_500), Some(2_000));
        let answers =
            |service: &mut Service, at| (0..5).filter(|_| service.call(at).is_none()).count();
        assert_eq!((answers(&mut service, 10_000), answers(&mut service, 11_000)), (2, 2));
        assert_eq!(service.call(11_500), Some(OVERLOAD_HINT_MS));
    }
}
