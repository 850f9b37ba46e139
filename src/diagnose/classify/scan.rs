//! Takes an answer apart in one pass: JSON, Python's `repr`, event streams, HTML or plain text, cut anywhere.
//!
//! Out come the **leaves** (a key and its value) and the **text** that a service or a program wrote about the
//! failure, with escapes undone. What a model wrote, and what the person asked, is left out: an answer *about*
//! rate limits is no rate limit.

mod grams;
mod plain;
mod tokens;

use std::{borrow::Cow, ops::Range};

use grams::Grams;
use plain::{lower, push_folded, unescape};
use tokens::{may_open, next_is_colon, opening, quoted};

/// How often JSON inside a JSON string is opened.
const PEELS: u8 = 3;
/// How much of a text is looked at: from its start, and of a longer one from its end.
const HEAD: usize = 64 * 1024;
const TAIL: usize = 16 * 1024;
/// Nesting beyond this is followed but not remembered.
const DEPTH: usize = 48;

/// A key with its plain value; both are spans of the buffers of [`Scan`].
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    key: Range<usize>,
    /// Where the value stands in the text; empty when it was left out.
    pub(crate) value: Range<usize>,
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Scan {
    /// The text as it was written, white space folded, typographic quotes made plain.
    pub(crate) raw: String,
    /// The same in lower case, byte for byte at the same place.
    pub(crate) low: String,
    grams: Grams,
    keys: String,
    /// Whether some object stands under the key `error`.
    pub(crate) has_error: bool,
    /// In the order of the text.
    pub(crate) leaves: Vec<Leaf>,
}

impl Scan {
    /// Takes the texts apart, one after the other.
    pub(crate) fn of(texts: &[&str]) -> Self {
        let parts = texts.iter().map(|text| bounded(text)).flat_map(|(head, tail)| [head, tail]);
        let most = parts.clone().map(|part| part.len() + 1).sum();
        let mut scan = Self {
            raw: String::with_capacity(most),
            low: String::new(),
            grams: Grams::default(),
            keys: String::with_capacity(128),
            has_error: false,
            leaves: Vec::with_capacity(16),
        };
        for part in parts {
            scan.text(part, 0);
        }
        scan.low = lower(&scan.raw);
        scan.grams.put(&scan.low);
        scan
    }

    /// Whether the text holds these words, given in lower case.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.grams.may_hold(words) && self.low.contains(words)
    }

    /// What follows these words, given in lower case, at each of the first places where they stand.
    pub(crate) fn after<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a str> {
        const PLACES: usize = 16;
        let places = self.grams.may_hold(words).then(|| self.low.match_indices(words));
        places.into_iter().flatten().take(PLACES).map(|(at, _)| &self.low[at + words.len()..])
    }

    /// What stands before the first place of these words, given in lower case.
    pub(crate) fn before(&self, words: &str) -> Option<&str> {
        let place = self.grams.may_hold(words).then(|| self.low.find(words))?;
        place.map(|at| &self.low[..at])
    }

    /// Keys in lower case, without `_` and `-`, and values as written.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.leaves.iter().map(|leaf| (self.key(leaf), &self.raw[leaf.value.clone()]))
    }

    /// The key of a leaf, in lower case, without `_` and `-`.
    pub(crate) fn key(&self, leaf: &Leaf) -> &str {
        &self.keys[leaf.key.clone()]
    }

    /// The first value under this key, as written.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        let leaf = self.leaves.iter().find(|leaf| self.is_under(leaf, key))?;
        Some(&self.raw[leaf.value.clone()])
    }

    /// Whether some value under this key passes.
    pub(crate) fn any(&self, key: &str, mut test: impl FnMut(&str) -> bool) -> bool {
        let mut leaves = self.leaves.iter().filter(|leaf| self.is_under(leaf, key));
        leaves.any(|leaf| test(&self.raw[leaf.value.clone()]))
    }

    /// Whether a leaf has this key; most are told apart by the length alone.
    fn is_under(&self, leaf: &Leaf, key: &str) -> bool {
        leaf.key.len() == key.len() && self.key(leaf) == key
    }

    fn text(&mut self, text: &str, peel: u8) {
        let mut at = 0;
        while let Some(open) = opening(text.as_bytes(), at) {
            if text[open + 1..].trim_start().starts_with('\\') && peel < PEELS {
                self.say(&text[at..open]);
                let plain = unescape(&text[open..]);
                return self.text(&plain, peel + 1);
            }
            self.say(&text[at..open]);
            at = self.structure(text, open, peel);
        }
        self.say(&text[at..]);
    }

    /// Reads one object or list from `open` and returns where it ends, or the end of a text that breaks off.
    fn structure(&mut self, text: &str, open: usize, peel: u8) -> usize {
        let bytes = text.as_bytes();
        let mut frames: Vec<Frame> = Vec::new();
        let mut beyond = 0_usize;
        let mut key = 0..0;
        let mut at = open;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'{' | b'[' => {
                    self.has_error |= matches!(&self.keys[key.clone()], "error" | "errors");
                    if frames.len() < DEPTH {
                        let outer = frames.last().is_some_and(|frame| frame.answer);
                        let answer = outer || ANSWER.contains(&&self.keys[key.clone()]);
                        frames.push(Frame { object: byte == b'{', answer, key: key.clone() });
                    } else {
                        beyond += 1;
                    }
                    key = 0..0;
                    at += 1;
                }
                b'}' | b']' => {
                    at += 1;
                    if beyond > 0 {
                        beyond -= 1;
                    } else if frames.pop().is_none() || frames.is_empty() {
                        return at;
                    }
                    key = 0..0;
                }
                b'"' | b'\'' => {
                    let (inner, end, escaped) = quoted(text, at);
                    at = end;
                    let object = frames.last().is_none_or(|frame| frame.object);
                    if object && key.start == key.end && next_is_colon(bytes, at) {
                        key = self.remember(inner);
                    } else {
                        self.leaf(&mut key, &frames, inner, escaped, peel);
                    }
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                _ => {
                    let end = bytes[at..]
                        .iter()
                        .position(|b| matches!(b, b',' | b'}' | b']' | b'\n' | b'\r' | b'"'))
                        .map_or(bytes.len(), |n| at + n);
                    // A bare word ends at an ASCII byte, so both ends are character boundaries.
                    self.leaf(&mut key, &frames, text[at..end].trim(), false, PEELS);
                    at = end;
                }
            }
        }
        bytes.len()
    }

    fn leaf(
        &mut self,
        key: &mut Range<usize>,
        frames: &[Frame],
        value: &str,
        escaped: bool,
        peel: u8,
    ) {
        let frame = frames.last();
        // In a list the key of the list names its items.
        let name = if key.start == key.end {
            frame.map(|frame| frame.key.clone()).unwrap_or_default()
        } else {
            key.clone()
        };
        *key = 0..0;
        let word = &self.keys[name.clone()];
        let answer = frame.is_some_and(|frame| frame.answer);
        if ECHO.contains(&word) || (answer && WRITTEN.contains(&word)) {
            let here = self.raw.len();
            return self.leaves.push(Leaf { key: name, value: here..here });
        }
        let plain = if escaped { Cow::Owned(unescape(value)) } else { Cow::Borrowed(value) };
        let bytes = plain.as_bytes();
        if peel < PEELS && may_open(bytes) && opening(bytes, 0).is_some() {
            let start = self.raw.len();
            // The slot comes before the leaves found inside it.
            let slot = self.leaves.len();
            self.leaves.push(Leaf { key: name, value: start..start });
            self.text(&plain, peel + 1);
            self.leaves[slot].value = start..self.raw.len();
        } else {
            let value = self.say(&plain);
            self.leaves.push(Leaf { key: name, value });
        }
    }

    fn remember(&mut self, key: &str) -> Range<usize> {
        let start = self.keys.len();
        let joins = |byte: u8| matches!(byte, b'_' | b'-');
        if key.bytes().any(joins) {
            key.split(['_', '-']).for_each(|part| self.keys.push_str(part));
        } else {
            self.keys.push_str(key);
        }
        self.keys[start..].make_ascii_lowercase();
        start..self.keys.len()
    }

    /// Adds readable text, each piece on a line of its own, and returns where it stands.
    fn say(&mut self, text: &str) -> Range<usize> {
        let start = self.raw.len();
        push_folded(&mut self.raw, text);
        let end = self.raw.len();
        if end > start {
            self.raw.push('\n');
        }
        start..end
    }
}

struct Frame {
    object: bool,
    /// Whether this holds what a model wrote.
    answer: bool,
    key: Range<usize>,
}

/// Keys whose objects hold a model's answer, and the keys in them that are its words.
const ANSWER: &[&str] = &[
    "choices",
    "delta",
    "candidates",
    "contentblock",
    "parts",
    "output",
    "item",
    "message",
    "content",
];
const WRITTEN: &[&str] =
    &["content", "text", "thinking", "reasoning", "reasoningcontent", "partialjson", "arguments"];
/// Keys whose values are the model's or the person's own words wherever they stand.
const ECHO: &[&str] = &["delta", "input", "flaggedinput", "prompt", "response", "failedgeneration"];

/// The parts of a text that are looked at.
fn bounded(text: &str) -> (&str, &str) {
    if text.len() <= HEAD + TAIL {
        return (text, "");
    }
    let tail = (text.len() - TAIL..=text.len()).find(|&at| text.is_char_boundary(at));
    (head(text), &text[tail.unwrap_or(text.len())..])
}

/// As much of the start of a text as is looked at.
pub(super) fn head(text: &str) -> &str {
    crate::cut::head(text, HEAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        Scan::of(&[text]).pairs().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    }

    #[test]
    fn json_and_python_parse_alike() {
        let json = r#"429 - {"error": {"message": "it's full", "code": null, "n": 12}}"#;
        let python = r#"429 - {'error': {'message': "it's full", 'code': None, 'n': 12}}"#;
        let expected = [("message", "it's full"), ("code", "null"), ("n", "12")];
        let expected = expected.map(|(k, v)| (k.to_owned(), v.to_owned()));
        assert_eq!(pairs(json), expected);
        assert_eq!(pairs(python)[0], expected[0]);
        assert_eq!(pairs(python)[2], expected[2]);
        assert!(Scan::of(&[json]).raw.starts_with("429 -\n"));
    }

    #[test]
    fn json_inside_strings_is_opened() {
        let scan = Scan::of(&[
            r#"{"error":{"message":"litellm: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}"}}"#,
        ]);
        assert!(scan.any("type", |value| value == "overloaded_error"));
        let pasted = Scan::of(&[r#"Error: {\"error\": {\"code\": 429}}"#]);
        assert_eq!(pasted.value("code"), Some("429"));
    }

    #[test]
    fn model_and_user_text_is_ignored() {
        let scan = Scan::of(&[
            "data: {\"choices\":[{\"delta\":{\"content\":\"rate limit reached\"}}]}\n\ndata: {\"error\":{\"message\":\"overloaded\"}}\n",
            r#"{"detail":[{"msg":"bad role","input":"insufficient_quota"}]}"#,
        ]);
        assert!(!scan.low.contains("rate limit") && !scan.low.contains("insufficient"));
        assert!(scan.low.contains("overloaded") && scan.low.contains("bad role"));
    }

    #[test]
    fn cut_frame_spares_the_next() {
        let scan = Scan::of(&["data: {\"id\":\"x\n\ndata: {\"error\":{\"message\":\"gone\"}}"]);
        assert_eq!(scan.value("message"), Some("gone"));
    }

    /// Escapes are undone and letters made small in place.
    #[test]
    fn raw_and_lowercase_text_stay_aligned() {
        let scan =
            Scan::of(&[r#"{"message":"\u4f59\u989d\u4e0d\u8db3 \ud83d\ude00 O’K\n\nÄRGER"}"#]);
        assert!(scan.raw.starts_with("余额不足 😀 O'K ÄRGER"), "{}", scan.raw);
        assert!(scan.low.starts_with("余额不足 😀 o'k ärger"));
        assert_eq!(scan.raw.len(), scan.low.len());
    }

    #[test]
    fn deep_and_broken_input_ends() {
        Scan::of(&[
            &"[{\"a\":".repeat(5000),
            "{\"a",
            "{\"a\\",
            "{'\\u12",
            "{\"\\ud800",
            "[\"",
            "{}}}]",
        ]);
        let long = format!("{}{}", "é".repeat(200_000), "the end");
        assert!(Scan::of(&[&long]).low.ends_with("the end\n"));
    }
}
