//! The second opinion: what a failure was, once more, with what can be found out about it afterwards.
//!
//! At most three looks: at the host that was called, at another one (the person can switch that off), and at a web app's
//! front page to see whether it sends the person to its sign-in. None of them carries a key, and none goes on to another host.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect,
    Response,
};

use super::{
    attempt::is_redirect,
    resolved, scope,
    watch::{NetWatch, Seen},
};
use unstuck_app::troubleshooter::network::OPEN;
use unstuck_diagnose::{
    Reach,
    workspace::{Url, same_site},
};
use unstuck_engine::Settings;
use unstuck_source::is_loopback_url;

/// A host that does not answer within this time, in milliseconds, is silent.
const PATIENCE_MS: u32 = 5_000;
/// Answers everyone with nothing: made for this question, and asked by the browser itself.
const NEUTRAL: &str = "https://www.gstatic.com/generate_204";
/// The host of another source, which the person trusts anyway, else a neutral one.
pub(crate) async fn other_host(settings: &Settings, origin: &str) -> Reach {
    let others = settings.sources.iter().filter_map(|source| self::origin(&source.base_url));
    let mut others = others.filter(|other| other != origin && !is_loopback_url(other));
    match others.next() {
        Some(other) => reach(&other, false).await,
        None => reach(NEUTRAL, true).await,
    }
}

/// What a look at an address comes to. `opaque` is for a host to which the extension has no access.
pub(crate) async fn reach(address: &str, opaque: bool) -> Reach {
    look_at(address, opaque).await.0
}

/// The same, with the `Date` of the answer.
pub(crate) async fn look_at(address: &str, opaque: bool) -> (Reach, Option<String>) {
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
pub(crate) async fn landed(response: &Response, watch: &NetWatch) -> String {
    if is_redirect(response) {
        return watch.redirect().await.map(|(_, target)| target).unwrap_or_default();
    }
    response.url()
}

pub(crate) async fn get(
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
pub(crate) fn origin(url: &str) -> Option<String> {
    Some([Url::read(url)?.origin(), "/"].concat())
}
