//! As much JSON as a source needs: write a string, and find one value in an answer.
//!
//! Own code because of its bytes: a general JSON library costs the wasm 60 KB, a fifth of all it may weigh, most of it
//! tables for floating-point numbers that no source needs.

/// The text as a JSON string.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            control if control < ' ' => {
                json.push_str("\\u00");
                json.push(if control < '\u{10}' { '0' } else { '1' });
                json.extend(char::from_digit(control as u32 % 16, 16));
            }
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// The raw value at a path of keys and list positions (`["choices", "0", "delta"]`), or `None`.
#[must_use]
pub fn find<'a>(json: &'a str, path: &[&str]) -> Option<&'a str> {
    path.iter().try_fold(json.trim(), |value, step| child(value, step))
}

/// The values of a list.
#[must_use]
pub fn items(list: &str) -> Vec<&str> {
    members(list, b'[', b']').into_iter().map(|(_, value)| value).collect()
}

/// The names and values of an object.
#[must_use]
pub fn entries(object: &str) -> Vec<(String, &str)> {
    let members = members(object, b'{', b'}').into_iter();
    members.filter_map(|(name, value)| Some((text(name?)?, value))).collect()
}

/// The text of a JSON string, escapes undone; `None` for any other value.
#[must_use]
pub fn text(value: &str) -> Option<String> {
    let inner = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next()? {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'u' => text.push(unicode(&mut letters)?),
            other => text.push(other),
        }
    }
    Some(text)
}

/// The character of `\uXXXX`, two of them for one beyond the first plane; half of a pair becomes U+FFFD.
fn unicode(letters: &mut std::str::Chars<'_>) -> Option<char> {
    let high = hex(letters)?;
    if !(0xD800..0xDC00).contains(&high) {
        return Some(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let mut rest = letters.clone();
    let low =
        (rest.next() == Some('\\') && rest.next() == Some('u')).then(|| hex(&mut rest)).flatten();
    match low.filter(|low| (0xDC00..0xE000).contains(low)) {
        Some(low) => {
            *letters = rest;
            char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        }
        None => Some(char::REPLACEMENT_CHARACTER),
    }
}

fn hex(letters: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |number, _| Some(number * 16 + letters.next()?.to_digit(16)?))
}

fn child<'a>(value: &'a str, step: &str) -> Option<&'a str> {
    if value.starts_with('[') {
        let index: usize = step.parse().ok()?;
        return items(value).get(index).copied();
    }
    let wanted = |(key, _): &(Option<&str>, &str)| key.and_then(text).as_deref() == Some(step);
    members(value, b'{', b'}').into_iter().find(wanted).map(|(_, value)| value)
}

/// Keys and values of an object, or values of a list; of a broken one as far as it goes.
fn members(json: &str, open: u8, close: u8) -> Vec<(Option<&str>, &str)> {
    let bytes = json.as_bytes();
    let mut members = Vec::new();
    if bytes.first() != Some(&open) {
        return members;
    }
    let (mut at, mut key) = (1, None);
    while let Some(&byte) = bytes.get(at) {
        if byte == close {
            break;
        }
        if byte.is_ascii_whitespace() || byte == b',' || byte == b':' {
            at += 1;
            continue;
        }
        let Some(end) = skip(bytes, at) else { break };
        let value = &json[at..end];
        at = end;
        if open == b'{' && key.is_none() {
            key = Some(value);
        } else {
            members.push((key.take(), value));
        }
    }
    members
}

/// Where the value that begins here ends, or `None` when the text is cut or broken inside it.
fn skip(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut at) = (0_usize, false, start);
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' | b':' if depth == 0 => return None,
            _ => {}
        }
        at += 1;
        let scalar_goes_on =
            !in_string && depth == 0 && byte != b'"' && !matches!(byte, b'}' | b']');
        if in_string || depth > 0 {
            continue;
        }
        let next = bytes.get(at);
        if !scalar_goes_on || next.is_none_or(|next| b",:]} \n\r\t".contains(next)) {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn json_value_is_found_by_path() {
        let json = r#" {"a":"x","ch{oices":[1,{"delta":{"content":"Hi \"y\u00f6u\" \ud83d\ude00\n"}}, -2.5e3],"n":null,"t":true} "#;
        let content = find(json, &["ch{oices", "1", "delta", "content"]).and_then(text);
        assert_eq!(content.as_deref(), Some("Hi \"yöu\" 😀\n"));
        assert_eq!(find(json, &["ch{oices", "2"]), Some("-2.5e3"));
        assert_eq!(find(json, &["n"]), Some("null"));
        assert_eq!(find(json, &["t"]), Some("true"));
        assert_eq!(find(json, &["ch{oices", "7"]), None);
        assert_eq!(find(json, &["a", "b"]), None);
        assert_eq!(text("\"\\ud800x\"").as_deref(), Some("\u{fffd}x"));
        assert_eq!(text("12"), None);
    }

    proptest! {
        /// What is written here is what a JSON library reads.
        #[test]
        fn written_strings_parse_elsewhere(words in "\\PC*|[\\x00-\\x7f]*") {
            prop_assert_eq!(serde_json::from_str::<String>(&quoted(&words)).unwrap(), words.clone());
            prop_assert_eq!(text(&quoted(&words)).unwrap(), words);
        }

        #[test]
        fn what_a_library_writes_is_found(key in "\\PC{1,8}", words in "\\PC*", number in any::<f64>()) {
            let json = serde_json::json!({"x": [number, {"y": "}]"}], key.clone(): {"deep": [words.clone(), null]}});
            for json in [json.to_string(), serde_json::to_string_pretty(&json).unwrap()] {
                let found = find(&json, &[&key, "deep", "0"]).and_then(text);
                prop_assert_eq!(found.as_deref(), Some(words.as_str()));
                let raw = find(&json, &["x", "0"]).unwrap_or("null");
                prop_assert!(serde_json::from_str::<Value>(raw).is_ok());
            }
        }

        #[test]
        fn nothing_makes_it_panic(json in "[{}\\[\\]\",:\\\\a0 \u{e9}]*", cut in 0_usize..64) {
            let cut = (0..=cut.min(json.len())).rev().find(|at| json.is_char_boundary(*at)).unwrap();
            let _ = find(&json[..cut], &["a", "0", "a"]);
            let _ = items(&json);
            let _ = text(&json);
        }
    }
}
