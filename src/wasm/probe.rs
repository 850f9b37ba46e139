//! The second opinion: what a failure was, once more, with what can be found out about it afterwards.
//!
//! At most three looks: at the host that was called, at another one (the person can switch that off), and at a web app's
//! front page to see whether it sends the person to its sign-in. None of them carries a key, and none goes on to another host.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect,
    Response,
};

use super::{
    call,
    net_watch::{NetWatch, Seen},
    now_ms, resolved, scope,
};
use unstuck_app::troubleshooter::network::{Looks, OPEN};
use unstuck_diagnose::{
    Failure,
    failure::{Probes, Reach},
    host::same_site,
    provider::is_web_host,
};
use unstuck_engine::{AttemptId, Settings};
use unstuck_source::is_loopback_url;

/// A host that does not answer within this time, in milliseconds, is silent.
const PATIENCE_MS: u32 = 5_000;
/// Answers everyone with nothing: made for this question, and asked by the browser itself.
const NEUTRAL: &str = "https://www.gstatic.com/generate_204";
/// So many redirects of a web app are gone after.
const MOST_HOPS: usize = 5;
/// As many failures are remembered.
const REMEMBERED: usize = 8;

thread_local! {
    static FAILURES: RefCell<Vec<(AttemptId, Failure)>> = RefCell::default();
}

/// Remembers a failure, in case a second opinion is wanted.
pub(super) fn remember(attempt_id: AttemptId, failure: &Failure) {
    FAILURES.with(|failures| {
        let mut failures = failures.borrow_mut();
        failures.retain(|(known, _)| known.call != attempt_id.call);
        failures.truncate(REMEMBERED - 1);
        failures.insert(0, (attempt_id, failure.clone()));
    });
}

/// The failure of this attempt with all that could be found out; `None` when nobody remembers it.
pub(super) async fn look(attempt_id: AttemptId, settings: Settings) -> Option<Failure> {
    let mut failure = FAILURES.with(|failures| {
        let failures = failures.borrow();
        failures.iter().find(|(known, _)| *known == attempt_id).map(|(_, failure)| failure.clone())
    })?;
    let origin = origin(failure.url.as_deref()?)?;
    let unanswered = failure.status.is_none();
    let asks_who = matches!(failure.status, Some(401 | 403));
    let mut probes = Probes { host: Some(reach(&origin, false).await), ..Probes::default() };
    if unanswered && settings.second_host {
        probes.other = Some(other_host(&settings, &origin).await);
    }
    if asks_who && failure.host().is_some_and(is_web_host) {
        probes.signed_out = signed_out(&origin).await;
    }
    failure.online = Some(scope().navigator().on_line());
    failure.probes = Some(probes);
    Some(failure)
}

/// The host of another source, which the person trusts anyway, else a neutral one.
async fn other_host(settings: &Settings, origin: &str) -> Reach {
    let others = settings.sources.iter().filter_map(|source| self::origin(&source.base_url));
    let mut others = others.filter(|other| other != origin && !is_loopback_url(other));
    match others.next() {
        Some(other) => reach(&other, false).await,
        None => reach(NEUTRAL, true).await,
    }
}

/// A look at the host that was called, at another one, and at an address in the open; what a network that wants a sign-in
/// answers in place of the last is told only where the browser granted access to it.
pub(super) async fn look_around(url: &str, settings: &Settings) -> Looks {
    let mut looks = Looks { online: scope().navigator().on_line(), ..Looks::default() };
    let Some(origin) = origin(url) else { return looks };
    let (host, date) = look_at(&origin, false).await;
    (looks.host, looks.date, looks.now_ms) = (Some(host), date, now_ms());
    if settings.second_host {
        looks.other = Some(other_host(settings, &origin).await);
    }
    if call::may_call(OPEN).await == Some(true) {
        let (open, date) = look_at(OPEN, false).await;
        looks.open = Some(open);
        if looks.date.is_none() {
            (looks.date, looks.now_ms) = (date, now_ms());
        }
    }
    looks
}

/// What a look at an address comes to. `opaque` is for a host to which the extension has no access.
async fn reach(address: &str, opaque: bool) -> Reach {
    look_at(address, opaque).await.0
}

/// The same, with the `Date` of the answer.
async fn look_at(address: &str, opaque: bool) -> (Reach, Option<String>) {
    let watch = NetWatch::new();
    let timed_out = Rc::new(Cell::new(false));
    let answer = get(address, &watch, opaque, RequestCredentials::Omit, timed_out.clone()).await;
    match answer {
        Ok(response) if opaque => {
            drop(response);
            (Reach::Answered, None)
        }
        Ok(response) => {
            let header = |name: &str| response.headers().get(name).ok().flatten();
            let landed = landed(&response, &watch).await;
            let reach = if header("cf-mitigated").as_deref() == Some("challenge") {
                Reach::Challenged
            } else if same_site(&landed, address) && (address != OPEN || response.status() == 204) {
                Reach::Answered
            } else {
                Reach::Elsewhere
            };
            (reach, header("date"))
        }
        Err(_) if timed_out.get() => (Reach::Silent, None),
        Err(thrown) => {
            let seen = if opaque { None } else { watch.verdict().await };
            let named = seen.and_then(|Seen { error, .. }| error);
            (Reach::Failed(named.unwrap_or_else(|| message(&thrown))), None)
        }
    }
}

/// Where an answer is from, or where it sends the caller.
async fn landed(response: &Response, watch: &NetWatch) -> String {
    if call::is_redirect(response) {
        return watch.redirect().await.map(|(_, target)| target).unwrap_or_default();
    }
    response.url()
}

/// Whether the front page sends the person to the sign-in. The look carries the person's session, so it goes from page to page
/// of this app alone.
async fn signed_out(origin: &str) -> bool {
    let mut address = origin.to_owned();
    for _ in 0..MOST_HOPS {
        let watch = NetWatch::new();
        let credentials = RequestCredentials::Include;
        let Ok(response) = get(&address, &watch, false, credentials, Rc::default()).await else {
            return false;
        };
        let next = landed(&response, &watch).await;
        let sign_in = ["login", "signin", "sign-in", "sign_in", "/auth", "//auth", "//accounts."];
        if sign_in.iter().any(|word| next.contains(word)) {
            return true;
        }
        if !call::is_redirect(&response) || self::origin(&next).as_deref() != Some(origin) {
            return false;
        }
        address = next;
    }
    false
}

async fn get(
    address: &str,
    watch: &NetWatch,
    opaque: bool,
    credentials: RequestCredentials,
    timed_out: Rc<Cell<bool>>,
) -> Result<Response, JsValue> {
    let controller = AbortController::new()?;
    let init = RequestInit::new();
    init.set_credentials(credentials);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&controller.signal()));
    if opaque {
        // Such a look cannot but follow; it is for the neutral host alone.
        init.set_mode(RequestMode::NoCors);
    } else {
        init.set_redirect(RequestRedirect::Manual);
    }
    let _deadline = Timeout::new(PATIENCE_MS, move || {
        timed_out.set(true);
        controller.abort();
    });
    let url = format!("{address}#{}", watch.fragment());
    resolved(scope().fetch_with_str_and_init(&url, &init)).await?.dyn_into()
}

fn message(thrown: &JsValue) -> String {
    let message = js_sys::Reflect::get(thrown, &"message".into()).ok();
    message.and_then(|message| message.as_string()).unwrap_or_default()
}

/// `https://host:port/` of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    Some(format!("{scheme}://{}/", rest.split(['/', '?', '#']).next()?))
}
