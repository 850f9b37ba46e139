//! The journal: the whole state in a few bytes, part by part, so that a damaged part is left out and the rest is kept.
//!
//! Each part is its length, a sum over its bytes, and the bytes. They are read by the same version only: an update of the
//! extension empties the store they lie in.

use serde::{Deserialize, Serialize};

use super::{
    Card, HealthCheck, Incident, Limiter, OrphanedRequest, PageStory, State,
    recovered_text::RecoveredText,
};
use unstuck_diagnose::workspace::checksum;

/// What stands before every part: its length and its sum, four bytes each, little-endian.
const HEAD: usize = 8;

/// A part of the journal.
#[derive(Serialize, Deserialize)]
enum Part {
    Numbers { last_call: u64, seed: u64, seen_ms: u64 },
    Limiter(Limiter),
    Card(Box<Card>),
    Incident(Incident),
    OrphanedRequest(OrphanedRequest),
    Page(Box<PageStory>),
    RecoveredText(RecoveredText),
    HealthCheck(HealthCheck),
}

/// What a journal gave back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Restored {
    /// The state as far as it could be read.
    pub state: State,
    /// Whether some of it could not.
    pub damaged: bool,
}

impl State {
    /// Everything in a few bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Self { last_call, seed, seen_ms, .. } = *self;
        write(&mut bytes, &Part::Numbers { last_call, seed, seen_ms });
        self.limiters.iter().for_each(|limiter| write(&mut bytes, &Part::Limiter(limiter.clone())));
        self.cards.iter().for_each(|card| write(&mut bytes, &Part::Card(card.clone().into())));
        self.incidents.iter().for_each(|one| write(&mut bytes, &Part::Incident(one.clone())));
        self.orphaned.iter().for_each(|one| write(&mut bytes, &Part::OrphanedRequest(one.clone())));
        self.pages.iter().for_each(|page| write(&mut bytes, &Part::Page(page.clone().into())));
        let kept = self.recovered_texts.iter().filter(|kept| kept.fits());
        kept.for_each(|one| write(&mut bytes, &Part::RecoveredText(one.clone())));
        self.health_checks
            .iter()
            .for_each(|one| write(&mut bytes, &Part::HealthCheck(one.clone())));
        bytes
    }

    /// What [`State::to_bytes`] wrote, without the parts that are damaged.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Restored {
        let mut restored = Restored::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let Some((part, after)) = read(rest) else {
                restored.damaged = true;
                break;
            };
            rest = after;
            match part {
                Some(part) => restored.state.put_back(part),
                None => restored.damaged = true,
            }
        }
        restored.state.number_anew();
        restored
    }

    fn put_back(&mut self, part: Part) {
        match part {
            Part::Numbers { last_call, seed, seen_ms } => {
                (self.last_call, self.seed, self.seen_ms) = (last_call, seed, seen_ms);
            }
            Part::Limiter(limiter) => self.limiters.push(limiter),
            Part::Card(card) => self.cards.push(*card),
            Part::Incident(incident) => self.incidents.push(incident),
            Part::OrphanedRequest(ask) => self.orphaned.push(ask),
            Part::Page(page) => self.pages.push(*page),
            Part::RecoveredText(kept) => self.recovered_texts.push(kept),
            Part::HealthCheck(check) => self.health_checks.push(check),
        }
    }

    /// No number of a call is used twice, even when the part that counts them was lost.
    fn number_anew(&mut self) {
        let calls = self.cards.iter().filter_map(|card| card.call.as_ref()).map(|call| call.id);
        let seen = calls
            .chain(self.incidents.iter().map(|one| one.attempt_id.call))
            .chain(self.pages.iter().map(|page| page.number))
            .max();
        self.last_call = self.last_call.max(seen.unwrap_or(0));
    }
}

fn write(bytes: &mut Vec<u8>, part: &Part) {
    // Fails only for types whose length is not known beforehand, and there are none.
    let Ok(part) = postcard::to_allocvec(part) else { return };
    bytes.extend((part.len() as u32).to_le_bytes());
    bytes.extend(checksum(&part).to_le_bytes());
    bytes.extend(part);
}

/// The first part, or `None` in its place when it is damaged, and what follows; nothing when not even its length can be
/// trusted.
fn read(bytes: &[u8]) -> Option<(Option<Part>, &[u8])> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (length, wanted) = (number(0)? as usize, number(4)?);
    let end = HEAD.checked_add(length)?;
    let (part, rest) = (bytes.get(HEAD..end)?, bytes.get(end..)?);
    let part = (checksum(part) == wanted).then(|| postcard::from_bytes(part).ok()).flatten();
    Some((part, rest))
}
