//! Undoes JSON, percent and HTML escapes, however they are nested.

use std::ops::Range;

use super::placeholder::placeholder;

/// Stands for a placeholder: no text may hold this character, it is taken out before.
pub(super) const PLACEHOLDER: char = '\u{10fffe}';
/// Stands for a byte that is no character.
const BROKEN: char = '\u{fffd}';
/// Rounds of escaping that are undone. One round undoes any depth of the same kind.
const ROUNDS: usize = 4;

/// A character, and where it stands in the text.
pub(super) struct Piece {
    pub(super) char: char,
    start: u32,
    end: u32,
}

impl Piece {
    pub(super) fn place(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The characters of `text`, with placeholders as one and without terminal colours.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, char) = match first {
            '[' => placeholder(rest).map_or((1, Some('[')), |found| (found.0, Some(PLACEHOLDER))),
            '\u{1b}' => (colour_code(rest), None),
            PLACEHOLDER => (first.len_utf8(), Some(BROKEN)),
            _ => (first.len_utf8(), Some(first)),
        };
        if let Some(char) = char {
            pieces.push(Piece { char, start: at as u32, end: (at + length) as u32 });
        }
        at += length;
    }
    pieces
}

/// The same with every escape undone, those that stand inside of others too. Backslashes may stay: in a path they are
/// what they look like.
pub(super) fn peel(mut pieces: Vec<Piece>, backslashes: bool) -> Vec<Piece> {
    spaces(&mut pieces);
    for _ in 0..ROUNDS {
        let mut peeled = Vec::with_capacity(pieces.len());
        let (mut at, mut changed) = (0, false);
        while at < pieces.len() {
            let rest = &pieces[at..];
            let meaning = if rest[0].char == '\\' && !backslashes { None } else { unescape(rest) };
            let (length, char) = meaning.unwrap_or((1, rest[0].char));
            changed |= length > 1;
            peeled.push(Piece { char, start: rest[0].start, end: rest[length - 1].end });
            at += length;
        }
        pieces = peeled;
        if !changed {
            break;
        }
    }
    pieces
}

/// Turns the plus signs of a form's values into the spaces that they stand for: those of a word with percent escapes or with
/// several values.
fn spaces(pieces: &mut [Piece]) {
    let ends = |piece: &Piece| {
        piece.char.is_ascii_whitespace() || matches!(piece.char, '"' | '\'' | '<' | '>')
    };
    for word in pieces.split_mut(ends) {
        let has = |char| word.iter().any(|piece: &Piece| piece.char == char);
        let escaped = (0..word.len()).any(|at| percent_byte(&word[at..]).is_some());
        if !has('+') || !escaped && !(has('=') && (has('&') || has('?'))) {
            continue;
        }
        // In base64 the signs stand far apart.
        let in_word = |piece: &Piece| piece.char.is_ascii_alphanumeric() || piece.char == '/';
        for at in 0..word.len() {
            let long = || {
                let before =
                    word[..at].iter().rev().take(20).take_while(|piece| in_word(piece)).count();
                let after =
                    word[at + 1..].iter().take(20).take_while(|piece| in_word(piece)).count();
                before > 2 && before.max(after) == 20
            };
            if word[at].char == '+' && !long() {
                word[at].char = ' ';
            }
        }
    }
}

/// The length of the terminal colour code that `text` begins with.
fn colour_code(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) != Some(&b'[') {
        return 1;
    }
    let numbers =
        bytes[2..].iter().take(16).take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    match bytes.get(2 + numbers) {
        Some(byte) if byte.is_ascii_alphabetic() => 3 + numbers,
        _ => 1,
    }
}

/// The length and the meaning of the escape that `pieces` begins with.
fn unescape(pieces: &[Piece]) -> Option<(usize, char)> {
    match pieces.first()?.char {
        '\\' => Some(backslash(pieces)),
        '%' => percent(pieces),
        '&' => entity(pieces),
        _ => None,
    }
}

fn backslash(pieces: &[Piece]) -> (usize, char) {
    let slashes = pieces.iter().take_while(|piece| piece.char == '\\').count();
    let alone = (slashes, '\\');
    let code = |digits| hex(pieces, slashes + 1, digits);
    match pieces.get(slashes).map(|piece| piece.char) {
        Some(quote @ ('"' | '\'' | '/' | '`')) => (slashes + 1, quote),
        Some('n' | 'r') => (slashes + 1, '\n'),
        Some('t') => (slashes + 1, '\t'),
        Some('u') => match code(4) {
            Some(code) => (slashes + 5, char::from_u32(code).unwrap_or(BROKEN)),
            None => alone,
        },
        Some('x') => match code(2) {
            Some(code) => (slashes + 3, char::from_u32(code).unwrap_or(BROKEN)),
            None => alone,
        },
        _ => alone,
    }
}

fn percent(pieces: &[Piece]) -> Option<(usize, char)> {
    let (length, first) = percent_byte(pieces)?;
    let (more, lead) = match first {
        0..0x80 => return Some((length, char::from_u32(first)?)),
        0xc2..0xe0 => (1, first & 0x1f),
        0xe0..0xf0 => (2, first & 0xf),
        0xf0..0xf5 => (3, first & 7),
        _ => return Some((length, BROKEN)),
    };
    let (mut end, mut code) = (length, lead);
    for _ in 0..more {
        match pieces.get(end..).and_then(percent_byte) {
            Some((length, byte @ 0x80..0xc0)) => {
                end += length;
                code = code << 6 | byte & 0x3f;
            }
            _ => return Some((length, BROKEN)),
        }
    }
    let char = char::from_u32(code).filter(|char| *char != PLACEHOLDER);
    Some((end, char.unwrap_or(BROKEN)))
}

/// The length and the value of `%41`, `%2541`, `%252541` … . A `%25` that wraps nothing is a percent sign.
fn percent_byte(pieces: &[Piece]) -> Option<(usize, u32)> {
    if pieces.first()?.char != '%' {
        return None;
    }
    let is = |at: usize, char| pieces.get(at).is_some_and(|piece: &Piece| piece.char == char);
    let mut layers = 1;
    while is(layers, '2') && is(layers + 1, '5') {
        layers += 2;
    }
    match hex(pieces, layers, 2) {
        Some(code) => Some((layers + 2, code)),
        None if layers > 1 => Some((layers, 0x25)),
        None => None,
    }
}

fn entity(pieces: &[Piece]) -> Option<(usize, char)> {
    let end = pieces.iter().take(10).position(|piece| piece.char == ';')?;
    let name: String = pieces[1..end].iter().map(|piece| piece.char).collect();
    let char = match name.as_str() {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        "commat" => '@',
        "colon" => ':',
        "period" => '.',
        "lowbar" => '_',
        "hyphen" | "dash" => '-',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|char| *char != PLACEHOLDER)?
        }
    };
    Some((end + 1, char))
}

fn hex(pieces: &[Piece], at: usize, digits: usize) -> Option<u32> {
    let digits = pieces.get(at..at + digits)?;
    digits.iter().try_fold(0, |code, piece| Some(code * 16 + piece.char.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        peel(pieces(text), true).iter().map(|piece| piece.char).collect()
    }

    #[test]
    fn escapes_inside_of_escapes_fall_away() {
        for (text, plain) in [
            (r#"\\\"a\u002db%2Dc%252Dd&quot;&#x2d;\n"#, "\"a-b-c-d\"-\n"),
            ("%5Cu002d &amp;#45; %26%2345%3B \\u0025 2D \\u00252D", "- - - % 2D -"),
            ("%D0%BF%25D0%25BE %E5%AF%86 %F0%9F%94%91", "по 密 🔑"),
            ("%C3%28 %FF", "\u{fffd}( \u{fffd}"),
            ("100%25 \\\\server", "100% \\server"),
            ("a%3A+b+c a+b", "a: b c a+b"),
            ("x?a=b+c", "x?a=b c"),
        ] {
            assert_eq!(read(text), plain);
        }
    }
}
