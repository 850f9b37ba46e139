//! Texts that are not ours, made fit to be sent: one line, of limited length, that nothing can hide in.

use unstuck_diagnose::workspace::checksum;

/// A text in one line of at most so many characters: white space is one space, what cannot be seen is left out.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let (mut count, mut is_gap) = (0, false);
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            is_gap = !line.is_empty();
            continue;
        }
        if is_unseen(letter) {
            continue;
        }
        count += 1 + usize::from(is_gap);
        if count >= most {
            line.push('…');
            break;
        }
        if std::mem::take(&mut is_gap) {
            line.push(' ');
        }
        line.push(letter);
    }
    line
}

/// Marks that turn the direction of a text, or take no place at all.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A key of at most so many bytes. A longer one keeps its beginning and gets a sum of the whole, so that two stay two.
pub(crate) fn identity(key: &str, most: usize) -> String {
    let plain = line(key, usize::MAX);
    if plain.len() <= most && plain == key {
        return plain;
    }
    let sum = format!("-{:08x}", checksum(key.as_bytes()));
    let head = unstuck_diagnose::workspace::head(&plain, most.saturating_sub(sum.len()));
    [head, &sum].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_line_without_tricks() {
        assert_eq!(line(" a\r\n b\u{202e}c\u{0}\u{200b} ", 80), "a bc");
        assert_eq!(line("äöü", 3), "äö…");
        assert_eq!(line("äö", 3), "äö");
    }

    #[test]
    fn long_keys_stay_apart() {
        let long = "x".repeat(300);
        let (one, two) = (identity(&format!("{long}1"), 255), identity(&format!("{long}2"), 255));
        assert!(one.len() <= 255 && one != two);
        assert_ne!(identity("a\nb", 255), identity("a b", 255));
        assert_eq!(identity("a1b2:OpenAI", 255), "a1b2:OpenAI");
    }

    proptest! {
        #[test]
        fn line_keeps_its_length(text in "\\PC*|[\\n\\r\u{202e}a ]*", most in 1_usize..40) {
            let line = line(&text, most);
            prop_assert!(line.chars().count() <= most);
            prop_assert!(!line.chars().any(char::is_control));
        }
    }
}
