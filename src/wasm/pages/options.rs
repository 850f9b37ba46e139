//! The options and the welcome page, and the test of a source.

use js_sys::{Array, Object, Uint8Array};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{Pages, read};
use crate::{
    field::field,
    net::{now_ms, whole::fetch_text},
    value,
    words::Words,
};
use unstuck_app::{
    options::{
        Fields, OptionsPress, Page, Shortcut, Test, Trial,
        find::{self, Find},
    },
    view,
};

/// Milliseconds that a test may take.
const TEST_TIMEOUT_MS: u64 = 20_000;
/// Milliseconds that a server on this computer has to answer, when nobody knows whether it is there.
const FIND_TIMEOUT_MS: u64 = 3_000;

/// As many open pages are remembered; one that was forgotten brings its memory along.
const PAGES_KEPT: usize = 8;

#[wasm_bindgen]
impl Pages {
    /// What the options page shows, or when `guided` the welcome page: the settings as they are kept, the ids of the sources whose
    /// key is stored, and the commands as `chrome.commands` tells them.
    ///
    /// # Errors
    /// When these are no commands.
    #[wasm_bindgen(unchecked_return_type = "View")]
    pub fn options_view(
        &self,
        page: &str,
        memory: Option<Vec<u8>>,
        kept: &JsValue,
        keyed: Vec<String>,
        commands: &JsValue,
        guided: bool,
    ) -> Result<JsValue, JsValue> {
        let settings = self.kept(kept);
        self.with_page(page, memory, |page| {
            page.guided = guided;
            page.keyed = keyed;
            page.shortcuts = shortcuts(commands)?;
            page.managed = self.managed.borrow().clone();
            Ok(value(&view::options::view(&settings, page, &Words)))
        })
    }

    /// What the page has to bring along with its next press, should the worker have died by then.
    #[must_use]
    pub fn options_memory(&self, page: &str) -> Uint8Array {
        self.with_page(page, None, |page| Uint8Array::from(page.to_bytes().as_slice()))
    }

    /// Takes a press with what stands in the fields, and gives the effects, to be performed in order.
    ///
    /// # Errors
    /// When nothing of the kind can be pressed.
    #[wasm_bindgen(unchecked_return_type = "OptionsEffect[]")]
    pub fn options_press(
        &self,
        page: &str,
        memory: Option<Vec<u8>>,
        kept: &JsValue,
        keyed: Vec<String>,
        press: &JsValue,
        fields: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let press: OptionsPress = read(press)?;
        let (settings, fields) = (self.kept(kept), typed(fields));
        // No source was ever added at this very moment before.
        let new_id = ["source-", &now_ms().to_string()].concat();
        let effects = self.with_page(page, memory, |page| {
            page.keyed = keyed;
            page.managed = self.managed.borrow().clone();
            page.press(&settings, press, &fields, &new_id)
        });
        Ok(value(&effects))
    }

    /// What was pressed last could not be kept: the page is as its memory has it from before the press, and says so.
    pub fn options_unsaved(&self, page: &str, memory: Option<Vec<u8>>) {
        let before = memory.map_or_else(Page::default, |memory| Page::from_bytes(&memory));
        self.with_page(page, None, |page| page.unsaved(before));
    }

    /// Id of the source or the channel that is being tested, under which its key may be stored.
    #[must_use]
    pub fn options_trial(&self, page: &str) -> Option<String> {
        self.tested_channel(page).or_else(|| self.trial(page).map(|trial| trial.source))
    }

    /// Tells the channel that is being tested, asks the source that is for its models, or every server that may run here. The
    /// page tells the outcome. `salt` begins the keys of incidents. Gives a link that has to be opened.
    pub async fn options_test(
        &self,
        page: String,
        stored_key: Option<String>,
        salt: String,
    ) -> Option<String> {
        if let Some(channel) = self.tested_channel(&page) {
            return self.test_channel(&page, &channel, stored_key, &salt).await;
        }
        let Some(trial) = self.trial(&page) else {
            self.look_for_servers(&page).await;
            return None;
        };
        let answer = fetch_text(&trial.request(stored_key), TEST_TIMEOUT_MS).await;
        self.with_page(&page, None, |page| page.tested(&trial, trial.outcome(answer)));
        None
    }

    /// Looks, before anybody asked, for what answers on this computer, as long as the person has no source: the browser's own model,
    /// and if the browser lets us reach this computer (`here`) and the person agreed, its servers. Gives whether there is any.
    pub async fn options_glance(&self, page: String, kept: JsValue, here: bool) -> bool {
        let settings = self.kept(&kept);
        if !settings.sources.is_empty() {
            return false;
        }
        let found = look(here && settings.may_send()).await;
        self.with_page(&page, None, |page| page.find.glanced(found))
    }

    /// Tells the share of the browser's own model that was downloaded, from 0 to 1.
    pub fn options_downloading(&self, page: &str, share: f64) {
        self.with_page(page, None, |page| page.downloading((share * 100.0) as u8));
    }

    /// Tells how the download ended: with the name and the message of an exception, or well.
    pub fn options_downloaded(&self, page: &str, name: Option<String>, message: Option<String>) {
        self.with_page(page, None, |page| page.downloaded(name, message));
    }
}

impl Pages {
    /// Begins or goes on with an open page: its id is that of its document, and `memory` is what it was given last.
    pub(super) fn with_page<T>(
        &self,
        id: &str,
        memory: Option<Vec<u8>>,
        run: impl FnOnce(&mut Page) -> T,
    ) -> T {
        let pages = &mut *self.options.borrow_mut();
        let known = pages.iter().position(|(known, _)| known == id);
        let at = known.unwrap_or_else(|| {
            let page = memory.map_or_else(Page::default, |memory| Page::from_bytes(&memory));
            pages.truncate(PAGES_KEPT - 1);
            pages.insert(0, (id.to_owned(), page));
            0
        });
        run(&mut pages[at].1)
    }

    async fn look_for_servers(&self, page: &str) {
        if !self.with_page(page, None, |page| page.find == Find::Running) {
            return;
        }
        let found = look(true).await;
        self.with_page(page, None, |page| page.find = Find::Over(found));
    }

    fn trial(&self, page: &str) -> Option<Trial> {
        self.with_page(page, None, |page| match &page.test {
            Test::Running(trial) => Some((**trial).clone()),
            _ => None,
        })
    }
}

/// What answers on this computer.
async fn look(servers: bool) -> Vec<find::Found> {
    let mut found = Vec::new();
    for (service, request) in find::candidates(servers) {
        found.extend(find::identify(service, fetch_text(&request, FIND_TIMEOUT_MS).await));
    }
    found
}

/// The keys that open the card. The entry for the button in the toolbar has no words of its own.
fn shortcuts(commands: &JsValue) -> Result<Vec<Shortcut>, JsValue> {
    let commands: Vec<Command> = read(commands)?;
    let shortcut = |Command { description, shortcut }| {
        let keys = shortcut.unwrap_or_default();
        description.filter(|does| !does.is_empty()).map(|does| Shortcut { does, keys })
    };
    Ok(commands.into_iter().filter_map(shortcut).collect())
}

/// A command as `chrome.commands` tells it.
#[derive(Deserialize)]
struct Command {
    description: Option<String>,
    shortcut: Option<String>,
}

/// The fields of the page: texts, and whether access was granted.
pub(super) fn typed(fields: &JsValue) -> Fields {
    let entries = Object::entries(fields.unchecked_ref());
    let typed = entries.iter().filter_map(|entry| {
        let entry = Array::from(&entry);
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    });
    let granted = field(fields, "granted").is_some_and(|granted| granted.is_truthy());
    Fields { typed: typed.collect(), granted }
}
