//! What was simulated, in numbers.

use std::ops::AddAssign;

/// What was simulated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Attempts that were sent.
    pub calls: u64,
    /// Whole answers.
    pub answers: u64,
    /// Checks of sources that nobody asked.
    pub checks: u64,
    /// Messages to channels.
    pub messages: u64,
    /// Deaths of a worker.
    pub kills: u64,
    /// Things that were put on the world's calendar.
    pub events: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.answers += other.answers;
        self.checks += other.checks;
        self.messages += other.messages;
        self.kills += other.kills;
        self.events += other.events;
    }
}
