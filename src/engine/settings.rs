//! What the person decided.

use serde::{Deserialize, Serialize};

use super::{Channel, ChannelKind, HiddenSite, TextSize, Theme};
use crate::{assistant::OwnPrompt, retry::Policy, site_policy::SitePolicy};
use unstuck_diagnose::Cause;
use unstuck_source::{Dialect, Endpoint};

/// Begins the id of a source that the organisation gave. Its address follows: a key goes to no other.
pub const GIVEN: &str = "organisation:";

/// Whether the organisation gave the source with this id.
#[must_use]
pub fn is_given(source: &str) -> bool {
    source.starts_with(GIVEN)
}

/// An AI source, without its key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// How it is spoken to.
    pub dialect: Dialect,
    /// Base URL of its API, for instance `https://api.openai.com/v1`.
    pub base_url: String,
    /// The model to ask.
    pub model: String,
    /// What differs for it from the rules of all sources.
    pub rules: OwnRules,
    /// Whether the person wants it checked without an ask.
    pub checked: bool,
}

impl Source {
    /// Whether it is the browser's own model, which has neither address nor key.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.dialect == Dialect::BuiltIn
    }

    /// Whether it is checked without an ask. The browser's own model has nobody who could be out.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.checked && !self.is_built_in()
    }

    /// Whether the organisation gave it: then its address is not the person's to change.
    #[must_use]
    pub fn is_given(&self) -> bool {
        is_given(&self.id)
    }

    /// Where it is asked, and for which model.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint<'_> {
        Endpoint { dialect: self.dialect, base_url: &self.base_url, model: &self.model }
    }
}

/// A choice that the person made once for all: on this cause this source may answer, although the chat then goes to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fallback {
    /// What has to have gone wrong.
    pub cause: Cause,
    /// Id of the source that answers then.
    pub source: String,
}

/// What differs for one source from the rules of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnRules {
    /// Automatic attempts for one ask, the first included.
    pub attempts: Option<u32>,
    /// The longest wait, in milliseconds, that passes in silence.
    pub longest_silent_wait_ms: Option<u64>,
    /// Milliseconds to wait for the first byte of an answer.
    pub first_byte_ms: Option<u64>,
    /// Milliseconds of silence inside an answer after which it counts as cut off.
    pub stall_ms: Option<u64>,
}

/// What the person decided about the assistant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assistant {
    /// Their own ways of writing, offered beside the tones.
    pub prompts: Vec<OwnPrompt>,
    /// How many messages of a chat are read at a press.
    pub messages: u32,
    /// Whether names are taken out of them.
    pub hide_names: bool,
    /// Whether the person agreed that messages are read.
    pub may_read: bool,
    /// Whether drafts are kept on this device.
    pub keep_drafts: bool,
}

impl Assistant {
    /// At most so many messages are read.
    pub const MOST_MESSAGES: u32 = 30;
}

impl Default for Assistant {
    fn default() -> Self {
        Self {
            prompts: Vec::new(),
            messages: 6,
            hide_names: true,
            may_read: false,
            keep_drafts: true,
        }
    }
}

/// What the person decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The sources; the first one answers, the others stand in for it in this order.
    pub sources: Vec<Source>,
    /// The rules of automatic retries, for every source that has none of its own.
    pub policy: Policy,
    /// Milliseconds to wait for the first byte of an answer.
    pub first_byte_ms: u64,
    /// Milliseconds of silence inside an answer after which it counts as cut off.
    pub stall_ms: u64,
    /// Origins (`https://host`) on which the launcher is shown.
    pub sites: Vec<String>,
    /// Those of them on which the person has hidden it.
    pub hidden: Vec<HiddenSite>,
    /// Origins of the web apps whose own calls are watched.
    pub apps: Vec<String>,
    /// Which source answers by itself on which cause.
    pub fallbacks: Vec<Fallback>,
    /// Whether a source on this machine may answer whenever another one cannot.
    pub local_fallback: bool,
    /// Whether a second host may be asked, without any credentials, to tell one dead host from a dead network.
    pub second_host: bool,
    /// Whether the status page of a service is read by itself after a failure that may be the service's.
    pub status_pages: bool,
    /// The assistant.
    pub assistant: Assistant,
    /// Whether a notification tells that an ask which took long is over.
    pub notify: bool,
    /// Whether a notification tells that a source is down.
    pub notify_outages: bool,
    /// Who else is told of that, and where numbers go.
    pub channels: Vec<Channel>,
    /// Light or dark.
    pub theme: Theme,
    /// How large the words are.
    pub text_size: TextSize,
    /// The edition of the statement of what leaves the device that the person agreed to; 0 for none.
    pub agreed: u32,
    /// On which sites the organisation lets Unstuck be. Laid over what is kept, and never kept itself.
    #[serde(skip)]
    pub site_policy: Box<SitePolicy>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            policy: Policy::default(),
            first_byte_ms: 240_000,
            stall_ms: 45_000,
            sites: Vec::new(),
            hidden: Vec::new(),
            apps: Vec::new(),
            fallbacks: Vec::new(),
            local_fallback: false,
            second_host: true,
            status_pages: false,
            assistant: Assistant::default(),
            notify: false,
            notify_outages: false,
            channels: Vec::new(),
            theme: Theme::System,
            text_size: TextSize::Normal,
            agreed: 0,
            site_policy: Box::default(),
        }
    }
}

impl Settings {
    /// The present edition of the statement of what leaves the device. One that sends more needs a new agreement.
    pub const EDITION: u32 = 1;

    /// Whether the person agreed that what they ask is sent to their source.
    #[must_use]
    pub const fn may_send(&self) -> bool {
        self.agreed >= Self::EDITION
    }

    /// Whether everything looks the same under these settings.
    #[must_use]
    pub fn looks_like(&self, others: &Self) -> bool {
        (self.theme, self.text_size) == (others.theme, others.text_size)
    }

    /// What the person knows a channel by: its name, else that of its kind. A channel that was taken away has its id left.
    #[must_use]
    pub fn channel_called<'a>(&'a self, id: &'a str) -> &'a str {
        let Some(channel) = self.channels.iter().find(|channel| channel.id == id) else {
            return id;
        };
        match channel.kind.sink() {
            Some(sink) if channel.name.is_empty() => sink.name(),
            _ => &channel.name,
        }
    }

    /// Whether a notification offers to write a mail about an outage.
    #[must_use]
    pub fn mails(&self) -> bool {
        self.channels.iter().any(|channel| channel.kind == ChannelKind::Mail)
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    pub(crate) fn source_mut(&mut self, id: &str) -> Option<&mut Source> {
        self.sources.iter_mut().find(|source| source.id == id)
    }
}
