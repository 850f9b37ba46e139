//! The attempts of a call, as a report tells them: machine values, no word of the person and none of the answer.

use serde::{Deserialize, Serialize};

use unstuck_diagnose::{Cause, Diagnosis, Failure};

/// How many attempts of a call are remembered.
const KEPT: usize = 12;

/// One attempt that failed, or still runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attempt {
    /// Its number, counted from 1 over the whole life of the call.
    pub number: u32,
    /// When it was sent, milliseconds since 1970.
    pub sent_ms: u64,
    /// How long it took until it failed, in milliseconds.
    pub took_ms: Option<u64>,
    /// Why it failed; none while it runs, or when the person stopped it.
    pub cause: Option<Cause>,
    /// HTTP status.
    pub status: Option<u16>,
    /// The browser's own name for a network error.
    pub net_error: Option<String>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// The id that Cloudflare gave it on its way.
    pub ray: Option<String>,
}

impl Attempt {
    /// An attempt that failed in a place where nobody saw it being sent.
    #[must_use]
    pub fn failed(failure: &Failure, diagnosis: &Diagnosis, now_ms: u64) -> Self {
        let took_ms = failure.elapsed_ms.unwrap_or_default();
        let mut attempt =
            Self { number: 1, sent_ms: now_ms.saturating_sub(took_ms), ..Self::default() };
        attempt.learn(failure, diagnosis, now_ms);
        attempt
    }

    /// What is seen of its failure.
    pub(super) fn learn(&mut self, failure: &Failure, diagnosis: &Diagnosis, now_ms: u64) {
        let machine = |value: &str| value.chars().take(80).collect::<String>();
        self.took_ms = failure.elapsed_ms.or_else(|| now_ms.checked_sub(self.sent_ms));
        self.cause = Some(diagnosis.cause);
        self.status = failure.status;
        self.net_error = failure.net_error.as_deref().map(machine);
        self.request_id.clone_from(&diagnosis.request_id);
        self.ray = failure.header("cf-ray").map(machine);
    }
}

/// Notes that an attempt is sent; the oldest is forgotten when there are many.
pub(super) fn sent(attempts: &mut Vec<Attempt>, number: u32, now_ms: u64) {
    if attempts.len() >= KEPT {
        attempts.remove(0);
    }
    attempts.push(Attempt { number, sent_ms: now_ms, ..Attempt::default() });
}
