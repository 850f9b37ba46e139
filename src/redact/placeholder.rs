//! What stands in for a find: `[CLASS#n]`.

/// Every class. The same secret gets the same `n` within one call; `n` says nothing else.
const CLASSES: &[&str] = &[
    "ANTHROPIC_KEY",
    "AWS_KEY",
    "BANK_ACCOUNT",
    "CARD",
    "COOKIE",
    "CREDENTIAL",
    "EMAIL",
    "ENCODED_SECRET",
    "GITHUB_TOKEN",
    "GOOGLE_KEY",
    "ID_NUMBER",
    "IP",
    "JWT",
    "MAC_ADDRESS",
    "MASKED_KEY",
    "OPENAI_KEY",
    "OPENROUTER_KEY",
    "ORG_ID",
    "OWN_SECRET",
    "PERSON_ID",
    "PHONE",
    "PRIVATE_KEY",
    "RANDOM",
    "SECRET",
    "SLACK_TOKEN",
    "USER",
    "USERINFO",
    "VENDOR_KEY",
    "WEBHOOK",
    "WHATSAPP_ID",
];

/// The length, class and number of the placeholder that `text` begins with.
pub(super) fn placeholder(text: &str) -> Option<(usize, &'static str, u32)> {
    let rest = text.strip_prefix('[')?;
    let hash = rest.bytes().take(24).position(|byte| byte == b'#')?;
    let class = CLASSES.iter().find(|class| **class == &rest[..hash])?;
    let digits = rest[hash + 1..].bytes().take_while(u8::is_ascii_digit).count();
    let number = &rest[hash + 1..hash + 1 + digits];
    // Seven digits at most: enough for any text, too few to carry a secret past the scan.
    let closed = rest[hash + 1 + digits..].starts_with(']');
    (closed && digits <= 7).then_some((digits + hash + 3, class, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_placeholders_are_recognised() {
        assert_eq!(placeholder("[EMAIL#12] x"), Some((10, "EMAIL", 12)));
        for not_one in
            ["[EMAIL#]", "[EMAIL#12", "[EMAIL12]", "[OTHER#1]", "[EMAIL#12345678]", "EMAIL#1]"]
        {
            assert_eq!(placeholder(not_one), None, "{not_one}");
        }
    }
}
