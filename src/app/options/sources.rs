//! The sources: which there are, in which order, and with which keys.

use serde::{Deserialize, Serialize};

use super::{
    Fields, Open, OptionsEffect, Page, Test, Trial,
    key::{self, Flaw},
};
use unstuck_diagnose::{Failure, classify, workspace::origin};
use unstuck_engine::{Settings, Source};
use unstuck_source::{
    Dialect, UrlError, base_url,
    presets::{self, Preset},
};

/// Between the name of a service and a model, where two sources would have the same name.
const APART: &str = " · ";

/// What can be pressed among the sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourcePress {
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
    /// Download the browser's own model.
    Download,
    /// Open the service's own page on which keys are made.
    GetKey,
    /// Look at the key that was just pasted.
    CheckKey,
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
    /// Check this source without an ask, or no more.
    CheckSource {
        /// Its id.
        source: String,
        /// Whether it is checked.
        on: bool,
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
}

impl Page {
    pub(super) fn press_source(
        &mut self,
        settings: &mut Settings,
        press: SourcePress,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        match press {
            SourcePress::AddSource => self.turn_to(Open::Services),
            SourcePress::ChooseService { service } => {
                self.turn_to(Open::Source(new_source(&service, new_id)));
                if service == "built_in" {
                    let trial = self.trial(settings, fields);
                    self.test = trial.map_or(Test::None, |trial| Test::Running(Box::new(trial)));
                }
            }
            SourcePress::Download => self.test = Test::Downloading(0),
            SourcePress::EditSource { source } => {
                let given = self.managed.sources.iter().find(|given| given.id == source);
                let known = settings.source(&source).or(given).cloned();
                self.turn_to(known.map_or(Open::List, Open::Source));
            }
            SourcePress::CloseSource => self.turn_to(Open::List),
            SourcePress::DoubtSource { source } => self.turn_to(Open::Doubt(source)),
            SourcePress::TakeModel { model } => {
                if let Open::Source(open) = &mut self.open {
                    fields.get("base_url").clone_into(&mut open.base_url);
                    open.model = model;
                }
            }
            SourcePress::GetKey => {}
            SourcePress::CheckKey => self.check_key(fields),
            SourcePress::TestSource => {
                let trial = self.trial(settings, fields);
                if trial.is_some() {
                    self.check_key(fields);
                }
                self.test = trial.map_or(Test::None, |trial| Test::Running(Box::new(trial)));
            }
            SourcePress::SaveSource => return self.save(settings, fields).into_iter().collect(),
            SourcePress::ForgetKey => {
                let Open::Source(open) = &self.open else { return Vec::new() };
                self.done = Some("options_forgotten");
                return vec![OptionsEffect::ForgetKey { source: open.id.clone() }];
            }
            SourcePress::RemoveSource { source } => {
                self.turn_to(Open::List);
                settings.sources.retain(|known| known.id != source);
                settings.fallbacks.retain(|fallback| fallback.source != source);
                self.done = Some("options_source_removed");
                return vec![OptionsEffect::ForgetKey { source }];
            }
            SourcePress::CheckSource { source, on } => {
                let known = settings.sources.iter_mut().find(|known| known.id == source);
                if let Some(known) = known {
                    known.checked = on;
                }
            }
            SourcePress::RaiseSource { source } => {
                let at = settings.sources.iter().position(|known| known.id == source);
                if let Some(at) = at.filter(|at| *at > 0) {
                    settings.sources.swap(at, at - 1);
                    self.raised = Some(source);
                }
            }
        }
        Vec::new()
    }

    /// Takes the outcome of a test, unless something else is tested by now.
    pub fn tested(&mut self, trial: &Trial, outcome: Test) {
        if self.test == Test::Running(Box::new(trial.clone())) {
            self.test = outcome;
        }
    }

    /// Keeps the open source, and gives what has to be done with its key.
    pub(super) fn save(
        &mut self,
        settings: &mut Settings,
        fields: &Fields,
    ) -> Option<OptionsEffect> {
        let trial = self.trial(settings, fields)?;
        let Open::Source(open) = &self.open else { return None };
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
            return None;
        }
        let retired = key::flaw(&trial.key, presets::at(&trial.base_url)) == Some(Flaw::Retired);
        let key = Some(trial.key).filter(|key| !key.is_empty());
        let keep = key.map(|key| OptionsEffect::KeepKey { source: source.id.clone(), key });
        if self.is_given(&source.id) {
            self.turn_to(Open::List);
            return keep;
        }
        source.name = name_of(&source.name, &trial.base_url);
        source.base_url = trial.base_url;
        let others = settings.sources.iter().filter(|other| other.id != source.id);
        if others.into_iter().any(|other| other.name == source.name) {
            source.name = [&source.name, APART, &source.model].concat();
        }
        match settings.sources.iter_mut().find(|known| known.id == source.id) {
            Some(known) => *known = source,
            None => settings.sources.push(source),
        }
        self.turn_to(Open::List);
        self.done = Some(if retired { "options_saved_retired" } else { "options_saved" });
        keep
    }

    /// Whether the organisation gave this source: only its key is the person's.
    #[must_use]
    pub fn is_given(&self, source: &str) -> bool {
        self.managed.sources.iter().any(|given| given.id == source)
    }

    /// The open source as it is typed, or `None` with the problems noted. What was typed is kept, the key excepted.
    fn trial(&mut self, settings: &Settings, fields: &Fields) -> Option<Trial> {
        let given = matches!(&self.open, Open::Source(open) if self.is_given(&open.id) || open.is_built_in());
        let Open::Source(open) = &mut self.open else { return None };
        if !given {
            fields.get("base_url").clone_into(&mut open.base_url);
            fields.get("model").trim().clone_into(&mut open.model);
        }
        let typed_url = open.base_url.clone();
        let (source, dialect) = (open.id.clone(), open.dialect);
        let key = fields.get("key").trim().to_owned();
        let base_url = match base_url(&typed_url) {
            Ok(url) if url.contains(presets::BLANK) => Err("options_own_address"),
            Ok(_) if !fields.granted && dialect != Dialect::BuiltIn => Err("options_no_access"),
            Ok(url) => Ok(url),
            Err(UrlError::NotAnAddress) => Err("options_bad_url"),
            Err(UrlError::NotSecure) => Err("options_http_url"),
        };
        let base_url = base_url.map_err(|problem| self.note("base_url", problem, "")).ok()?;
        let flaw = key::flaw(&key, presets::at(&base_url));
        if let Some(flaw) = flaw.filter(|flaw| *flaw != Flaw::Retired) {
            self.note_flaw(flaw);
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
}

pub(super) fn new_source(service: &str, id: &str) -> Source {
    let id = id.to_owned();
    presets::find(service).map_or_else(
        || Source { id: id.clone(), ..Source::default() },
        |Preset { name, dialect, base_url, .. }| Source {
            id: id.clone(),
            name: (*name).to_owned(),
            dialect: *dialect,
            base_url: (*base_url).to_owned(),
            model: if *dialect == Dialect::BuiltIn { presets::BUILT_IN_MODEL } else { "" }
                .to_owned(),
            ..Source::default()
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
