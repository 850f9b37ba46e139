//! One rule a cause: what it is, what gives it away, when trying again helps and what to press.
//!
//! A rule is data. The rare condition that data cannot express (numbers compared, two findings that only
//! together mean something) is its `score` function.

mod access_denied;
mod account_disabled;
mod bad_address;
mod bad_gateway;
mod blocked_by_cors;
mod blocked_by_edge;
mod blocked_by_extension;
mod blocked_by_policy;
mod bot_challenge;
mod browser_resources;
mod captive_portal;
mod conflict;
mod connection_lost;
mod connection_refused;
mod content_filtered;
mod context_too_long;
mod country_unsupported;
mod dns_failure;
mod endpoint_not_found;
mod extension_restarted;
mod gateway_timeout;
mod host_unreachable;
mod invalid_api_key;
mod invalid_request;
mod key_lacks_permission;
mod local_model_failed;
mod missing_api_key;
mod model_access_denied;
mod model_not_found;
mod model_overloaded;
mod network_changed;
mod network_unknown;
mod not_logged_in;
mod offline;
mod origin_not_allowed;
mod origin_timeout;
mod origin_unreachable;
mod output_budget_too_large;
mod pattern;
mod payload_too_large;
mod protocol_error;
mod proxy_failure;
mod quota_exhausted;
mod rate_limited;
mod redirected;
mod request_cancelled;
mod request_in_progress;
mod rule;
mod server_error;
mod service_unavailable;
mod session_expired;
mod site_access_missing;
mod stream_interrupted;
mod timeout;
mod tls_certificate;
mod tls_handshake;
mod unexpected_reply;
mod unknown;
mod unsupported_parameter;
mod usage_cap_reached;

use crate::{Cause, cause::for_each_cause};

pub(crate) use pattern::{
    Form, On, Pattern, code, fair, hint, leaf, strong, sure, usual, usual_code, vague, weak,
};
pub(crate) use rule::CauseRule;

macro_rules! tables {
    ($($id:ident)+) => {
        /// Every rule, in the order of [`Cause::ALL`].
        pub(crate) static RULES: [&CauseRule; Cause::ALL.len()] = [$(&$id::RULE,)+];

        /// The patterns of every rule, in the same order.
        pub(crate) const PATTERNS: [&[Pattern]; Cause::ALL.len()] = [$($id::PATTERNS,)+];
    };
}

for_each_cause!(tables);

/// The rule of a cause.
pub(crate) fn rule(cause: Cause) -> &'static CauseRule {
    RULES[cause as usize]
}

/// Classifies each `(provider, status, text)` and expects this cause. A status of 0 is none; a text that starts
/// like data or a page is the body, any other the message.
#[cfg(test)]
fn check(cause: Cause, rows: &[(&str, u16, &str)]) {
    for &(provider, status, text) in rows {
        let is_body = text.starts_with(['{', '[', '<']) || text.starts_with("data:");
        let (body, message) = if is_body { (Some(text), None) } else { (None, Some(text)) };
        let diagnosis = crate::classify(&crate::Failure {
            provider: Some(provider.to_owned()),
            status: (status > 0).then_some(status),
            body: body.map(str::to_owned),
            message: message.filter(|m| !m.is_empty()).map(str::to_owned),
            ..crate::Failure::default()
        });
        assert_eq!(
            diagnosis.cause, cause,
            "{provider} {status} {text:?}: {:?} {:?}",
            diagnosis.also, diagnosis.evidence
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ActionKind;

    #[test]
    fn every_cause_has_its_rule() {
        for &cause in Cause::ALL {
            assert_eq!(rule(cause).cause, cause);
        }
    }

    /// Every cause ends with the report and names each action once.
    #[test]
    fn actions_are_unique_and_report_last() {
        for rule in RULES {
            let actions = rule.actions;
            assert_eq!(actions.last(), Some(&ActionKind::CopyReport), "{:?}", rule.cause);
            assert!(actions.len() >= 2, "{:?}", rule.cause);
            for (at, action) in actions.iter().enumerate() {
                assert!(!actions[at + 1..].contains(action), "{:?} {action:?}", rule.cause);
            }
        }
    }

    /// Retry comes first wherever a program may repeat the call by itself.
    #[test]
    fn automatic_retry_puts_retry_first() {
        for rule in RULES {
            let first =
                rule.actions[0] == ActionKind::Retry || rule.actions[0] == ActionKind::Continue;
            let automatic = crate::Retry::when(rule.retry).is_automatic();
            assert!(first || !automatic, "{:?}", rule.cause);
        }
    }

    #[test]
    fn no_pattern_is_written_twice() {
        let mut all: Vec<_> =
            PATTERNS.iter().copied().flatten().map(|pattern| pattern.text).collect();
        all.sort_unstable();
        for pair in all.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }
}
