//! One rule a cause: what it is, what gives it away, when trying again helps and what to press.
//!
//! A rule is data. The rare condition that data cannot express (numbers compared, two findings that only
//! together mean something) is its `weigh` function.

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
mod needle;
mod network_changed;
mod network_unknown;
mod not_logged_in;
mod offline;
mod origin_not_allowed;
mod origin_timeout;
mod origin_unreachable;
mod output_budget_too_large;
mod payload_too_large;
mod protocol_error;
mod proxy_failure;
mod quota_exhausted;
mod rate_limited;
mod redirected;
mod request_cancelled;
mod request_in_progress;
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

use crate::{
    ActionKind, Cause, When,
    classify::{Board, Reading},
};

pub(crate) use needle::{
    Form, Needle, On, code, fair, hint, leaf, strong, sure, usual, usual_code, vague, weak,
};

/// Everything that is particular to one cause.
pub(crate) struct CauseRule {
    pub(crate) cause: Cause,
    /// When trying again makes sense, unless the evidence says otherwise.
    pub(crate) retry: When,
    /// What can be pressed, the primary one first.
    pub(crate) actions: &'static [ActionKind],
    /// A condition that needs more than words.
    pub(crate) weigh: Option<fn(&Reading, &mut Board)>,
}

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

/// The needles of every rule, in the same order.
pub(crate) const NEEDLES: [&[Needle]; Cause::ALL.len()] = [
    offline::NEEDLES,
    dns_failure::NEEDLES,
    connection_refused::NEEDLES,
    connection_lost::NEEDLES,
    host_unreachable::NEEDLES,
    network_changed::NEEDLES,
    timeout::NEEDLES,
    proxy_failure::NEEDLES,
    captive_portal::NEEDLES,
    tls_certificate::NEEDLES,
    tls_handshake::NEEDLES,
    protocol_error::NEEDLES,
    stream_interrupted::NEEDLES,
    network_unknown::NEEDLES,
    blocked_by_extension::NEEDLES,
    blocked_by_policy::NEEDLES,
    blocked_by_cors::NEEDLES,
    site_access_missing::NEEDLES,
    request_cancelled::NEEDLES,
    extension_restarted::NEEDLES,
    browser_resources::NEEDLES,
    bad_address::NEEDLES,
    not_logged_in::NEEDLES,
    session_expired::NEEDLES,
    bot_challenge::NEEDLES,
    blocked_by_edge::NEEDLES,
    missing_api_key::NEEDLES,
    invalid_api_key::NEEDLES,
    key_lacks_permission::NEEDLES,
    country_unsupported::NEEDLES,
    account_disabled::NEEDLES,
    model_access_denied::NEEDLES,
    quota_exhausted::NEEDLES,
    usage_cap_reached::NEEDLES,
    rate_limited::NEEDLES,
    request_in_progress::NEEDLES,
    access_denied::NEEDLES,
    context_too_long::NEEDLES,
    output_budget_too_large::NEEDLES,
    payload_too_large::NEEDLES,
    invalid_request::NEEDLES,
    unsupported_parameter::NEEDLES,
    model_not_found::NEEDLES,
    endpoint_not_found::NEEDLES,
    redirected::NEEDLES,
    content_filtered::NEEDLES,
    conflict::NEEDLES,
    origin_not_allowed::NEEDLES,
    server_error::NEEDLES,
    bad_gateway::NEEDLES,
    service_unavailable::NEEDLES,
    model_overloaded::NEEDLES,
    gateway_timeout::NEEDLES,
    origin_unreachable::NEEDLES,
    origin_timeout::NEEDLES,
    unexpected_reply::NEEDLES,
    local_model_failed::NEEDLES,
    unknown::NEEDLES,
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

    #[test]
    fn every_cause_has_its_rule() {
        for &cause in Cause::ALL {
            assert_eq!(rule(cause).cause, cause);
        }
    }

    #[test]
    fn every_room_ends_with_the_report_and_names_each_action_once() {
        for rule in RULES {
            let actions = rule.actions;
            assert_eq!(actions.last(), Some(&ActionKind::CopyReport), "{:?}", rule.cause);
            assert!(actions.len() >= 2, "{:?}", rule.cause);
            for (at, action) in actions.iter().enumerate() {
                assert!(!actions[at + 1..].contains(action), "{:?} {action:?}", rule.cause);
            }
        }
    }

    #[test]
    fn retry_comes_first_exactly_where_a_program_may_repeat() {
        for rule in RULES {
            let first =
                rule.actions[0] == ActionKind::Retry || rule.actions[0] == ActionKind::Continue;
            let automatic = crate::Retry::when(rule.retry).is_automatic();
            assert!(first || !automatic, "{:?}", rule.cause);
        }
    }

    #[test]
    fn no_needle_is_written_twice() {
        let mut all: Vec<_> = NEEDLES.iter().copied().flatten().map(|needle| needle.text).collect();
        all.sort_unstable();
        for pair in all.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }
}
