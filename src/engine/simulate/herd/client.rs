//! What every client in the herd can do.

use fastrand::Rng;

/// What a client does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Call,
    /// Wakes at this time, in milliseconds since the first ask.
    Wait(u64),
    /// The next move is the person's.
    Person,
    Done,
}

/// One client, its person's hand included.
pub(super) trait Client {
    fn press(&mut self, now: u64, rng: &mut Rng) -> Next;
    fn wake(&mut self, now: u64, rng: &mut Rng) -> Next;
    /// An answer, or a refusal with the wait that the service asks for.
    fn handle(&mut self, now: u64, refusal: Option<u64>, rng: &mut Rng) -> Next;
}
