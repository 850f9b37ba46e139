//! The languages of the pages: English at the root of the site, each other one in a folder of its own.

use std::sync::LazyLock;

use unstuck_diagnose::{Catalogue, Messages};

/// A language that the pages are written in.
pub(crate) struct Language {
    /// As BCP 47 has it; also the folder of its pages.
    pub(crate) tag: String,
    /// What it calls itself.
    pub(crate) name: String,
}

macro_rules! locales {
    ($($name:literal),*) => {
        [$(include_str!(concat!("../../../../extension/_locales/", $name, "/messages.json"))),*]
    };
}

/// English first; then as a list of names in their own letters is read.
const LOCALES: [&str; 17] = locales![
    "en", "id", "de", "es", "fr", "it", "pt_BR", "tr", "vi", "ru", "he", "ar", "hi", "zh_CN",
    "zh_TW", "ja", "ko"
];

/// All of them in this order, each with its words.
static LANGUAGES: LazyLock<Vec<(Language, Catalogue)>> = LazyLock::new(|| {
    let english = Catalogue::parse(LOCALES[0]).unwrap_or_default();
    let read = |json: &&str| {
        let messages = english.clone().translated(json).unwrap_or_default();
        let get = |key| messages.get(key, &[]);
        let language = Language { tag: get("language_tag"), name: get("site_language_name") };
        (language, messages)
    };
    LOCALES.iter().map(read).collect()
});

pub(crate) fn all() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.iter().map(|(language, _)| language)
}

/// All of them, with their words.
pub(crate) fn spoken() -> &'static [(Language, Catalogue)] {
    &LANGUAGES
}

impl Language {
    /// The folder of its pages below the root of the site, with a slash behind it; none for English.
    pub(crate) fn folder(&self) -> String {
        if self.tag == "en" { String::new() } else { format!("{}/", self.tag) }
    }

    pub(crate) fn direction(&self) -> &'static str {
        if ["ar", "he"].contains(&self.tag.as_str()) { "rtl" } else { "ltr" }
    }
}
