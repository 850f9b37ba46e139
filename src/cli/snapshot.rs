//! `unstuck snapshot`: what the sources are set to, to be kept while they answer and compared with when they do not.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use unstuck_diagnose::{Messages, workspace::checksum};

use super::{Outcome, Stop, probe};

/// The shape of a snapshot.
const VERSION: u32 = 1;

/// Writes what the sources of unstuck.toml are set to, without any secret, or says what has changed since.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck probe --once && unstuck snapshot > last-good.json
  unstuck snapshot --diff last-good.json")]
pub(super) struct Arguments {
    /// The settings of `unstuck probe`
    #[arg(long, value_name = "FILE", default_value = "unstuck.toml")]
    config: PathBuf,

    /// Say what has changed since this snapshot
    #[arg(long, value_name = "FILE")]
    diff: Option<PathBuf>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Snapshot {
    version: u32,
    sources: BTreeMap<String, Source>,
}

/// One source: its settings by name, and their sum, by which two are told apart at a glance.
#[derive(Debug, Serialize, Deserialize)]
struct Source {
    sum: String,
    settings: BTreeMap<String, Value>,
}

pub(super) fn run(arguments: Arguments, words: &dyn Messages) -> Result<Outcome, Stop> {
    let shown = arguments.config.display().to_string();
    let text = read(&arguments.config, words)?;
    let now = probe::settings(&text, words)
        .map_err(|wrong| Stop::Usage([&shown, ": ", &wrong].concat()))
        .and_then(|settings| Ok(Snapshot::of(settings)?))?;
    let mut out = io::stdout().lock();
    let Some(path) = arguments.diff else {
        writeln!(out, "{}", serde_json::to_string_pretty(&now)?)?;
        return Ok(Outcome::Done);
    };
    let then: Snapshot = serde_json::from_str(&read(&path, words)?)
        .ok()
        .filter(|snapshot: &Snapshot| snapshot.version == VERSION)
        .ok_or_else(|| {
            let path = path.display().to_string();
            Stop::Usage(words.get("command_snapshot_none", &[&path]))
        })?;
    let changes = changes(&then, &now, words);
    for change in &changes {
        writeln!(out, "{change}")?;
    }
    Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Status(1) })
}

fn read(path: &Path, words: &dyn Messages) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(|error| {
        let path = path.display().to_string();
        Stop::Usage(words.get("command_unreadable", &[&path, &error.to_string()]))
    })
}

impl Snapshot {
    fn of(settings: Vec<BTreeMap<String, Value>>) -> serde_json::Result<Self> {
        let mut sources = BTreeMap::new();
        for mut settings in settings {
            let name = settings.remove("name").map_or_else(String::new, shown);
            let sum = format!("{:08x}", checksum(&serde_json::to_vec(&settings)?));
            sources.insert(name, Source { sum, settings });
        }
        Ok(Self { version: VERSION, sources })
    }
}

fn changes(then: &Snapshot, now: &Snapshot, words: &dyn Messages) -> Vec<String> {
    let mut told = Vec::new();
    let names: BTreeSet<_> = then.sources.keys().chain(now.sources.keys()).collect();
    for name in names {
        match (then.sources.get(name), now.sources.get(name)) {
            (Some(then), Some(now)) => {
                let fields: BTreeSet<_> = then.settings.keys().chain(now.settings.keys()).collect();
                for field in fields {
                    let of = |source: &Source| source.settings.get(field).cloned();
                    let (then, now) = (of(then), of(now));
                    if then != now {
                        let none = || words.get("command_snapshot_unset", &[]);
                        let [then, now] = [then, now].map(|value| value.map_or_else(none, shown));
                        told.push(
                            words.get("command_snapshot_changed", &[name, field, &then, &now]),
                        );
                    }
                }
            }
            (None, _) => told.push(words.get("command_snapshot_new", &[name])),
            (_, None) => told.push(words.get("command_snapshot_gone", &[name])),
        }
    }
    told
}

/// A text as it is, anything else as JSON.
fn shown(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
