//! Every pattern in one run of bytes: cause, traits, length and text of each.
//!
//! Pointers and lengths of thousands of phrases would double their size. A program holds the bytes itself; the wasm of
//! this workspace is given them when it starts, so that its code is loaded and compiled without them.

#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
pub use built_in::packed;
#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
pub use given::learn;
#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
pub(crate) use given::packed;

use crate::causes::PATTERNS;
#[cfg(any(test, all(target_arch = "wasm32", feature = "workspace")))]
use crate::checksum::checksum;

/// Bytes of a packed pattern before its text.
pub(super) const HEAD: usize = 3;

/// How many bytes the packed patterns have. A constant, so that only the compiler reads the phrases for it.
const SIZE: usize = size();

const fn size() -> usize {
    let mut size = 0;
    let mut rule = 0;
    while rule < PATTERNS.len() {
        let mut which = 0;
        while which < PATTERNS[rule].len() {
            size += HEAD + PATTERNS[rule][which].text.len();
            which += 1;
        }
        rule += 1;
    }
    size
}

const fn pack() -> [u8; SIZE] {
    let mut packed = [0; SIZE];
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

/// What the packed patterns add up to: those of another build may have the same length.
#[cfg(any(test, all(target_arch = "wasm32", feature = "workspace")))]
const SUM: u32 = checksum(&pack());

/// Whether these are the patterns of this build.
#[cfg(any(test, all(target_arch = "wasm32", feature = "workspace")))]
fn are_ours(packed: &[u8]) -> bool {
    packed.len() == SIZE && checksum(packed) == SUM
}

#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
mod built_in {
    use super::{SIZE, pack};

    static PACKED: [u8; SIZE] = pack();

    /// The patterns of every cause, packed: the file `phrases.bin` beside the wasm.
    #[must_use]
    pub fn packed() -> &'static [u8] {
        &PACKED
    }
}

#[cfg(all(target_arch = "wasm32", feature = "workspace"))]
mod given {
    use std::sync::OnceLock;

    use super::are_ours;

    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();

    /// Takes the packed patterns; those of another build are refused. Comes before the first diagnosis.
    pub fn learn(packed: Vec<u8>) -> bool {
        are_ours(&packed) && PACKED.set(packed).is_ok()
    }

    /// The patterns, or none when they were not given: then statuses, headers and the network still speak.
    pub(crate) fn packed() -> &'static [u8] {
        PACKED.get().map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_another_build_are_refused() {
        assert!(are_ours(packed()));
        let mut other = packed().to_vec();
        other.swap(1_000, 1_001);
        assert_ne!(other, packed());
        assert!(!are_ours(&other));
        assert!(!are_ours(&packed()[1..]));
    }
}
