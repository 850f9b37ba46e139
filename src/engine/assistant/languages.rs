//! Languages to translate into, each under its own name: the same in every language, and understood by every model.

/// Code and name.
pub const ALL: [(&str, &str); 26] = [
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nb", "Norsk"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("zh", "中文"),
];

/// What stands for a language that is not in the list.
const ENGLISH: &str = "en";

/// The code in the list for a locale (`pt_BR`).
#[must_use]
pub fn code_of(locale: &str) -> &'static str {
    let primary = locale.split(['-', '_']).next().unwrap_or_default();
    ALL.iter().map(|(code, _)| *code).find(|code| *code == primary).unwrap_or(ENGLISH)
}

/// The language as a source is told of it.
pub(super) fn name_of(code: &str) -> String {
    let code = code_of(code);
    let name = ALL.iter().find(|(known, _)| *known == code).map_or(ENGLISH, |(_, name)| *name);
    [name, " (", code, ")"].concat()
}
