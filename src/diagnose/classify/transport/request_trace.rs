//! What the browser's own record of a call tells when the error has no useful name: which steps it took and which
//! it left out.

use super::scene::Scene;
use crate::{
    Cause, Evidence,
    classify::scores::{Scores, weight},
    failure::Context,
    host::is_loopback,
};

/// Whether the call was the extension's and its host is one that it may not reach.
pub(super) fn lacks_access(scene: &Scene) -> bool {
    scene.failure.site_access == Some(false)
        && scene.failure.status.is_none()
        && (scene.own || scene.failure.context.is_none())
}

/// Reads the trail of an error without a useful name; `false` when it tells nothing.
pub(super) fn score(scene: &Scene, scores: &mut Scores) -> bool {
    let Some(trail) = &scene.trail else { return false };
    if trail.empty {
        never_sent(scene, scores);
        return true;
    }
    let cancelled = scene.error.is_some_and(|error| error.name == "ERR_ABORTED");
    match trail {
        // The browser hides every detail of a failed WebSocket.
        _ if matches!(scene.url_scheme(), Some("ws" | "wss")) => {
            scores.add(Cause::NetworkUnknown, weight::FAIR, scene.symptom());
        }
        // `redirect: "error"`, or a Content-Security-Policy that forbids the target.
        _ if trail.stops_at_redirect() && trail.failed => {
            scores.add(Cause::BadAddress, weight::FAIR, scene.symptom());
            scores.add(Cause::BlockedByPolicy, weight::WEAK, scene.symptom());
        }
        // Sent to another extension's own file, of which nothing more is seen.
        _ if trail.stops_at_redirect() => {
            scores.add(Cause::BlockedByExtension, weight::FAIR, Evidence::NeverSent);
        }
        _ if trail.is_refused_answer() && !cancelled => {
            // CORS does not bind an extension on hosts that it has access to.
            let bound = !(scene.own && scene.failure.site_access == Some(true));
            let sure = if bound { weight::DECISIVE } else { weight::FAIR };
            scores.add(Cause::BlockedByCors, sure, trail.refusal());
        }
        // A reader that stops reading looks the same as a page that goes away. One who got no exception stopped
        // because the answer had told enough.
        _ if trail.started && trail.failed && scene.is_thrown() => {
            scores.add(Cause::RequestCancelled, weight::STRONG, scene.symptom());
            scores.add(Cause::StreamInterrupted, 0.0, scene.symptom());
        }
        _ if trail.redirected && trail.failed && !trail.headers && !cancelled => {
            scores.add(Cause::BadAddress, weight::FAIR, scene.symptom());
            scores.add(Cause::BlockedByCors, weight::WEAK, scene.symptom());
        }
        _ if cancelled && trail.failed => {
            scores.add(Cause::RequestCancelled, weight::STRONG, scene.symptom());
        }
        // All went well on the wire, and yet the caller got an exception: an integrity check, for instance.
        _ if trail.completed
            && !trail.failed
            && !scene.message.is_empty()
            && scene.failure.stream.is_none() =>
        {
            scores.add(Cause::UnexpectedReply, weight::FAIR, scene.symptom());
        }
        _ => return false,
    }
    true
}

/// Nothing was seen at all: the browser stopped the call before the network.
fn never_sent(scene: &Scene, scores: &mut Scores) {
    let in_page = matches!(scene.failure.context, Some(Context::Page | Context::ContentScript));
    let local = scene.failure.host().is_some_and(is_loopback);
    match scene.url_scheme() {
        _ if lacks_access(scene) => {
            scores.add(Cause::SiteAccessMissing, weight::DECISIVE, Evidence::NoSiteAccess);
        }
        // Forbidden from a secure page, and the commonest of several reasons from any other: which one it was is not known.
        Some("http") if in_page && !local && scene.failure.site_access != Some(false) => {
            scores.add(Cause::BlockedByPolicy, weight::FAIR, Evidence::NeverSent);
            scores.add(Cause::NetworkUnknown, weight::WEAK, Evidence::NeverSent);
        }
        Some("http" | "https" | "data" | "blob" | "ws" | "wss") | None => {
            scores.add(Cause::NetworkUnknown, weight::FAIR, Evidence::NeverSent);
            scores.add(Cause::BlockedByPolicy, AS_LIKELY_A_POLICY, Evidence::NeverSent);
        }
        Some(_) => scores.add(Cause::BadAddress, weight::STRONG, Evidence::NeverSent),
    }
}

/// A policy is the commonest of several reasons why nothing is sent.
const AS_LIKELY_A_POLICY: f32 = 2.5;

#[cfg(test)]
mod tests {
    use super::super::tests::{B, C, E, H, R, S, assert_cause, assert_unsure, said, walked};
    use super::*;
    use crate::Failure;

    #[test]
    fn a_refused_answer_is_cors() {
        let failed =
            |trail: &[&str]| Failure { net_error: Some("net::ERR_FAILED".into()), ..walked(trail) };
        assert_cause(&failed(&[B, H, E]), Cause::BlockedByCors, 0.99);
        assert_cause(&failed(&[B, H, R, B, H, E]), Cause::BlockedByCors, 0.99);
        let preflight =
            [B, "preflight:before_request", "preflight:headers_received", "preflight:completed", E];
        assert_cause(&failed(&preflight), Cause::BlockedByCors, 0.99);
        let mut scores = Scores::new();
        super::super::score(&failed(&preflight), &mut scores);
        assert_eq!(scores.evidence_for(Cause::BlockedByCors), [Evidence::PreflightRefused]);
        let own = Failure {
            context: Some(Context::Worker),
            site_access: Some(true),
            ..failed(&[B, H, E])
        };
        assert_cause(&own, Cause::BlockedByCors, 0.8);
        let broken_preflight = Failure {
            net_error: Some("net::ERR_CONNECTION_REFUSED".into()),
            ..walked(&[B, "preflight:before_request", "preflight:error", E])
        };
        assert_cause(&broken_preflight, Cause::ConnectionRefused, 0.99);
    }

    /// A failure after the answer began comes from a reader that stopped, not from CORS.
    #[test]
    fn failure_after_headers_is_a_cancellation() {
        for name in ["net::ERR_FAILED", "net::ERR_ABORTED"] {
            let cancelled = Failure { net_error: Some(name.into()), ..walked(&[B, H, S, E]) };
            assert_cause(&cancelled, Cause::RequestCancelled, 0.9);
        }
        let left = Failure { net_error: Some("net::ERR_ABORTED".into()), ..walked(&[B, E]) };
        assert_cause(&left, Cause::RequestCancelled, 0.9);
    }

    /// An answer was not cancelled if enough of it was read to judge it.
    #[test]
    fn answer_read_far_enough_is_complete() {
        let enough = |url: &str| {
            let read = Failure {
                url: Some(url.into()),
                context: Some(Context::Worker),
                status: Some(200),
                body: Some("<!doctype html><html><title>Sign in</title></html>".into()),
                ..Failure { message: None, error_name: None, ..walked(&[B, H, R, B, H, S, E]) }
            };
            crate::classify(&read).cause
        };
        assert_eq!(enough("http://api.test/v1"), Cause::CaptivePortal);
        assert_eq!(enough("https://api.test/v1"), Cause::UnexpectedReply);
    }

    #[test]
    fn failure_at_redirect_blames_the_target() {
        let forbidden =
            Failure { net_error: Some("net::ERR_ABORTED".into()), ..walked(&[B, H, R, E]) };
        assert_cause(&forbidden, Cause::BadAddress, 0.7);
        let unusable =
            Failure { net_error: Some("net::ERR_FAILED".into()), ..walked(&[B, R, B, E]) };
        assert_cause(&unusable, Cause::BadAddress, 0.7);
        assert_cause(&walked(&[B, R]), Cause::BlockedByExtension, 0.9);
    }

    #[test]
    fn integrity_failure_has_the_whole_answer() {
        let whole = Failure { status: Some(200), ..walked(&[B, H, S, C]) };
        assert_cause(&whole, Cause::UnexpectedReply, 0.9);
    }

    /// A web socket does not tell why it failed.
    #[test]
    fn failed_web_socket_stays_unknown() {
        let socket = Failure {
            url: Some("wss://api.openai.com/v1/realtime".into()),
            net_error: Some("net::ERR_FAILED".into()),
            ..walked(&[B, E])
        };
        assert_cause(&socket, Cause::NetworkUnknown, 0.9);
    }

    #[test]
    fn unseen_call_stopped_before_the_network() {
        let unseen = |url: &str, context, site_access| Failure {
            url: Some(url.into()),
            context: Some(context),
            site_access,
            ..walked(&[])
        };
        let api = "https://api.openai.com/v1";
        assert_cause(&unseen(api, Context::Worker, Some(false)), Cause::SiteAccessMissing, 0.99);
        let plain = unseen("http://api.test/v1", Context::Page, None);
        assert_cause(&plain, Cause::BlockedByPolicy, 0.8);
        assert!(crate::classify(&plain).confidence < 0.9, "the page may not be a secure one");
        assert_unsure(
            &unseen("http://api.test/v1", Context::Page, Some(false)),
            Cause::NetworkUnknown,
            Cause::BlockedByPolicy,
        );
        assert_cause(&unseen("ftp://api.test/v1", Context::Page, None), Cause::BadAddress, 0.9);
        assert_cause(&unseen("file:///x", Context::Worker, Some(true)), Cause::BadAddress, 0.9);
        assert_unsure(
            &unseen("http://localhost:1234", Context::Page, None),
            Cause::NetworkUnknown,
            Cause::BlockedByPolicy,
        );
        assert_unsure(
            &unseen(api, Context::Page, Some(false)),
            Cause::NetworkUnknown,
            Cause::BlockedByPolicy,
        );
        let unwatched = Failure {
            site_access: Some(false),
            context: Some(Context::Worker),
            ..said("Failed to fetch")
        };
        assert_cause(&unwatched, Cause::SiteAccessMissing, 0.9);
    }
}
