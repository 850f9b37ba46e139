//! The words of every language: which stem means which concept, and where they stand in a text.

use std::sync::LazyLock;

use super::{
    letters::stands_anywhere,
    source::{LANGUAGE_END, STEM_END},
};
use crate::classify::lexicons;

/// A stem that stands in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) concept: u8,
    /// The number of the language, of [`LEXICONS`].
    pub(crate) language: u8,
}

/// How a stem has to stand.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Stand {
    /// At the start of a word.
    #[default]
    Begins,
    /// As a whole word.
    Whole,
    /// Anywhere.
    Anywhere,
}

#[derive(Clone, Copy, Default)]
struct Stem {
    /// Where its text stands in the packed lexicons.
    place: u32,
    length: u8,
    stand: Stand,
    concept: u8,
    language: u8,
}

const SLOTS: usize = 8192;

struct Index {
    packed: &'static [u8],
    starts: [u16; SLOTS + 1],
    /// A bit for each slot that some stem has which may stand anywhere.
    anywhere: [u64; SLOTS / 64],
    stems: Vec<Stem>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(lexicons()));

impl Index {
    fn of(packed: &'static [u8]) -> Self {
        let mut found: Vec<(usize, Stem)> = Vec::with_capacity(packed.len() / 10);
        let (mut at, mut language) = (0, 0_u8);
        while let Some(&concept) = packed.get(at) {
            at += 1;
            if concept == LANGUAGE_END {
                language += 1;
                continue;
            }
            loop {
                let length = packed[at..].iter().position(|&byte| byte == STEM_END).unwrap_or(0);
                let text = &packed[at..at + length];
                let place = at;
                at += length + 1;
                if length == 0 {
                    break;
                }
                found.push(stem(text, place, concept - 1, language));
            }
        }
        let mut starts = [0_u16; SLOTS + 1];
        let mut anywhere = [0; SLOTS / 64];
        for (slot, stem) in &found {
            starts[*slot] += 1;
            if stem.stand == Stand::Anywhere {
                anywhere[slot / 64] |= 1 << (slot % 64);
            }
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut stems = vec![Stem::default(); found.len()];
        for (slot, stem) in found {
            starts[slot] -= 1;
            stems[usize::from(starts[slot])] = stem;
        }
        Self { packed, starts, anywhere, stems }
    }

    /// Every stem that stands in a folded text.
    fn find(&self, text: &[u8]) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(text.len() / 4);
        let mut before = Sign::Gap;
        for at in 0..text.len() {
            let sign = sign(text, at);
            let begins = match sign {
                Sign::Gap | Sign::Inside => {
                    if sign == Sign::Gap {
                        before = sign;
                    }
                    continue;
                }
                Sign::Free => true,
                Sign::Ascii => before != Sign::Ascii,
                Sign::Other => before != Sign::Other,
            };
            let after_gap = before == Sign::Gap;
            before = sign;
            let slot = slot(text, at);
            if !begins && self.anywhere[slot / 64] & (1 << (slot % 64)) == 0 {
                continue;
            }
            let run = usize::from(self.starts[slot])..usize::from(self.starts[slot + 1]);
            for stem in &self.stems[run] {
                let place = stem.place as usize;
                let length = usize::from(stem.length);
                let stands = match stem.stand {
                    Stand::Begins => begins,
                    Stand::Whole => {
                        begins
                            && (after_gap || sign != Sign::Free)
                            && ends_word(text, at + length, sign)
                    }
                    Stand::Anywhere => true,
                };
                let words = &self.packed[place..place + length];
                let ends_alike = text.get(at + length - 1) == words.last();
                if ends_alike && stands && text[at..].starts_with(words) {
                    hits.push(Hit {
                        start: at as u32,
                        end: (at + length) as u32,
                        concept: stem.concept,
                        language: stem.language,
                    });
                }
            }
        }
        hits
    }
}

fn stem(text: &[u8], place: usize, concept: u8, language: u8) -> (usize, Stem) {
    let marked = matches!(text[0], b'=' | b'~');
    let words = &text[usize::from(marked)..];
    let stand = match text[0] {
        b'=' => Stand::Whole,
        b'~' => Stand::Anywhere,
        _ if sign(words, 0) == Sign::Free => Stand::Anywhere,
        _ => Stand::Begins,
    };
    let place = (place + usize::from(marked)) as u32;
    (slot(words, 0), Stem { place, length: words.len() as u8, stand, concept, language })
}

/// What stands at a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Gap,
    /// The inside of a character.
    Inside,
    Ascii,
    /// A letter of a script that sets words apart by blanks.
    Other,
    /// A letter of a script in which words may stand anywhere.
    Free,
}

fn sign(text: &[u8], at: usize) -> Sign {
    match text[at] {
        b' ' | b'\n' => Sign::Gap,
        0x80..=0xBF => Sign::Inside,
        0..=0x7F => Sign::Ascii,
        first => {
            let letter = match (first, text.get(at + 1), text.get(at + 2)) {
                (0xC0..=0xDF, Some(&second), _) => {
                    u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F)
                }
                (0xE0..=0xEF, Some(&second), Some(&third)) => {
                    u32::from(first & 0x0F) << 12
                        | u32::from(second & 0x3F) << 6
                        | u32::from(third & 0x3F)
                }
                _ => 0x1_0000,
            };
            if char::from_u32(letter).is_some_and(stands_anywhere) {
                Sign::Free
            } else {
                Sign::Other
            }
        }
    }
}

/// Whether a letter is of a script that sets words apart by blanks.
pub(super) fn is_apart(text: &[u8], at: usize) -> bool {
    matches!(sign(text, at), Sign::Ascii | Sign::Other)
}

fn ends_word(text: &[u8], end: usize, kind: Sign) -> bool {
    text.get(end).is_none_or(|byte| match kind {
        Sign::Ascii => !byte.is_ascii_alphanumeric(),
        _ => matches!(byte, b' ' | b'\n'),
    })
}

/// Stems are told apart by their first three bytes; a whole word of two is told by the gap behind it.
fn slot(text: &[u8], at: usize) -> usize {
    let byte = |offset: usize| text.get(at + offset).copied().unwrap_or(b' ');
    let third = match byte(2) {
        b'\n' => b' ',
        third if third >= 0xC0 && byte(0).is_ascii() => b' ',
        third => third,
    };
    let run = u32::from_be_bytes([0, byte(0), byte(1), third]);
    ((run << 8).wrapping_mul(0x9E37_79B1) >> 19) as usize % SLOTS
}

/// Every stem of every language that stands in a folded text, in the order of the text.
pub(crate) fn find(text: &str) -> Vec<Hit> {
    INDEX.find(text.as_bytes())
}
