//! Ends of calls in 16 bytes each: joined to asks by their ids, never by time.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use unstuck_diagnose::Cause;

use super::names::Names;

/// So many ends of calls are kept: 96 MB. Those that come later are counted and left out.
const MOST: usize = 6_000_000;
const MOST_SOURCES: usize = 31;
const MOST_FILES: usize = 63;
/// Clocks that differ by less cannot be told from the way between two machines, in milliseconds.
const SKEW_MS: i64 = 2_000;
/// Requests that two files have in common before their clocks are compared, and so many are looked at.
const LEAST_IN_BOTH: usize = 3;
const MOST_IN_BOTH: usize = 1_000;

/// How the end of a call lies in a number, from the highest bit: time, source, file, cause.
const SOURCE_AT: u32 = 17;
const FILE_AT: u32 = 11;
const CAUSE_AT: u32 = 5;
const TIME_AT: u32 = 22;
/// In the place of a cause, and behind all of them: at the same moment the answer is the end.
const ANSWERED: u64 = 63;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    /// The hash of its id, the lowest bit set for an id of the ask; 0 without an id. Later: how many tries it was.
    id: u64,
    packed: u64,
}

impl Event {
    const fn part(self, at: u32, bits: u32) -> usize {
        ((self.packed >> at) & ((1 << bits) - 1)) as usize
    }

    const fn ms(self) -> u64 {
        self.packed >> TIME_AT
    }

    fn cause(self) -> Option<Cause> {
        Cause::ALL.get(self.part(CAUSE_AT, 6)).copied()
    }
}

/// Where and when a call ended.
pub(super) struct End<'a> {
    /// Milliseconds since 1970, 0 when unknown.
    pub(super) ms: i64,
    pub(super) source: &'a str,
    pub(super) cause: Option<Cause>,
    pub(super) file: usize,
    /// The id, and whether it is the caller's own.
    pub(super) id: Option<(&'a str, bool)>,
}

/// All ends of calls.
#[derive(Debug)]
pub(super) struct Calls {
    events: Vec<Event>,
    sources: Names,
    left_out: u64,
}

/// One ask with all its tries.
pub(super) struct Ask<'a> {
    pub(super) ms: u64,
    pub(super) source: &'a str,
    /// Why it failed in the end.
    pub(super) cause: Option<Cause>,
    pub(super) tries: u32,
}

/// What the ids tell of retries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Retries {
    pub(super) asks: u64,
    pub(super) tries: u64,
    /// Asks that were tried more than once, and how many of them were answered in the end.
    pub(super) retried: u64,
    pub(super) saved: u64,
}

/// Two files whose clocks differ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skew {
    pub(super) files: (usize, usize),
    /// How much later the second one is, by the median of the requests that both have, in milliseconds.
    pub(super) ms: i64,
    pub(super) requests: usize,
}

/// Asks in the order of time.
#[derive(Debug)]
pub(super) struct Asks {
    events: Vec<Event>,
    sources: Names,
    pub(super) retries: Retries,
    pub(super) skews: Vec<Skew>,
    /// Ends of calls for which there was no room.
    pub(super) left_out: u64,
}

impl Calls {
    pub(super) const fn new() -> Self {
        Self { events: Vec::new(), sources: Names::new(MOST_SOURCES), left_out: 0 }
    }

    pub(super) fn push(&mut self, end: &End<'_>) {
        if self.events.len() == MOST {
            self.left_out += 1;
            return;
        }
        if self.events.len() == self.events.capacity() && self.events.len() > MOST / 3 {
            self.events.reserve_exact(MOST - self.events.len());
        }
        let source = self.sources.number(end.source);
        let cause = end.cause.and_then(|cause| Cause::ALL.iter().position(|known| *known == cause));
        let ms = u64::try_from(end.ms).unwrap_or(0).min((1 << 42) - 1);
        let packed = ms << TIME_AT
            | (source as u64) << SOURCE_AT
            | (end.file.min(MOST_FILES) as u64) << FILE_AT
            | (cause.map_or(ANSWERED, |at| at as u64)) << CAUSE_AT;
        self.events.push(Event { id: end.id.map_or(0, |(id, of_ask)| hash(id, of_ask)), packed });
    }

    /// Joins what has the same id: the last end is the end of the ask.
    pub(super) fn into_asks(mut self) -> Asks {
        self.events.sort_unstable();
        let mut retries = Retries::default();
        let mut apart: BTreeMap<(usize, usize), Vec<i64>> = BTreeMap::new();
        let (mut read, mut kept) = (0, 0);
        while read < self.events.len() {
            let first = self.events[read];
            let mut end = read + 1;
            while first.id != 0 && self.events.get(end).is_some_and(|event| event.id == first.id) {
                end += 1;
            }
            let ask = join(&self.events[read..end], &mut retries, &mut apart);
            self.events[kept] = ask;
            kept += 1;
            read = end;
        }
        self.events.truncate(kept);
        self.events.sort_unstable_by_key(|event| event.packed);
        let skews = apart.into_iter().filter_map(|(files, times)| skew(files, times)).collect();
        let Self { events, sources, left_out } = self;
        Asks { events, sources, retries, skews, left_out }
    }
}

impl Asks {
    /// Those whose time is known, in its order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Ask<'_>> {
        self.events.iter().filter(|event| event.ms() > 0).map(|event| Ask {
            ms: event.ms(),
            source: self.sources.name(event.part(SOURCE_AT, 5)),
            cause: event.cause(),
            tries: event.id as u32,
        })
    }
}

/// One ask of its ends, with the number of its tries in the place of the id. Each file tells the tries on its own: the one that
/// tells the most of them counts.
fn join(
    ends: &[Event],
    retries: &mut Retries,
    apart: &mut BTreeMap<(usize, usize), Vec<i64>>,
) -> Event {
    let mut files: Vec<(usize, u64, u64)> = Vec::new();
    for event in ends {
        let file = event.part(FILE_AT, 6);
        match files.iter_mut().find(|(known, ..)| *known == file) {
            Some((_, count, _)) => *count += 1,
            None => files.push((file, 1, event.ms())),
        }
    }
    let tries = files.iter().map(|(_, count, _)| *count).max().unwrap_or(1);
    let last = ends[ends.len() - 1];
    if last.id & 1 == 1 {
        retries.asks += 1;
        retries.tries += tries;
        retries.retried += u64::from(tries > 1);
        retries.saved += u64::from(tries > 1 && last.cause().is_none());
    }
    for (at, (file, _, ms)) in files.iter().enumerate() {
        for (other, _, other_ms) in &files[at + 1..] {
            let (pair, apart_ms) = if file < other {
                ((*file, *other), *other_ms as i64 - *ms as i64)
            } else {
                ((*other, *file), *ms as i64 - *other_ms as i64)
            };
            let times = apart.entry(pair).or_default();
            if *ms > 0 && *other_ms > 0 && times.len() < MOST_IN_BOTH {
                times.push(apart_ms);
            }
        }
    }
    Event { id: tries.min(u64::from(u32::MAX)), packed: last.packed }
}

fn skew(files: (usize, usize), mut times: Vec<i64>) -> Option<Skew> {
    times.sort_unstable();
    let ms = *times.get(times.len() / 2)?;
    (times.len() >= LEAST_IN_BOTH && ms.abs() >= SKEW_MS).then_some(Skew {
        files,
        ms,
        requests: times.len(),
    })
}

/// Never 0; the lowest bit says whether the id is the caller's own.
fn hash(id: &str, of_ask: bool) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    (hasher.finish() | 2) & !1 | u64::from(of_ask)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(ends: &[(i64, usize, Option<Cause>, Option<&str>)]) -> Asks {
        let mut calls = Calls::new();
        for (ms, file, cause, id) in ends {
            calls.push(&End {
                ms: *ms,
                source: "openai",
                cause: *cause,
                file: *file,
                id: id.map(|id| (id, true)),
            });
        }
        calls.into_asks()
    }

    #[test]
    fn every_cause_fits_into_its_bits() {
        assert!((Cause::ALL.len() as u64) < ANSWERED);
        for &cause in Cause::ALL {
            let asks = calls(&[(1_795_860_000_123, 62, Some(cause), None)]);
            let ask = asks.iter().next().unwrap();
            assert_eq!(
                (ask.ms, ask.source, ask.cause, ask.tries),
                (1_795_860_000_123, "openai", Some(cause), 1)
            );
        }
    }

    /// Three tries in two files are three tries, and their end is the answer.
    #[test]
    fn ids_join_tries_to_asks() {
        let limited = Some(Cause::RateLimited);
        let asks = calls(&[
            (1_000, 0, limited, Some("a")),
            (2_000, 0, limited, Some("a")),
            (3_000, 0, None, Some("a")),
            (1_001, 1, limited, Some("a")),
            (2_001, 1, limited, Some("a")),
            (5_000, 0, limited, Some("b")),
            (5_000, 0, limited, None),
        ]);
        let told: Vec<_> = asks.iter().map(|ask| (ask.ms, ask.cause, ask.tries)).collect();
        assert_eq!(told, [(3_000, None, 3), (5_000, limited, 1), (5_000, limited, 1)]);
        let Retries { asks, tries, retried, saved } = asks.retries;
        assert_eq!((asks, tries, retried, saved), (2, 4, 1, 1));
    }

    #[test]
    fn clocks_of_files_are_compared() {
        let ids = ["a", "b", "c", "d"];
        let ends = |apart: i64| -> Vec<_> {
            let one = |(at, id): (usize, &&'static str)| {
                let ms = 100_000 * (at as i64 + 1);
                [(ms, 0, None, Some(*id)), (ms + apart, 1, None, Some(*id))]
            };
            ids.iter().enumerate().flat_map(one).collect()
        };
        assert!(calls(&ends(1_500)).skews.is_empty());
        let skew = calls(&ends(-61_000)).skews[0];
        assert_eq!((skew.files, skew.ms, skew.requests), ((0, 1), -61_000, 4));
    }
}
