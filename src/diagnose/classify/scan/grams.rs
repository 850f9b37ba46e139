//! Which runs of three bytes a text holds: most questions whether it says something end here, without a search.

/// A set of runs of three bytes that may hold more than was put in, and never less.
#[derive(Debug)]
pub(super) struct Grams([u64; SLOTS / 64]);

/// Enough for the kilobytes of an answer; the set of a longer one fills up, and then the text is searched.
const SLOTS: usize = 4096;

impl Default for Grams {
    fn default() -> Self {
        Self([0; SLOTS / 64])
    }
}

impl Grams {
    /// Adds the runs of this text.
    pub(super) fn put(&mut self, text: &str) {
        for slot in slots(text) {
            self.0[slot / 64] |= 1 << (slot % 64);
        }
    }

    /// Whether the text can hold these words; if not, it surely does not.
    pub(super) fn may_hold(&self, words: &str) -> bool {
        words.as_bytes().windows(3).all(|run| {
            let slot = slot(u32::from_be_bytes([0, run[0], run[1], run[2]]));
            self.0[slot / 64] & (1 << (slot % 64)) != 0
        })
    }
}

fn slots(text: &str) -> impl Iterator<Item = usize> {
    let mut bytes = text.bytes();
    let mut run = u32::from(bytes.next().unwrap_or_default());
    run = run << 8 | u32::from(bytes.next().unwrap_or_default());
    bytes.map(move |byte| {
        run = run << 8 | u32::from(byte);
        slot(run)
    })
}

/// Of the run, the lower 24 bits count; of their product, the upper 12.
const fn slot(run: u32) -> usize {
    ((run << 8).wrapping_mul(0x9E37_79B1) >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a text holds, its grams may hold.
    #[test]
    fn no_false_negatives_in_grams() {
        let text = "The quota is used up, 额度已用尽.";
        let mut grams = Grams::default();
        assert!(grams.may_hold("ab") && !grams.may_hold("abc"));
        grams.put(text);
        for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            assert!(grams.may_hold(&text[start..]));
        }
        assert!(!grams.may_hold("rate limit"));
    }
}
