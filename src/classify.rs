//! Facts to the one diagnosis. Pure and total: no clock, no IO, no panic; `unknown` is a diagnosis too.
//!
//! The evidence is heard in this order, and each later kind gives way to an earlier one by its weight: who cancelled and
//! what the browser met on the way, marks of an edge in front of the service, machine codes and specific sentences, what
//! only numbers or two findings together say, how a stream ended, and last the bare status.

mod advice;
mod board;
mod edge;
mod net_errors;
mod packed;
mod patterns;
mod probes;
mod reading;
mod scan;
mod status;
mod stream;
mod transport;
mod verdict;
mod waits;

pub use net_errors::names as net_error_names;
#[cfg(not(target_arch = "wasm32"))]
pub use packed::packed as packed_phrases;
pub use verdict::is_request_id;

#[cfg(target_arch = "wasm32")]
pub(crate) use packed::learn;

pub(crate) use board::{Board, weight};
pub(crate) use probes::shared as shared_trouble;
pub(crate) use reading::{Place, Reading};
pub(crate) use scan::Scan;
pub(crate) use waits::{http_date, rfc3339};

use crate::{Cause, Diagnosis, Failure, causes};

/// Names the most likely cause of a failure, how sure that is, and when to try again.
#[must_use]
pub fn classify(failure: &Failure) -> Diagnosis {
    let reading = Reading::of(failure);
    let mut board = Board::new();
    transport::weigh(failure, &mut board);
    edge::weigh(&reading, &mut board);
    hear_needles(&reading, &mut board);
    for rule in causes::RULES {
        if let Some(weigh) = rule.weigh {
            weigh(&reading, &mut board);
        }
    }
    stream::weigh(&reading, &mut board);
    probes::weigh(failure, &mut board);
    status::weigh(&reading, &mut board);
    verdict::reach(&reading, board)
}

/// Puts every phrase and code on the board that the status does not veto. Where they disagree, an advice counts less.
fn hear_needles<'a>(reading: &'a Reading, board: &mut Board<'a>) {
    let mut hits = patterns::find(&reading.scan);
    hits.retain(|hit| !reading.status.is_some_and(|status| hit.pattern.is_vetoed_by(status)));
    let disagree = || hits.windows(2).any(|pair| pair[0].cause != pair[1].cause);
    let counts_less = (reading.status.is_some() || disagree()) && advice::is_given(&reading.scan);
    for hit in hits {
        let advised = counts_less && advice::holds(&reading.scan.low, &hit.span);
        let weight = hit.pattern.weight() * if advised { advice::DISCOUNT } else { 1.0 };
        board.quote(hit.cause, weight, hit.pattern.form, &reading.scan.raw[hit.span]);
    }
}

/// What a network error of this name usually comes from.
pub(crate) fn net_error_cause(name: &str) -> Option<Cause> {
    net_errors::find(name).map(|known| known.cause)
}

/// The first 80 characters.
fn clip(text: &str) -> String {
    const MOST: usize = 80;
    let end = if text.len() <= MOST { None } else { text.char_indices().nth(MOST) };
    end.map_or(text, |(end, _)| &text[..end]).to_owned()
}
