//! What an attempt is sent with, and how two of that differ.

use serde::{Deserialize, Serialize};

use super::Source;
use unstuck_diagnose::{Cause, Evidence, Fault, workspace::head};

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
    pub(super) fn changes(&self, now: &Self) -> Vec<Evidence> {
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
