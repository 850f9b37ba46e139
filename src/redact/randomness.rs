//! Whether a word looks drawn at random.

/// Whether `token` mixes digits and letters the way words, versions and dates never do.
pub(super) fn looks_random(token: &[u8]) -> bool {
    let digits = token.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = token.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if token.len() < 20 || digits < 2 || letters < 4 {
        return false;
    }
    if token.len() >= 32 && hex(token) {
        return true;
    }
    // Neighbours of different kinds: a third of them or more in a random token, few in `claude-sonnet-4-5-20250929`.
    let kind = |byte: u8| match byte {
        b'0'..=b'9' => 1,
        b'A'..=b'Z' => 2,
        b'a'..=b'z' => 3,
        _ => 0,
    };
    let changes = token.windows(2).filter(|pair| {
        let (left, right) = (kind(pair[0]), kind(pair[1]));
        left != right && left != 0 && right != 0
    });
    let mut seen = [false; 128];
    token.iter().for_each(|byte| seen[usize::from(byte & 127)] = true);
    let variety = seen.iter().filter(|seen| **seen).count();
    variety >= 10 && changes.count() * 10 >= token.len() * 3
}

pub(super) fn hex(token: &[u8]) -> bool {
    token.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_text_is_told_from_names() {
        assert!(looks_random(b"q7Xk2vB9pLm4Zt8RwY1c"));
        assert!(looks_random(b"0f1e2d3c4b5a69788796a5b4c3d2e1f0"));
        for name in [
            "claude-sonnet-4-5-20250929",
            "meta-llama-3-70b-instruct",
            "ChatCompletions_Create2024",
            "2024052310260941388718971918754",
        ] {
            assert!(!looks_random(name.as_bytes()), "{name}");
        }
    }
}
