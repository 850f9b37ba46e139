//! Facts to the one diagnosis. Pure and total: no clock, no IO, no panic; `unknown` is a diagnosis too.

mod board;

use crate::{Diagnosis, Failure, Retry, When};
use board::Board;

/// Names the most likely cause of a failure, how sure that is, and when to try again.
#[must_use]
pub fn classify(failure: &Failure) -> Diagnosis {
    let board = Board::new();
    let mut shares = board.shares();
    let best = shares.remove(0);
    shares.truncate(3);
    Diagnosis {
        cause: best.cause,
        confidence: best.confidence,
        retry: Retry::when(When::AfterFix),
        evidence: board.evidence_for(best.cause),
        also: shares,
        provider: None,
        host: failure.host().map(String::from),
        request_id: None,
        opens_at_ms: None,
        actions: Vec::new(),
    }
}
