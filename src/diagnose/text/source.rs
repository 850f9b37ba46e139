//! The lexicons, one file a language, and the marks between their parts where they are packed.

/// In packed lexicons: between the stems of a concept, and after the last one once more.
pub(super) const STEM_END: u8 = 0;
/// In packed lexicons, in the place of a concept's number: the next language begins.
pub(super) const LANGUAGE_END: u8 = 0x7F;

macro_rules! lexicons {
    ($($language:literal)+) => {
        /// The code and the lexicon of every language.
        pub(crate) const LEXICONS: &[(&str, &str)] =
            &[$(($language, include_str!(concat!("../lexicon/", $language, ".tsv"))),)+];
    };
}

// English first: its words stand in messages of every language.
lexicons! {
    "en" "ar" "cs" "da" "de" "el" "es" "fa" "fr" "he" "hi" "hu" "id" "it" "ja" "ko" "nl" "pl" "pt" "ro" "ru" "sv" "th" "tr" "uk" "vi" "zh-Hans" "zh-Hant"
}
