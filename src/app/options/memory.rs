//! What the open page remembers for the worker, which may die between two presses.

use serde::{Deserialize, Serialize};

use super::{ChannelOpen, Open, Page, Test, Undo};
use unstuck_engine::assistant::OwnPrompt;

#[derive(Serialize, Deserialize)]
struct Memory {
    open: Open,
    undo: Option<Undo>,
    models: Option<Vec<String>>,
    prompt: Option<OwnPrompt>,
    channel: ChannelOpen,
    part: String,
    declined: bool,
}

impl Page {
    /// What has to be known of the page to go on with it. Holds no key.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let models =
            if let Test::Passed(models) = &self.test { Some(models.clone()) } else { None };
        let (open, undo, prompt) = (self.open.clone(), self.undo.clone(), self.prompt.clone());
        let (channel, part, declined) = (self.channel, self.part.clone(), self.declined);
        let memory = Memory { open, undo, models, prompt, channel, part, declined };
        postcard::to_allocvec(&memory).unwrap_or_default()
    }

    /// The page as it was when [`Page::to_bytes`] wrote it; a fresh one when that was another version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let Ok(Memory { open, undo, models, prompt, channel, part, declined }) =
            postcard::from_bytes(bytes)
        else {
            return Self::default();
        };
        let test = models.map_or(Test::None, Test::Passed);
        Self { open, undo, test, prompt, channel, part, declined, ..Self::default() }
    }
}
