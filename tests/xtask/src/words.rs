//! The words of the explanations alone, without what only translators read.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use unstuck_diagnose::workspace::is_told;

#[derive(Deserialize, Serialize)]
struct Message {
    message: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    placeholders: BTreeMap<String, Placeholder>,
}

#[derive(Deserialize, Serialize)]
struct Placeholder {
    content: String,
}

/// Writes those of a `messages.json`, one a line.
pub(crate) fn write(messages: &Path, file: &Path) -> Result<()> {
    let mut words: BTreeMap<String, Message> = serde_json::from_slice(&fs::read(messages)?)?;
    words.retain(|key, _| is_told(key));
    let lines: Vec<String> = words
        .iter()
        .map(|(key, message)| Ok(format!("  \"{key}\": {}", serde_json::to_string(message)?)))
        .collect::<Result<_>>()?;
    Ok(fs::write(file, format!("{{\n{}\n}}\n", lines.join(",\n")))?)
}
