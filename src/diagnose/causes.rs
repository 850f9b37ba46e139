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

use crate::Cause;

pub(crate) use pattern::{
    Form, On, Pattern, code, fair, hint, leaf, strong, sure, usual, usual_code, vague, weak,
};
pub(crate) use rule::CauseRule;

/// Every rule, in the order of [`Cause::ALL`].
pub(crate) static RULES: [&CauseRule; Cause::ALL.len()] = [
    &offline::RULE,
    &dns_failure::RULE,
    &connection_refused::RULE,
    &connection_lost::RULE,
    &host_unreachable::RULE,
    &network_changed::RULE,
    &timeout::RULE,
    &proxy_failure::RULE,
    &captive_portal::RULE,
    &tls_certificate::RULE,
    &tls_handshake::RULE,
    &protocol_error::RULE,
    &stream_interrupted::RULE,
    &network_unknown::RULE,
    &blocked_by_extension::RULE,
    &blocked_by_policy::RULE,
    &blocked_by_cors::RULE,
    &site_access_missing::RULE,
    &request_cancelled::RULE,
    &extension_restarted::RULE,
    &browser_resources::RULE,
    &bad_address::RULE,
    &not_logged_in::RULE,
    &session_expired::RULE,
    &bot_challenge::RULE,
    &blocked_by_edge::RULE,
    &missing_api_key::RULE,
    &invalid_api_key::RULE,
    &key_lacks_permission::RULE,
    &country_unsupported::RULE,
    &account_disabled::RULE,
    &model_access_denied::RULE,
    &quota_exhausted::RULE,
    &usage_cap_reached::RULE,
    &rate_limited::RULE,
    &request_in_progress::RULE,
    &access_denied::RULE,
    &context_too_long::RULE,
    &output_budget_too_large::RULE,
    &payload_too_large::RULE,
    &invalid_request::RULE,
    &unsupported_parameter::RULE,
    &model_not_found::RULE,
    &endpoint_not_found::RULE,
    &redirected::RULE,
    &content_filtered::RULE,
    &conflict::RULE,
    &origin_not_allowed::RULE,
    &server_error::RULE,
    &bad_gateway::RULE,
    &service_unavailable::RULE,
    &model_overloaded::RULE,
    &gateway_timeout::RULE,
    &origin_unreachable::RULE,
    &origin_timeout::RULE,
    &unexpected_reply::RULE,
    &local_model_failed::RULE,
    &unknown::RULE,
];

/// The rule of a cause.
pub(crate) fn rule(cause: Cause) -> &'static CauseRule {
    RULES[cause as usize]
}

/// The patterns of every rule, in the same order.
pub(crate) const PATTERNS: [&[Pattern]; Cause::ALL.len()] = [
    offline::PATTERNS,
    dns_failure::PATTERNS,
    connection_refused::PATTERNS,
    connection_lost::PATTERNS,
    host_unreachable::PATTERNS,
    network_changed::PATTERNS,
    timeout::PATTERNS,
    proxy_failure::PATTERNS,
    captive_portal::PATTERNS,
    tls_certificate::PATTERNS,
    tls_handshake::PATTERNS,
    protocol_error::PATTERNS,
    stream_interrupted::PATTERNS,
    network_unknown::PATTERNS,
    blocked_by_extension::PATTERNS,
    blocked_by_policy::PATTERNS,
    blocked_by_cors::PATTERNS,
    site_access_missing::PATTERNS,
    request_cancelled::PATTERNS,
    extension_restarted::PATTERNS,
    browser_resources::PATTERNS,
    bad_address::PATTERNS,
    not_logged_in::PATTERNS,
    session_expired::PATTERNS,
    bot_challenge::PATTERNS,
    blocked_by_edge::PATTERNS,
    missing_api_key::PATTERNS,
    invalid_api_key::PATTERNS,
    key_lacks_permission::PATTERNS,
    country_unsupported::PATTERNS,
    account_disabled::PATTERNS,
    model_access_denied::PATTERNS,
    quota_exhausted::PATTERNS,
    usage_cap_reached::PATTERNS,
    rate_limited::PATTERNS,
    request_in_progress::PATTERNS,
    access_denied::PATTERNS,
    context_too_long::PATTERNS,
    output_budget_too_large::PATTERNS,
    payload_too_large::PATTERNS,
    invalid_request::PATTERNS,
    unsupported_parameter::PATTERNS,
    model_not_found::PATTERNS,
    endpoint_not_found::PATTERNS,
    redirected::PATTERNS,
    content_filtered::PATTERNS,
    conflict::PATTERNS,
    origin_not_allowed::PATTERNS,
    server_error::PATTERNS,
    bad_gateway::PATTERNS,
    service_unavailable::PATTERNS,
    model_overloaded::PATTERNS,
    gateway_timeout::PATTERNS,
    origin_unreachable::PATTERNS,
    origin_timeout::PATTERNS,
    unexpected_reply::PATTERNS,
    local_model_failed::PATTERNS,
    unknown::PATTERNS,
];

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
