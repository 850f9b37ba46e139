//! One ask that has come to its end, as plain data. It holds no word of what was asked or answered.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::{Cause, Provider};

/// Waits of one ask by their reason, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// The service asked for it.
    pub asked_ms: u64,
    /// Unstuck backed off by itself.
    pub backoff_ms: u64,
    /// The source's circuit breaker was open.
    pub breaker_ms: u64,
    /// The browser was offline.
    pub offline_ms: u64,
}

/// One ask, told once, at its end. A retry or a fail-over is part of the ask that it serves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Call<'a> {
    /// The source that was asked, by its stable id.
    pub source: &'a str,
    /// The name of the source, as the person reads it.
    pub name: &'a str,
    /// Who answers there; none for one that is in no list.
    pub provider: Option<Provider>,
    /// The host that was called. Only one of a closed list is ever told.
    pub host: &'a str,
    /// The model.
    pub model: &'a str,
    /// Why it failed in the end; none when it was answered.
    pub failure: Option<Cause>,
    /// Requests that were sent.
    pub tries: u32,
    /// Requests that Unstuck repeated by itself.
    pub retries: u32,
    /// How long it waited, and why.
    pub waits: Waits,
    /// The name of the source that answered instead.
    pub answered_by: Option<&'a str>,
    /// Seconds until the first chunk of the answer; none when it was not streamed or never came.
    pub first_chunk_s: Option<f64>,
    /// Seconds from the first request to the end, without waits.
    pub duration_s: f64,
}
