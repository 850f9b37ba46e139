//! The alarm, which outlives the worker.

use super::{Happening, World};
use crate::Event;

/// It rings no sooner, as in the shell, in milliseconds.
pub(super) const SOONEST_MS: u64 = 30_000;

impl World {
    /// There is one alarm, as in the shell.
    pub(super) fn ring_in(&mut self, wait_ms: u64) {
        self.queue.retain(|_, what| !matches!(what, Happening::Alarm));
        let wait_ms = wait_ms.max(SOONEST_MS);
        self.soon(wait_ms, wait_ms + 50, Happening::Alarm);
    }

    /// It rings again, should the worker die before it has set the next one.
    pub(super) fn ring(&mut self) {
        self.ring_in(0);
        self.deliver(Event::Woke { online: self.is_online() });
        if self.state.as_ref().is_some_and(|state| state.next_wake().is_none()) {
            self.queue.retain(|_, what| !matches!(what, Happening::Alarm));
        }
    }
}
