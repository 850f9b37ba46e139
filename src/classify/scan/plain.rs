//! Text made plain: escapes undone, letters made small.

use crate::letter_case;

/// Undoes the escapes of JSON and Python; what is cut or wrong is left out.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    let mut high = None;
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'r' | 't' | 'b' | 'f') => plain.push(' '),
            Some(kind @ ('u' | 'x')) => {
                let digits = if kind == 'u' { 4 } else { 2 };
                let rest = chars.as_str();
                let Some(unit) =
                    rest.get(..digits).and_then(|hex| u32::from_str_radix(hex, 16).ok())
                else {
                    continue;
                };
                chars = rest[digits..].chars();
                match (high.take(), unit) {
                    (_, 0xD800..0xDC00) => high = Some(unit),
                    (Some(first), 0xDC00..0xE000) => {
                        let code = 0x1_0000 + ((first - 0xD800) << 10) + (unit - 0xDC00);
                        plain.extend(char::from_u32(code));
                    }
                    _ => plain.extend(char::from_u32(unit)),
                }
            }
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

/// Lower case where that keeps every byte in its place.
pub(super) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .map(|letter| {
            let small = letter_case::lower(letter);
            if small.len_utf8() == letter.len_utf8() { small } else { letter }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_that_are_cut_or_wrong_are_left_out() {
        assert_eq!(unescape(r"a\u00e9\x41\/\\"), "a\u{e9}A/\\");
        assert_eq!(unescape(r"a\u12"), "a12");
        assert_eq!(unescape(r"\ud83d\ude00 \ude00 \"), "\u{1f600}  ");
    }

    #[test]
    fn small_letters_stand_where_the_large_ones_stood() {
        assert_eq!(lower("ÄÉЖ İ OK"), "äéж İ ok");
        assert_eq!(lower("İ").len(), "İ".len());
    }
}
