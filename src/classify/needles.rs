//! Finds every phrase of every cause in one pass over the text.
//!
//! The index is built by the compiler: the first bytes of a phrase lead to a short chain of phrases.

use std::ops::Range;

use super::scan::{Leaf, Scan};
use crate::{
    Cause,
    causes::{self, Form, Needle},
};

const COUNT: usize = causes::needle_count();
const SLOTS: usize = 8192;
/// Phrases are told apart by this many of their first bytes; the shortest ones by three.
const LONG: usize = 6;
const SHORT: usize = 3;
/// How far apart the pieces around a `*` may stand.
const GAP: usize = 80;

struct Index {
    /// For each hash the number, from 1, of the first needle of its chain.
    heads: [u16; SLOTS],
    /// For each needle the number of the next one in its chain.
    next: [u16; COUNT],
    /// For each needle how many bytes stand before a `*` or its end, and the last of them: most mismatches show here.
    marks: [(u8, u8); COUNT],
    /// Each needle as its room and its place there.
    places: [(u8, u16); COUNT],
}

static INDEX: Index = build();

/// A phrase that stands in the text.
pub(crate) struct Hit {
    pub(crate) cause: Cause,
    pub(crate) needle: &'static Needle,
    pub(crate) span: Range<usize>,
}

/// Every needle that stands in the text, each at its first place.
pub(crate) fn find(scan: &Scan) -> Vec<Hit> {
    let text = scan.low.as_bytes();
    let mut seen = [0_u64; COUNT.div_ceil(64)];
    let mut hits = Vec::new();
    let mut leaves = scan.leaves.as_slice();
    let mut before = b' ';
    for (at, &byte) in text.iter().enumerate() {
        let inside_a_word = before.is_ascii_alphanumeric() && byte.is_ascii_alphanumeric();
        let inside_a_character = byte & 0xC0 == 0x80;
        before = byte;
        if inside_a_word || inside_a_character || byte.is_ascii_whitespace() {
            continue;
        }
        for length in [SHORT, LONG] {
            let Some(start) = text.get(at..at + length) else { break };
            let mut number = INDEX.heads[slot(start, length)];
            while number != 0 {
                let which = usize::from(number) - 1;
                number = INDEX.next[which];
                let (length, mark) = INDEX.marks[which];
                if text.get(at + usize::from(length) - 1) != Some(&mark) {
                    continue;
                }
                let (cause, needle) = needle(which);
                if seen[which / 64] & (1 << (which % 64)) != 0 {
                    continue;
                }
                let Some(end) = matches(text, at, needle) else { continue };
                if needle.form == Form::Leaf && !is_code_field(scan, &mut leaves, at..end) {
                    continue;
                }
                seen[which / 64] |= 1 << (which % 64);
                hits.push(Hit { cause, needle, span: at..end });
            }
        }
    }
    longest(hits)
}

fn needle(number: usize) -> (Cause, &'static Needle) {
    let (room, place) = INDEX.places[number];
    let room = causes::ROOMS[usize::from(room)];
    (room.cause, &room.needles[usize::from(place)])
}

/// Whether this span is the whole value of a field that holds a code. Spans are asked for in the order of the text.
fn is_code_field(scan: &Scan, leaves: &mut &[Leaf], span: Range<usize>) -> bool {
    while leaves.first().is_some_and(|leaf| leaf.value.start < span.start) {
        *leaves = &leaves[1..];
    }
    leaves
        .iter()
        .take_while(|leaf| leaf.value.start == span.start)
        .any(|leaf| leaf.value == span && CODE_KEYS.contains(&scan.key(leaf)))
}

/// Of hits that lie in one another only the longest counts: `request body too large` says less than
/// `request body too large for 8000 tokens`.
fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
    let (mut literal_end, mut wide) = (0, 0..0);
    hits.retain(|hit| {
        let Range { start, end } = hit.span;
        // What only lies in the gap of a wider match is a finding of its own.
        let at_an_edge = end == wide.end || (start == wide.start && end < wide.end);
        let inside = end <= literal_end || (!wide.is_empty() && at_an_edge);
        if hit.needle.text.contains('*') {
            wide = hit.span.clone();
        } else {
            literal_end = literal_end.max(end);
        }
        !inside
    });
    hits
}

/// Keys, as [`Scan`] writes them, under which services put a machine code.
const CODE_KEYS: &[&str] = &[
    "code",
    "type",
    "status",
    "reason",
    "error",
    "errortype",
    "errorcode",
    "errcode",
    "statuscode",
    "name",
    "title",
    "detail",
    "message",
    "finishreason",
    "stopreason",
    "blockreason",
];

fn matches(text: &[u8], at: usize, needle: &Needle) -> Option<usize> {
    let words = needle.text.as_bytes();
    let whole = needle.form != Form::Words;
    if joins(words[0], whole) && at > 0 && joins(text[at - 1], whole) {
        return None;
    }
    let mut pieces = needle.text.split('*').map(str::as_bytes);
    let head = pieces.next()?;
    if !text[at..].starts_with(head) {
        return None;
    }
    let mut end = at + head.len();
    for piece in pieces {
        let reach = text.len().min(end + GAP + piece.len());
        end += gap_before(piece, &text[end..reach])? + piece.len();
    }
    let last = words[words.len() - 1];
    let open_end = text.get(end).is_some_and(|&next| joins(last, whole) && joins(next, whole));
    let must_end = whole || last.is_ascii_digit();
    (!(must_end && open_end)).then_some(end)
}

/// How many bytes of this line stand before the piece.
fn gap_before(piece: &[u8], text: &[u8]) -> Option<usize> {
    let first = *piece.first()?;
    for (at, &byte) in text.iter().enumerate() {
        if byte == first && text[at..].starts_with(piece) {
            return Some(at);
        }
        if byte == b'\n' {
            return None;
        }
    }
    None
}

/// Whether a byte would continue a word; in a machine code `_` is part of the word.
const fn joins(byte: u8, code: bool) -> bool {
    byte.is_ascii_alphanumeric() || (code && (byte == b'_' || byte == b'-'))
}

const fn slot(text: &[u8], length: usize) -> usize {
    let mut hash = length as u32;
    let mut at = 0;
    while at < length {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x9E37_79B1);
        at += 1;
    }
    (hash >> 19) as usize % SLOTS
}

/// How many bytes of a needle its slot is made of: those before a `*`.
const fn indexed(text: &[u8]) -> usize {
    let mut at = 0;
    while at < LONG && at < text.len() && text[at] != b'*' {
        at += 1;
    }
    if at < LONG { SHORT } else { LONG }
}

/// The length of what stands before a `*` or the end, and its last byte.
const fn mark(text: &[u8]) -> (u8, u8) {
    let mut at = 0;
    while at < text.len() && text[at] != b'*' {
        at += 1;
    }
    (at as u8, text[at - 1])
}

const fn build() -> Index {
    let mut index = Index {
        heads: [0; SLOTS],
        next: [0; COUNT],
        marks: [(0, 0); COUNT],
        places: [(0, 0); COUNT],
    };
    let mut number = 0;
    let mut room = 0;
    while room < causes::ROOMS.len() {
        let mut which = 0;
        while which < causes::ROOMS[room].needles.len() {
            let needle = &causes::ROOMS[room].needles[which];
            let bytes = needle.text.as_bytes();
            let head = slot(bytes, indexed(bytes));
            index.places[number] = (room as u8, which as u16);
            index.marks[number] = mark(bytes);
            index.next[number] = index.heads[head];
            index.heads[head] = number as u16 + 1;
            number += 1;
            which += 1;
        }
        room += 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        find(&Scan::of(&[text])).iter().map(|hit| hit.needle.text).collect()
    }

    #[test]
    fn every_needle_is_found_in_itself_or_in_a_longer_one_of_its_cause() {
        for (cause, needle) in (0..COUNT).map(needle) {
            let text = needle.text.replace('*', " x ");
            let hits =
                find(&Scan::of(&[&format!("{{\"code\":\"{}\"}}", text.replace('"', "\\\""))]));
            let found = hits.iter().any(|hit| hit.needle.text == needle.text || hit.cause == cause);
            assert!(found, "{cause:?}: {}", needle.text);
        }
    }

    #[test]
    fn needles_are_lower_case_and_can_be_indexed() {
        for (cause, needle) in (0..COUNT).map(needle) {
            let head = needle.text.split('*').next().unwrap();
            assert!(head.len() >= 3 && !needle.text.ends_with('*'), "{cause:?}: {}", needle.text);
            assert_eq!(needle.text, Scan::of(&[needle.text]).low.trim_end(), "{cause:?}");
        }
    }

    #[test]
    fn codes_end_where_the_word_ends() {
        assert!(found("context_length_exceeded").contains(&"context_length_exceeded"));
        assert!(!found("xcontext_length_exceeded").contains(&"context_length_exceeded"));
        assert!(!found("context_length_exceeded_soon").contains(&"context_length_exceeded"));
    }
}
