//! What outlives a card and the browser: asks that nobody has answered, and the waits of servers.

use serde::{Deserialize, Serialize};

use super::{Phase, State, state::LONG_WAIT_MS};
use crate::assistant::DraftRequest;

/// How many asks that lost their card are kept to be taken up again.
pub(super) const ORPHANS_KEPT: usize = 8;

/// An ask that lost its card before it was answered: its page or the browser was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrphanedRequest {
    /// The site it was written on.
    pub site: String,
    /// What was asked for, without what others wrote. Stored under the name it had in the first version.
    #[serde(rename = "wish")]
    pub request: DraftRequest,
}

/// What has to outlive the browser.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DurableState {
    /// The asks that nobody has answered.
    pub asks: Vec<OrphanedRequest>,
    /// For each source, until when its server asked not to be called (milliseconds since 1970).
    pub closed: Vec<(String, u64)>,
}

impl State {
    /// What has to outlive the browser: asks that wait for long or have lost their card, and the waits of servers.
    #[must_use]
    pub fn durable(&self, now_ms: u64) -> DurableState {
        let long = now_ms.saturating_add(LONG_WAIT_MS);
        let waits = self.cards.iter().filter(|card| {
            let phase = card.call.as_ref().map(|call| call.phase);
            matches!(phase, Some(Phase::Waiting { until_ms, .. }) if until_ms >= long)
        });
        let waits = waits.map(|card| OrphanedRequest {
            site: card.site.clone(),
            request: card.request.without_messages(),
        });
        let closed = self.limiters.iter().filter(|limiter| limiter.closed_until_ms > now_ms);
        DurableState {
            asks: self.orphaned.iter().cloned().chain(waits).collect(),
            closed: closed
                .map(|limiter| (limiter.source.clone(), limiter.closed_until_ms))
                .collect(),
        }
    }

    /// Keeps an ask whose card is gone.
    pub(super) fn keep_ask(&mut self, ask: OrphanedRequest) {
        self.orphaned.retain(|known| *known != ask);
        self.orphaned.push(ask);
        let over = self.orphaned.len().saturating_sub(ORPHANS_KEPT);
        self.orphaned.drain(..over);
    }

    /// Takes up the last ask that was kept on this site.
    pub(super) fn claim(&mut self, site: &str) -> Option<DraftRequest> {
        let index = self.orphaned.iter().rposition(|ask| ask.site == site)?;
        Some(self.orphaned.remove(index).request)
    }
}
