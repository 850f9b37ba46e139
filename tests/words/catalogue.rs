//! The catalogue as it is written: descriptions, placeholders and repeated keys, which the core does not read.

use std::{collections::BTreeMap, fmt, fs};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

pub(crate) const ENGLISH: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/_locales/en/messages.json");

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Message {
    pub(crate) message: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) placeholders: BTreeMap<String, Placeholder>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Placeholder {
    pub(crate) content: String,
    #[serde(default)]
    pub(crate) example: String,
}

/// Entries as they are written, a repeated key included.
struct Entries(Vec<(String, Message)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("messages by key")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

pub(crate) fn entries() -> Vec<(String, Message)> {
    let Entries(entries) = serde_json::from_str(&fs::read_to_string(ENGLISH).unwrap()).unwrap();
    entries
}

pub(crate) fn messages() -> BTreeMap<String, Message> {
    entries().into_iter().collect()
}

/// The messages of one cause, sorted by key.
pub(crate) fn of_cause<'a>(
    messages: &'a BTreeMap<String, Message>,
    id: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Message)> {
    messages
        .iter()
        .filter(move |(key, _)| key.strip_prefix(id).is_some_and(|part| part.starts_with('_')))
        .map(|(key, message)| (key.as_str(), message))
}

pub(crate) fn names(message: &str) -> Vec<String> {
    message.split('$').skip(1).step_by(2).map(str::to_lowercase).collect()
}
