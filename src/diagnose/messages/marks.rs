//! The marks that a language puts into numbers and lists. Source: CLDR 46, decimal symbols and the separators of narrow lists.

/// Between the whole part of a number and its fraction.
pub(super) fn decimal(language: &str) -> &'static str {
    match primary(language) {
        "de" | "es" | "fr" | "id" | "it" | "pt" | "ru" | "tr" | "vi" => ",",
        _ => ".",
    }
}

/// Between two items of a list.
pub(super) fn separator(language: &str) -> &'static str {
    match primary(language) {
        "ja" | "zh" => "、",
        "ar" => "، ",
        _ => ", ",
    }
}

fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}
