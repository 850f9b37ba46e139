//! The one checksum: enough to notice a damaged byte or another build's file, no protection against anybody.

/// The FNV-1a sum, 32 bits (<https://www.rfc-editor.org/rfc/rfc9923>).
#[must_use]
pub const fn checksum(bytes: &[u8]) -> u32 {
    let (mut sum, mut at) = (0x811c_9dc5_u32, 0);
    while at < bytes.len() {
        sum = (sum ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn sums_are_those_of_fnv() {
        assert_eq!(
            ["", "a", "foobar"].map(|text| checksum(text.as_bytes())),
            [0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968]
        );
    }
}
