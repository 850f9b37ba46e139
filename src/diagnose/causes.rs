//! One rule a cause: what it is, what gives it away, when trying again helps and what to press.
//!
//! A rule is data. The rare condition that data cannot express (numbers compared, two findings that only
//! together mean something) is its `score` function.

/// Examples of texts that a cause is read from, each list with a name that says what they show: `(provider, status, text)`,
/// where a status of 0 is none. They are tests, and what a rule or a phrase is needed for.
macro_rules! examples {
    ($($(#[$meta:meta])* $name:ident: $cause:ident [$($row:expr),* $(,)?])*) => {
        #[cfg(test)]
        pub(super) const EXAMPLES: &[super::Examples] =
            &[$((crate::Cause::$cause, &[$($row),*])),*];

        #[cfg(test)]
        mod examples {
            $(
                $(#[$meta])*
                #[test]
                fn $name() {
                    super::super::check(crate::Cause::$cause, &[$($row),*]);
                }
            )*
        }
    };
}

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
mod concept_rule;
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

pub(crate) use concept_rule::{ConceptRule, all};
pub(crate) use pattern::{
    Form, On, Pattern, code, fair, hint, leaf, strong, sure, usual, usual_code, vague,
};
pub(crate) use rule::CauseRule;

macro_rules! tables {
    ($($id:ident)+) => {
        /// Every rule, in the order of [`Cause::ALL`].
        pub(crate) static RULES: [&CauseRule; Cause::ALL.len()] = [$(&$id::RULE,)+];

        /// The patterns of every rule, in the same order.
        pub(crate) const PATTERNS: [&[Pattern]; Cause::ALL.len()] = [$($id::PATTERNS,)+];

        /// The examples of every cause, in the same order.
        #[cfg(test)]
        pub(crate) const EXAMPLES: [&[Examples]; Cause::ALL.len()] = [$($id::EXAMPLES,)+];

        /// The rules of concepts of every cause, in the same order.
        pub(crate) const MEANINGS: [&[ConceptRule]; Cause::ALL.len()] = [$($id::MEANINGS,)+];
    };
}

for_each_cause!(tables);

/// The rule of a cause.
pub(crate) fn rule(cause: Cause) -> &'static CauseRule {
    RULES[cause as usize]
}

/// A cause and the examples of it.
#[cfg(test)]
type Examples = (Cause, &'static [(&'static str, u16, &'static str)]);

/// Classifies each `(provider, status, text)` and expects this cause. A status of 0 is none; a text that starts
/// like data or a page is the body, any other the message.
#[cfg(test)]
fn check(cause: Cause, rows: &[(&str, u16, &str)]) {
    for &(provider, status, text) in rows {
        let diagnosis = crate::classify(&failure_of(provider, status, text));
        assert_eq!(
            diagnosis.cause, cause,
            "{provider} {status} {text:?}: {:?} {:?}",
            diagnosis.also, diagnosis.evidence
        );
    }
}

/// The failure that an example stands for.
#[cfg(test)]
pub(crate) fn failure_of(provider: &str, status: u16, text: &str) -> crate::Failure {
    let is_body = text.starts_with(['{', '[', '<']) || text.starts_with("data:");
    let (body, message) = if is_body { (Some(text), None) } else { (None, Some(text)) };
    crate::Failure {
        provider: Some(provider.to_owned()),
        status: (status > 0).then_some(status),
        body: body.map(str::to_owned),
        message: message.filter(|m| !m.is_empty()).map(str::to_owned),
        ..crate::Failure::default()
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

    /// What the sentences mean is told in words, for each cause that they can give away.
    #[test]
    fn every_meaning_is_worded() {
        use crate::Messages;
        let messages = crate::Catalogue::english();
        for (rules, cause) in MEANINGS.iter().zip(Cause::ALL) {
            let told = messages.find(&format!("evidence_means_{}", cause.id()), &[]);
            assert_eq!(told.is_some(), !rules.is_empty(), "{cause:?}");
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
