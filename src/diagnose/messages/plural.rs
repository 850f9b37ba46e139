//! Which form of a message a whole number takes: the plural categories of the languages that Unstuck speaks.
//! Source: CLDR 46, cardinal rules, for numbers without a fraction.

/// The category of `number` in the language of this BCP 47 tag: `zero`, `one`, `two`, `few`, `many` or `other`.
/// A language that is not known counts as English does.
pub(super) fn category(language: &str, number: u64) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let (ten, hundred) = (number % 10, number % 100);
    let is_million = number != 0 && number.is_multiple_of(1_000_000);
    match (primary, number) {
        ("id" | "ja" | "ko" | "vi" | "zh", _) => "other",
        ("ar", 0) => "zero",
        ("fr" | "hi" | "pt", 0) => "one",
        ("ar" | "he", 2) => "two",
        ("ru", _) if ten == 1 && hundred != 11 => "one",
        ("ru", _) if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
        ("ru", _) => "many",
        (_, 1) => "one",
        ("ar", _) if (3..=10).contains(&hundred) => "few",
        ("ar", _) if hundred > 10 => "many",
        ("es" | "fr" | "it" | "pt", _) if is_million => "many",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::category;

    /// As `Intl.PluralRules` of Chromium tells them.
    #[test]
    fn categories_are_those_of_cldr() {
        const NUMBERS: [u64; 12] = [0, 1, 2, 3, 5, 11, 12, 21, 22, 100, 102, 1_000_000];
        for (language, told) in [
            ("en", "other one other other other other other other other other other other"),
            ("zh-CN", "other other other other other other other other other other other other"),
            ("fr", "one one other other other other other other other other other many"),
            ("pt-BR", "one one other other other other other other other other other many"),
            ("es", "other one other other other other other other other other other many"),
            ("hi", "one one other other other other other other other other other other"),
            ("ru", "many one few few many many many one few many few many"),
            ("ar", "zero one two few few many many many many other other other"),
            ("he", "other one two other other other other other other other other other"),
            ("tlh", "other one other other other other other other other other other other"),
        ] {
            let own: Vec<_> = NUMBERS.iter().map(|&number| category(language, number)).collect();
            assert_eq!(own.join(" "), told, "{language}");
        }
    }
}
