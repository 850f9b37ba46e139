//! The options page as plain data: what is open on it, and what each press changes. Sans-IO, like the engine.

mod trial;

use serde::Serialize;

use crate::{
    Cause, Failure, classify,
    engine::{Settings, Source},
    source::{
        UrlError, base_url,
        presets::{self, Preset, origin},
    },
};
pub use trial::{Test, Trial};

/// Between the name of a service and a model, where two sources would have the same name.
const APART: &str = " · ";

/// What can be pressed in the options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsPress {
    /// Show the services that a new source can be of.
    AddSource,
    /// Begin a source of this service; any other id stands for a service that is not in the list.
    ChooseService {
        /// Id of the preset.
        service: String,
    },
    /// Change this source.
    EditSource {
        /// Its id.
        source: String,
    },
    /// Close what is open.
    CloseSource,
    /// Keep the source as it is typed. An empty key keeps the one that is stored.
    SaveSource,
    /// Ask the source for its models, which costs nothing and proves address and key.
    TestSource,
    /// Take one of these models.
    TakeModel {
        /// Its name.
        model: String,
    },
    /// Forget the stored key of the open source.
    ForgetKey,
    /// Ask this source before the one that is before it now.
    RaiseSource {
        /// Its id.
        source: String,
    },
    /// Ask whether this source is to go.
    DoubtSource {
        /// Its id.
        source: String,
    },
    /// Remove this source and its key.
    RemoveSource {
        /// Its id.
        source: String,
    },
    /// Let sources on this machine stand in for others, or not.
    LocalFallback {
        /// Whether they may.
        on: bool,
    },
    /// Ask again before another source answers on this cause.
    ForgetFallback {
        /// Id of the cause.
        cause: String,
    },
    /// Let a second host be asked when one is silent, or not.
    SecondHost {
        /// Whether it may.
        on: bool,
    },
    /// Show the launcher on the site that is typed.
    AddSite,
    /// No longer show it there.
    RemoveSite {
        /// Its origin.
        site: String,
    },
}

/// The fields of the page as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// Base URL.
    pub base_url: String,
    /// Key; empty for "as stored".
    pub key: String,
    /// Model.
    pub model: String,
    /// Address or host of a site.
    pub site: String,
    /// Whether the browser granted access to the address that the press is about.
    pub granted: bool,
}

/// What the shell has to do. Performed in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsEffect {
    /// Keep these settings and tell the engine.
    KeepSettings {
        /// All of them.
        settings: Settings,
    },
    /// Keep this key, encrypted.
    KeepKey {
        /// Id of its source.
        source: String,
        /// The key.
        key: String,
    },
    /// Forget the key of a source.
    ForgetKey {
        /// Id of the source.
        source: String,
    },
    /// Show the launcher on exactly the sites of the settings.
    RegisterSites,
}

/// What is open on the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field.
    pub field: &'static str,
    /// Message key.
    pub key: &'static str,
    /// What is filled into the message.
    pub name: String,
}

/// What the page shows besides the settings. Lives only as long as the page is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What is open.
    pub open: Open,
    /// Ids of the sources whose key is stored.
    pub keyed: Vec<String>,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
    /// Message key of what was just done.
    pub done: Option<&'static str>,
    /// The test.
    pub test: Test,
    /// Id of the source that was just moved: the next press is likely to be about it again.
    pub raised: Option<String>,
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
        press: OptionsPress,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        self.problems.clear();
        self.done = None;
        self.raised = None;
        let mut changed = settings.clone();
        match press {
            OptionsPress::AddSource => self.turn_to(Open::Services),
            OptionsPress::ChooseService { service } => {
                self.turn_to(Open::Source(new_source(&service, new_id)))
            }
            OptionsPress::EditSource { source } => {
                self.turn_to(settings.source(&source).cloned().map_or(Open::List, Open::Source));
            }
            OptionsPress::CloseSource => self.turn_to(Open::List),
            OptionsPress::DoubtSource { source } => self.turn_to(Open::Doubt(source)),
            OptionsPress::TakeModel { model } => {
                if let Open::Source(open) = &mut self.open {
                    fields.base_url.clone_into(&mut open.base_url);
                    open.model = model;
                }
            }
            OptionsPress::TestSource => {
                self.test = self
                    .trial(settings, fields)
                    .map_or(Test::None, |trial| Test::Running(Box::new(trial)))
            }
            OptionsPress::SaveSource => return self.save(changed, fields),
            OptionsPress::ForgetKey => {
                let Open::Source(open) = &self.open else { return Vec::new() };
                self.done = Some("options_forgotten");
                return vec![OptionsEffect::ForgetKey { source: open.id.clone() }];
            }
            OptionsPress::RemoveSource { source } => {
                self.turn_to(Open::List);
                changed.sources.retain(|known| known.id != source);
                changed.fallbacks.retain(|fallback| fallback.source != source);
                self.done = Some("options_source_removed");
                return vec![
                    OptionsEffect::KeepSettings { settings: changed },
                    OptionsEffect::ForgetKey { source },
                ];
            }
            OptionsPress::RaiseSource { source } => {
                let at = changed.sources.iter().position(|known| known.id == source);
                if let Some(at) = at.filter(|at| *at > 0) {
                    changed.sources.swap(at, at - 1);
                    self.raised = Some(source);
                }
            }
            OptionsPress::LocalFallback { on } => changed.local_fallback = on,
            OptionsPress::SecondHost { on } => changed.second_host = on,
            OptionsPress::ForgetFallback { cause } => {
                let cause = Cause::from_id(&cause);
                changed.fallbacks.retain(|fallback| Some(fallback.cause) != cause);
            }
            OptionsPress::AddSite => {
                let Some(site) = self.site(fields) else { return Vec::new() };
                changed.sites.retain(|known| *known != site);
                changed.sites.push(site);
            }
            OptionsPress::RemoveSite { site } => changed.sites.retain(|known| *known != site),
        }
        let sites = changed.sites != settings.sites;
        let mut effects = Vec::new();
        if changed != *settings {
            self.done = Some("options_saved");
            effects.push(OptionsEffect::KeepSettings { settings: changed });
        }
        effects.extend(sites.then_some(OptionsEffect::RegisterSites));
        effects
    }

    /// Takes the outcome of a test, unless something else is tested by now.
    pub fn tested(&mut self, trial: &Trial, outcome: Test) {
        if self.test == Test::Running(Box::new(trial.clone())) {
            self.test = outcome;
        }
    }

    fn turn_to(&mut self, open: Open) {
        self.open = open;
        self.test = Test::None;
    }

    fn note(&mut self, field: &'static str, key: &'static str, name: &str) {
        self.problems.push(Problem { field, key, name: name.to_owned() });
    }

    fn save(&mut self, mut settings: Settings, fields: &Fields) -> Vec<OptionsEffect> {
        let Some(trial) = self.trial(&settings, fields) else { return Vec::new() };
        let Open::Source(open) = &self.open else { return Vec::new() };
        let mut source = open.clone();
        let needs_key = presets::at(&trial.base_url).filter(|preset| preset.needs_key);
        if let Some(service) =
            needs_key.filter(|_| trial.key.is_empty() && !self.has_key(&source.id))
        {
            self.note("key", "options_empty_key", service.name);
        }
        if source.model.is_empty() {
            self.note("model", "options_empty_model", "");
        }
        if !self.problems.is_empty() {
            return Vec::new();
        }
        source.name = name_of(&source.name, &trial.base_url);
        source.base_url = trial.base_url;
        let others = settings.sources.iter().filter(|other| other.id != source.id);
        if others.into_iter().any(|other| other.name == source.name) {
            source.name = [&source.name, APART, &source.model].concat();
        }
        let mut effects = Vec::new();
        if !trial.key.is_empty() {
            effects.push(OptionsEffect::KeepKey { source: source.id.clone(), key: trial.key });
        }
        match settings.sources.iter_mut().find(|known| known.id == source.id) {
            Some(known) => *known = source,
            None => settings.sources.push(source),
        }
        self.turn_to(Open::List);
        self.done = Some("options_saved");
        effects.push(OptionsEffect::KeepSettings { settings });
        effects
    }

    /// The open source as it is typed, or `None` with the problems noted. What was typed is kept, the key excepted.
    fn trial(&mut self, settings: &Settings, fields: &Fields) -> Option<Trial> {
        let Open::Source(open) = &mut self.open else { return None };
        fields.base_url.clone_into(&mut open.base_url);
        fields.model.trim().clone_into(&mut open.model);
        let (source, dialect) = (open.id.clone(), open.dialect);
        let key = fields.key.trim().to_owned();
        let base_url = match base_url(&fields.base_url) {
            Ok(url) if url.contains(presets::BLANK) => Err("options_own_address"),
            Ok(_) if !fields.granted => Err("options_no_access"),
            Ok(url) => Ok(url),
            Err(UrlError::NotAnAddress) => Err("options_bad_url"),
            Err(UrlError::NotSecure) => Err("options_http_url"),
        };
        let base_url = base_url.map_err(|problem| self.note("base_url", problem, "")).ok()?;
        let service = presets::at(&base_url);
        let owner = presets::owner_of(&key);
        if let Some(owner) = owner.filter(|owner| service.is_some_and(|service| service != *owner))
        {
            self.note("key", "options_key_of_other", owner.name);
            return None;
        }
        // A stored key goes to the place for which it was entered, and to no other.
        let stored = settings.source(&source).filter(|_| key.is_empty() && self.has_key(&source));
        if stored.is_some_and(|stored| origin(&stored.base_url) != origin(&base_url)) {
            self.note("key", "options_key_again", "");
            return None;
        }
        Some(Trial { source, dialect, base_url, key })
    }

    fn site(&mut self, fields: &Fields) -> Option<String> {
        let site = site_origin(&fields.site);
        match site {
            None => self.note("site", "options_bad_site", ""),
            Some(_) if !fields.granted => self.note("site", "options_no_access", ""),
            Some(site) => return Some(site),
        }
        None
    }
}

fn new_source(service: &str, id: &str) -> Source {
    let id = id.to_owned();
    presets::find(service).map_or_else(
        || Source { id: id.clone(), ..Source::default() },
        |Preset { name, dialect, base_url, .. }| Source {
            id: id.clone(),
            name: (*name).to_owned(),
            dialect: *dialect,
            base_url: (*base_url).to_owned(),
            model: String::new(),
        },
    )
}

/// The service's own name where its host tells it, else the name it was chosen by, else its host.
fn name_of(chosen: &str, base_url: &str) -> String {
    let called = Failure { url: Some(base_url.into()), ..Failure::default() };
    let chosen = chosen.split(APART).next();
    let chosen = presets::ALL.iter().find(|preset| Some(preset.name) == chosen);
    let known = classify(&called).provider.map(|provider| provider.name());
    let named = known.or_else(|| chosen.map(|preset| preset.name));
    named.or_else(|| called.host()).unwrap_or(base_url).to_owned()
}

/// The origin of a site that was typed as an address or as a bare host, without its port: the browser matches hosts.
#[must_use]
pub fn site_origin(site: &str) -> Option<String> {
    let site = site.trim();
    let address = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
    let scheme = address.split_once("://")?.0.to_ascii_lowercase();
    let failure = Failure { url: Some(address), ..Failure::default() };
    let host = failure
        .host()
        .filter(|host| host.contains('.') || host.eq_ignore_ascii_case("localhost"))?;
    matches!(scheme.as_str(), "http" | "https")
        .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests;
