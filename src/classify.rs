//! Facts to the one diagnosis. Pure and total: no clock, no IO, no panic; `unknown` is a diagnosis too.

mod board;
mod net_errors;
mod transport;
mod waits;

pub use net_errors::names as net_error_names;

use crate::{Diagnosis, Failure, Retry, When};
use board::Board;

/// Names the most likely cause of a failure, how sure that is, and when to try again.
#[must_use]
pub fn classify(failure: &Failure) -> Diagnosis {
    let mut board = Board::new();
    transport::weigh(failure, &mut board);
    let text = failure.body.as_deref().or(failure.message.as_deref()).unwrap_or_default();
    let wait = waits::read(failure, std::iter::empty(), text);
    let mut shares = board.shares();
    let best = shares.remove(0);
    shares.truncate(3);
    Diagnosis {
        cause: best.cause,
        confidence: best.confidence,
        retry: Retry {
            when: match wait.retry_after_ms {
                _ if transport::is_unsent(failure) => When::Now,
                Some(_) if !wait.no_quota => When::After,
                _ => When::AfterFix,
            },
            after_ms: wait.retry_after_ms,
        },
        evidence: board.evidence_for(best.cause),
        also: shares,
        provider: None,
        host: failure.host().map(String::from),
        request_id: None,
        opens_at_ms: wait.opens_at_ms,
        actions: Vec::new(),
    }
}
