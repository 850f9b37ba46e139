//! Which runs of three bytes a text holds: most questions whether it says something end here, without a search.

/// A set of runs of three bytes that may hold more than was put in, and never less.
#[derive(Debug)]
pub(super) struct Grams([u64; SLOTS / 64]);

const SLOTS: usize = 8192;

impl Grams {
    /// The runs of this text.
    pub(super) fn of(text: &str) -> Self {
        let mut grams = Self([0; SLOTS / 64]);
        for slot in slots(text) {
            grams.0[slot / 64] |= 1 << (slot % 64);
        }
        grams
    }

    /// Whether the text can hold these words; if not, it surely does not.
    pub(super) fn may_hold(&self, words: &str) -> bool {
        slots(words).all(|slot| self.0[slot / 64] & (1 << (slot % 64)) != 0)
    }
}

fn slots(text: &str) -> impl Iterator<Item = usize> {
    let mut bytes = text.bytes();
    let mut run = u32::from(bytes.next().unwrap_or_default());
    run = run << 8 | u32::from(bytes.next().unwrap_or_default());
    bytes.map(move |byte| {
        run = run << 8 | u32::from(byte);
        // The upper 13 of 32 bits, of a run of 24.
        ((run << 8).wrapping_mul(0x9E37_79B1) >> 19) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_may_be_held() {
        let text = "The quota is used up, 额度已用尽.";
        let grams = Grams::of(text);
        for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            assert!(grams.may_hold(&text[start..]));
        }
        assert!(!grams.may_hold("rate limit"));
        assert!(Grams::of("").may_hold("ab") && !Grams::of("").may_hold("abc"));
    }
}
