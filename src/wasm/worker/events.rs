//! What happens, told to the engine. Each event gives the effects, to be performed in order.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{
    Worker, press,
    types::{JsEffects, JsFields, JsFrame, JsPress},
};
use crate::{field::text, net::scope};
use unstuck_engine::{Event, assistant::Message};
use unstuck_health::Answer;

#[wasm_bindgen]
impl Worker {
    /// A time has come that was waited for.
    #[must_use]
    pub fn woke(&self) -> JsEffects {
        self.step(Event::Woke { online: scope().navigator().on_line() })
    }

    /// The network is back.
    #[must_use]
    pub fn online(&self) -> JsEffects {
        self.step(Event::Online)
    }

    /// The browser grants access to a site that it did not grant before.
    #[must_use]
    pub fn access_granted(&self) -> JsEffects {
        self.step(Event::AccessGranted)
    }

    /// A channel was told, with what `Pages::tell` gave; nothing where nothing was sent.
    #[must_use]
    pub fn told(&self, ticket: f64, answer: &[u8]) -> JsEffects {
        let answer = postcard::from_bytes(answer);
        let answer = answer.unwrap_or(Answer::TryLater { after_ms: None });
        self.step(Event::Told { ticket: ticket as u64, answer })
    }

    /// The journal could not be written.
    #[must_use]
    pub fn journal_failed(&self) -> JsEffects {
        self.step(Event::JournalFailed)
    }

    /// The person has cleared the list of failures.
    #[must_use]
    pub fn cleared(&self) -> JsEffects {
        self.step(Event::Cleared)
    }

    /// Everything is deleted.
    #[must_use]
    pub fn erased(&self) -> JsEffects {
        self.step(Event::Erased)
    }

    /// These sources have a key, and these are the marks of their keys.
    #[must_use]
    pub fn keyed(&self, sources: Vec<String>, marks: &[u32]) -> JsEffects {
        self.step(Event::Keyed { keys: sources.into_iter().zip(marks.iter().copied()).collect() })
    }

    /// These settings are kept from now on.
    #[must_use]
    pub fn configured(&self, settings: &JsValue) -> JsEffects {
        let settings = self.governed(settings);
        self.step(Event::Configured { settings })
    }

    /// A card was opened in a frame of this site.
    #[must_use]
    pub fn opened(&self, frame: &JsFrame, site: String) -> JsEffects {
        self.step(Event::Opened { frame: frame.into(), site })
    }

    /// Something was pressed on a card, with what is typed there. Of two presses the one with the greater number came later.
    ///
    /// # Errors
    /// When nothing of the kind can be pressed.
    pub fn pressed(
        &self,
        frame: &JsFrame,
        press: &JsPress,
        typed: Option<JsFields>,
        number: Option<f64>,
    ) -> Result<JsEffects, JsValue> {
        let press = press::press(press).ok_or("no such press")?;
        let typed = typed.map(|typed| press::typed(&typed)).unwrap_or_default();
        let seq = number.map_or(0, |number| number as u64);
        Ok(self.step(Event::Pressed { frame: frame.into(), press, typed, seq }))
    }

    /// The person is typing in a card.
    #[must_use]
    pub fn typed(&self, frame: &JsFrame, typed: &JsFields) -> JsEffects {
        self.step(Event::Typed { frame: frame.into(), typed: press::typed(typed) })
    }

    /// A text was put into the message box, or could not be.
    #[must_use]
    pub fn inserted(&self, frame: &JsFrame, done: bool) -> JsEffects {
        self.step(Event::Inserted { frame: frame.into(), done })
    }

    /// The adapter of this messenger did not find its message box.
    #[must_use]
    pub fn box_missed(&self, frame: &JsFrame, messenger: String) -> JsEffects {
        self.step(Event::BoxMissed { frame: frame.into(), messenger })
    }

    /// What stands in the message box.
    #[must_use]
    pub fn box_read(&self, frame: &JsFrame, text: String) -> JsEffects {
        self.step(Event::BoxRead { frame: frame.into(), text })
    }

    /// The last messages of the chat: `from`, `name` and `text` of each.
    #[must_use]
    pub fn messages_read(&self, frame: &JsFrame, messages: &Array) -> JsEffects {
        let message = |message: JsValue| {
            let mine = text(&message, "from")? == "me";
            let name = text(&message, "name").unwrap_or_default();
            Some(Message { mine, name, text: text(&message, "text")? })
        };
        let messages = messages.iter().filter_map(message).collect();
        self.step(Event::MessagesRead { frame: frame.into(), messages })
    }

    /// A text that was typed before a reload found no box after it.
    #[must_use]
    pub fn text_kept(&self, frame: &JsFrame, text: String) -> JsEffects {
        self.step(Event::TextKept { frame: frame.into(), text })
    }

    /// The person is back at the page.
    #[must_use]
    pub fn returned(&self, frame: &JsFrame) -> JsEffects {
        self.step(Event::Returned { frame: frame.into() })
    }

    /// The page is gone.
    #[must_use]
    pub fn gone(&self, frame: &JsFrame) -> JsEffects {
        self.step(Event::Gone { frame: frame.into() })
    }

    /// The status page of the service behind a source tells of trouble: the id of the source and the words, as the pages' file
    /// sealed them.
    #[must_use]
    pub fn status_said(&self, sealed: &[u8]) -> JsEffects {
        match postcard::from_bytes(sealed) {
            Ok((source, words)) => self.step(Event::StatusSaid { source, words }),
            Err(_) => Vec::new().into(),
        }
    }

    /// The troubleshooter has changed a diagnosis: the call and the diagnosis, as the pages' file sealed them.
    #[must_use]
    pub fn reconsidered(&self, sealed: &[u8]) -> JsEffects {
        match postcard::from_bytes(sealed) {
            Ok((call, diagnosis)) => {
                self.step(Event::Reconsidered { call, diagnosis: Box::new(diagnosis) })
            }
            Err(_) => Vec::new().into(),
        }
    }
}
