//! Every pattern, every rule of concepts and every lexicon in one run of bytes.
//!
//! Pointers and lengths of thousands of phrases would double their size. A program holds the bytes itself; the wasm of
//! this workspace is given them when it starts, so that its code is loaded and compiled without them.

#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
pub use built_in::packed_phrases;
#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
pub use given::learn;

#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
use built_in::packed;
#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
use given::packed;

use crate::{
    causes::{MEANINGS, PATTERNS},
    checksum::checksum,
    text::LEXICONS,
};

/// Bytes of a packed pattern before its text.
pub(super) const HEAD: usize = 3;

/// The patterns, packed: cause, traits, length and text of each.
pub(super) fn patterns() -> &'static str {
    let bytes = packed().get(SUM_SIZE..SUM_SIZE + PATTERNS_SIZE).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The rules of concepts, packed: cause, length and bytes of each.
pub(super) fn meanings() -> &'static [u8] {
    let start = SUM_SIZE + PATTERNS_SIZE;
    packed().get(start..start + MEANINGS_SIZE).unwrap_or_default()
}

/// The lexicons, packed.
pub(crate) fn lexicons() -> &'static [u8] {
    packed().get(SUM_SIZE + PATTERNS_SIZE + MEANINGS_SIZE..).unwrap_or_default()
}

/// How many bytes the packed patterns have. A constant, so that only the compiler reads the phrases for it.
const PATTERNS_SIZE: usize = {
    let (mut size, mut rule) = (0, 0);
    while rule < PATTERNS.len() {
        let mut which = 0;
        while which < PATTERNS[rule].len() {
            size += HEAD + PATTERNS[rule][which].text.len();
            which += 1;
        }
        rule += 1;
    }
    size
};

const MEANINGS_SIZE: usize = {
    let (mut size, mut rule) = (0, 0);
    while rule < MEANINGS.len() {
        let mut which = 0;
        while which < MEANINGS[rule].len() {
            size += 2 + MEANINGS[rule][which].packed_size();
            which += 1;
        }
        rule += 1;
    }
    size
};

const fn pack_patterns() -> [u8; PATTERNS_SIZE] {
    let mut packed = [0; PATTERNS_SIZE];
    let mut at = 0;
    let mut rule = 0;
    while rule < PATTERNS.len() {
        let mut which = 0;
        while which < PATTERNS[rule].len() {
            let pattern = &PATTERNS[rule][which];
            let text = pattern.text.as_bytes();
            // So that all of it is text.
            assert!(rule < 128 && pattern.traits() < 128 && text.len() < 128);
            packed[at] = rule as u8;
            packed[at + 1] = pattern.traits();
            packed[at + 2] = text.len() as u8;
            packed.split_at_mut(at + HEAD).1.split_at_mut(text.len()).0.copy_from_slice(text);
            at += HEAD + text.len();
            which += 1;
        }
        rule += 1;
    }
    packed
}

const fn pack_meanings() -> [u8; MEANINGS_SIZE] {
    let mut packed = [0; MEANINGS_SIZE];
    let mut at = 0;
    let mut rule = 0;
    while rule < MEANINGS.len() {
        let mut which = 0;
        while which < MEANINGS[rule].len() {
            let meaning = &MEANINGS[rule][which];
            let size = meaning.packed_size();
            packed[at] = rule as u8;
            packed[at + 1] = size as u8;
            meaning.pack(packed.split_at_mut(at + 2).1.split_at_mut(size).0);
            at += 2 + size;
            which += 1;
        }
        rule += 1;
    }
    packed
}

/// What everything that is packed adds up to: the bytes of another build begin with another sum.
const SUM: [u8; SUM_SIZE] = {
    let mut sum = checksum(&pack_patterns()) ^ checksum(&pack_meanings()).rotate_left(1);
    let mut language = 0;
    while language < LEXICONS.len() {
        sum = sum.rotate_left(1) ^ checksum(LEXICONS[language].1.as_bytes());
        language += 1;
    }
    sum.to_le_bytes()
};
const SUM_SIZE: usize = 4;

/// Whether these are the bytes of this build.
#[cfg(any(test, all(target_arch = "wasm32", feature = "workspace")))]
fn are_ours(packed: &[u8]) -> bool {
    packed.starts_with(&SUM) && packed.len() > SUM_SIZE + PATTERNS_SIZE + MEANINGS_SIZE
}

#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
mod built_in {
    use std::sync::LazyLock;

    use super::{MEANINGS_SIZE, PATTERNS_SIZE, SUM, pack_meanings, pack_patterns};
    use crate::text::pack_lexicons;

    static PATTERNS: [u8; PATTERNS_SIZE] = pack_patterns();
    static MEANINGS: [u8; MEANINGS_SIZE] = pack_meanings();
    static PACKED: LazyLock<Vec<u8>> =
        LazyLock::new(|| [&SUM, &PATTERNS[..], &MEANINGS, &pack_lexicons()].concat());

    /// All of it: the file `phrases.bin` beside the wasm.
    #[must_use]
    pub fn packed_phrases() -> &'static [u8] {
        &PACKED
    }

    pub(super) fn packed() -> &'static [u8] {
        &PACKED
    }
}

#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
mod given {
    use std::sync::OnceLock;

    use super::are_ours;

    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();

    /// Takes the packed phrases; those of another build are refused. Comes before the first diagnosis.
    pub fn learn(packed: Vec<u8>) -> bool {
        are_ours(&packed) && PACKED.set(packed).is_ok()
    }

    /// The phrases, or none when they were not given: then statuses, headers and the network still speak.
    pub(super) fn packed() -> &'static [u8] {
        PACKED.get().map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_another_build_are_refused() {
        assert!(are_ours(packed()));
        let mut other = packed().to_vec();
        other[0] ^= 1;
        assert!(!are_ours(&other));
        assert!(!are_ours(&packed()[..100]));
    }
}
