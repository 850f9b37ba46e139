//! Finds every phrase of every cause in one pass over the text.
//!
//! The first bytes of a phrase lead to a short run of phrases.

use std::{ops::Range, sync::LazyLock};

use super::{
    packed::{self, HEAD},
    scan::{Leaf, Scan},
};
use crate::{
    Cause,
    causes::{Form, PATTERNS, Pattern, RULES},
};

/// How many patterns there are.
const COUNT: usize = {
    let (mut count, mut rule) = (0, 0);
    while rule < PATTERNS.len() {
        count += PATTERNS[rule].len();
        rule += 1;
    }
    count
};
const SLOTS: usize = 8192;
/// Phrases are told apart by this many of their first bytes: by as many as they have.
const STARTS: [usize; 2] = [SHORT, 8];
const SHORT: usize = 3;
/// How far apart the pieces around a `*` may stand.
const GAP: usize = 80;

/// Where to look: built once, on the first text.
struct Index {
    /// Every pattern as [`packed`]; that is text throughout, since the bytes between the texts are small.
    packed: &'static str,
    /// For each hash of the first three bytes of some pattern a bit: most words of a text begin like none.
    begun: [u64; SLOTS / 64],
    /// For each hash where its run of entries starts; the next one's start is its end.
    starts: [u16; SLOTS + 1],
    /// Run by run: neighbours in memory are read faster than a chain that jumps about.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Default)]
struct Entry {
    /// Where the pattern stands in [`packed`].
    place: u32,
    /// How many bytes stand before a `*` or the end.
    fixed: u8,
    /// The middle one of these bytes, and the last: most mismatches show here.
    mark: [u8; 2],
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(packed::patterns()));

/// A phrase that stands in the text.
pub(crate) struct Hit {
    pub(crate) cause: Cause,
    pub(crate) pattern: Pattern,
    pub(crate) span: Range<usize>,
}

/// What the patterns have told already.
#[derive(Clone, Copy)]
pub(super) struct Named {
    /// A phrase that names its cause better than a reading of its words can.
    pub(super) by_phrase: bool,
    pub(super) by_code: bool,
}

/// Every pattern that stands in the text, each at its first place.
pub(crate) fn find(scan: &Scan) -> Vec<Hit> {
    let text = scan.low.as_bytes();
    let index = &*INDEX;
    let packed = index.packed.as_bytes();
    let mut seen = [0_u64; COUNT.div_ceil(64)];
    let mut hits: Vec<Hit> = Vec::new();
    let mut leaves = scan.leaves.as_slice();
    let mut next = 0;
    while let Some(&byte) = text.get(next) {
        let at = next;
        let rest = &text[at..];
        let word = rest.iter().position(|&byte| sign(byte) != Sign::OfWord).unwrap_or(rest.len());
        next += word.max(1);
        if sign(byte) == Sign::None {
            continue;
        }
        let start = first_bytes(rest);
        let short = slot(start, SHORT);
        if !index.begins(short) {
            continue;
        }
        for length in STARTS {
            let run = index.run(slot(start, length));
            let first = run.start;
            for (offset, entry) in index.entries[run].iter().enumerate() {
                let Entry { place, fixed, mark: [middle, last] } = *entry;
                let (place, fixed) = (place as usize, usize::from(fixed));
                if rest.get(fixed - 1) != Some(&last) || rest[fixed / 2] != middle {
                    continue;
                }
                let which = first + offset;
                if seen[which / 64] & (1 << (which % 64)) != 0
                    || rest[..fixed] != packed[place + HEAD..][..fixed]
                {
                    continue;
                }
                let (cause, pattern) = unpack(index.packed, place);
                let Some(end) = end_of(text, at, fixed, &pattern) else { continue };
                if pattern.form == Form::Leaf && !is_code_field(scan, &mut leaves, at..end) {
                    continue;
                }
                seen[which / 64] |= 1 << (which % 64);
                // In the order of the text, and of those with the same start the longest first.
                let longer = |hit: &Hit| hit.span.start < at || hit.span.end >= end;
                let place = hits.iter().rposition(longer).map_or(0, |before| before + 1);
                hits.insert(place, Hit { cause, pattern, span: at..end });
            }
        }
    }
    #[cfg(test)]
    hits.retain(|hit| !super::needed::is_off(hit.pattern.text));
    without_inner(hits)
}

/// What a byte is to the start of a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// White space, or the inside of a character: nothing begins here.
    None,
    /// A letter or digit: a phrase begins where the word does.
    OfWord,
    /// Anything else: a phrase may begin.
    Other,
}

const fn sign(byte: u8) -> Sign {
    SIGNS[byte as usize]
}

static SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        let letter = byte as u8;
        if letter.is_ascii_alphanumeric() {
            signs[byte] = Sign::OfWord;
        } else if letter.is_ascii_whitespace() || letter & 0xC0 == 0x80 {
            signs[byte] = Sign::None;
        }
        byte += 1;
    }
    signs
};

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
fn without_inner(mut hits: Vec<Hit>) -> Vec<Hit> {
    let (mut literal_end, mut wide) = (0, 0..0);
    hits.retain(|hit| {
        let Range { start, end } = hit.span;
        // What only lies in the gap of a wider match is a finding of its own.
        let at_an_edge = end == wide.end || (start == wide.start && end < wide.end);
        let inside = end <= literal_end || (!wide.is_empty() && at_an_edge);
        if hit.pattern.text.contains('*') {
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

/// Where the pattern ends whose first bytes, up to a `*`, stand here; nothing when it does not stand here whole.
fn end_of(text: &[u8], at: usize, fixed: usize, pattern: &Pattern) -> Option<usize> {
    let words = pattern.text.as_bytes();
    let whole = pattern.form != Form::Words;
    if joins(words[0], whole) && at > 0 && joins(text[at - 1], whole) {
        return None;
    }
    let mut end = at + fixed;
    for piece in words[fixed..].split(|&byte| byte == b'*').skip(1) {
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

/// The first eight bytes of a text, the first one lowest; nothing where it is shorter.
fn first_bytes(text: &[u8]) -> u64 {
    text.first_chunk().map_or_else(
        || text.iter().rev().fold(0, |bytes, &byte| bytes << 8 | u64::from(byte)),
        |bytes| u64::from_le_bytes(*bytes),
    )
}

/// The number of the run of the phrases with this start, told by so many bytes of it.
const fn slot(start: u64, length: usize) -> usize {
    let start = start & (u64::MAX >> (64 - 8 * length));
    (start.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 51) as usize % SLOTS
}

impl Index {
    fn of(packed: &'static str) -> Self {
        let mut patterns = Vec::with_capacity(COUNT);
        let mut starts = [0_u16; SLOTS + 1];
        let mut begun = [0; SLOTS / 64];
        let mut place = 0;
        while place < packed.len() {
            let bytes = text_at(packed, place).as_bytes();
            let fixed = bytes.iter().position(|&byte| byte == b'*').unwrap_or(bytes.len());
            let mut lengths = STARTS.into_iter().rev();
            let length = lengths.find(|&length| length <= fixed).unwrap_or(SHORT);
            let slot = slot(first_bytes(bytes), length);
            let mark = [bytes[fixed / 2], bytes[fixed - 1]];
            patterns.push((slot, Entry { place: place as u32, fixed: fixed as u8, mark }));
            starts[slot] += 1;
            let short = self::slot(first_bytes(bytes), SHORT);
            begun[short / 64] |= 1 << (short % 64);
            place += HEAD + bytes.len();
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut entries = vec![Entry::default(); patterns.len()];
        for (slot, entry) in patterns {
            starts[slot] -= 1;
            entries[usize::from(starts[slot])] = entry;
        }
        Self { packed, begun, starts, entries }
    }

    /// Whether some pattern begins with three bytes of this hash.
    const fn begins(&self, slot: usize) -> bool {
        self.begun[slot / 64] & (1 << (slot % 64)) != 0
    }

    /// Numbers of the entries of a run.
    fn run(&self, slot: usize) -> Range<usize> {
        usize::from(self.starts[slot])..usize::from(self.starts[slot + 1])
    }
}

/// The pattern packed at this place, and its cause.
fn unpack(packed: &'static str, place: usize) -> (Cause, Pattern) {
    let [cause, traits] = [0, 1].map(|byte| packed.as_bytes()[place + byte]);
    (RULES[usize::from(cause)].cause, Pattern::unpacked(text_at(packed, place), traits))
}

fn text_at(packed: &'static str, place: usize) -> &'static str {
    let length = packed.as_bytes()[place + HEAD - 1];
    &packed[place + HEAD..][..usize::from(length)]
}

#[cfg(test)]
mod tests {
    use super::*;
    fn every() -> impl Iterator<Item = (Cause, Pattern)> {
        let mut places: Vec<_> = INDEX.entries.iter().map(|entry| entry.place as usize).collect();
        places.sort_unstable();
        places.into_iter().map(|place| unpack(INDEX.packed, place))
    }

    #[test]
    fn patterns_are_packed_as_written() {
        let written = PATTERNS
            .iter()
            .zip(Cause::ALL)
            .flat_map(|(patterns, &cause)| patterns.iter().map(move |n| (cause, n)));
        for ((cause, written), (packed_cause, packed)) in written.zip(every()) {
            assert_eq!(
                (cause, written.text, written.traits()),
                (packed_cause, packed.text, packed.traits())
            );
        }
        assert_eq!(every().count(), PATTERNS.iter().map(|patterns| patterns.len()).sum::<usize>());
    }

    fn found(text: &str) -> Vec<&'static str> {
        find(&Scan::of(&[text])).iter().map(|hit| hit.pattern.text).collect()
    }

    #[test]
    fn every_pattern_is_found_in_itself() {
        for (cause, pattern) in every() {
            let text = pattern.text.replace('*', " x ");
            let hits =
                find(&Scan::of(&[&format!("{{\"code\":\"{}\"}}", text.replace('"', "\\\""))]));
            let found =
                hits.iter().any(|hit| hit.pattern.text == pattern.text || hit.cause == cause);
            assert!(found, "{cause:?}: {}", pattern.text);
        }
    }

    #[test]
    fn patterns_are_lower_case() {
        for (cause, pattern) in every() {
            let head = pattern.text.split('*').next().unwrap();
            assert!(head.len() >= 3 && !pattern.text.ends_with('*'), "{cause:?}: {}", pattern.text);
            assert_eq!(pattern.text, Scan::of(&[pattern.text]).low.trim_end(), "{cause:?}");
        }
    }

    #[test]
    fn codes_end_where_the_word_ends() {
        assert!(found("context_length_exceeded").contains(&"context_length_exceeded"));
        assert!(!found("xcontext_length_exceeded").contains(&"context_length_exceeded"));
        assert!(!found("context_length_exceeded_soon").contains(&"context_length_exceeded"));
    }
}
