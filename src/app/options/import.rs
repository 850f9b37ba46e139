//! A file of settings: checked field by field, and taken over only once the person has seen what is wrong with it.

use serde::{Deserialize, Serialize};

use super::site_origin;
use crate::fields::{Reader, ValidationError};
use unstuck_diagnose::{Cause, workspace::origin};
use unstuck_engine::{
    Assistant, Fallback, Rule, Settings, Source, TextSize, Theme, assistant::OwnPrompt,
};
use unstuck_source::json;

/// The version of the format that is written and read. A file of a newer one is refused as a whole.
pub const VERSION: u64 = 1;

/// What a file is called by its own words.
pub const FORMAT: &str = "unstuck-settings";

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// The settings as they would be.
    pub settings: Settings,
    /// What is wrong with the file; nothing of that is taken over.
    pub wrong: Vec<ValidationError>,
    /// Match patterns of all hosts in it: the browser asks anew for each.
    pub origins: Vec<String>,
}

/// Reads a file. `new_id` begins the ids of its sources.
///
/// # Errors
/// With the message key of the reason why the file is refused as a whole.
pub(super) fn read(file: &str, current: &Settings, new_id: &str) -> Result<Import, &'static str> {
    let format = json::find(file, &["format"]).and_then(json::text);
    let version = json::find(file, &["version"]).and_then(|version| version.parse::<u64>().ok());
    let settings = json::find(file, &["settings"]);
    let (Some(FORMAT), Some(version), Some(settings)) = (format.as_deref(), version, settings)
    else {
        return Err("import_foreign");
    };
    if version > VERSION {
        return Err("import_newer");
    }
    let mut reading =
        Reading { reader: Reader::default(), settings: current.clone(), ids: Vec::new() };
    let entries = reading.reader.entries("", settings);
    // The other fields speak of sources by the ids that these get here.
    for (_, path, value) in entries.iter().filter(|(name, ..)| name == "sources") {
        reading.sources(path, value, current, new_id);
    }
    for (name, path, value) in &entries {
        reading.entry(name, path, value);
    }
    let Reading { reader: Reader { wrong }, settings, .. } = reading;
    let hosts = settings.sources.iter().filter(|source| !current.sources.contains(source));
    let hosts = hosts.map(|source| origin(&source.base_url).to_owned());
    let sites = settings.sites.iter().filter(|site| !current.sites.contains(site));
    let apps = settings.apps.iter().filter(|app| !current.apps.contains(app));
    let sites = sites.chain(apps).cloned();
    // Kept in order as they come: a sort would cost the wasm 5 KB.
    let mut origins: Vec<String> = Vec::new();
    for host in hosts.chain(sites) {
        let Some(origin) = site_origin(&host).map(|origin| origin + "/*") else { continue };
        if let Err(place) = origins.binary_search(&origin) {
            origins.insert(place, origin);
        }
    }
    Ok(Import { settings, wrong, origins })
}

struct Reading {
    reader: Reader,
    settings: Settings,
    /// Ids in the file, and here.
    ids: Vec<(String, String)>,
}

impl Reading {
    fn entry(&mut self, name: &str, path: &str, value: &str) {
        let Self { reader, settings, .. } = self;
        match name {
            "sources" => {}
            "policy" => {
                for (name, path, value) in reader.entries(path, value) {
                    match name.as_str() {
                        "attempts" => {
                            put(&mut settings.policy.attempts, reader.attempts(&path, value))
                        }
                        "longest_silent_wait_ms" => put(
                            &mut settings.policy.longest_silent_wait_ms,
                            reader.ms(&path, value, Rule::LongestWait),
                        ),
                        // No setting of a person's.
                        "backoff" | "spread" => {}
                        _ => _ = reader.note::<()>(&path, "wrong_unknown"),
                    }
                }
            }
            "first_byte_ms" => {
                put(&mut settings.first_byte_ms, reader.ms(path, value, Rule::FirstByte));
            }
            "stall_ms" => put(&mut settings.stall_ms, reader.ms(path, value, Rule::Silence)),
            "local_fallback" => put(&mut settings.local_fallback, reader.flag(path, value)),
            "second_host" => put(&mut settings.second_host, reader.flag(path, value)),
            "status_pages" => put(&mut settings.status_pages, reader.flag(path, value)),
            // The browser's leave comes with a press, not with a file.
            "notify" | "notify_outages" => {}
            "theme" => {
                let theme = reader.text(path, value).map(|id| Theme::from_id(&id));
                let theme =
                    theme.and_then(|theme| theme.or_else(|| reader.note(path, "wrong_name")));
                put(&mut settings.theme, theme);
            }
            "text_size" => {
                let size = reader.text(path, value).map(|id| TextSize::from_id(&id));
                let size = size.and_then(|size| size.or_else(|| reader.note(path, "wrong_name")));
                put(&mut settings.text_size, size);
            }
            // Each is given on this device, by a press and not by a file.
            "agreed" | "hidden" => {}
            "sites" | "apps" => {
                let sites = reader.list(path, value).into_iter().filter_map(|(path, value)| {
                    let site = reader.text(&path, value)?;
                    site_origin(&site).or_else(|| reader.note(&path, "wrong_site"))
                });
                let mut sites: Vec<_> = sites.collect();
                sites.dedup();
                *if name == "sites" { &mut settings.sites } else { &mut settings.apps } = sites;
            }
            "fallbacks" => self.fallbacks(path, value),
            "assistant" => self.assistant(path, value),
            _ => _ = reader.note::<()>(path, "wrong_unknown"),
        }
    }

    /// A stored key goes to the place for which it was entered: a source keeps its id, and with it its key, only at the same
    /// address as before.
    fn sources(&mut self, path: &str, value: &str, current: &Settings, new_id: &str) {
        let list = self.reader.list(path, value);
        let mut sources: Vec<Source> = Vec::new();
        for (number, (path, value)) in list.into_iter().enumerate() {
            let Some((id, mut source)) = self.source(&path, value) else { continue };
            let known = current.source(&id).filter(|known| {
                origin(&known.base_url) == origin(&source.base_url)
                    && sources.iter().all(|other| other.id != id)
            });
            source.checked = known.is_some_and(|known| known.checked);
            source.id = match known {
                Some(known) => known.id.clone(),
                None => [new_id, "-", &number.to_string()].concat(),
            };
            self.ids.push((id, source.id.clone()));
            sources.push(source);
        }
        self.settings
            .fallbacks
            .retain(|fallback| sources.iter().any(|source| source.id == fallback.source));
        self.settings.sources = sources;
    }

    /// A source and its id in the file. Without an address it is none; every other field can be mended in the options.
    fn source(&mut self, path: &str, value: &str) -> Option<(String, Source)> {
        let (mut source, mut at) = (Source::default(), None);
        let reader = &mut self.reader;
        for (name, path, value) in reader.entries(path, value) {
            match name.as_str() {
                "id" => put(&mut source.id, reader.text(&path, value)),
                "name" => put(&mut source.name, reader.text(&path, value)),
                "model" => put(&mut source.model, reader.text(&path, value)),
                "dialect" => put(&mut source.dialect, reader.dialect(&path, value)),
                "base_url" => at = Some(reader.address(&path, value)),
                "rules" => source.rules = reader.rules(&path, value),
                // Switched on by a press and not by a file.
                "checked" => {}
                _ => _ = reader.note::<()>(&path, "wrong_unknown"),
            }
        }
        let Some(at) = at else { return reader.note(path, "wrong_no_address") };
        source.base_url = at?;
        if source.name.is_empty() {
            source.name = origin(&source.base_url).to_owned();
        }
        Some((source.id.clone(), source))
    }

    /// The leave to read chats is no file's to give.
    fn assistant(&mut self, path: &str, value: &str) {
        let Self { reader, settings: Settings { assistant, .. }, .. } = self;
        for (name, path, value) in reader.entries(path, value) {
            match name.as_str() {
                "prompts" => {
                    let list = reader.list(&path, value).into_iter().enumerate();
                    let prompts = list.filter_map(|(at, (path, value))| {
                        let part = |name| json::find(value, &[name]).and_then(json::text);
                        let id = ["prompt-file-", &at.to_string()].concat();
                        match (part("name"), part("text")) {
                            (Some(name), Some(text)) => Some(OwnPrompt { id, name, text }),
                            _ => reader.note(&path, "wrong_text"),
                        }
                    });
                    assistant.prompts = prompts.collect();
                }
                "messages" => {
                    let range = 1..=u64::from(Assistant::MOST_MESSAGES);
                    let count = reader.number(&path, value, range);
                    put(&mut assistant.messages, count.map(|count| count as u32));
                }
                "hide_names" => put(&mut assistant.hide_names, reader.flag(&path, value)),
                "keep_drafts" => put(&mut assistant.keep_drafts, reader.flag(&path, value)),
                "may_read" => {}
                _ => _ = reader.note::<()>(&path, "wrong_unknown"),
            }
        }
    }

    fn fallbacks(&mut self, path: &str, value: &str) {
        let mut fallbacks = Vec::new();
        for (path, value) in self.reader.list(path, value) {
            let cause = json::find(value, &["cause"]).and_then(json::text);
            let source = json::find(value, &["source"]).and_then(json::text);
            let cause = cause.and_then(|id| Cause::from_id(&id));
            let source = source.and_then(|id| self.ids.iter().find(|(known, _)| *known == id));
            match (cause, source) {
                (Some(cause), Some((_, source))) => {
                    fallbacks.push(Fallback { cause, source: source.clone() });
                }
                _ => _ = self.reader.note::<()>(&path, "wrong_fallback"),
            }
        }
        self.settings.fallbacks = fallbacks;
    }
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
