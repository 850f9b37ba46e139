//! What is known of a network error.

use crate::Cause::{self, ConnectionLost, StreamInterrupted};

/// One network error of Chromium, present or past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NetError {
    /// The name after `net::`.
    pub(crate) name: &'static str,
    /// The cause it stands for while no answer has begun.
    pub(crate) cause: Cause,
    /// The server surely did not process the request and the hindrance is over: repeating it at once is safe.
    pub(crate) unsent: bool,
}

impl NetError {
    /// Whether it can also be what ends an answer that had begun: the way broke, not the first handshake.
    pub(crate) fn cuts_answers(&self) -> bool {
        matches!(self.cause, ConnectionLost | StreamInterrupted)
            || self.name.starts_with("ERR_HTTP2_")
            || self.name.starts_with("ERR_QUIC_PROTOCOL")
    }
}
