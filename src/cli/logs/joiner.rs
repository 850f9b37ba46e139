//! Lines to entries: what a runtime cut is put together, and a stack trace belongs to the line before it.

use super::{
    format::{text::goes_on, wrapper::Wrapped},
    record::Level,
    suspect,
    time::{Clock, Stamp},
};

/// An entry is no longer than this, in bytes; what comes after is left out of it.
const LONGEST: usize = 2 << 20;

/// One entry, out of its wrapper.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) stamp: Option<Stamp>,
    pub(super) level: Level,
    /// The line on which it begins.
    pub(super) line: u64,
    partial: bool,
}

/// Holds the last entry back until the next line shows that it is whole.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    pending: Option<Entry>,
    /// An id whose lines are all wanted.
    wanted: Option<Vec<u8>>,
}

impl Joiner {
    /// Keeps every line with this id, whatever it tells.
    pub(super) fn new(wanted: Option<&str>) -> Self {
        Self { pending: None, wanted: wanted.map(|id| id.as_bytes().to_vec()) }
    }

    /// Takes a line, and gives the entry that is whole now. Lines that tell nothing and belong to nothing are dropped.
    pub(super) fn push(&mut self, line: &[u8], number: u64, clock: &Clock) -> Option<Entry> {
        let is_wanted = |id: &Vec<u8>| memchr::memmem::find(line, id).is_some();
        let may_tell = suspect::may_tell(line) || self.wanted.as_ref().is_some_and(is_wanted);
        if !may_tell && self.pending.is_none() {
            return None;
        }
        let text = String::from_utf8_lossy(line);
        let wrapped = Wrapped::new(&text, clock);
        if let Some(entry) = &mut self.pending {
            let is_more = entry.partial
                || !entry.text.starts_with('{') && goes_on(&wrapped.text, &entry.text);
            if is_more {
                if entry.text.len() < LONGEST {
                    if !entry.partial {
                        entry.text.push('\n');
                    }
                    entry.text.push_str(&wrapped.text);
                }
                entry.partial = wrapped.partial;
                return None;
            }
        }
        let Wrapped { text, stamp, level, partial } = wrapped;
        let next = Entry { text: text.into_owned(), stamp, level, line: number, partial };
        std::mem::replace(&mut self.pending, (may_tell || partial).then_some(next))
    }

    /// The entry that was held back.
    pub(super) fn end(&mut self) -> Option<Entry> {
        self.pending.take()
    }
}
