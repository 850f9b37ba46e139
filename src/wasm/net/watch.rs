//! The browser's own account of one call: its `webRequest` events and the true network error.
//!
//! A rejected `fetch` says "Failed to fetch" whatever happened; `webRequest` knows better. It listens only while a call
//! runs. The call is found by a fragment in its address, which every event carries and no server ever sees.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{resolved, timing::pause};
use unstuck_diagnose::workspace::{Moment, without_fragment};

/// How long the true error may come after the rejection, in milliseconds (measured: 0.5 to 5.5, seldom more).
const PATIENCE_MS: u32 = 250;

const EVENTS: [(&str, &str); 6] = [
    ("onBeforeRequest", "before_request"),
    ("onBeforeRedirect", "before_redirect"),
    ("onHeadersReceived", "headers_received"),
    ("onResponseStarted", "response_started"),
    ("onCompleted", "completed"),
    ("onErrorOccurred", "error"),
];

thread_local! {
    static NUMBER: Cell<u32> = const { Cell::new(1) };
}

/// What `webRequest` calls.
type Listener = Closure<dyn FnMut(JsValue)>;

/// What was seen of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Event names in order.
    pub(crate) trail: Vec<String>,
    /// `net::ERR_…`, once it came.
    pub(crate) error: Option<String>,
    /// The status of a redirect and where it leads. It is told, and not gone to, under `redirect: "manual"` (measured).
    pub(crate) redirect: Option<(u16, String)>,
    /// When the head of the answer came and when it was over, milliseconds since 1970.
    pub(crate) times: Vec<(Moment, f64)>,
}

impl Seen {
    fn is_over(&self) -> bool {
        self.times.iter().any(|(moment, _)| *moment == Moment::Over)
    }
}

/// Watches one call until it is dropped.
pub(crate) struct NetWatch {
    fragment: String,
    seen: Rc<RefCell<Seen>>,
    arrival: Rc<RefCell<Option<Function>>>,
    listeners: Vec<(JsValue, Listener)>,
}

impl NetWatch {
    /// Begins to watch the call whose address ends in [`NetWatch::fragment`].
    pub(crate) fn new() -> Self {
        let fragment = format!("u-{}", NUMBER.with(|number| number.replace(number.get() + 1)));
        let mut watch =
            Self { fragment, seen: Rc::default(), arrival: Rc::default(), listeners: Vec::new() };
        let filter = Object::new();
        // Setting properties of a fresh plain object cannot fail.
        let _ = Reflect::set(&filter, &"urls".into(), &Array::of1(&"<all_urls>".into()));
        let _ = Reflect::set(&filter, &"types".into(), &Array::of1(&"xmlhttprequest".into()));
        for (event, name) in EVENTS {
            let Some(target) = web_request(event) else { continue };
            let listener = watch.listener(name);
            if method(&target, "addListener")
                .is_some_and(|add| add.call2(&target, listener.as_ref(), &filter).is_ok())
            {
                watch.listeners.push((target, listener));
            }
        }
        watch
    }

    /// What the address has to end in.
    pub(crate) fn fragment(&self) -> &str {
        &self.fragment
    }

    /// The events so far. `None` when nothing could listen.
    pub(crate) fn trail(&self) -> Option<Vec<String>> {
        (!self.listeners.is_empty()).then(|| self.seen.borrow().trail.clone())
    }

    /// The times so far.
    pub(crate) fn times(&self) -> Vec<(Moment, f64)> {
        self.seen.borrow().times.clone()
    }

    /// The status of the redirect at which the call ended, and where it leads.
    pub(crate) async fn redirect(&self) -> Option<(u16, String)> {
        self.verdict().await?.redirect
    }

    /// What was seen, with a short patience for the error that follows a rejection. `None` when nothing could listen.
    pub(crate) async fn verdict(&self) -> Option<Seen> {
        if self.listeners.is_empty() {
            return None;
        }
        if !self.seen.borrow().is_over() {
            let arrived =
                Promise::new(&mut |resolve, _| *self.arrival.borrow_mut() = Some(resolve));
            // Neither promise rejects.
            let _ = resolved(Promise::race(&Array::of2(&arrived, &pause(PATIENCE_MS)))).await;
        }
        Some(self.seen.borrow().clone())
    }

    fn listener(&self, name: &'static str) -> Listener {
        let (seen, arrival, fragment) =
            (self.seen.clone(), self.arrival.clone(), format!("#{}", self.fragment));
        Closure::new(move |details: JsValue| {
            let text = |key: &str| {
                Reflect::get(&details, &key.into()).ok().and_then(|value| value.as_string())
            };
            if !text("url").is_some_and(|url| url.ends_with(&fragment)) {
                return;
            }
            let preflight = text("method").as_deref() == Some("OPTIONS");
            seen.borrow_mut().trail.push(if preflight {
                format!("preflight:{name}")
            } else {
                name.into()
            });
            if let Some(moment) = moment(name).filter(|_| !preflight) {
                let at = Reflect::get(&details, &"timeStamp".into()).ok();
                let at = at.and_then(|at| at.as_f64()).unwrap_or_default();
                seen.borrow_mut().times.push((moment, at));
            }
            if name == "before_redirect" && !preflight {
                let status = Reflect::get(&details, &"statusCode".into()).ok();
                let status = status.and_then(|status| status.as_f64()).unwrap_or_default() as u16;
                let target = text("redirectUrl").unwrap_or_default();
                seen.borrow_mut().redirect = Some((status, without_fragment(&target).to_owned()));
            }
            if moment(name) == Some(Moment::Over) && !preflight {
                seen.borrow_mut().error = text("error");
                if let Some(arrived) = arrival.borrow_mut().take() {
                    // Resolving a promise cannot fail.
                    let _ = arrived.call0(&JsValue::NULL);
                }
            }
        })
    }
}

impl Drop for NetWatch {
    fn drop(&mut self) {
        for (target, listener) in &self.listeners {
            if let Some(remove) = method(target, "removeListener") {
                // The browser forgets the listener with the worker anyway.
                let _ = remove.call1(target, listener.as_ref());
            }
        }
    }
}

fn moment(name: &str) -> Option<Moment> {
    match name {
        "before_redirect" => Some(Moment::Redirected),
        "headers_received" => Some(Moment::Headers),
        "completed" | "error" => Some(Moment::Over),
        _ => None,
    }
}

fn web_request(event: &str) -> Option<JsValue> {
    let chrome = Reflect::get(&js_sys::global(), &"chrome".into()).ok()?;
    let web_request = Reflect::get(&chrome, &"webRequest".into()).ok()?;
    Reflect::get(&web_request, &event.into()).ok().filter(|event| !event.is_undefined())
}

fn method(target: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(target, &name.into()).ok()?.dyn_into().ok()
}
