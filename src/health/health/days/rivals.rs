//! The rules of others, on the same days. None of them asks whose fault a failure is; a cancelled ask is no failure to them either.

use std::collections::VecDeque;

use unstuck_diagnose::{Cause, Fault};

use super::history::{Ask, Happened, Page};

type Rule = fn(&Happened) -> Vec<Page>;

/// Each with its name.
pub(super) const ALL: [(&str, Rule); 3] = [
    ("3 in a row", in_a_row),
    ("LiteLLM: 5 in 60 s", in_a_minute),
    ("Gatus: 3 and 2", three_and_two),
];

fn failed(ask: &Ask) -> bool {
    ask.failure.is_some_and(|cause| cause != Cause::RequestCancelled)
}

/// Three failures in a row, until the next answer.
fn in_a_row(happened: &Happened) -> Vec<Page> {
    thresholds(happened, 1)
}

/// Gatus: `failure-threshold` 3, `success-threshold` 2, its defaults.
fn three_and_two(happened: &Happened) -> Vec<Page> {
    thresholds(happened, 2)
}

fn thresholds(happened: &Happened, successes: u32) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut states = [(0, 0, false); 2];
    for (now_ms, ask) in happened.asks() {
        let (failures, answers, is_open) = &mut states[ask.source];
        if failed(ask) {
            (*failures, *answers) = (*failures + 1, 0);
        } else if ask.failure.is_none() {
            (*failures, *answers) = (0, *answers + 1);
        }
        if *failures >= 3 && !*is_open {
            *is_open = true;
            pages.push((now_ms, ask.source));
        } else if *answers >= successes {
            *is_open = false;
        }
    }
    pages
}

/// LiteLLM: five errors of 408 or at least 500 within a minute; the count then begins anew. It sits at a proxy and sees each try,
/// so an ask that failed is three errors to it.
fn in_a_minute(happened: &Happened) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut errors = [VecDeque::new(), VecDeque::new()];
    let counts = |cause: Cause| cause.fault() == Fault::Provider || cause == Cause::Timeout;
    for (now_ms, ask) in happened.asks().filter(|(_, ask)| ask.failure.is_some_and(counts)) {
        let errors: &mut VecDeque<u64> = &mut errors[ask.source];
        errors.extend([now_ms; 3]);
        errors.retain(|&ms| now_ms < ms + 60_000);
        if errors.len() >= 5 {
            errors.clear();
            pages.push((now_ms, ask.source));
        }
    }
    pages
}
