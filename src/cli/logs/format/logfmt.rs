//! `time=… level=error msg="…" status=429`: pairs that become the fields of an object.

use serde_json::{Map, Value};

/// The pairs of a line; nothing when it has too little of the form.
pub(super) fn read(line: &str) -> Option<Map<String, Value>> {
    let is_key = |key: &str| {
        !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-@".contains(&byte))
    };
    let first = line.split_once('=').map(|(key, _)| key)?;
    if !is_key(first) || !["level=", "lvl=", "msg="].iter().any(|name| line.contains(name)) {
        return None;
    }
    let mut object = Map::new();
    let mut rest = line.trim_start();
    while let Some((key, after)) = rest.split_once('=') {
        // Words without a value stand before the key.
        let key = key.rsplit(' ').next().unwrap_or(key);
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, left) = after.split_once(' ').unwrap_or((after, ""));
                (value.to_owned(), left)
            }
        };
        if is_key(key) {
            object.insert(key.to_owned(), Value::String(value));
        }
        rest = left;
    }
    (object.len() >= 2).then_some(object)
}

fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[at + 1..]),
            '\\' => match letters.next().map(|(_, escaped)| escaped) {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some(escaped) => value.push(escaped),
                None => {}
            },
            other => value.push(other),
        }
    }
    (value, "")
}
