//! Every pattern in one run of bytes: cause, traits, length and text of each.
//!
//! Pointers and lengths of thousands of phrases would double their size. A program holds the bytes itself; the wasm is
//! given them when it starts, so that its code is loaded and compiled without them.

#[cfg(not(target_arch = "wasm32"))]
pub use built_in::packed;
#[cfg(target_arch = "wasm32")]
pub use given::learn;
#[cfg(target_arch = "wasm32")]
pub(crate) use given::packed;

use crate::causes::PATTERNS;

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

#[cfg(not(target_arch = "wasm32"))]
mod built_in {
    use super::{HEAD, SIZE};
    use crate::causes::PATTERNS;

    static PACKED: [u8; SIZE] = pack();

    /// The patterns of every cause, packed: the file `phrases.bin` beside the wasm.
    #[must_use]
    pub fn packed() -> &'static [u8] {
        &PACKED
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
}

#[cfg(target_arch = "wasm32")]
mod given {
    use std::sync::OnceLock;

    use super::SIZE;

    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();

    /// Takes the packed patterns; those of another build are refused. Comes before the first diagnosis.
    pub fn learn(packed: Vec<u8>) -> bool {
        packed.len() == SIZE && PACKED.set(packed).is_ok()
    }

    /// The patterns, or none when they were not given: then statuses, headers and the network still speak.
    pub(crate) fn packed() -> &'static [u8] {
        PACKED.get().map_or(&[], Vec::as_slice)
    }
}
