//! The core in the browser, as four files by feature: `worker` (the engine, its calls, the card), `pages` (options, report,
//! troubleshooter, drafts), `diagnose` (the site) and `library` (the npm package).
//!
//! The only crate that knows the browser. JavaScript hands events in and performs the effects that come out.

#![cfg(target_arch = "wasm32")]

#[cfg(any(feature = "worker", feature = "pages", feature = "diagnose"))]
mod clock;
#[cfg(any(feature = "worker", feature = "pages"))]
mod convert;
mod field;
#[cfg(feature = "library")]
mod library;
#[cfg(any(feature = "worker", feature = "pages"))]
mod net;
#[cfg(feature = "pages")]
mod pages;
#[cfg(any(feature = "diagnose", feature = "library"))]
mod read;
#[cfg(feature = "diagnose")]
mod site;
#[cfg(any(feature = "worker", feature = "pages", feature = "diagnose"))]
mod words;
#[cfg(feature = "worker")]
mod worker;

#[cfg(feature = "library")]
pub use library::{diagnose, explain};
#[cfg(feature = "pages")]
pub use pages::Pages;
#[cfg(feature = "diagnose")]
pub use site::Site;
#[cfg(any(feature = "worker", feature = "pages", feature = "diagnose"))]
pub use words::speak;
#[cfg(feature = "worker")]
pub use worker::Worker;

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Takes the phrases by which causes are told (`phrases.bin`); false for those of another build. Comes first of all.
#[wasm_bindgen]
#[must_use]
pub fn learn(phrases: Vec<u8>) -> bool {
    unstuck_diagnose::workspace::learn(phrases)
}

/// Turns plain data into a plain JavaScript value.
fn value(data: &impl Serialize) -> JsValue {
    data.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
