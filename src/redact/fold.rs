//! Folds a character to the plain one that it reads as: the part of NFKC and of case folding that disguises use.
//!
//! Whole Unicode tables would weigh more than the redactor. Here are the full-width and half-width forms, letters with
//! accents, styled letters, digits of every living script, compatibility ligatures, and what shows no mark of its own.

/// What a character reads as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    /// Nothing: an invisible character, or a mark on the one before.
    Gone,
    /// An ASCII character, or a line break or tab.
    Ascii(u8),
    /// A ligature of two ASCII letters.
    Pair(u8, u8),
    /// A letter of another script in small form, as UTF-16; 0 for those beyond the first plane.
    Letter(u16),
    /// Anything else that shows.
    Other,
}

use Folded::{Ascii, Gone, Letter, Other, Pair};

/// The letters without their accents, from U+00C0. A `*` stands for what is no Latin letter.
const LATIN_1: &[u8; 64] = b"AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo*ouuuuyty";
/// From U+0100.
const LATIN_A: &[u8; 128] = b"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
/// From U+1E00.
const LATIN_MORE: &[u8; 160] = b"AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyasssSd";
/// The half-width kana from U+FF66, in full width.
const HALF_WIDTH_KANA: &str = "ヲアイウエオヤユヨツーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
/// Where the digits of a script begin.
const DIGITS: &[u16] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
    0xed0, 0xf20, 0x1040, 0x17e0, 0x1810,
];

pub(super) fn fold(char: char) -> Folded {
    let code = u32::from(char);
    match char {
        '\t' | '\n' | '\r' | ' '..='~' => Ascii(code as u8),
        '\0'..='\u{9f}' => Other,
        '\u{a0}' => Ascii(b' '),
        '\u{b2}' | '\u{b3}' => Ascii((code - 0xb0) as u8 + b'0'),
        '\u{b9}' => Ascii(b'1'),
        '\u{aa}' => Ascii(b'a'),
        '\u{ba}' => Ascii(b'o'),
        '\u{b7}' => Ascii(b'*'),
        '\u{ad}' => Gone,
        '\u{ab}' | '\u{bb}' => Ascii(b'"'),
        '\u{a1}'..='\u{bf}' => Other,
        '\u{c0}'..='\u{ff}' => latin(LATIN_1, code - 0xc0),
        '\u{100}'..='\u{17f}' => latin(LATIN_A, code - 0x100),
        '\u{1a0}' => Ascii(b'O'),
        '\u{1a1}' => Ascii(b'o'),
        '\u{1af}' => Ascii(b'U'),
        '\u{1b0}' => Ascii(b'u'),
        '\u{1cd}'..='\u{1dc}' => latin(b"AaIiOoUuUuUuUuUu", code - 0x1cd),
        '\u{218}'..='\u{21b}' => latin(b"SsTt", code - 0x218),
        '\u{180}'..='\u{24f}' => Letter(code as u16),
        '\u{1e00}'..='\u{1e9f}' => latin(LATIN_MORE, code - 0x1e00),
        '\u{1ea0}'..='\u{1eff}' => Ascii(vietnamese(code)),
        _ if is_mark(code) => Gone,
        '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Ascii(b' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Ascii(b'-'),
        '\u{2018}'..='\u{201b}' | '\u{2032}' => Ascii(b'\''),
        '\u{201c}'..='\u{201f}' | '\u{300c}'..='\u{300f}' => Ascii(b'"'),
        '\u{2028}' | '\u{2029}' => Ascii(b'\n'),
        '\u{2022}' | '\u{2026}' | '\u{2217}' | '\u{25cf}' | '\u{2588}' => Ascii(b'*'),
        '\u{fe55}' | '\u{a789}' | '\u{2236}' => Ascii(b':'),
        '\u{fe6b}' => Ascii(b'@'),
        '\u{ff01}'..='\u{ff5e}' => Ascii((code - 0xff01) as u8 + b'!'),
        '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' => {
            Ascii((code & 15) as u8 + b'0')
        }
        '\u{2460}'..='\u{2468}' => Ascii((code - 0x2460) as u8 + b'1'),
        '\u{24b6}'..='\u{24cf}' => Ascii((code - 0x24b6) as u8 + b'A'),
        '\u{24d0}'..='\u{24e9}' => Ascii((code - 0x24d0) as u8 + b'a'),
        '\u{1d7ce}'..='\u{1d7ff}' => Ascii(((code - 0x1d7ce) % 10) as u8 + b'0'),
        '\u{1fbf0}'..='\u{1fbf9}' => Ascii((code - 0x1fbf0) as u8 + b'0'),
        '\u{1d400}'..='\u{1d6a3}' => match ((code - 0x1d400) % 52) as u8 {
            upper @ 0..26 => Ascii(b'A' + upper),
            lower => Ascii(b'a' + lower - 26),
        },
        '\u{fb00}'..='\u{fb06}' => match char {
            '\u{fb00}' => Pair(b'f', b'f'),
            '\u{fb02}' | '\u{fb04}' => Pair(b'f', b'l'),
            '\u{fb05}' | '\u{fb06}' => Pair(b's', b't'),
            _ => Pair(b'f', b'i'),
        },
        _ => {
            let start = DIGITS
                .iter()
                .find(|start| (u32::from(**start)..**start as u32 + 10).contains(&code));
            match start {
                Some(start) => Ascii((code - u32::from(*start)) as u8 + b'0'),
                None if is_letter(code) => Letter(small(code)),
                None => Other,
            }
        }
    }
}

fn latin(letters: &[u8], at: u32) -> Folded {
    match letters.get(at as usize) {
        Some(letter) if letter.is_ascii_alphanumeric() => Ascii(*letter),
        _ => Other,
    }
}

/// The letters with two marks, in pairs of a capital and a small one.
fn vietnamese(code: u32) -> u8 {
    let letter = match code {
        ..0x1eb8 => b'A',
        0x1eb8..0x1ec8 => b'E',
        0x1ec8..0x1ecc => b'I',
        0x1ecc..0x1ee4 => b'O',
        0x1ee4..0x1ef2 => b'U',
        0x1ef2..0x1efa => b'Y',
        _ => b'L',
    };
    if code.is_multiple_of(2) { letter } else { letter.to_ascii_lowercase() }
}

/// Whether a character is invisible, or a mark that is put on the one before it.
fn is_mark(code: u32) -> bool {
    matches!(
        code,
        0x300..=0x36f
            | 0x483..=0x489
            | 0x591..=0x5bd
            | 0x5bf
            | 0x5c1..=0x5c2
            | 0x5c4..=0x5c7
            | 0x610..=0x61a
            | 0x61c
            | 0x640
            | 0x64b..=0x65f
            | 0x670
            | 0x6d6..=0x6dc
            | 0x93c
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180e
            | 0x1ab0..=0x1aff
            | 0x1dc0..=0x1dff
            | 0x200b..=0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0x20d0..=0x20f0
            | 0x3099..=0x309a
            | 0x3164
            | 0xfe00..=0xfe0f
            | 0xfe20..=0xfe2f
            | 0xfeff
            | 0xff9e..=0xffa0
            | 0xfff9..=0xfffb
            | 0x1d173..=0x1d17a
            | 0xe0000..=0xe01ef
    )
}

/// Whether a character outside the Latin script is written within words. Wider than Unicode's own table by a few signs.
fn is_letter(code: u32) -> bool {
    let punctuation = matches!(
        code,
        0x37e
            | 0x387
            | 0x55a..=0x55f
            | 0x589..=0x58a
            | 0x5be..=0x5c3
            | 0x5f3..=0x60f
            | 0x61b..=0x61f
            | 0x66a..=0x66d
            | 0x6d4
            | 0x964..=0x965
            | 0xe3f
            | 0xe4f
            | 0x30fb
    );
    let letter = matches!(
        code,
        0x250..=0x2af | 0x370..=0x1fff | 0x2c00..=0x2dff | 0x3005..=0x3007 | 0x3041..=0x318f
            | 0x31a0..=0x31ff | 0x3400..=0xabff | 0xac00..=0xd7ff | 0xf900..=0xfaff
            | 0xfb07..=0xfdff | 0xfe70..=0xfefe | 0xff66..=0xffdc | 0x10000..=0x11fff
            | 0x20000..=0x3ffff
    );
    letter && !punctuation
}

/// The small form without marks, as UTF-16.
fn small(code: u32) -> u16 {
    let plain = match code {
        // Greek: accents and capitals go, the last sigma is one like the others.
        0x386 | 0x3ac => 0x3b1,
        0x388 | 0x3ad => 0x3b5,
        0x389 | 0x3ae => 0x3b7,
        0x38a | 0x3af | 0x3aa | 0x3ca | 0x390 => 0x3b9,
        0x38c | 0x3cc => 0x3bf,
        0x38e | 0x3cd | 0x3ab | 0x3cb | 0x3b0 => 0x3c5,
        0x38f | 0x3ce => 0x3c9,
        0x3c2 => 0x3c3,
        0x391..=0x3a9 => code + 0x20,
        // Cyrillic: й, ё and ї are letters with marks.
        0x419 | 0x439 => 0x438,
        0x401 | 0x451 | 0x400 | 0x450 => 0x435,
        0x407 | 0x457 => 0x456,
        0x410..=0x42f => code + 0x20,
        0x402..=0x40f => code + 0x50,
        0x490 => 0x491,
        // Arabic and Persian write some letters differently.
        0x622 | 0x623 | 0x625 | 0x671 => 0x627,
        0x649 | 0x64a => 0x6cc,
        0x643 => 0x6a9,
        0x629 | 0x6c0 | 0x6c1 | 0x6d5 => 0x647,
        0x95e => 0x92b,
        // Voiced kana are kana with a mark.
        0x30ac..=0x30c2 if code.is_multiple_of(2) => code - 1,
        0x30c5 | 0x30c7 | 0x30c9 => code - 1,
        0x30d0..=0x30dd => code - (code - 0x30cf) % 3,
        0xff66..=0xff9d => {
            HALF_WIDTH_KANA.chars().nth(code as usize - 0xff66).map_or(code, u32::from)
        }
        _ => code,
    };
    u16::try_from(plain).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut units = Vec::new();
        for char in text.chars() {
            match fold(char) {
                Gone => {}
                Ascii(byte) => units.push(u16::from(byte)),
                Pair(first, second) => units.extend([u16::from(first), u16::from(second)]),
                Letter(unit) => units.push(unit),
                Other => units.push(u16::from(b'?')),
            }
        }
        String::from_utf16(&units).unwrap()
    }

    #[test]
    fn a_disguised_letter_reads_as_plain() {
        for (disguised, plain) in [
            ("Ａ１：", "A1:"),
            ("contraseña", "contrasena"),
            ("contrasen\u{303}a", "contrasena"),
            ("Mật khẩu", "Mat khau"),
            ("hasło şifre Łódź", "haslo sifre Lodz"),
            ("s\u{336}k\u{200d}-", "sk-"),
            ("ﬁne oﬀ", "fine off"),
            ("①²₃", "123"),
            ("०৯๓۴٥", "09345"),
            ("𝖘𝐤", "sk"),
            ("ṡḱẋ", "skx"),
        ] {
            assert_eq!(read(disguised), plain);
        }
    }

    #[test]
    fn words_of_other_scripts_fold_alike() {
        for (one, other) in [
            ("ПАРОЛЬ", "пароль"),
            ("ΚΩΔΙΚΌΣ", "κωδικος"),
            ("ﾊﾟｽﾜｰﾄﾞ", "パスワード"),
            ("パスワート\u{3099}", "ハスワート"),
            ("كلمة", "کلمه"),
            ("Ключ доступа й", "ключ доступа и\u{306}"),
        ] {
            assert_eq!(read(one), read(other));
        }
    }
}
