//! One room a cause: what it is, what gives it away, when trying again helps and what to press.
//!
//! A room is data. The rare condition that data cannot express (numbers compared, two findings that only
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
pub(crate) struct Room {
    pub(crate) cause: Cause,
    /// When trying again makes sense, unless the evidence says otherwise.
    pub(crate) retry: When,
    /// What can be pressed, the primary one first.
    pub(crate) actions: &'static [ActionKind],
    /// A condition that needs more than words.
    pub(crate) weigh: Option<fn(&Reading, &mut Board)>,
}

/// Every room, in the order of [`Cause::ALL`].
pub(crate) static ROOMS: [&Room; Cause::ALL.len()] = [
    &offline::ROOM,
    &dns_failure::ROOM,
    &connection_refused::ROOM,
    &connection_lost::ROOM,
    &host_unreachable::ROOM,
    &network_changed::ROOM,
    &timeout::ROOM,
    &proxy_failure::ROOM,
    &captive_portal::ROOM,
    &tls_certificate::ROOM,
    &tls_handshake::ROOM,
    &protocol_error::ROOM,
    &stream_interrupted::ROOM,
    &network_unknown::ROOM,
    &blocked_by_extension::ROOM,
    &blocked_by_policy::ROOM,
    &blocked_by_cors::ROOM,
    &site_access_missing::ROOM,
    &request_cancelled::ROOM,
    &extension_restarted::ROOM,
    &browser_resources::ROOM,
    &bad_address::ROOM,
    &not_logged_in::ROOM,
    &session_expired::ROOM,
    &bot_challenge::ROOM,
    &blocked_by_edge::ROOM,
    &missing_api_key::ROOM,
    &invalid_api_key::ROOM,
    &key_lacks_permission::ROOM,
    &country_unsupported::ROOM,
    &account_disabled::ROOM,
    &model_access_denied::ROOM,
    &quota_exhausted::ROOM,
    &usage_cap_reached::ROOM,
    &rate_limited::ROOM,
    &request_in_progress::ROOM,
    &access_denied::ROOM,
    &context_too_long::ROOM,
    &output_budget_too_large::ROOM,
    &payload_too_large::ROOM,
    &invalid_request::ROOM,
    &unsupported_parameter::ROOM,
    &model_not_found::ROOM,
    &endpoint_not_found::ROOM,
    &redirected::ROOM,
    &content_filtered::ROOM,
    &conflict::ROOM,
    &origin_not_allowed::ROOM,
    &server_error::ROOM,
    &bad_gateway::ROOM,
    &service_unavailable::ROOM,
    &model_overloaded::ROOM,
    &gateway_timeout::ROOM,
    &origin_unreachable::ROOM,
    &origin_timeout::ROOM,
    &unexpected_reply::ROOM,
    &local_model_failed::ROOM,
    &unknown::ROOM,
];

/// The room of a cause.
pub(crate) fn room(cause: Cause) -> &'static Room {
    ROOMS[cause as usize]
}

/// The needles of every room, in the same order.
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
    fn every_cause_has_its_room_in_its_place() {
        for &cause in Cause::ALL {
            assert_eq!(room(cause).cause, cause);
        }
    }

    #[test]
    fn every_room_ends_with_the_report_and_names_each_action_once() {
        for room in ROOMS {
            let actions = room.actions;
            assert_eq!(actions.last(), Some(&ActionKind::CopyReport), "{:?}", room.cause);
            assert!(actions.len() >= 2, "{:?}", room.cause);
            for (at, action) in actions.iter().enumerate() {
                assert!(!actions[at + 1..].contains(action), "{:?} {action:?}", room.cause);
            }
        }
    }

    #[test]
    fn retry_comes_first_exactly_where_a_program_may_repeat() {
        for room in ROOMS {
            let first =
                room.actions[0] == ActionKind::Retry || room.actions[0] == ActionKind::Continue;
            let automatic = crate::Retry::when(room.retry).is_automatic();
            assert!(first || !automatic, "{:?}", room.cause);
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
