//! Text as the scanners read it: one ASCII byte per character, disguises undone, each byte knowing where it came from.
//!
//! Zero-width characters and terminal colours vanish; full-width and mathematical letters, foreign digits, odd spaces
//! and hyphens become their ASCII cousins; in a peeled view so do JSON, percent and HTML escapes of any depth.

use std::{cmp::Reverse, ops::Range};

use super::{Find, placeholder};

/// A non-ASCII Latin letter, which may stand in a name or a mail address.
pub(super) const LETTER: u8 = 1;
/// Any other non-ASCII character.
const OTHER: u8 = 2;
/// A placeholder, or something that was found: opaque to every later scan.
pub(super) const FOUND: u8 = 3;
/// Something known to be harmless, such as a request id: equally opaque, but it stays.
pub(super) const KEPT: u8 = 4;

pub(super) struct View {
    bytes: Vec<u8>,
    /// Where each byte stands in the text.
    places: Vec<Range<usize>>,
    finds: Vec<Find>,
}

/// Whether peeling `text` could show anything new.
pub(super) fn has_escapes(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'\\' | b'%' | b'&'))
}

impl View {
    pub(super) fn peeled(text: &str) -> Self {
        Self::of(text, unescape)
    }

    pub(super) fn plain(text: &str) -> Self {
        Self::of(text, |_| None)
    }

    fn of(text: &str, unescape: impl Fn(&str) -> Option<(usize, char)>) -> Self {
        let mut view = Self {
            bytes: Vec::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
            finds: Vec::new(),
        };
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            let (length, byte) = match first {
                '[' if placeholder(rest).is_some() => {
                    (placeholder(rest).map_or(1, |found| found.0), Some(FOUND))
                }
                '\u{1b}' => (colour_code(rest), None),
                '\\' | '%' | '&' => match unescape(rest) {
                    Some((length, char)) => (length, fold(char)),
                    None => (1, fold(first)),
                },
                _ => (first.len_utf8(), fold(first)),
            };
            if let Some(byte) = byte {
                view.bytes.push(byte);
                view.places.push(at..at + length);
            }
            at += length;
        }
        view
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The byte at `at`, or a line break beyond the end.
    pub(super) fn at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    /// The byte before `at`, or a line break at the start.
    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b'\n', |before| self.at(before))
    }

    /// How many bytes of text the byte at `at` stands for: the depth of escaping, if it is a quote.
    pub(super) fn width(&self, at: usize) -> usize {
        self.places.get(at).map_or(0, Range::len)
    }

    /// The end of the longest run from `start` whose bytes all satisfy `belongs`.
    pub(super) fn run(&self, start: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|byte| belongs(**byte)).count()
    }

    /// The start of the longest such run that ends at `end`, of `limit` bytes at most.
    pub(super) fn run_back(&self, end: usize, limit: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let back = self.bytes[..end].iter().rev().take(limit);
        end - back.take_while(|byte| belongs(**byte)).count()
    }

    /// Whether `word` (lower case) stands at `at`, in any case.
    pub(super) fn has_word(&self, at: usize, word: &str) -> bool {
        self.bytes
            .get(at..at + word.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Marks `range` to be replaced.
    pub(super) fn take(&mut self, range: Range<usize>, class: &'static str) {
        if range.is_empty() {
            return;
        }
        let place = self.places[range.start].start..self.places[range.end - 1].end;
        let mut value: String =
            self.bytes[range.clone()].iter().map(|byte| char::from(*byte)).collect();
        if value.bytes().any(|byte| byte <= KEPT) {
            // Several characters share these bytes, so what reads the same need not be the same.
            value.push_str(&place.start.to_string());
        }
        self.finds.push(Find { place, class, value });
        self.bytes[range].fill(FOUND);
    }

    /// Marks `range` to be left alone.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        self.bytes[range].fill(KEPT);
    }

    /// The finds in the order of the text; a find around others stands for them all.
    pub(super) fn into_finds(mut self) -> Vec<Find> {
        merge(&mut self.finds);
        self.finds
    }
}

/// Sorts finds by where they begin, the longest first. Each scan found in order, so whole runs are merged: the standard sort
/// would cost the wasm 9 KB.
fn in_order(finds: Vec<Find>) -> Vec<Find> {
    let key = |find: &Find| (find.place.start, Reverse(find.place.end));
    let mut runs: Vec<Vec<Find>> = Vec::new();
    for find in finds {
        match runs.last_mut().filter(|run| run.last().is_none_or(|last| key(last) <= key(&find))) {
            Some(run) => run.push(find),
            None => runs.push(vec![find]),
        }
    }
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut pairs = runs.into_iter();
        while let Some(left) = pairs.next() {
            let mut run = Vec::new();
            let (mut left, right) = (left.into_iter().peekable(), pairs.next().unwrap_or_default());
            for find in right {
                while left.peek().is_some_and(|first| key(first) <= key(&find)) {
                    run.extend(left.next());
                }
                run.push(find);
            }
            run.extend(left);
            merged.push(run);
        }
        runs = merged;
    }
    runs.pop().unwrap_or_default()
}

/// Puts `finds` in the order of the text and lets the first of those that overlap stand for all of them.
fn merge(finds: &mut Vec<Find>) {
    *finds = in_order(std::mem::take(finds));
    finds.dedup_by(|next, last| {
        let overlaps = next.place.start < last.place.end;
        if overlaps {
            last.place.end = last.place.end.max(next.place.end);
        }
        overlaps
    });
}

/// The byte that stands for `char`, or none if it is invisible.
fn fold(char: char) -> Option<u8> {
    let code = u32::from(char);
    Some(match char {
        '\t' | '\n' | '\r' | ' '..='~' => char as u8,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {
            return None;
        }
        '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => return None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => b' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => b'-',
        '\u{2022}' | '\u{2026}' | '\u{2217}' | '\u{25cf}' | '\u{b7}' | '\u{2588}' => b'*',
        '\u{ff01}'..='\u{ff5e}' => (code - 0xff01) as u8 + b'!',
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => (code & 15) as u8 + b'0',
        '\u{966}'..='\u{96f}' => (code - 0x966) as u8 + b'0',
        '\u{1d7ce}'..='\u{1d7ff}' => ((code - 0x1d7ce) % 10) as u8 + b'0',
        '\u{1d400}'..='\u{1d6a3}' => match ((code - 0x1d400) % 52) as u8 {
            upper @ 0..26 => b'A' + upper,
            lower => b'a' + lower - 26,
        },
        '\u{c0}'..='\u{24f}' => LETTER,
        _ => OTHER,
    })
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

/// The length and the meaning of the escape that `text` begins with, peeled through every layer of escaping.
fn unescape(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    match bytes.first()? {
        b'\\' => {
            let slashes = bytes.iter().take_while(|byte| **byte == b'\\').count();
            Some(match bytes.get(slashes) {
                Some(quote @ (b'"' | b'\'' | b'/' | b'`')) => (slashes + 1, char::from(*quote)),
                Some(b'n' | b'r') => (slashes + 1, '\n'),
                Some(b't') => (slashes + 1, '\t'),
                Some(b'u') => match hex(bytes, slashes + 1, 4) {
                    Some(code) => (slashes + 5, char::from_u32(code).unwrap_or('\u{fffd}')),
                    None => (slashes, '\\'),
                },
                Some(b'x') => match hex(bytes, slashes + 1, 2) {
                    Some(code) => (slashes + 3, char::from_u32(code)?),
                    None => (slashes, '\\'),
                },
                _ => (slashes, '\\'),
            })
        }
        b'%' => {
            let mut layers = 1;
            while bytes[layers..].starts_with(b"25") {
                layers += 2;
            }
            let code = hex(bytes, layers, 2);
            // `%25` that wraps nothing is a percent sign.
            let (length, code) = match code {
                Some(code) => (layers + 2, code),
                None if layers > 1 => (layers, 0x25),
                None => return None,
            };
            Some((length, if code < 0x80 { char::from_u32(code)? } else { '\u{fffd}' }))
        }
        b'&' => {
            let end = bytes.iter().take(10).position(|byte| *byte == b';')?;
            let char = match &text[1..end] {
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                "lt" => '<',
                "gt" => '>',
                "nbsp" => ' ',
                name => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(number) => u32::from_str_radix(number, 16),
                        None => number.parse(),
                    };
                    char::from_u32(code.ok()?)?
                }
            };
            Some((end + 1, char))
        }
        _ => None,
    }
}

fn hex(bytes: &[u8], at: usize, digits: usize) -> Option<u32> {
    let digits = bytes.get(at..at + digits)?;
    digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(view: View) -> String {
        String::from_utf8(view.bytes).unwrap()
    }

    #[test]
    fn disguises_fall_away() {
        assert_eq!(
            read(View::plain("s\u{200b}k\u{2011}ａ１ \u{1b}[31mred\u{1b}[0m ٣")),
            "sk-a1 red 3"
        );
        assert_eq!(read(View::peeled(r#"\\\"a\u002db%2Dc%252Dd&quot;&#x2d;\n"#)), "\"a-b-c-d\"-\n");
        assert_eq!(read(View::plain(r"a\n%2D")), r"a\n%2D");
    }

    #[test]
    fn a_byte_knows_its_place() {
        let mut view = View::peeled("é%2Db");
        view.take(1..3, "RANDOM");
        assert_eq!(view.into_finds()[0].place, 2..6);
    }
}
