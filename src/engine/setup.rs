//! What a source was set to when it last answered, and what of that has changed when it fails.

use serde::{Deserialize, Serialize};

use super::{AttemptId, Call, Settings, Source, State};
use unstuck_diagnose::{Cause, Diagnosis, Evidence, Fault, workspace::head};

/// So many bytes of a name or an address are told.
const TOLD: usize = 80;

/// What an attempt is sent with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The source as it was.
    pub source: Source,
    /// Which key it had: a mark by which two are told apart, and nothing of the key. Zero for none.
    pub key: u32,
}

impl Setup {
    /// What is another thing now.
    fn changes(&self, now: &Self) -> Vec<Evidence> {
        let (before, after) = (&self.source, &now.source);
        let told = |before: &str, after: &str| {
            (head(before, TOLD).to_owned(), head(after, TOLD).to_owned())
        };
        let mut changes = Vec::new();
        if before.base_url != after.base_url {
            let (before, after) = told(&before.base_url, &after.base_url);
            changes.push(Evidence::AddressChanged { before, after });
        }
        if before.model != after.model {
            let (before, after) = told(&before.model, &after.model);
            changes.push(Evidence::ModelChanged { before, after });
        }
        if before.dialect != after.dialect {
            let (before, after) = told(before.dialect.id(), after.dialect.id());
            changes.push(Evidence::DialectChanged { before, after });
        }
        if before.rules != after.rules {
            changes.push(Evidence::RulesChanged);
        }
        if self.key != now.key {
            changes.push(Evidence::KeyChanged);
        }
        changes
    }
}

/// Whether a change of this kind may well be why it fails.
#[must_use]
pub fn explains(finding: &Evidence, cause: Cause) -> bool {
    use Cause::{
        AccessDenied, AccountDisabled, BadAddress, ContextTooLong, EndpointNotFound, InvalidApiKey,
        InvalidRequest, KeyLacksPermission, LocalModelFailed, MissingApiKey, ModelAccessDenied,
        ModelNotFound, ModelOverloaded, OriginNotAllowed, OutputBudgetTooLarge, QuotaExhausted,
        RateLimited, Redirected, SiteAccessMissing, StreamInterrupted, Timeout, UnexpectedReply,
        UnsupportedParameter, UsageCapReached,
    };
    let refuses = matches!(cause, AccessDenied | InvalidApiKey | MissingApiKey);
    match finding {
        Evidence::AddressChanged { .. } => {
            let elsewhere = matches!(cause, BadAddress | EndpointNotFound | Redirected)
                || matches!(cause, ModelNotFound | OriginNotAllowed | SiteAccessMissing)
                || matches!(cause, UnexpectedReply | Timeout);
            elsewhere || refuses || (cause.fault() == Fault::Network && cause != Cause::Offline)
        }
        Evidence::ModelChanged { .. } => {
            matches!(cause, ModelNotFound | ModelAccessDenied | ModelOverloaded | LocalModelFailed)
                || matches!(cause, ContextTooLong | OutputBudgetTooLarge | UnsupportedParameter)
                || matches!(cause, InvalidRequest | EndpointNotFound | Timeout | QuotaExhausted)
        }
        Evidence::DialectChanged { .. } => {
            matches!(cause, BadAddress | EndpointNotFound | InvalidRequest | UnexpectedReply)
                || matches!(cause, UnsupportedParameter)
                || refuses
        }
        Evidence::RulesChanged => matches!(cause, StreamInterrupted | Timeout),
        Evidence::KeyChanged => {
            matches!(cause, KeyLacksPermission | ModelAccessDenied | ModelNotFound)
                || matches!(cause, AccountDisabled | QuotaExhausted | RateLimited | UsageCapReached)
                || refuses
        }
        _ => false,
    }
}

/// An attempt is on its way, with this key.
pub(super) fn sent(state: &mut State, attempt_id: AttemptId, key: u32) {
    let State { cards, settings, .. } = state;
    let call = cards.iter_mut().filter_map(|card| card.call.as_mut());
    let call = call.into_iter().find(|call| call.attempt_id() == attempt_id);
    let Some(call) = call else { return };
    let Some(source) = settings.source(&call.source).cloned() else { return };
    call.sent = Some(Box::new(Setup { source, key }));
    let source = call.source.clone();
    state.limiter_mut(&source).key = key;
}

/// These are the keys that are kept now, by source.
pub(super) fn keyed(state: &mut State, keys: &[(String, u32)]) {
    for limiter in &mut state.limiters {
        let kept = keys.iter().find(|(source, _)| *source == limiter.source);
        limiter.key = kept.map_or(0, |(_, key)| *key);
    }
}

/// What this call was sent with has brought an answer.
pub(super) fn answered(state: &mut State, attempt_id: AttemptId) {
    let call = state.card_with(attempt_id).and_then(|card| card.call.as_mut());
    let Some(sent) = call.and_then(|call| call.sent.take()) else { return };
    forget_removed(&mut state.answered, &state.settings);
    state.answered.retain(|known| known.source.id != sent.source.id);
    state.answered.push(*sent);
}

/// Of sources that were taken away nothing is kept.
pub(super) fn forget_removed(answered: &mut Vec<Setup>, settings: &Settings) {
    answered.retain(|known| settings.source(&known.source.id).is_some());
}

/// The diagnosis, and what has changed since the source of its call last answered.
pub(super) fn compared(state: &State, attempt_id: AttemptId, mut found: Diagnosis) -> Diagnosis {
    let calls = state.cards.iter().filter_map(|card| card.call.as_ref());
    let call = calls.into_iter().find(|call| call.attempt_id() == attempt_id);
    let sent = call.and_then(|call| call.sent.as_deref());
    if let Some((answered, sent)) = sent.and_then(|sent| Some((last(state, call?)?, sent))) {
        found.evidence.extend(answered.changes(sent));
    }
    found
}

/// What the source of this call was set to when it last answered.
pub(super) fn last<'a>(state: &'a State, call: &Call) -> Option<&'a Setup> {
    state.answered.iter().find(|known| known.source.id == call.source)
}
