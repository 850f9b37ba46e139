//! The options page as plain data: what is open on it, and what each press changes. Sans-IO, like the engine.
//!
//! Each section of the page is a file here (what can be pressed in it, and what that changes) and one of the same name in
//! `src/app/view/options/` (what it shows).

mod alerts;
mod appearance;
mod apps;
pub mod channels;
mod data;
mod effect;
pub mod find;
mod import;
mod key;
mod memory;
mod privacy;
mod prompts;
mod retry;
mod setup;
mod shortcuts;
mod sites;
mod sources;
mod trial;
mod undo;

use serde::{Deserialize, Serialize};

use crate::managed::Managed;
pub use crate::site_origin::site_origin;
pub use alerts::AlertPress;
pub use appearance::AppearancePress;
pub use apps::AppPress;
pub use channels::{ChannelOpen, ChannelPress, ChannelTest};
pub use data::DataPress;
pub use effect::OptionsEffect;
pub use import::{FORMAT, Import, VERSION};
pub use privacy::PrivacyPress;
pub use prompts::PromptPress;
pub use retry::{RetryPress, field_of};
pub use setup::SetUpPress;
pub use shortcuts::{Shortcut, ShortcutPress};
pub use sites::SitePress;
pub use sources::SourcePress;
pub use trial::{Test, Trial};
pub use undo::Undo;
use unstuck_engine::{Settings, Source, assistant::OwnPrompt};

/// What can be pressed in the options: one of what can be pressed in a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OptionsPress {
    /// On the page as a whole.
    Page(PagePress),
    /// Among the sources.
    Source(SourcePress),
    /// Among the sites.
    Site(SitePress),
    /// Among the web apps.
    App(AppPress),
    /// Among the rules of retries.
    Retry(RetryPress),
    /// In what may be done without asking.
    Privacy(PrivacyPress),
    /// Among what concerns the assistant.
    Prompt(PromptPress),
    /// In what is told outside the card.
    Alert(AlertPress),
    /// Among the channels.
    Channel(ChannelPress),
    /// In how it looks.
    Appearance(AppearancePress),
    /// Among the keys that open the card.
    Shortcut(ShortcutPress),
    /// On the data as a whole.
    Data(DataPress),
    /// While it is set up.
    SetUp(SetUpPress),
}

/// What can be pressed on the page as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PagePress {
    /// Take the last change back.
    Undo,
    /// Show the tab that is, or that has, the part in the field `part`: the address of the page names it.
    Turn,
    /// Look for the settings that have the words in the field `search`.
    Search,
}

impl From<PagePress> for OptionsPress {
    fn from(press: PagePress) -> Self {
        Self::Page(press)
    }
}

impl From<SourcePress> for OptionsPress {
    fn from(press: SourcePress) -> Self {
        Self::Source(press)
    }
}

impl From<SitePress> for OptionsPress {
    fn from(press: SitePress) -> Self {
        Self::Site(press)
    }
}

impl From<AppPress> for OptionsPress {
    fn from(press: AppPress) -> Self {
        Self::App(press)
    }
}

impl From<SetUpPress> for OptionsPress {
    fn from(press: SetUpPress) -> Self {
        Self::SetUp(press)
    }
}

impl From<RetryPress> for OptionsPress {
    fn from(press: RetryPress) -> Self {
        Self::Retry(press)
    }
}

impl From<PrivacyPress> for OptionsPress {
    fn from(press: PrivacyPress) -> Self {
        Self::Privacy(press)
    }
}

impl From<AlertPress> for OptionsPress {
    fn from(press: AlertPress) -> Self {
        Self::Alert(press)
    }
}

impl From<ChannelPress> for OptionsPress {
    fn from(press: ChannelPress) -> Self {
        Self::Channel(press)
    }
}

impl From<AppearancePress> for OptionsPress {
    fn from(press: AppearancePress) -> Self {
        Self::Appearance(press)
    }
}

impl From<ShortcutPress> for OptionsPress {
    fn from(press: ShortcutPress) -> Self {
        Self::Shortcut(press)
    }
}

impl From<DataPress> for OptionsPress {
    fn from(press: DataPress) -> Self {
        Self::Data(press)
    }
}

impl From<PromptPress> for OptionsPress {
    fn from(press: PromptPress) -> Self {
        Self::Prompt(press)
    }
}

/// The fields of the page as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// Name and value of each.
    pub typed: Vec<(String, String)>,
    /// Whether the browser granted access to the address that the press is about.
    pub granted: bool,
}

impl Fields {
    /// What was typed into the field of this name; empty when there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.typed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The same with this in the field of this name.
    fn with(&self, name: &str, value: String) -> Self {
        let mut fields = self.clone();
        fields.typed.retain(|(known, _)| known != name);
        fields.typed.push((name.to_owned(), value));
        fields
    }
}

/// What is open on the page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Open {
    /// Only the list of sources; without any, the services to choose from.
    #[default]
    List,
    /// The services to choose from.
    Services,
    /// A source, new or stored, as it was typed last.
    Source(Source),
    /// The question whether this source is to go.
    Doubt(String),
    /// A file of settings that was looked at.
    Import(Box<Import>),
    /// The question whether everything is to go.
    Erase,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field.
    pub field: String,
    /// Message key.
    pub key: String,
    /// What is filled into the message.
    pub name: String,
    /// A host that is filled in, too.
    pub host: String,
}

/// What the page shows besides the settings. Lives only as long as the page is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What is open.
    pub open: Open,
    /// What the organisation has set.
    pub managed: Managed,
    /// The keys that open the card.
    pub shortcuts: Vec<Shortcut>,
    /// Ids of the sources whose key is stored.
    pub keyed: Vec<String>,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
    /// Message key of what was just done.
    pub done: Option<&'static str>,
    /// The last change.
    pub undo: Option<Undo>,
    /// The test.
    pub test: Test,
    /// Id of the source that was just moved: the next press is likely to be about it again.
    pub raised: Option<String>,
    /// The servers on this computer.
    pub find: find::Find,
    /// Whether the welcome page is shown, which leads through the same step by step.
    pub guided: bool,
    /// The own prompt that is open, as it was typed last.
    pub prompt: Option<OwnPrompt>,
    /// What is open among the channels.
    pub channel: ChannelOpen,
    /// The test of a channel.
    pub channel_test: ChannelTest,
    /// Id of the part that the person turned to; the tab that has it is shown.
    pub part: String,
    /// The words of a setting that is looked for.
    pub search: String,
    /// Whether the person puts the agreement off: the rest can be set up before it.
    pub declined: bool,
}

impl Page {
    /// Whether a key of this source is stored.
    #[must_use]
    pub fn has_key(&self, source: &str) -> bool {
        self.keyed.iter().any(|keyed| keyed == source)
    }

    /// Takes a press with what stands in the fields. `new_id` is one that no source ever had.
    pub fn press(
        &mut self,
        settings: &Settings,
        press: impl Into<OptionsPress>,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        let press = press.into();
        if let Some(effects) = self.look_around(&press, fields) {
            return effects;
        }
        self.problems.clear();
        self.done = None;
        self.raised = None;
        self.channel_test = ChannelTest::None;
        let mut changed = settings.clone();
        let mut effects = Vec::new();
        match press {
            OptionsPress::Page(_) => return self.take_back(settings),
            OptionsPress::Source(press) => {
                effects = self.press_source(&mut changed, press, fields, new_id);
            }
            OptionsPress::Site(press) => self.press_site(&mut changed, press, fields),
            OptionsPress::App(press) => self.press_app(&mut changed, press, fields),
            OptionsPress::Retry(press) => self.press_retry(&mut changed, press, fields),
            OptionsPress::Privacy(press) => privacy::press(&mut changed, press),
            OptionsPress::Prompt(press) => {
                let more = self.press_prompt(&mut changed, press, fields, new_id);
                let mut effects = self.change(settings, changed, Vec::new());
                effects.extend(more);
                return effects;
            }
            OptionsPress::Alert(press) => {
                let refused = alerts::press(&mut changed, press, fields.granted);
                let effects = self.change(settings, changed, Vec::new());
                self.done = refused.or(self.done);
                return effects;
            }
            OptionsPress::Channel(press) => {
                effects = self.press_channel(&mut changed, press, fields, new_id);
            }
            OptionsPress::Appearance(press) => appearance::press(&mut changed, &press),
            OptionsPress::Shortcut(press) => return shortcuts::press(press),
            OptionsPress::Data(DataPress::Export) => {
                return vec![OptionsEffect::Export { format: FORMAT, version: VERSION }];
            }
            OptionsPress::Data(DataPress::Erase) => {
                *self = Self { done: Some("options_erased"), ..Self::default() };
                return vec![OptionsEffect::Erase];
            }
            OptionsPress::Data(press) => {
                effects = self.press_data(&mut changed, press, fields, new_id);
            }
            OptionsPress::SetUp(press) => {
                effects = self.press_set_up(&mut changed, press, fields, new_id);
            }
        }
        self.change(settings, changed, effects)
    }

    /// A press that changes nothing: all stays on the page that was said or typed.
    fn look_around(&mut self, press: &OptionsPress, fields: &Fields) -> Option<Vec<OptionsEffect>> {
        match press {
            OptionsPress::Page(PagePress::Turn) => {
                fields.get("part").clone_into(&mut self.part);
                self.search.clear();
                Some(Vec::new())
            }
            OptionsPress::Page(PagePress::Search) => {
                fields.get("search").trim().clone_into(&mut self.search);
                Some(Vec::new())
            }
            OptionsPress::Source(SourcePress::GetKey) => {
                let url = self.key_page();
                Some(url.map(|url| OptionsEffect::OpenPage { url }).into_iter().collect())
            }
            _ => None,
        }
    }

    fn turn_to(&mut self, open: Open) {
        self.open = open;
        self.test = Test::None;
    }

    fn note(&mut self, field: &str, key: &str, name: &str) {
        let (field, key, name) = (field.to_owned(), key.to_owned(), name.to_owned());
        self.problems.push(Problem { field, key, name, host: String::new() });
    }
}

#[cfg(test)]
mod tests;
