//! The runner in the worker: feeds events to the engine and performs its effects in order.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use gloo_timers::callback::Timeout;
use js_sys::{Date, Function, Math, Promise, Reflect};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{
    call::{self, Canceller},
    chrome::{self, ChromeWords},
    journal, resolved, scope, vault,
};
use crate::{
    engine::{Effect, Event, Phase, Settings, State, Surface, Ticket, step},
    report,
    source::openai,
    view,
};

/// Name of the alarm that wakes a worker that died during a long wait.
const ALARM: &str = "wake";
/// Waits of at least this many milliseconds also get an alarm: the browser rounds shorter ones up.
const ALARM_FROM_MS: u64 = 30_000;
/// A streaming card is painted at most this often, in milliseconds.
const PAINT_EVERY_MS: u32 = 40;

/// What a page gets.
pub(super) const CONTENT_SCRIPTS: [&str; 2] = ["content/paint.js", "content/sense.js"];

#[derive(Default)]
struct Worker {
    state: RefCell<State>,
    running: RefCell<BTreeMap<Ticket, Canceller>>,
    held: RefCell<BTreeMap<String, Vec<Function>>>,
    timer: RefCell<Option<Timeout>>,
    paints: RefCell<BTreeSet<String>>,
    styled: RefCell<BTreeSet<String>>,
    style: RefCell<Option<String>>,
    popup_tab: Cell<Option<i32>>,
}

thread_local! {
    static WORKER: Worker = Worker::default();
}

pub(super) async fn start() -> Result<(), JsValue> {
    journal::seal().await?;
    let state = journal::read_state().await;
    WORKER.with(|worker| *worker.state.borrow_mut() = state);
    configure(journal::read_settings().await).await;
    let seed = (Math::random() * 9_007_199_254_740_991.0) as u64;
    dispatch(Event::Started { seed }).await;
    Ok(())
}

pub(super) async fn configure(settings: Settings) {
    dispatch(Event::Configured { settings }).await;
}

/// The settings as the engine knows them.
pub(super) fn settings() -> Settings {
    WORKER.with(|worker| worker.state.borrow().settings.clone())
}

/// Feeds one event to the engine and performs what it answers.
pub(super) async fn dispatch(event: Event) {
    let now_ms = Date::now() as u64;
    let effects = WORKER.with(|worker| step(&mut worker.state.borrow_mut(), now_ms, event));
    for effect in effects {
        Box::pin(perform(effect)).await;
    }
    release_idle();
    refresh_popup();
}

async fn perform(effect: Effect) {
    match effect {
        Effect::Journal => {
            let state = WORKER.with(|worker| serde_json::to_string(&*worker.state.borrow()));
            if let Ok(state) = state {
                // A full store must not stop an answer; the engine goes on with what is in memory.
                let _ = journal::write_state(state).await;
            }
        }
        Effect::Send { ticket, source, prompt } => send(ticket, &source, &prompt).await,
        Effect::Abort { ticket } => {
            if let Some(canceller) =
                WORKER.with(|worker| worker.running.borrow_mut().remove(&ticket))
            {
                canceller.cancel();
            }
        }
        Effect::WakeAt { at_ms } => wake_at(at_ms),
        Effect::Paint { surface } => paint_soon(surface).await,
        Effect::Insert { surface, text } => {
            let reply = tell(&surface, &json!({ "kind": "insert", "text": text })).await;
            let done = reply.is_ok_and(|reply| {
                Reflect::get(&reply, &"done".into()).is_ok_and(|done| done.is_truthy())
            });
            Box::pin(dispatch(Event::Inserted { surface, done })).await;
        }
        Effect::Copy { surface, text } => {
            drop(tell(&surface, &json!({ "kind": "copy", "text": text })).await)
        }
        Effect::CopyReport { surface } => {
            let report = WORKER.with(|worker| {
                let state = worker.state.borrow();
                let diagnosis = state.card(&surface)?.call.as_ref()?.diagnosis.clone()?;
                Some(report::write(&diagnosis, &ChromeWords))
            });
            if let Some(text) = report {
                drop(tell(&surface, &json!({ "kind": "copy", "text": text })).await);
            }
        }
        Effect::OpenPage { url } => {
            drop(resolved(chrome::open_tab(&chrome::value(&json!({ "url": url })))).await)
        }
        Effect::OpenOptions => drop(resolved(chrome::open_options()).await),
        Effect::ReloadPage { surface } => drop(resolved(chrome::reload_tab(surface.tab)).await),
    }
}

async fn send(ticket: Ticket, source: &str, prompt: &str) {
    let settings = settings();
    let Some(source) = settings.sources.iter().find(|known| known.id == source) else { return };
    let key = vault::key(&source.id).await;
    let request = openai::ask(source, key.as_deref(), prompt);
    let Ok(canceller) = Canceller::new() else { return };
    WORKER.with(|worker| worker.running.borrow_mut().insert(ticket, canceller.clone()));
    spawn_local(async move {
        call::run(ticket, request, settings, canceller).await;
        WORKER.with(|worker| worker.running.borrow_mut().remove(&ticket));
    });
}

fn wake_at(at_ms: u64) {
    let wait_ms = at_ms.saturating_sub(Date::now() as u64);
    let timer = Timeout::new(u32::try_from(wait_ms).unwrap_or(u32::MAX), || {
        spawn_local(dispatch(Event::Woke))
    });
    WORKER.with(|worker| *worker.timer.borrow_mut() = Some(timer));
    if wait_ms >= ALARM_FROM_MS {
        let _ = chrome::create_alarm(ALARM, &chrome::value(&json!({ "when": at_ms })));
    }
}

/// Paints now, or in a moment if the card is streaming and was painted just before.
async fn paint_soon(surface: Surface) {
    let key = surface.key();
    let streaming = WORKER.with(|worker| {
        let state = worker.state.borrow();
        state
            .card(&surface)
            .and_then(|card| card.call.as_ref())
            .is_some_and(|call| call.phase == Phase::Streaming)
    });
    if !streaming {
        return paint(&surface).await;
    }
    if WORKER.with(|worker| worker.paints.borrow_mut().insert(key.clone())) {
        let later = move || {
            WORKER.with(|worker| worker.paints.borrow_mut().remove(&key));
            spawn_local(async move { paint(&surface).await });
        };
        Timeout::new(PAINT_EVERY_MS, later).forget();
    }
}

/// Shows a surface as it is now. The style goes along the first time: it is one file for pages and cards alike.
async fn paint(surface: &Surface) {
    let view =
        WORKER.with(|worker| view::card::view(&worker.state.borrow(), surface, &ChromeWords));
    let first = WORKER.with(|worker| worker.styled.borrow_mut().insert(surface.key()));
    let style = if first { style().await } else { None };
    let told = tell(surface, &json!({ "kind": "paint", "view": view, "style": style })).await;
    badge(surface.tab);
    if told.is_err() {
        WORKER.with(|worker| worker.styled.borrow_mut().remove(&surface.key()));
        Box::pin(dispatch(Event::Gone { surface: surface.clone() })).await;
    }
}

async fn style() -> Option<String> {
    if let Some(style) = WORKER.with(|worker| worker.style.borrow().clone()) {
        return Some(style);
    }
    let response = resolved(scope().fetch_with_str(&chrome::own_url("view.css"))).await.ok()?;
    let text = resolved(web_sys::Response::from(response).text().ok()?).await.ok()?.as_string();
    WORKER.with(|worker| worker.style.borrow_mut().clone_from(&text));
    text
}

fn badge(tab: i32) {
    let open = WORKER.with(|worker| worker.state.borrow().unsettled_in(tab));
    let text = if open == 0 { String::new() } else { open.to_string() };
    let _ = chrome::set_badge_text(&chrome::value(&json!({ "tabId": tab, "text": text })));
}

async fn tell(surface: &Surface, message: &serde_json::Value) -> Result<JsValue, JsValue> {
    let to = chrome::value(&json!({ "documentId": surface.document }));
    resolved(chrome::send_to_tab(surface.tab, &chrome::value(message), &to)).await
}

/// Waits until nothing on the surface moves by itself any more.
pub(super) async fn hold(surface: &Surface) -> Result<JsValue, JsValue> {
    let busy = WORKER.with(|worker| worker.state.borrow().is_busy(surface));
    if !busy {
        return Ok(JsValue::UNDEFINED);
    }
    let settled = Promise::new(&mut |resolve, _| {
        WORKER.with(|worker| {
            worker.held.borrow_mut().entry(surface.key()).or_default().push(resolve)
        });
    });
    paint(surface).await;
    resolved(settled).await
}

fn release_idle() {
    WORKER.with(|worker| {
        let state = worker.state.borrow();
        let busy = |key: &String| {
            state
                .cards
                .get(key)
                .and_then(|card| card.call.as_ref())
                .is_some_and(|call| call.phase.is_live())
        };
        worker.held.borrow_mut().retain(|key, waiting| {
            if busy(key) {
                return true;
            }
            for resolve in waiting {
                // Resolving a promise cannot fail.
                let _ = resolve.call0(&JsValue::NULL);
            }
            false
        });
    });
}

/// What the popup shows for a tab; it is kept fresh from now on.
pub(super) fn popup(tab: i32) -> JsValue {
    WORKER.with(|worker| {
        worker.popup_tab.set(Some(tab));
        chrome::value(&view::popup::view(
            &worker.state.borrow(),
            tab,
            Date::now() as u64,
            &ChromeWords,
        ))
    })
}

pub(super) async fn popup_press(
    tab: i32,
    press: view::popup::PopupPress,
) -> Result<JsValue, JsValue> {
    use view::popup::PopupPress;
    let mut reply = json!({});
    match press {
        PopupPress::Card { surface, then } => {
            dispatch(Event::Pressed { surface, press: then }).await
        }
        PopupPress::Options => perform(Effect::OpenOptions).await,
        PopupPress::Clear => {
            let tabs: BTreeSet<i32> = WORKER.with(|worker| {
                let mut state = worker.state.borrow_mut();
                state.incidents.drain(..).map(|incident| incident.surface.tab).collect()
            });
            perform(Effect::Journal).await;
            tabs.into_iter().for_each(badge);
        }
        PopupPress::CopyReport { call } => {
            let report = WORKER.with(|worker| {
                let state = worker.state.borrow();
                let incident =
                    state.incidents.iter().find(|incident| incident.ticket.call == call)?;
                Some(report::write(&incident.diagnosis, &ChromeWords))
            });
            reply["copy"] = json!(report);
        }
    }
    let view = WORKER.with(|worker| {
        view::popup::view(&worker.state.borrow(), tab, Date::now() as u64, &ChromeWords)
    });
    reply["view"] = serde_json::to_value(view).unwrap_or_default();
    Ok(chrome::value(&reply))
}

fn refresh_popup() {
    let Some(tab) = WORKER.with(|worker| worker.popup_tab.get()) else { return };
    let message = chrome::value(&json!({ "kind": "paint_popup", "tab": tab }));
    let _ = js_sys::Reflect::set(&message, &"view".into(), &popup(tab));
    spawn_local(async move {
        // Nobody listens once the popup is closed.
        if resolved(chrome::broadcast(&message)).await.is_err() {
            WORKER.with(|worker| worker.popup_tab.set(None));
        }
    });
}

/// Wakes the content script of a frame, putting it there first if it is not.
pub(super) async fn summon(tab: i32, frame: i32) -> Result<(), JsValue> {
    let (message, to) =
        (chrome::value(&json!({ "kind": "summon" })), chrome::value(&json!({ "frameId": frame })));
    if resolved(chrome::send_to_tab(tab, &message, &to)).await.is_ok() {
        return Ok(());
    }
    let target =
        json!({ "target": { "tabId": tab, "frameIds": [frame] }, "files": CONTENT_SCRIPTS });
    resolved(chrome::execute_script(&chrome::value(&target))).await?;
    resolved(chrome::send_to_tab(tab, &message, &to)).await.map(drop)
}
