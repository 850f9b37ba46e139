//! `unstuck.toml`: what is asked, how often, and who is told.

use std::collections::BTreeMap;

use serde::Deserialize;
use unstuck_diagnose::workspace::checksum;
use unstuck_health::channel::{
    address::{check_key, check_url},
    sink::Sink,
};
use unstuck_source::{Dialect, base_url, presets};

use super::{
    secret::{LITERAL, Place, Secret},
    span::Span,
};

/// The detector watches so many sources.
const MOST_PROBES: usize = 31;
/// A status page is read no more often.
const STATUS_INTERVAL: Span = Span::seconds(60);
/// Where PagerDuty takes events.
const PAGERDUTY: &str = "https://events.pagerduty.com/v2/enqueue";
/// What is asked when nothing else is said.
const PROMPT: &str = "Answer with the word OK and nothing else.";

/// What a run of a probe does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Check {
    /// Lists the models: free, and proves address and key.
    #[default]
    Models,
    /// Asks and reads the whole answer.
    Answer,
    /// Lists the models, asks, reads the answer, asks and stops in mid-stream, asks again.
    Chat,
    /// Reads the status page of the provider.
    Status,
}

impl Check {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Models => "models",
            Self::Answer => "answer",
            Self::Chat => "chat",
            Self::Status => "status",
        }
    }
}

/// What an answer has to be like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expect {
    /// A text that stands in it; upper and lower case are the same.
    pub(super) contains: Option<String>,
    /// So long its first chunk may take.
    pub(super) max_first_chunk: Option<Span>,
    /// So long the whole answer may take.
    pub(super) max_duration: Option<Span>,
}

/// One thing that is watched.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub(super) name: String,
    /// A preset or a dialect, as it was written.
    pub(super) source: String,
    pub(super) dialect: Dialect,
    pub(super) base_url: String,
    pub(super) model: String,
    pub(super) key: Option<Secret>,
    pub(super) check: Check,
    pub(super) prompt: String,
    pub(super) interval: Span,
    pub(super) timeout: Span,
    pub(super) failures: u32,
    pub(super) successes: u32,
    pub(super) quiet: Span,
    pub(super) expect: Expect,
}

/// Somebody who is told.
#[derive(Debug, Clone)]
pub(super) struct Alert {
    /// Stable as long as its address and key are.
    pub(super) id: String,
    pub(super) sink: Sink,
    pub(super) url: Secret,
    pub(super) key: Option<Secret>,
}

/// Who a mail is from, and who gets it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mail {
    pub(super) from: String,
    pub(super) to: String,
}

/// Everything that the file says.
#[derive(Debug, Clone)]
pub(super) struct Config {
    pub(super) probes: Vec<Probe>,
    pub(super) alerts: Vec<Alert>,
    pub(super) mail: Option<Mail>,
    /// An address that has nothing to do with any source: whether it answers tells "them" from "me".
    pub(super) control: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    probe: Vec<ProbeEntry>,
    #[serde(default)]
    alert: Vec<AlertEntry>,
    mail: Option<Mail>,
    control: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProbeEntry {
    name: String,
    source: String,
    base_url: Option<String>,
    #[serde(default)]
    model: String,
    key: Option<Place>,
    #[serde(default)]
    check: Check,
    prompt: Option<String>,
    interval: Option<Span>,
    timeout: Option<Span>,
    failures: Option<u32>,
    successes: Option<u32>,
    quiet: Option<Span>,
    #[serde(default)]
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlertEntry {
    to: Sink,
    url: Option<String>,
    key: Option<Place>,
}

/// What is wrong with the file: the key of its message, and what belongs into it. A value of the file is never among it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) key: &'static str,
    pub(super) arguments: Vec<String>,
}

fn wrong<T>(key: &'static str, arguments: &[&str]) -> Result<T, Wrong> {
    Err(Wrong { key, arguments: arguments.iter().map(|&text| text.to_owned()).collect() })
}

impl Config {
    /// Reads a file, and the secrets that it names.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(text: &str, alertmanagers: &[String]) -> Result<Self, Wrong> {
        let file: File = toml::from_str(text).or_else(|error| unreadable(text, &error))?;
        let probes = probes(file.probe, secret)?;
        let mut alerts = Vec::new();
        for entry in file.alert {
            alerts.push(alert(entry)?);
        }
        for url in alertmanagers {
            let url = Some(url.clone());
            alerts.push(alert(AlertEntry { to: Sink::Alertmanager, url, key: None })?);
        }
        let is_address = |text: &str| {
            text.contains('@')
                && text.len() <= 320
                && text.bytes().all(|b| (b' '..=b'~').contains(&b))
        };
        if file.mail.as_ref().is_some_and(|mail| !is_address(&mail.from) || !is_address(&mail.to)) {
            return wrong("command_config_mail", &[]);
        }
        let control = file.control.map(|url| base_url(&url).or_else(|_| address("control")));
        Ok(Self { probes, alerts, mail: file.mail, control: control.transpose()? })
    }
}

/// The probes of a file alone, without their secrets: what is told of them elsewhere.
///
/// # Errors
///
/// What is wrong with the file.
pub(super) fn without_secrets(text: &str) -> Result<Vec<Probe>, Wrong> {
    let file: File = toml::from_str(text).or_else(|error| unreadable(text, &error))?;
    probes(file.probe, |_| Ok(None))
}

/// The settings of each probe as they stand in a file that was found to be right.
pub(super) fn settings(text: &str) -> Option<Vec<BTreeMap<String, serde_json::Value>>> {
    #[derive(Deserialize)]
    struct Plain {
        probe: Vec<BTreeMap<String, serde_json::Value>>,
    }
    toml::from_str::<Plain>(text).ok().map(|file| file.probe)
}

fn probes(
    entries: Vec<ProbeEntry>,
    open: impl Fn(Option<&Place>) -> Result<Option<Secret>, Wrong>,
) -> Result<Vec<Probe>, Wrong> {
    if entries.is_empty() {
        return wrong("command_config_empty", &[]);
    }
    if entries.len() > MOST_PROBES {
        return wrong("command_config_many", &[&MOST_PROBES.to_string()]);
    }
    let mut probes: Vec<Probe> = Vec::new();
    for entry in entries {
        let key = open(entry.key.as_ref())?;
        let probe = probe(entry, key)?;
        if probes.iter().any(|other| other.name == probe.name) {
            return wrong("command_config_twice", &[&probe.name]);
        }
        probes.push(probe);
    }
    Ok(probes)
}

fn address<T>(place: &str) -> Result<T, Wrong> {
    wrong("command_config_address", &[place])
}

/// What the parser says, without a value of the file: it may be a secret that was put in the wrong place.
fn unreadable<T>(text: &str, error: &toml::de::Error) -> Result<T, Wrong> {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let line =
        (text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1).to_string();
    let said = error.message();
    let names = ["unknown field", "missing field", "duplicate key"];
    if let Some(name) = names.iter().find(|name| said.starts_with(**name)) {
        let field = said.split('`').nth(1).filter(|field| presets::owner_of(field).is_none());
        return wrong("command_config_field", &[&line, name, field.unwrap_or("••••")]);
    }
    match said.find("expected ") {
        _ if said == LITERAL => wrong("command_config_literal", &[&line]),
        Some(at) => {
            let wanted = said[at..].lines().next().unwrap_or_default();
            wrong("command_config_value", &[&line, wanted])
        }
        None => wrong("command_config_toml", &[&line]),
    }
}

/// A text of the file that is shown. One that looks like a key of a provider is refused.
fn open(field: &str, text: &str) -> Result<(), Wrong> {
    let shows = text.split(['=', '/', '?', '&', ' ']).any(|part| presets::owner_of(part).is_some());
    if shows { wrong("command_config_shown", &[field]) } else { Ok(()) }
}

fn secret(place: Option<&Place>) -> Result<Option<Secret>, Wrong> {
    let opened = place.map(Place::open).transpose();
    opened.or_else(|place| wrong("command_config_secret", &[&place]))
}

fn probe(entry: ProbeEntry, key: Option<Secret>) -> Result<Probe, Wrong> {
    let base = entry.base_url.as_deref();
    for (field, text) in [
        ("name", &*entry.name),
        ("source", &entry.source),
        ("model", &entry.model),
        ("base_url", base.unwrap_or_default()),
        ("prompt", entry.prompt.as_deref().unwrap_or_default()),
        ("contains", entry.expect.contains.as_deref().unwrap_or_default()),
    ] {
        open(field, text)?;
    }
    let name = entry.name;
    let is_line =
        !name.trim().is_empty() && name.len() <= 80 && !name.chars().any(char::is_control);
    if !is_line {
        return wrong("command_config_name", &[]);
    }
    let preset = presets::find(&entry.source);
    let dialect = preset.map(|preset| preset.dialect).or_else(|| Dialect::from_id(&entry.source));
    let known = dialect.filter(|dialect| *dialect != Dialect::BuiltIn);
    let Some(dialect) = known else {
        let ids: Vec<_> = presets::ALL.iter().map(|preset| preset.id).collect();
        let ids: Vec<_> = ids.into_iter().filter(|id| *id != "built_in").collect();
        return wrong("command_config_source", &[&name, &ids.join(", ")]);
    };
    let own = preset.map(|preset| preset.base_url).filter(|url| !url.contains(presets::BLANK));
    let Some(base) = base.or(own) else { return wrong("command_config_base", &[&name]) };
    let Ok(base_url) = base_url(base) else { return address("base_url") };
    let asks = matches!(entry.check, Check::Answer | Check::Chat);
    let names_model = dialect == Dialect::Azure || !entry.model.is_empty();
    if asks && !names_model {
        return wrong("command_config_model", &[&name]);
    }
    let interval = entry.interval.unwrap_or(Span::seconds(300));
    if entry.check == Check::Status && interval < STATUS_INTERVAL {
        return wrong("command_config_status", &[&name]);
    }
    let counts = [entry.failures.unwrap_or(3), entry.successes.unwrap_or(2)];
    if counts.iter().any(|count| !(1..=99).contains(count)) {
        return wrong("command_config_count", &[&name]);
    }
    Ok(Probe {
        key,
        source: entry.source,
        dialect,
        base_url,
        model: entry.model,
        check: entry.check,
        prompt: entry.prompt.unwrap_or_else(|| PROMPT.to_owned()),
        interval,
        timeout: entry.timeout.unwrap_or(Span::seconds(30)),
        failures: counts[0],
        successes: counts[1],
        quiet: entry.quiet.unwrap_or(Span::seconds(900)),
        expect: entry.expect,
        name,
    })
}

fn alert(entry: AlertEntry) -> Result<Alert, Wrong> {
    let sink = entry.to;
    let takes = matches!(
        sink,
        Sink::Slack | Sink::PagerDuty | Sink::Alertmanager | Sink::Teams | Sink::Webhook
    );
    if !takes {
        return wrong("command_config_sink", &[sink.name()]);
    }
    let url = match (entry.url.as_deref(), sink) {
        (None, Sink::PagerDuty) => Secret::from(PAGERDUTY),
        (None, _) => return wrong("command_config_alert_url", &[sink.name()]),
        (Some(text), _) => match (Place::read(text), sink) {
            (Some(place), _) => match place.open() {
                Ok(url) => url,
                Err(place) => return wrong("command_config_secret", &[&place]),
            },
            (None, Sink::Alertmanager) if !text.contains("/api/") => {
                Secret::from(&*[text.trim_end_matches('/'), "/api/v2/alerts"].concat())
            }
            (None, Sink::Alertmanager | Sink::PagerDuty) => Secret::from(text),
            // Whoever knows the address can write there.
            (None, _) => return wrong("command_config_alert_literal", &[sink.name()]),
        },
    };
    let key = secret(entry.key.as_ref())?;
    let checked = check_url(sink, url.open())
        .and_then(|()| check_key(sink, key.as_ref().map_or("", Secret::open)));
    match checked {
        Ok(()) => {
            let key_text = key.as_ref().map_or("", Secret::open);
            let sum = checksum([url.open(), key_text].concat().as_bytes());
            Ok(Alert { id: format!("{}-{sum:08x}", sink.name()), sink, url, key })
        }
        Err(found) => wrong(found.key, &[sink.name(), &found.host]),
    }
}
