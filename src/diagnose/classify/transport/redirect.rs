//! An answer that sends the call on to another address. Our own calls follow none: neither a key nor a word of the person
//! goes to a host that they did not set up.

use super::scene::Scene;
use crate::{
    Cause, Evidence, Failure, Provider,
    classify::{
        clip,
        scores::{Scores, weight},
    },
    provider::is_web_host,
    url::{Url, without_query},
};

/// Statuses with which a browser goes to another address.
const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];
/// A browser follows this many redirects of one call, and then gives up (Fetch standard).
const MOST: usize = 20;
/// In the addresses of sign-in pages.
const SIGN_IN: [&str; 7] = ["login", "signin", "sign-in", "sign_in", "/auth", "//accounts.", "sso"];
/// In the addresses of the pages of networks and company gateways.
const GATEWAY: [&str; 7] =
    ["captive", "hotspot", "fgtauth", "zscaler", "netskope", "fortinet", "umbrella.com"];
/// The same, where whoever stands on the way can redirect.
const PORTAL: [&str; 4] = ["portal", "wifi", "wlan", "guest"];

/// Weighs a redirect that the caller was told of; `false` when there was none.
pub(super) fn score(scene: &Scene, scores: &mut Scores) -> bool {
    let failure = scene.failure;
    if scene.trail.as_ref().is_some_and(|trail| trail.redirects >= MOST) {
        scores.add(
            Cause::BadAddress,
            weight::DECISIVE,
            Evidence::Redirect { host: clip(failure.host().unwrap_or_default()) },
        );
        return true;
    }
    if !failure.status.is_some_and(|status| STATUSES.contains(&status)) {
        return false;
    }
    let Some(target) = target(failure) else { return false };
    let url = failure.url.as_deref().unwrap_or_default();
    let (from, to) = (Url::read(url), Url::read(&target));
    let evidence = || Evidence::Redirect { host: clip(to.map_or(&target, Url::place)) };
    if is_itself(from, to) {
        scores.add(Cause::BadAddress, weight::DECISIVE, evidence());
        return true;
    }
    if scene.is_thrown() {
        return false;
    }
    let low = target.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| low.contains(word));
    // No service sends a call from https to http; who does so stands on the way.
    let in_the_open = [from, to].iter().flatten().any(|url| url.scheme == "http");
    let elsewhere = from.map(Url::host) != to.map(Url::host) && !from.is_some_and(Url::is_loopback);
    if from.map(Url::host).is_some_and(is_web_host) && has(&SIGN_IN) {
        scores.add(Cause::SessionExpired, weight::STRONG, evidence());
        scores.add(Cause::NotLoggedIn, weight::FAIR, evidence());
    } else if has(&GATEWAY) || in_the_open && (has(&PORTAL) || elsewhere && has(&SIGN_IN)) {
        scores.add(Cause::CaptivePortal, weight::STRONG, evidence());
        scores.add(Cause::Redirected, weight::WEAK, evidence());
    } else {
        scores.add(Cause::Redirected, weight::STRONG, evidence());
        if elsewhere && (in_the_open || has(&SIGN_IN)) {
            scores.add(Cause::CaptivePortal, weight::FAIR, evidence());
        }
    }
    true
}

/// Whether an address leads back to where the call went, in any case and with or without the usual port; a query that changes
/// leads in circles, too.
fn is_itself(from: Option<Url>, to: Option<Url>) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return false };
    from.scheme.eq_ignore_ascii_case(to.scheme)
        && from.host().eq_ignore_ascii_case(to.host())
        && told_port(from) == told_port(to)
        && path(from) == path(to)
}

/// The port, unless it is the usual one of its scheme.
fn told_port(url: Url<'_>) -> &str {
    let usual = if url.scheme.eq_ignore_ascii_case("https") { "443" } else { "80" };
    if url.port() == usual { "" } else { url.port() }
}

/// The path; none is the same as the root.
fn path(url: Url<'_>) -> &str {
    let path = without_query(url.rest);
    if path == "/" { "" } else { path }
}

/// Where a call was sent on to, if that is the same service and its key may go there.
pub(crate) fn same_site(failure: &Failure) -> Option<String> {
    let (url, target) = (failure.url.as_deref()?, target(failure)?);
    let (one, other) = (Url::read(url)?, Url::read(&target)?);
    let (from, to) = (failure.host()?, other.host());
    let same = if one.is_loopback() {
        from == to && one.port() == other.port()
    } else {
        let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
        let under = |inner: &str, outer: &str| {
            inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'))
        };
        let known =
            || Provider::from_host(from).is_some_and(|one| Provider::from_host(to) == Some(one));
        let related = (under(from, to) || under(to, from)) && known();
        other.scheme == "https"
            && (other.port().is_empty() || other.port() == one.port())
            && (bare(from) == bare(to) || related)
    };
    (same && !is_itself(Some(one), Some(other))).then_some(target)
}

/// The address that an answer sends the call on to, whole.
fn target(failure: &Failure) -> Option<String> {
    let location = failure.header("location")?.trim();
    if location.is_empty() {
        return None;
    }
    match failure.url.as_deref().and_then(Url::read) {
        Some(from) => Some(from.join(location)),
        None => Url::read(location).map(|whole| whole.text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_cause;
    use super::*;
    use crate::failure::Context;

    fn sent_on(url: &str, location: &str) -> Failure {
        Failure {
            url: Some(url.into()),
            status: Some(302),
            context: Some(Context::Worker),
            headers: [("location".into(), location.into())].into(),
            ..Failure::default()
        }
    }

    #[test]
    fn where_it_leads_tells_the_cause() {
        for (url, location, cause) in [
            ("https://api.test/v1/chat", "https://other.test/v1/chat", Cause::Redirected),
            ("https://api.test/v1/chat", "//other.test/v1/chat", Cause::Redirected),
            ("https://api.test/v1/chat", "/v1/chat/", Cause::Redirected),
            ("https://claude.ai/api/x", "/login?back=https://other.test", Cause::SessionExpired),
            ("https://api.test/v1/chat", "https://api.test/v1/chat?x=1", Cause::BadAddress),
            ("https://api.test/v1/chat", "https://login.corp.test/sso", Cause::Redirected),
            ("https://api.test/v1/chat", "https://gateway.zscaler.net/x", Cause::CaptivePortal),
            ("http://api.test/v1/chat", "http://10.0.0.1/login", Cause::CaptivePortal),
            ("https://api.test/v1/chat", "http://wifi.hotel.test/sign-in", Cause::CaptivePortal),
            ("https://api.test/v1/chat", "http://api.test/v1/chat", Cause::Redirected),
            ("https://api.test/v1/chat", "https://wifi.hotel.test/x", Cause::Redirected),
            ("http://127.0.0.1:9/v1/chat", "/portal", Cause::CaptivePortal),
            ("http://127.0.0.1:9/v1/chat", "http://localhost:9/login", Cause::Redirected),
            ("https://claude.ai/api/x", "https://claude.ai/login", Cause::SessionExpired),
        ] {
            assert_cause(&sent_on(url, location), cause, 0.85);
        }
    }

    #[test]
    fn only_the_same_service_is_usable() {
        let usable = |url: &str, location: &str| same_site(&sent_on(url, location)).is_some();
        for (url, location) in [
            ("https://example.org/v1/chat", "https://www.example.org/v1/chat"),
            ("https://www.example.org/v1/chat", "https://example.org/v1/chat"),
            ("https://api.example.org/v1/chat", "/v2/chat"),
            ("https://api.openai.com/v1/chat", "https://eu.api.openai.com/v1/chat"),
            ("http://127.0.0.1:11434/chat", "http://127.0.0.1:11434/v1/chat"),
        ] {
            assert!(usable(url, location), "{url} {location}");
        }
        for (url, location) in [
            ("https://example.org/v1/chat", "http://www.example.org/v1/chat"),
            ("https://example.org/v1/chat", "https://example.org.evil.test/v1/chat"),
            ("https://example.org/v1/chat", "https://evilexample.org/v1/chat"),
            ("https://a.pages.test/v1/chat", "https://b.pages.test/v1/chat"),
            ("https://pages.test/v1/chat", "https://b.pages.test/v1/chat"),
            ("https://one.openai.azure.com/x", "https://two.openai.azure.com/x"),
            ("https://example.org/v1/chat", "https://example.org:8443/v1/chat"),
            ("https://example.org/v1/chat", "https://example.org@evil.test/v1/chat"),
            ("https://example.org/v1/chat", "https://evil.test\\.example.org/v1/chat"),
            ("http://127.0.0.1:11434/chat", "http://127.0.0.1:9999/chat"),
            ("http://127.0.0.1:11434/chat", "http://localhost:11434/v1/chat"),
            ("https://example.org/v1/chat", "https://example.org/v1/chat"),
            ("https://example.org/v1/chat", ""),
        ] {
            assert!(!usable(url, location), "{url} {location}");
        }
    }
}
