//! The ten steps from the simple to the deep, for when nothing is clear.

use maud::html;
use unstuck_diagnose::Cause;

use super::{layout::Page, library::Library};

/// The causes to which each step points when it helps, or when it shows something.
const POINTS: [&[Cause]; 10] = [
    &[Cause::ExtensionRestarted, Cause::ServerError, Cause::Conflict],
    &[Cause::ServiceUnavailable, Cause::ModelOverloaded, Cause::OriginUnreachable],
    &[Cause::SessionExpired, Cause::NotLoggedIn, Cause::AccessDenied],
    &[Cause::BlockedByExtension, Cause::ProxyFailure, Cause::BlockedByEdge],
    &[Cause::BrowserResources, Cause::BlockedByPolicy, Cause::AccountDisabled],
    &[Cause::NetworkUnknown, Cause::BlockedByCors, Cause::UnexpectedReply],
    &[Cause::DnsFailure, Cause::ConnectionLost, Cause::HostUnreachable, Cause::CaptivePortal],
    &[Cause::InvalidApiKey, Cause::QuotaExhausted, Cause::EndpointNotFound, Cause::ModelNotFound],
    &[Cause::Timeout, Cause::GatewayTimeout, Cause::RateLimited],
    &[Cause::Unknown],
];

pub(crate) fn page(library: &Library) -> Page {
    let intro = library.get("reference_steps_intro");
    let get = |step: usize, part: &str| library.get(&format!("reference_steps_{step}_{part}"));
    let body = html! {
        p.lead { (intro) }
        ol.all-steps {
            @for (step, causes) in (1..).zip(POINTS) {
                li #{ "step-" (step) } {
                    h2 { (get(step, "name")) }
                    p { (get(step, "do")) }
                    p { strong { (library.get("reference_steps_tells")) ": " } (get(step, "means")) }
                    ul.chips aria-label=(library.get("reference_steps_points")) {
                        @for cause in causes {
                            li { a href=(library.link(cause.id())) { (library.of_cause(*cause, "name")) } }
                        }
                    }
                }
            }
        }
    };
    Page {
        id: "steps".into(),
        title: library.get("reference_steps_title"),
        description: intro,
        part: Some("codes".into()),
        body,
    }
}
