//! The two witnesses joined: what was seen on the way, and what the page was told.

use super::*;
use unstuck_diagnose::{Cause, classify};

const URL: &str = "https://api.test/v1";

fn web_request(request: &str, event: &str) -> WebRequestEvent {
    WebRequestEvent {
        request: request.into(),
        tab: 1,
        event: event.into(),
        url: URL.into(),
        method: "POST".into(),
        at_ms: 1_000,
        ..WebRequestEvent::default()
    }
}

fn ended(request: &str, error: &str) -> WebRequestEvent {
    WebRequestEvent { error: Some(error.into()), at_ms: 1_250, ..web_request(request, "error") }
}

fn answered(request: &str, status: u16) -> WebRequestEvent {
    let headers = [("content-type".into(), "text/html".into())].into();
    WebRequestEvent { status: Some(status), headers, ..web_request(request, "headers_received") }
}

fn told(now_ms: u64) -> PageReport<'static> {
    PageReport {
        tab: 1,
        url: URL,
        name: Some("TypeError"),
        message: Some("Failed to fetch"),
        visible: true,
        now_ms,
        ..PageReport::default()
    }
}

fn watched(sights: impl IntoIterator<Item = WebRequestEvent>) -> Watch {
    let mut watch = Watch::default();
    for web_request in sights {
        watch.record(web_request);
    }
    watch
}

/// A failed call carries the browser's error and the page's exception.
#[test]
fn browser_error_joins_page_exception() {
    let mut watch =
        watched([web_request("7", "before_request"), ended("7", "net::ERR_BLOCKED_BY_CLIENT")]);
    let failure = watch.explain(told(2_000));
    assert_eq!(failure.net_error.as_deref(), Some("net::ERR_BLOCKED_BY_CLIENT"));
    assert_eq!(failure.message.as_deref(), Some("Failed to fetch"));
    assert_eq!((failure.elapsed_ms, failure.context), (Some(250), Some(Context::Page)));
    assert_eq!(classify(&failure).cause, Cause::BlockedByExtension);
}

/// The trail is empty only where the call could have been seen; elsewhere there is none.
#[test]
fn unseen_call_has_empty_trail() {
    let mut watch = Watch::default();
    assert_eq!(watch.explain(told(0)).trail, Some(Vec::new()));
    assert_eq!(watch.explain(PageReport { visible: false, ..told(0) }).trail, None);
}

#[test]
fn preflight_joins_its_request() {
    let preflight =
        |event: &str| WebRequestEvent { method: "OPTIONS".into(), ..web_request("8", event) };
    let mut watch = watched([
        web_request("7", "before_request"),
        preflight("before_request"),
        WebRequestEvent { status: Some(405), ..preflight("headers_received") },
        preflight("completed"),
        ended("7", "net::ERR_FAILED"),
    ]);
    let failure = watch.explain(told(2_000));
    let trail = "before_request preflight:before_request preflight:headers_received preflight:completed error";
    assert_eq!(failure.trail.as_deref().unwrap().join(" "), trail);
    assert_eq!((failure.status, classify(&failure).cause), (None, Cause::BlockedByCors));
}

/// An OPTIONS call of the page itself is no preflight.
#[test]
fn own_options_call_is_a_call() {
    let own = WebRequestEvent { method: "OPTIONS".into(), ..web_request("7", "before_request") };
    assert_eq!(watched([own]).explain(told(0)).trail.unwrap(), ["before_request"]);
}

/// A status that the page never saw is a fact, but not that of an earlier redirect.
#[test]
fn only_the_last_leg_counts() {
    let mut watch = watched([
        web_request("7", "before_request"),
        answered("7", 302),
        web_request("7", "before_redirect"),
        web_request("7", "before_request"),
    ]);
    assert!(watch.is_open(1, URL));
    assert!(!watch.record(answered("7", 429)));
    assert!(watch.record(ended("7", "net::ERR_FAILED")));
    let failure = watch.explain(told(2_000));
    assert_eq!((failure.status, failure.header("content-type")), (Some(429), Some("text/html")));
    assert_eq!(classify(&failure).cause, Cause::RateLimited);
    let begun = watched([
        web_request("7", "before_request"),
        answered("7", 302),
        web_request("7", "before_request"),
    ]);
    assert_eq!({ begun }.explain(told(0)).status, None);
}

/// A call is used once, and an old success explains nothing.
#[test]
fn explained_call_is_not_explained_again() {
    let well =
        || [web_request("7", "before_request"), answered("7", 200), web_request("7", "completed")];
    let mut watch = watched(well());
    assert_eq!(watch.explain(told(1_500)).trail.unwrap().len(), 3);
    assert_eq!(watch.explain(told(1_500)).trail, Some(Vec::new()));
    assert_eq!(watched(well()).explain(told(2_500)).trail, Some(Vec::new()));
}

/// A call that hangs is told as far as it came, and again later.
#[test]
fn hanging_call_is_reported_twice() {
    let mut watch = watched([web_request("7", "before_request"), answered("7", 401)]);
    assert_eq!(watch.explain(told(2_000)).elapsed_ms, Some(1_000));
    let later = watch.explain(told(9_000));
    assert_eq!((later.status, later.elapsed_ms), (Some(401), Some(8_000)));
}

#[test]
fn other_tabs_other_addresses_and_fragments() {
    let mut watch = watched([web_request("7", "before_request"), ended("7", "net::ERR_TIMED_OUT")]);
    assert_eq!(watch.explain(PageReport { tab: 2, ..told(0) }).net_error, None);
    assert_eq!(watch.explain(PageReport { url: "https://api.test/v2", ..told(0) }).net_error, None);
    let with_fragment = PageReport { url: "https://api.test/v1#top", ..told(0) };
    assert!(watch.explain(with_fragment).net_error.is_some());
}

/// Only the latest calls are remembered, and a tab can be forgotten.
#[test]
fn memory_is_bounded_and_forgets_tabs() {
    let many = (0..1_000).map(|number| web_request(&number.to_string(), "before_request"));
    let mut watch = watched(many);
    assert_eq!(watch.calls.len(), KEPT);
    assert!(!watch.record(ended("0", "net::ERR_FAILED")), "a forgotten call stays forgotten");
    watch.forget(1);
    assert!(watch.calls.is_empty());
}

/// A stream that is cut is reported even if the page says nothing.
#[test]
fn cut_stream_is_reported_unprompted() {
    let mut watch = watched([
        web_request("7", "before_request"),
        answered("7", 200),
        ended("7", "net::ERR_INCOMPLETE_CHUNKED_ENCODING"),
    ]);
    let failure = watch.untold("7", 2_000).unwrap();
    assert_eq!(classify(&failure).cause, Cause::StreamInterrupted);
    assert_eq!(watch.untold("7", 2_000), None, "it is told once");
}

/// A call that was stopped, went well or was already told is not told again.
#[test]
fn settled_calls_are_not_reported_again() {
    let ended_well = || WebRequestEvent { status: Some(200), ..web_request("7", "completed") };
    let mut watch = watched([web_request("7", "before_request"), answered("7", 200), ended_well()]);
    assert_eq!(watch.untold("7", 2_000), None);
    let mut watch = watched([web_request("8", "before_request"), ended("8", "net::ERR_ABORTED")]);
    assert_eq!(watch.untold("8", 2_000), None);
    let mut watch = watched([web_request("9", "before_request"), ended("9", "net::ERR_FAILED")]);
    let _told = watch.explain(told(2_000));
    assert_eq!(watch.untold("9", 2_000), None);
}

/// What the page could read stands in for what the browser did not show.
#[test]
fn page_answer_fills_in_missing_facts() {
    let headers = [("cf-mitigated".into(), "challenge".into())].into();
    let answer = Some(Answer { status: 403, headers, body: None });
    let failure = Watch::default().explain(PageReport { answer, ..told(2_000) });
    assert_eq!(classify(&failure).cause, Cause::BotChallenge);
}
