//! Whether an event of a stream can be read: what was cut or mangled on the way is not one whole JSON value.

/// Whether the data of an event is as it was sent: JSON, the end mark, or one short word, as some services send to keep the
/// line open.
pub(super) fn is_readable_event(data: &str) -> bool {
    const LONGEST_WORD: usize = 12;
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-:[]".contains(&byte);
    let data = data.trim();
    data.len() <= LONGEST_WORD && data.bytes().all(in_word) || is_whole_json(data)
}

/// Whether this is one JSON value from its first letter to its last. What some services write, line breaks in strings and
/// numbers like `NaN`, does no harm; whether a colon stands where a comma belongs is not looked at.
pub(super) fn is_whole_json(text: &str) -> bool {
    let (mut rest, mut open) = (text.as_bytes(), Vec::new());
    let (mut wanted, mut fresh) = (true, false);
    loop {
        rest = rest.trim_ascii_start();
        let Some((&byte, after)) = rest.split_first() else { return !wanted && open.is_empty() };
        let end = match byte {
            _ if !wanted && open.is_empty() => None,
            b'{' | b'[' if wanted => {
                // Both close two places behind.
                open.push(byte + 2);
                (rest, fresh) = (after, true);
                continue;
            }
            b'}' | b']' if fresh || !wanted => (open.pop() == Some(byte)).then_some(1),
            b',' | b':' if !wanted => {
                (rest, wanted) = (after, true);
                continue;
            }
            b'"' if wanted => end_of_string(after).map(|end| end + 2),
            _ if wanted => end_of_word(rest),
            _ => None,
        };
        let Some(end) = end else { return false };
        (rest, wanted, fresh) = (&rest[end..], false, false);
    }
}

fn end_of_string(inner: &[u8]) -> Option<usize> {
    let mut escaped = false;
    inner.iter().position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

/// Where a number ends, or one of the few words.
fn end_of_word(rest: &[u8]) -> Option<usize> {
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let end = rest.iter().position(|byte| !belongs(byte)).unwrap_or(rest.len());
    let word = rest[..end].strip_prefix(b"-").unwrap_or(&rest[..end]);
    let known = [&b"true"[..], b"false", b"null", b"NaN", b"Infinity"];
    (known.contains(&word) || word.first()?.is_ascii_digit()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{is_readable_event, is_whole_json};
    use proptest::prelude::*;

    #[test]
    fn cut_and_mangled_values_are_broken() {
        let whole = r#"{"a":[1,-2.5e3,{"b":"x\"}"}],"c":null,"d":[],"e":{}}"#;
        assert!(is_whole_json(whole));
        for end in 0..whole.len() {
            assert!(!is_whole_json(&whole[..end]), "{}", &whole[..end]);
        }
        for broken in [
            "{]",
            "{\"a\":1,}",
            "[1 2]",
            "{\"a\":1}{\"a\":1}",
            "{'a':1}",
            "words",
            "{\"a\":x}",
            "<html>",
            "\u{fffd}",
            "-",
        ] {
            assert!(!is_whole_json(broken), "{broken}");
        }
        for harmless in [" {\"a\":\n1}\n", "{\"a\":NaN}", "[-Infinity]", "\"two\nlines\"", "12"] {
            assert!(is_whole_json(harmless), "{harmless}");
        }
        assert!(!is_whole_json(&"[".repeat(1_000_000)));
        assert!(!is_whole_json("{broken json}") && !is_whole_json("{\"a\": }"));
    }

    #[test]
    fn signs_of_life_are_readable() {
        for data in ["", "[DONE]", "12:00:31", "keep-alive", " PING", "{}"] {
            assert!(is_readable_event(data), "{data}");
        }
        for data in ["{\"choices\":[{\"del", "{\"a\"", "what is this", "\u{fffd}", "<p>"] {
            assert!(!is_readable_event(data), "{data}");
        }
    }

    proptest! {
        /// What a library writes is whole, and what it can read is no less so here.
        #[test]
        fn a_library_agrees(words in "\\PC*", number in any::<f64>(), broken in "[{}\\[\\]\",:\\\\0-9a ]{0,12}") {
            let json = serde_json::json!({words.clone(): [number, {"y": words}]});
            prop_assert!(is_whole_json(&json.to_string()));
            let readable = serde_json::from_str::<serde_json::Value>(&broken).is_ok();
            prop_assert!(!readable || is_whole_json(&broken), "{}", broken);
        }
    }
}
