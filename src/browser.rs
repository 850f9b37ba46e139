//! The only code that knows the browser: what the worker and the site call, and what performs the engine's effects.

mod call;
mod chrome;
mod journal;
mod net_watch;
mod options;
mod site;
mod vault;
mod worker;

use js_sys::Promise;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

use crate::{
    engine::{Event, Press, Surface},
    view::{options::OptionsPress, popup::PopupPress},
};

pub use site::Site;

/// A message from one of our own surfaces.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Message {
    /// The person opened the card at a message box.
    Open,
    /// Something on the card was pressed.
    Press { press: Press },
    /// The page lost its line to an earlier life of the worker.
    Resume,
    /// The popup was opened for a tab.
    Popup { tab: i32 },
    /// Something in the popup was pressed.
    PopupPress { tab: i32, press: PopupPress },
    /// The options page was opened.
    Options,
    /// Something in the options was pressed.
    OptionsPress { press: OptionsPress },
}

/// Restores the journal and the settings. Called once in the life of a worker, before anything else.
///
/// # Errors
/// When the browser's storage cannot be sealed or read.
#[wasm_bindgen]
pub async fn start() -> Result<(), JsValue> {
    worker::start().await
}

/// Takes a message from a content script or an own page. The promise of a card's message stays open as long as
/// something on that card still moves: that keeps the worker alive for exactly this time.
///
/// # Errors
/// When the message is not one of ours or its sender may not send it.
#[wasm_bindgen]
pub async fn receive(message: JsValue, sender: JsValue) -> Result<JsValue, JsValue> {
    let message: Message = serde_wasm_bindgen::from_value(message)?;
    let sender = chrome::Sender::read(&sender)?;
    match message {
        Message::Open => on_card(sender.surface()?, |surface| Event::Opened { surface }).await,
        Message::Press { press } => {
            on_card(sender.surface()?, |surface| Event::Pressed { surface, press }).await
        }
        Message::Resume => worker::hold(&sender.surface()?).await,
        Message::Popup { tab } => {
            sender.must_be_own_page()?;
            Ok(worker::popup(tab))
        }
        Message::PopupPress { tab, press } => {
            sender.must_be_own_page()?;
            worker::popup_press(tab, press).await
        }
        Message::Options => {
            sender.must_be_own_page()?;
            options::show().await
        }
        Message::OptionsPress { press } => {
            sender.must_be_own_page()?;
            options::press(press).await
        }
    }
}

async fn on_card(
    surface: Surface,
    event: impl FnOnce(Surface) -> Event,
) -> Result<JsValue, JsValue> {
    worker::dispatch(event(surface.clone())).await;
    worker::hold(&surface).await
}

/// An alarm fired.
#[wasm_bindgen]
pub async fn woke() {
    worker::dispatch(Event::Woke).await;
}

/// The browser is online again.
#[wasm_bindgen]
pub async fn online() {
    worker::dispatch(Event::Online).await;
}

/// The person called for a draft by shortcut or menu in this frame of this tab.
///
/// # Errors
/// When the page is one into which the browser lets no extension.
#[wasm_bindgen]
pub async fn summon(tab: i32, frame: i32) -> Result<(), JsValue> {
    worker::summon(tab, frame).await
}

/// Registers the launcher for the sites that are switched on, after an installation or update.
///
/// # Errors
/// When the browser refuses the registration.
#[wasm_bindgen]
pub async fn register_sites() -> Result<(), JsValue> {
    options::register_sites().await
}

fn resolved(promise: Promise) -> JsFuture {
    promise.into()
}

fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}
