//! Evidence of the way between caller and service: who cancelled, what error the browser met, and what it kept from
//! the caller. A real answer speaks for itself: once one with an error status is there, this module keeps silent.

mod built_in;
mod closed;
mod exception;
mod redirect;
mod request_trace;
mod scene;

use super::{
    clip,
    scores::{Scores, weight},
};
use crate::{Cause, Evidence, Failure, failure::Context};
pub(crate) use redirect::same_site;
use scene::{Scene, is_built_in};

/// A proxy stands between: it explains the symptom about as well as the plain reading does.
const AS_LIKELY_THE_PROXY: f32 = 3.0;
/// A name that is not found is not found at once; a lookup that took longer had no resolver to ask.
const SLOW_LOOKUP_MS: u64 = 3_000;

/// Adds everything the transport tells about the failure.
pub(crate) fn score(failure: &Failure, scores: &mut Scores) {
    let scene = Scene::of(failure);
    if exception::caller_ended_it(&scene, scores) {
        return;
    }
    if is_built_in(failure) {
        return built_in::score(&scene, scores);
    }
    if failure.status.is_some_and(|status| status >= 400) {
        return answered_by_the_way(&scene, scores);
    }
    if redirect::score(&scene, scores) {
        return;
    }
    // nginx makes `000` of what is no HTTP behind it, and a browser hands that on over HTTP/2.
    // Without an answer it is no status, but what `XMLHttpRequest` has in place of one.
    let answered = failure.body.is_some() || !failure.headers.is_empty();
    if let Some(code) = failure.status.filter(|&code| code < 100 && answered) {
        let evidence = Evidence::Status { code, host: None };
        return scores.add(Cause::ProtocolError, weight::DECISIVE, evidence);
    }
    if let Some(limit) = failure.limit {
        return scores.add(Cause::UnexpectedReply, weight::DECISIVE, Evidence::OverLimit { limit });
    }
    if scene.offline {
        scores.add(Cause::Offline, weight::STRONG, Evidence::Offline);
    }
    if closed::score(&scene, scores) {
        return;
    }
    if !(named_error(&scene, scores) || exception::score(&scene, scores) || unnamed(&scene, scores))
    {
        exception::bare(&scene, scores);
    }
    replaced_answer(&scene, scores);
    unfinished_stream(&scene, scores);
}

/// Whether the server surely did not process the request, so that repeating it at once is safe.
pub(crate) fn is_unsent(failure: &Failure) -> bool {
    let scene = Scene::of(failure);
    !scene.begun && scene.error.and_then(|error| error.known).is_some_and(|known| known.unsent)
}

/// A specific code of the browser is nearly certain; `false` leaves the matter open.
fn named_error(scene: &Scene, scores: &mut Scores) -> bool {
    let Some(raised) = scene.error else { return false };
    if matches!(raised.name, "ERR_FAILED" | "ERR_ABORTED") {
        return false;
    }
    let evidence = || Evidence::NetError { name: clip(raised.name) };
    let cause = match raised.known {
        Some(known) if known.cause != Cause::NetworkUnknown => known.cause,
        _ => {
            scores.add(Cause::NetworkUnknown, weight::FAIR, evidence());
            return true;
        }
    };
    let sure = if raised.reported { weight::DECISIVE } else { weight::STRONG };
    let proxied = scene.failure.proxy == Some(true);
    match raised.name {
        _ if scene.begun && raised.known.is_some_and(|error| error.cuts_answers()) => {
            let sure = if scene.offline { weight::FAIR } else { sure };
            scores.add(Cause::StreamInterrupted, sure, evidence());
            if cause == Cause::ProtocolError {
                scores.add(cause, weight::FAIR, evidence());
            }
        }
        _ if scene.is_symptom_of_offline(cause) => scores.add(cause, weight::FAIR, evidence()),
        "ERR_EMPTY_RESPONSE" if proxied => {
            scores.add(cause, weight::FAIR, evidence());
            scores.add(Cause::ProxyFailure, AS_LIKELY_THE_PROXY, Evidence::Proxy);
        }
        // Other extensions cannot touch an extension's own calls: a policy or a built-in blocker can.
        "ERR_BLOCKED_BY_CLIENT" if scene.own => {
            scores.add(cause, weight::FAIR, evidence());
            scores.add(Cause::BlockedByPolicy, weight::WEAK, evidence());
        }
        "ERR_CERT_AUTHORITY_INVALID" if scene.failure.host().is_some_and(is_public) => {
            scores.add(cause, sure, evidence());
            scores.add(Cause::CaptivePortal, weight::FAIR, evidence());
        }
        _ => scores.add(cause, sure, evidence()),
    }
    let slow_lookup = cause == Cause::DnsFailure;
    if let Some(ms) = scene
        .failure
        .elapsed_ms
        .filter(|&ms| cause == Cause::Timeout || slow_lookup && ms > SLOW_LOOKUP_MS)
    {
        scores.add(cause, 0.0, Evidence::Elapsed { ms });
    }
    true
}

/// `ERR_FAILED`, `ERR_ABORTED` or no name at all: what the browser let happen tells the cause.
fn unnamed(scene: &Scene, scores: &mut Scores) -> bool {
    if scene.begun && scene.error.is_none() && scene.trail.is_none() {
        return false;
    }
    if request_trace::score(scene, scores) {
        return true;
    }
    if request_trace::lacks_access(scene) {
        scores.add(Cause::SiteAccessMissing, weight::STRONG, Evidence::NoSiteAccess);
        return true;
    }
    let Some(raised) = scene.error else { return false };
    let evidence = Evidence::NetError { name: clip(raised.name) };
    if raised.name == "ERR_ABORTED" {
        scores.add(Cause::RequestCancelled, weight::FAIR, evidence);
    } else if exception::is_console_line(scene.message) {
        // The console adds the status of the answer that the page was not allowed to see.
        let seen = scene.failure.status.is_some() || scene.message.contains("ERR_FAILED 2");
        let sure = if seen { weight::STRONG } else { weight::FAIR };
        scores.add(Cause::BlockedByCors, sure, evidence.clone());
        scores.add(Cause::NetworkUnknown, weight::WEAK, evidence);
    } else {
        if !scene.own {
            scores.add(Cause::BlockedByCors, weight::WEAK, evidence.clone());
        }
        scores.add(Cause::NetworkUnknown, weight::FAIR, evidence);
    }
    true
}

/// An error status that may come from something on the way instead of the service.
fn answered_by_the_way(scene: &Scene, scores: &mut Scores) {
    let Some(code) = scene.failure.status else { return };
    let evidence = Evidence::Status { code, host: None };
    match code {
        407 => scores.add(Cause::ProxyFailure, weight::STRONG, evidence),
        511 => scores.add(Cause::CaptivePortal, weight::DECISIVE, evidence),
        502 | 504 if scene.failure.proxy == Some(true) => {
            scores.add(Cause::ProxyFailure, weight::WEAK, Evidence::Proxy);
        }
        _ => {}
    }
    // The page never saw that status: the browser withheld the answer, and the status tells why it came.
    if let Some(trail) = scene.trail.as_ref().filter(|trail| trail.is_refused_answer()) {
        scores.add(Cause::BlockedByCors, weight::WEAK, trail.refusal());
    }
}

/// A sign-in page of the network answers in place of the service: redirected, and a web page where data belongs.
fn replaced_answer(scene: &Scene, scores: &mut Scores) {
    let redirected = scene.trail.as_ref().is_some_and(|trail| trail.redirected);
    let succeeded = scene.failure.status.is_some_and(|status| status < 400);
    if redirected
        && succeeded
        && scene.failure.context != Some(Context::Page)
        && is_html(scene.failure)
    {
        // Nobody on the way can redirect https without a certificate that the browser trusts.
        let open = scene.url_scheme() == Some("http");
        let sure = if open { weight::USUAL } else { weight::FAIR };
        scores.add(Cause::CaptivePortal, sure, Evidence::HtmlReply);
    }
}

/// A stream that just ends looks like success; only its missing end mark tells.
fn unfinished_stream(scene: &Scene, scores: &mut Scores) {
    if let Some(chars) = scene.cut_after().filter(|_| scene.begun) {
        let sure = if scene.offline { weight::WEAK } else { weight::FAIR };
        scores.add(Cause::StreamInterrupted, sure, Evidence::NoEndMark { chars });
    }
}

fn is_html(failure: &Failure) -> bool {
    let starts = |text: &str, tag: &str| {
        text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    match failure.header("content-type") {
        Some(kind) => starts(kind.trim_start(), "text/html"),
        None => failure
            .body
            .as_deref()
            .map(str::trim_start)
            .is_some_and(|body| starts(body, "<!doctype html") || starts(body, "<html")),
    }
}

/// A host whose certificate everybody's browser should accept.
fn is_public(host: &str) -> bool {
    let top = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && !matches!(top, "local" | "localhost" | "lan" | "internal" | "home" | "test" | "corp")
        && top.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
