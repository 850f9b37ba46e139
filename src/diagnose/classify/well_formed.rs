//! Whether a text is JSON on the outside: a check of brackets, texts and words, without what a reader of it would weigh.

/// Whether every bare word is one that JSON knows, every text is closed and every bracket meets its own. Several values in a row
/// pass, as lines of them do.
pub(crate) fn is_json(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' if open.pop() != Some(byte) => return false,
            b'"' => match end_of_text(&bytes[at..]) {
                Some(length) => at += length,
                None => return false,
            },
            b'}' | b']' | b',' | b':' => {}
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                let ends = |b: &u8| b.is_ascii_whitespace() || b"{}[],:\"".contains(b);
                let length = bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at);
                let word = &bytes[at - 1..at + length];
                let number = |b: &u8| b.is_ascii_digit() || b"+-.eE".contains(b);
                if !(matches!(word, b"true" | b"false" | b"null") || word.iter().all(number)) {
                    return false;
                }
                at += length;
            }
        }
    }
    open.is_empty()
}

/// The length of the rest of a text with its closing quote.
fn end_of_text(rest: &[u8]) -> Option<usize> {
    let mut escaped = false;
    rest.iter()
        .position(|&byte| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        })
        .map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn only_json_is_well_formed() {
        for good in [
            r#"{"a":[1,-2.5e3,true,null],"b":"x\"}{"}"#,
            "[]",
            "{\"done\":false}\n{\"done\":true}\n",
            r#""a\\""#,
        ] {
            assert!(is_json(good), "{good}");
        }
        for bad in [r#"{"choices": oops}"#, r#"{"a":"He"#, "{'a': None}", "[1}", "{", r#""a\""#] {
            assert!(!is_json(bad), "{bad}");
        }
    }
}
