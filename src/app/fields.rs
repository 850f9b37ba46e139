//! JSON that others wrote, read field by field: what can be understood is taken, what is wrong is noted with its path and why.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use unstuck_engine::{OwnRules, Rule};
use unstuck_source::{Dialect, base_url, json};

/// What is wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidationError {
    /// Where, as in `sources[2].model`.
    pub path: String,
    /// Message key of the reason.
    pub reason: String,
}

/// Reads values and notes what is wrong with them.
#[derive(Debug, Default)]
pub struct Reader {
    /// All that was wrong so far.
    pub wrong: Vec<ValidationError>,
}

impl Reader {
    /// Notes that something is wrong here.
    pub fn note<T>(&mut self, path: &str, reason: &str) -> Option<T> {
        self.wrong.push(ValidationError { path: path.to_owned(), reason: reason.to_owned() });
        None
    }

    /// True or false.
    pub fn flag(&mut self, path: &str, value: &str) -> Option<bool> {
        match value {
            "true" => Some(true),
            "false" => Some(false),
            _ => self.note(path, "wrong_flag"),
        }
    }

    /// A text that is not empty.
    pub fn text(&mut self, path: &str, value: &str) -> Option<String> {
        match json::text(value) {
            Some(text) if text.trim().is_empty() => self.note(path, "wrong_empty"),
            Some(text) => Some(text),
            None => self.note(path, "wrong_text"),
        }
    }

    /// A whole number of this range.
    pub fn number(&mut self, path: &str, value: &str, range: RangeInclusive<u64>) -> Option<u64> {
        match value.parse() {
            Ok(number) if range.contains(&number) => Some(number),
            Ok(_) => self.note(path, "wrong_range"),
            Err(_) => self.note(path, "wrong_number"),
        }
    }

    /// The entries of a list, each with its path.
    pub fn list<'a>(&mut self, path: &str, value: &'a str) -> Vec<(String, &'a str)> {
        if !value.starts_with('[') {
            self.note::<()>(path, "wrong_list");
        }
        let items = json::items(value).into_iter().enumerate();
        items.map(|(at, item)| ([path, "[", &at.to_string(), "]"].concat(), item)).collect()
    }

    /// The entries of an object: name, path and value.
    pub fn entries<'a>(&mut self, path: &str, value: &'a str) -> Vec<(String, String, &'a str)> {
        if !value.starts_with('{') {
            self.note::<()>(path, "wrong_object");
        }
        let dot = if path.is_empty() { "" } else { "." };
        let entries = json::entries(value).into_iter();
        entries
            .map(|(name, value)| ([path, dot, &name].concat(), value, name))
            .map(|(path, value, name)| (name, path, value))
            .collect()
    }

    /// An address of an API.
    pub fn address(&mut self, path: &str, value: &str) -> Option<String> {
        let address = self.text(path, value)?;
        base_url(&address).ok().or_else(|| self.note(path, "wrong_address"))
    }

    /// A dialect.
    pub fn dialect(&mut self, path: &str, value: &str) -> Option<Dialect> {
        let id = self.text(path, value)?;
        Dialect::from_id(&id).or_else(|| self.note(path, "wrong_name"))
    }

    /// A length of time in milliseconds, within the range of its rule.
    pub fn ms(&mut self, path: &str, value: &str, rule: Rule) -> Option<u64> {
        self.number(path, value, rule.range().start() * 1_000..=rule.range().end() * 1_000)
    }

    /// Automatic attempts, the first included.
    pub fn attempts(&mut self, path: &str, value: &str) -> Option<u32> {
        let range = Rule::Tries.range();
        let attempts = self.number(path, value, range.start() + 1..=range.end() + 1)?;
        u32::try_from(attempts).ok()
    }

    /// The rules of one source; `null` stands for "as for all".
    pub fn rules(&mut self, path: &str, value: &str) -> OwnRules {
        let mut rules = OwnRules::default();
        for (name, path, value) in self.entries(path, value) {
            match name.as_str() {
                _ if value == "null" => {}
                "attempts" => rules.attempts = self.attempts(&path, value),
                "longest_silent_wait_ms" => {
                    rules.longest_silent_wait_ms = self.ms(&path, value, Rule::LongestWait);
                }
                "first_byte_ms" => rules.first_byte_ms = self.ms(&path, value, Rule::FirstByte),
                "stall_ms" => rules.stall_ms = self.ms(&path, value, Rule::Silence),
                _ => _ = self.note::<()>(&path, "wrong_unknown"),
            }
        }
        rules
    }
}
