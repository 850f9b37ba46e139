//! What happened in each stretch of time of one length: the last few, and only those in which something did.

use serde::{Deserialize, Serialize};

/// Cells by the number of their stretch since 1970, ascending, at most `MOST`. A stretch is `STEP` milliseconds long.
///
/// A clock that jumps ahead takes nothing away, since what is too old gives way only to what is new; when it jumps back, the
/// stretches that have not begun yet are dropped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ring<T, const STEP: u64, const MOST: usize> {
    cells: Vec<(u64, T)>,
}

impl<T, const STEP: u64, const MOST: usize> Default for Ring<T, STEP, MOST> {
    fn default() -> Self {
        Self { cells: Vec::new() }
    }
}

impl<T: Default, const STEP: u64, const MOST: usize> Ring<T, STEP, MOST> {
    /// The cell of now.
    pub(crate) fn at(&mut self, now_ms: u64) -> &mut T {
        let slot = now_ms / STEP;
        self.cells.retain(|&(cell, _)| cell <= slot);
        if self.cells.last().is_none_or(|&(last, _)| last < slot) {
            if self.cells.len() >= MOST {
                self.cells.remove(0);
            }
            self.cells.push((slot, T::default()));
        }
        let last = self.cells.len() - 1;
        &mut self.cells[last].1
    }

    /// The cells of the last `ms` milliseconds, the running stretch among them, each with the beginning of its stretch.
    pub(crate) fn last(&self, ms: u64, now_ms: u64) -> impl Iterator<Item = (u64, &T)> {
        let now = now_ms / STEP;
        let first = now.saturating_sub(ms.div_ceil(STEP).saturating_sub(1));
        let is_within = move |slot: u64| slot >= first && slot <= now;
        self.cells
            .iter()
            .filter(move |&&(slot, _)| is_within(slot))
            .map(|(slot, cell)| (slot * STEP, cell))
    }

    /// Drops the oldest cell; `false` when there is none.
    pub(crate) fn shed(&mut self) -> bool {
        let had = !self.cells.is_empty();
        if had {
            self.cells.remove(0);
        }
        had
    }
}
