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
    let mut low = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(begins_letter_with_case) {
        let (before, tail) = rest.split_at(at);
        low.push_str(before);
        let mut letters = tail.chars();
        if let Some(letter) = letters.next() {
            let small = letter_case::lower(letter);
            low.push(if small.len_utf8() == letter.len_utf8() { small } else { letter });
        }
        rest = letters.as_str();
    }
    low.push_str(rest);
    low.make_ascii_lowercase();
    low
}

/// Latin, Greek and Cyrillic beyond ASCII; no other letter has a case here.
const fn begins_letter_with_case(byte: u8) -> bool {
    matches!(byte, 0xC3..=0xD3)
}

/// Adds the text with white space folded, typographic quotes and letters in full width made plain, and invisible signs left
/// out; all between is copied as it is.
pub(super) fn push_folded(folded: &mut String, text: &str) {
    let bytes = text.as_bytes();
    if is_folded(bytes) {
        return folded.push_str(text);
    }
    let text = text.trim();
    let bytes = text.as_bytes();
    let (mut copied, mut at, mut gap) = (0, 0, false);
    while at < bytes.len() {
        let plain = bytes[at..].iter().position(|&byte| !IS_PLAIN[usize::from(byte)]);
        let Some(plain) = plain else { break };
        gap &= plain == 0;
        at += plain;
        if bytes[at] == b' ' && !gap {
            gap = true;
            at += 1;
            continue;
        }
        let Some(sign) = text[at..].chars().next() else { break };
        let end = at + sign.len_utf8();
        let mut narrow = [0; 4];
        let plain = match sign {
            sign if is_invisible(sign) => Some(""),
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＿' | '－' | '．' | '／' => {
                let ascii = char::from_u32(u32::from(sign) - FULL_WIDTH);
                ascii.map(|ascii| &*ascii.encode_utf8(&mut narrow))
            }
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => Some("'"),
            '\u{201c}' | '\u{201d}' => Some("\""),
            blank if blank.is_whitespace() => Some(if gap { "" } else { " " }),
            _ => None,
        };
        gap = sign.is_whitespace() || (gap && is_invisible(sign));
        if let Some(plain) = plain {
            folded.push_str(&text[copied..at]);
            folded.push_str(plain);
            copied = end;
        }
        at = end;
    }
    folded.push_str(&text[copied..]);
}

/// How far a sign in full width stands behind its ASCII one.
const FULL_WIDTH: u32 = 0xFEE0;

/// Signs that take no room: soft hyphens, joiners, marks of direction.
const fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Whether the text is ASCII and blanks stand in it one by one, which most texts can be told by at a glance.
fn is_folded(bytes: &[u8]) -> bool {
    let ends = [bytes.first(), bytes.last()];
    let odd = |byte: u8| matches!(byte, 0x09..=0x0D) || !byte.is_ascii();
    // Every pair is looked at, without a stop at the first odd one: so the processor takes many at once.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let twice = pairs.fold(false, |found, (&one, &two)| found | (one == b' ') & (two == b' '));
    let found = bytes.iter().fold(twice, |found, &byte| found | odd(byte));
    !found && ends.iter().flatten().all(|&&byte| byte != b' ')
}

/// Every byte but those that white space, typographic quotes, invisible signs and full width begin with.
static IS_PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = !matches!(byte, 0x09..=0x0D | 0x20 | 0xC2 | 0xCA | 0xE1..=0xE3 | 0xEF);
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_escapes_are_left_out() {
        assert_eq!(unescape(r"a\u00e9\x41\/\\"), "a\u{e9}A/\\");
        assert_eq!(unescape(r"a\u12"), "a12");
        assert_eq!(unescape(r"\ud83d\ude00 \ude00 \"), "\u{1f600}  ");
    }

    #[test]
    fn spaces_are_folded_and_quotes_plain() {
        for (text, plain) in [
            ("  a b  ", "a b"),
            ("a \n\u{3000} b\u{a0}\tc", "a b c"),
            ("’a’ “b” ʼ", "'a' \"b\" '"),
            ("\u{2028}«…»\u{2003}—é中", "«…» —é中"),
            (" \n", ""),
            ("\u{200f}Ｒａｔｅ－limit \u{200b} re\u{ad}ached，", "Rate-limit reached，"),
        ] {
            let mut folded = String::new();
            push_folded(&mut folded, text);
            assert_eq!(folded, plain);
        }
    }

    #[test]
    fn lowercasing_keeps_byte_positions() {
        assert_eq!(lower("ÄÉЖ İ OK"), "äéж İ ok");
        assert_eq!(lower("İ").len(), "İ".len());
    }
}
