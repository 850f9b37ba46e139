//! Every other language, held to English: the same messages, the same places to fill in, no English left over.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use super::catalogue::{self, Message, names};

const LOCALES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/_locales");

/// The plural categories of whole numbers beside `other`, by CLDR.
const CATEGORIES: [(&str, &[&str]); 16] = [
    ("ar", &["few", "many", "one", "two", "zero"]),
    ("de", &["one"]),
    ("es", &["many", "one"]),
    ("fr", &["many", "one"]),
    ("he", &["one", "two"]),
    ("hi", &["one"]),
    ("id", &[]),
    ("it", &["many", "one"]),
    ("ja", &[]),
    ("ko", &[]),
    ("pt_BR", &["many", "one"]),
    ("ru", &["few", "many", "one"]),
    ("tr", &["one"]),
    ("vi", &[]),
    ("zh_CN", &[]),
    ("zh_TW", &[]),
];

/// Every language, English too.
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    std::iter::once("en").chain(CATEGORIES.map(|(locale, _)| locale))
}

pub(crate) fn words(locale: &str) -> BTreeMap<String, Message> {
    serde_json::from_str(&fs::read_to_string(format!("{LOCALES}/{locale}/messages.json")).unwrap())
        .unwrap()
}

/// The message whose plural form this is, and the category.
fn form<'a>(key: &'a str, english: &BTreeMap<String, Message>) -> Option<(&'a str, &'a str)> {
    let (plain, category) = key.rsplit_once('_')?;
    let is_form = english.contains_key(&format!("{plain}_one")) && english.contains_key(plain);
    (is_form && ["few", "many", "one", "two", "zero"].contains(&category))
        .then_some((plain, category))
}

/// A translated message beside the English one that it stands for.
struct Pair<'a> {
    /// Locale and key.
    at: String,
    own: &'a str,
    english: &'a str,
    is_form: bool,
}

fn for_each(mut judge: impl FnMut(&Pair)) {
    let english = catalogue::messages();
    for (locale, _) in CATEGORIES {
        for (key, Message { message, .. }) in words(locale) {
            let form = form(&key, &english);
            let plain = form.map_or(&*key, |(plain, _)| plain);
            let Some(Message { message: told, .. }) = english.get(plain) else { continue };
            let at = format!("{locale} {key}");
            judge(&Pair { at, own: &message, english: told, is_form: form.is_some() });
        }
    }
}

#[test]
fn every_locale_is_known() {
    let mut folders: Vec<_> = fs::read_dir(LOCALES)
        .unwrap()
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "en")
        .collect();
    folders.sort();
    assert_eq!(folders, CATEGORIES.map(|(locale, _)| locale));
}

#[test]
fn every_message_is_translated() {
    let english = catalogue::messages();
    for (locale, categories) in CATEGORIES {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for key in english.keys() {
            match form(key, &english) {
                None => drop(wanted.insert(key.clone())),
                Some((plain, _)) => {
                    wanted.extend(categories.iter().map(|category| format!("{plain}_{category}")));
                }
            }
        }
        let written: BTreeSet<String> = words(locale).into_keys().collect();
        let missing: Vec<_> = wanted.difference(&written).collect();
        let unknown: Vec<_> = written.difference(&wanted).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{locale}: {missing:?} {unknown:?}");
    }
}

#[test]
fn places_to_fill_in_match() {
    for_each(|Pair { at, own, english, is_form }| {
        let places = |text| names(text).into_iter().collect::<BTreeSet<_>>();
        let (filled, wanted) = (places(own), places(english));
        // A form may tell its number in letters.
        assert!(filled == wanted || *is_form && filled.is_subset(&wanted), "{at}: {own}");
    });
}

#[test]
fn options_of_the_command_stay() {
    let options = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .filter(|word| word.starts_with("--"))
            .map(str::to_owned)
            .collect()
    };
    for_each(|Pair { at, own, english, .. }| assert_eq!(options(own), options(english), "{at}"));
}

#[test]
fn translations_have_tidy_marks() {
    for_each(|Pair { at, own, .. }| {
        assert!(!own.is_empty() && own.trim() == *own, "{at}");
        assert!(!own.contains("  ") && !own.contains(['\n', '"']), "{at}: {own}");
        // People may exclaim, Unstuck does not.
        let is_quiet = !own.contains(['!', '！', '¡']) || at.contains(" site_chat_");
        assert!(is_quiet, "{at}: {own}");
    });
}

#[test]
fn no_english_sentence_is_left() {
    for_each(|Pair { at, own, english, .. }| {
        let is_sentence = english.split(' ').filter(|word| word.len() > 2).count() > 3;
        assert!(!is_sentence || own != english, "{at}: {own}");
    });
}
