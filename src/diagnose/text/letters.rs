//! Letters without their marks. The full tables of Unicode weigh more than all lexicons; these are the scripts that they
//! are written in.

use crate::letter_case;

/// What is left of a character.
pub(super) enum Letter {
    /// A mark, or an invisible character.
    Nothing,
    Gap,
    /// The end of a sentence.
    End,
    /// The same in full width.
    Ascii(u8),
    /// An ASCII letter with marks, and whether it is a capital.
    Marked(u8, bool),
    Two(u8, u8),
    Plain(char),
}

/// A character that is not ASCII, without its marks and in lower case.
pub(super) fn plain(letter: char) -> Letter {
    match letter {
        '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Letter::Plain(letter),
        '\u{80}'..='\u{bf}' | '×' | '÷' => match letter {
            '\u{ad}' => Letter::Nothing,
            // Sets the items of a list apart.
            '·' => Letter::End,
            _ => Letter::Gap,
        },
        'ß' => Letter::Two(b's', b's'),
        'Æ' | 'æ' => Letter::Two(b'a', b'e'),
        'Œ' | 'œ' => Letter::Two(b'o', b'e'),
        '\u{c0}'..='\u{24f}' => latin(LATIN, letter, 0xC0),
        '\u{1e00}'..='\u{1eff}' => latin(LATIN_FURTHER, letter, 0x1E00),
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {
            Letter::Nothing
        }
        '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'
        | '\u{5c2}'
        | '\u{5c4}'..='\u{5c7}'
        | '\u{64b}'..='\u{655}' => Letter::Nothing,
        '\u{670}' | '\u{640}' | '\u{93c}' | '\u{fe00}'..='\u{fe0f}' => Letter::Nothing,
        '\u{5be}' | '\u{5c0}' | '\u{5c3}' => Letter::Gap,
        '\u{2028}' | '\u{2029}' | '。' | '｡' | '।' | '؟' | '؛' | '…' | '•' => {
            Letter::End
        }
        '\u{37e}' => Letter::End,
        '！' | '？' | '；' | '．' => Letter::End,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '،' | '・' => Letter::Gap,
        '！'..='～' => Letter::Ascii((letter as u32 - 0xFEE0) as u8),
        'أ' | 'إ' | 'آ' | 'ٱ' => Letter::Plain('ا'),
        'ى' | 'ی' | 'ئ' => Letter::Plain('ي'),
        'ک' => Letter::Plain('ك'),
        'ة' => Letter::Plain('ه'),
        'ؤ' => Letter::Plain('و'),
        '\u{958}'..='\u{95f}' => Letter::Plain(DEVANAGARI[letter as usize - 0x958]),
        _ => Letter::Plain(greek_or_cyrillic(letter_case::lower(letter))),
    }
}

/// From U+1E00 on the capitals have the even numbers.
fn is_capital(letter: char) -> bool {
    letter == 'İ'
        || letter_case::lower(letter) != letter
        || (letter >= '\u{1e00}' && (letter as u32).is_multiple_of(2))
}

/// The letters from U+0958 on without their dot.
const DEVANAGARI: [char; 8] = ['क', 'ख', 'ग', 'ज', 'ड', 'ढ', 'फ', 'य'];

fn latin(table: &[u8], letter: char, first: u32) -> Letter {
    match table.get((letter as u32 - first) as usize) {
        None | Some(b'?') => Letter::Plain(letter),
        Some(&plain) => Letter::Marked(plain, is_capital(letter)),
    }
}

const fn greek_or_cyrillic(letter: char) -> char {
    match letter {
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'Ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        'ς' => 'σ',
        'й' => 'и',
        'ё' => 'е',
        'ї' => 'і',
        'ґ' => 'г',
        _ => letter,
    }
}

/// The one character that two stand for when they are written apart: Japanese voicing, Korean syllables.
pub(super) fn joined(last: char, next: char) -> Option<char> {
    let (before, after) = (last as u32, next as u32);
    let whole = match (last, next) {
        ('\u{3041}'..='\u{30ff}', '\u{3099}') => before + 1,
        ('\u{3041}'..='\u{30ff}', '\u{309a}') => before + 2,
        ('\u{1100}'..='\u{1112}', '\u{1161}'..='\u{1175}') => {
            0xAC00 + ((before - 0x1100) * 21 + after - 0x1161) * 28
        }
        ('\u{ac00}'..='\u{d7a3}', '\u{11a8}'..='\u{11c2}')
            if (before - 0xAC00).is_multiple_of(28) =>
        {
            before + after - 0x11A7
        }
        _ => return None,
    };
    char::from_u32(whole)
}

/// Whether words of this script are not told apart by blanks, or carry articles in front.
pub(super) const fn stands_anywhere(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{6ff}' | '\u{e00}'..='\u{e7f}' | '\u{2e80}'..)
}

/// The letters from U+00C0 on, `?` for those that have no plain one.
const LATIN: &[u8] = b"\
    aaaaaa?ceeeeiiiidnooooo?ouuuuyt?aaaaaa?ceeeeiiiidnooooo?ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg\
    gggghhhhiiiiiiiiii??jjkkkllllll??llnnnnnn?nnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz?\
    ??????????????????f?????????????oo?????????????uu????????????????????????????aaiioouuuuuuuuuu?aa\
    aa????ggkkoooo??j???gg??nnaa????aaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????\
    ????????????????";

/// The same from U+1E00 on.
const LATIN_FURTHER: &[u8] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr\
    ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy??????aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";
