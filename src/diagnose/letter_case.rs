//! Upper and lower case of the letters that our languages have: Latin, Greek and Cyrillic.
//!
//! The full tables of Unicode weigh 23 KB in the wasm, for letters that no error message is written in.

/// The small letter of a large one; any other character as it is.
pub(crate) fn lower(letter: char) -> char {
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => {
            moved(letter, 32)
        }
        'Ѐ'..='Џ' => moved(letter, 80),
        _ if is_paired(letter) && is_large(letter) => moved(letter, 1),
        _ => letter,
    }
}

/// The large letter of a small one; any other character as it is.
pub(crate) fn upper(letter: char) -> char {
    match letter {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ϋ' | 'а'..='я' => {
            moved(letter, -32)
        }
        'ѐ'..='џ' => moved(letter, -80),
        _ if is_paired(letter) && !is_large(letter) => moved(letter, -1),
        _ => letter,
    }
}

/// The text with its first letter large.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| std::iter::once(upper(first)).chain(letters).collect())
}

/// The text in small letters.
#[must_use]
pub fn lowered(text: &str) -> String {
    text.chars().map(lower).collect()
}

fn moved(letter: char, by: i32) -> char {
    char::from_u32((letter as u32).wrapping_add_signed(by)).unwrap_or(letter)
}

/// Large and small stand side by side in Latin Extended-A and in the further Cyrillic letters.
fn is_paired(letter: char) -> bool {
    matches!(letter, 'Ā'..='ķ' | 'Ĺ'..='ň' | 'Ŋ'..='ŷ' | 'Ź'..='ž' | 'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӑ'..='ӿ')
        && !matches!(letter, 'ı' | 'İ' | 'ĸ')
}

/// Of a pair, the large letter has the even number, but for two stretches where it has the odd one.
fn is_large(letter: char) -> bool {
    let odd = matches!(letter, 'Ĺ'..='ň' | 'Ź'..='ž');
    (letter as u32 % 2 == 1) == odd
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of our languages change as they do in Unicode.
    #[test]
    fn case_mapping_matches_unicode() {
        for letter in ('\u{0}'..='\u{17f}').chain('\u{386}'..='\u{4ff}') {
            let full = letter.to_lowercase().next().unwrap();
            let ours = lower(letter);
            assert!(ours == full || ours == letter, "{letter} {ours} {full}");
        }
        let languages =
            "ÄÖÜßÉÈÊÇÑÃÕĄĆĘŁŃÓŚŹŻŐŰŞĞÇŘŠŤŮŽĎĚŇĽĹ АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄЇҐ ΑΒΓΔΩ";
        let small: String = languages.chars().map(lower).collect();
        assert_eq!(small, languages.to_lowercase());
        assert_eq!(small.chars().map(upper).collect::<String>(), languages);
        assert_eq!((lower('İ'), lower('中'), upper('ı')), ('İ', '中', 'ı'));
        assert_eq!(capitalised("the service"), "The service");
    }
}
