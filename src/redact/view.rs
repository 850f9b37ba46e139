//! Text as the scanners read it: one ASCII byte per character, disguises undone, each byte knowing where it came from.
//!
//! Each character is folded to the plain one that it reads as (`fold`); in a peeled view escapes are undone before
//! (`escape`).

use std::{cmp::Reverse, ops::Range};

use super::escape::{self, PLACEHOLDER, Piece};
use super::fold::{Folded, fold};

/// A letter of another script than the Latin one.
pub(super) const LETTER: u8 = 1;
/// Any other non-ASCII character.
pub(super) const OTHER: u8 = 2;
/// A placeholder, or something that was found: opaque to every later scan.
pub(super) const FOUND: u8 = 3;
/// Something known to be harmless, such as a request id: equally opaque, but it stays.
pub(super) const KEPT: u8 = 4;

/// A place to be replaced.
pub(super) struct Find {
    /// Where it stands in the text.
    pub(super) place: Range<usize>,
    pub(super) class: &'static str,
    /// What it reads as once escapes are undone: equal secrets have equal values.
    pub(super) value: String,
}

pub(super) struct View {
    bytes: Vec<u8>,
    /// The letter behind each [`LETTER`], in small form and UTF-16; else 0.
    letters: Vec<u16>,
    /// Where each byte stands in the text.
    places: Vec<Range<usize>>,
    finds: Vec<Find>,
}

fn has_escapes(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'\\' | b'%' | b'&' | b'+'))
}

impl View {
    pub(super) fn peeled(text: &str) -> Self {
        let pieces = escape::pieces(text);
        Self::of(if has_escapes(text) { escape::peel(pieces, true) } else { pieces })
    }

    /// With backslashes as they stand: in `C:\\Users\\ted` they are no escapes.
    pub(super) fn plain(text: &str) -> Self {
        Self::of(escape::peel(escape::pieces(text), false))
    }

    fn of(pieces: Vec<Piece>) -> Self {
        let mut view = Self {
            bytes: Vec::with_capacity(pieces.len()),
            letters: Vec::with_capacity(pieces.len()),
            places: Vec::with_capacity(pieces.len()),
            finds: Vec::new(),
        };
        for piece in pieces {
            match fold(piece.char) {
                _ if piece.char == PLACEHOLDER => view.push(FOUND, 0, &piece),
                Folded::Gone => {}
                Folded::Ascii(byte) => view.push(byte, 0, &piece),
                Folded::Pair(first, second) => {
                    view.push(first, 0, &piece);
                    view.push(second, 0, &piece);
                }
                Folded::Letter(letter) => view.push(LETTER, letter, &piece),
                Folded::Other => view.push(OTHER, 0, &piece),
            }
        }
        view
    }

    fn push(&mut self, byte: u8, letter: u16, piece: &Piece) {
        self.bytes.push(byte);
        self.letters.push(letter);
        self.places.push(piece.place());
    }

    /// The letters of another script as they stand at each byte.
    pub(super) fn letters(&self) -> &[u16] {
        &self.letters
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
        self.run_of(start, usize::MAX, &belongs)
    }

    /// The end of such a run, of `limit` bytes at most.
    pub(super) fn run_within(
        &self,
        start: usize,
        limit: usize,
        belongs: impl Fn(u8) -> bool,
    ) -> usize {
        self.run_of(start, limit, &belongs)
    }

    /// One loop for all: a copy for each of the hundred callers would cost the wasm.
    #[inline(never)]
    fn run_of(&self, start: usize, limit: usize, belongs: &dyn Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        start + rest.iter().take(limit).take_while(|byte| belongs(**byte)).count()
    }

    /// The start of the longest such run that ends at `end`, of `limit` bytes at most.
    pub(super) fn run_back(&self, end: usize, limit: usize, belongs: impl Fn(u8) -> bool) -> usize {
        self.run_back_of(end, limit, &belongs)
    }

    #[inline(never)]
    fn run_back_of(&self, end: usize, limit: usize, belongs: &dyn Fn(u8) -> bool) -> usize {
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

/// Takes what was found, and tells where it ends.
pub(super) fn found(view: &mut View, range: Range<usize>, class: &'static str) -> Option<usize> {
    let end = range.end;
    view.take(range, class);
    Some(end)
}

pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
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
        assert_eq!(read(View::plain(r"a\n%2D")), r"a\n-");
    }

    #[test]
    fn a_byte_knows_its_place() {
        let mut view = View::peeled("é%2Db");
        view.take(1..3, "RANDOM");
        assert_eq!(view.into_finds()[0].place, 2..6);
    }
}
