//! The language that the command speaks: the one that was named, else that of the environment.

use std::{env, ffi::OsString};

use unstuck_diagnose::Catalogue;

/// A language by the name of its folder, and its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Language(&'static str, &'static str);

macro_rules! words {
    ($($name:literal),*) => {
        [$(Language($name, include_str!(concat!("../../extension/_locales/", $name, "/messages.json")))),*]
    };
}

/// English first; before a language that shares its script with another, the one that is meant more often.
const LANGUAGES: [Language; 17] = words![
    "en", "ar", "de", "es", "fr", "he", "hi", "id", "it", "ja", "ko", "pt_BR", "ru", "tr", "vi",
    "zh_CN", "zh_TW"
];

/// What POSIX asks for the language of messages, in its order.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

impl Language {
    /// That of the environment; English where it names none that Unstuck speaks.
    pub(crate) fn of_environment() -> Self {
        let named = VARIABLES.iter().filter_map(|name| env::var(name).ok());
        let named = named.into_iter().find(|value| !value.is_empty());
        named.and_then(|value| closest(&value)).unwrap_or(LANGUAGES[0])
    }

    pub(crate) fn words(self) -> Catalogue {
        let english = Catalogue::parse(LANGUAGES[0].1).unwrap_or_default();
        english.clone().translated(self.1).unwrap_or(english)
    }
}

/// The language of a tag such as `pt-BR`.
///
/// # Errors
/// When Unstuck does not speak it: the key of what is said then.
pub(crate) fn named(tag: &str) -> Result<Language, &'static str> {
    closest(tag).ok_or("command_wrong_language")
}

/// The languages that Unstuck speaks.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|language| language.0)
}

/// What `--lang` names in a call that is not yet understood, and may never be.
pub(crate) fn asked_for(call: &[OsString]) -> Option<Language> {
    let at = |index: usize| call.get(index)?.to_str();
    let tag = (1..call.len()).find_map(|index| match at(index)? {
        "--lang" => at(index + 1),
        word => word.strip_prefix("--lang="),
    })?;
    closest(tag)
}

/// The language of `de_AT.UTF-8`, `zh-Hant-HK` or `pt`, if Unstuck speaks it.
fn closest(tag: &str) -> Option<Language> {
    let tag = tag.split(['.', '@']).next()?.replace('-', "_").to_lowercase();
    let primary = tag.split('_').next()?;
    let is_traditional = tag.split('_').any(|part| ["hant", "hk", "mo", "tw"].contains(&part));
    let name = match primary {
        "zh" if is_traditional => "zh_TW",
        // What ISO 639 called them before 1989.
        "iw" => "he",
        "in" => "id",
        _ => primary,
    };
    let of =
        |language: &&Language| language.0 == name || language.0.split('_').next() == Some(name);
    LANGUAGES.iter().find(of).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_find_the_closest_language() {
        for (tag, name) in [
            ("de_AT.UTF-8", Some("de")),
            ("zh_CN", Some("zh_CN")),
            ("zh", Some("zh_CN")),
            ("zh-Hant", Some("zh_TW")),
            ("zh_HK.Big5", Some("zh_TW")),
            ("pt", Some("pt_BR")),
            ("pt-PT", Some("pt_BR")),
            ("iw", Some("he")),
            ("EN-gb", Some("en")),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
            ("tlh", None),
        ] {
            assert_eq!(closest(tag).map(|language| language.0), name, "{tag}");
        }
    }
}
