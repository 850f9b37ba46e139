//! Where words come from. Rust names keys; the words live in `extension/_locales/<language>/messages.json`.

use serde_json::{Map, Value};

/// A source of words in one language.
pub trait Words {
    /// The message with this key, `$1` to `$9` replaced by `arguments`; `None` when there is no such key.
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String>;

    /// As [`Words::find`], with the key itself in place of a missing message, so that nothing is silently blank.
    fn say(&self, key: &str, arguments: &[&str]) -> String {
        self.find(key, arguments).unwrap_or_else(|| key.to_owned())
    }
}

/// The messages of one language, read from the browser's own format.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    messages: Map<String, Value>,
}

impl Catalogue {
    /// Reads a `messages.json`.
    ///
    /// # Errors
    /// When the text is not JSON or not in the format of `chrome.i18n`.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { messages: serde_json::from_str(json)? })
    }

    /// The English messages, which the command carries with it.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn english() -> Self {
        Self::parse(include_str!("../extension/_locales/en/messages.json")).unwrap_or_default()
    }

    /// The keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }
}

impl Words for Catalogue {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let entry = self.messages.get(key)?;
        Some(fill(entry["message"].as_str()?, &entry["placeholders"], arguments))
    }
}

/// Replaces `$NAME$` by its placeholder's content and `$1` by the first argument, as `chrome.i18n` does.
fn fill(message: &str, placeholders: &Value, arguments: &[&str]) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        rest = after;
        if let Some(tail) = rest.strip_prefix('$') {
            filled.push('$');
            rest = tail;
        } else if let Some((name, tail)) = rest.split_once('$').filter(|(name, _)| is_name(name)) {
            let content = placeholders[name.to_ascii_lowercase()]["content"].as_str();
            push_positions(&mut filled, content.unwrap_or_default(), arguments);
            rest = tail;
        } else if let Some((position, tail)) = split_position(rest) {
            filled.push_str(arguments.get(position - 1).copied().unwrap_or_default());
            rest = tail;
        } else {
            filled.push('$');
        }
    }
    filled.push_str(rest);
    filled
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'@')
        && !text.as_bytes()[0].is_ascii_digit()
}

fn split_position(text: &str) -> Option<(usize, &str)> {
    let digit = text.bytes().next().filter(|b| (b'1'..=b'9').contains(b))?;
    Some((usize::from(digit - b'0'), &text[1..]))
}

fn push_positions(filled: &mut String, content: &str, arguments: &[&str]) {
    match content.strip_prefix('$').and_then(split_position) {
        Some((position, tail)) => {
            filled.push_str(arguments.get(position - 1).copied().unwrap_or_default());
            filled.push_str(tail);
        }
        None => filled.push_str(content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_as_the_browser_fills_them() {
        let json = r#"{
            "wait": {"message": "$PROVIDER$ asked for $Wait$.", "placeholders": {"provider": {"content": "$1"}, "wait": {"content": "$2"}}},
            "price": {"message": "It costs $$5, $1!"}
        }"#;
        let words = Catalogue::parse(json).unwrap();
        assert_eq!(words.say("wait", &["OpenAI", "20 s"]), "OpenAI asked for 20 s.");
        assert_eq!(words.say("wait", &["OpenAI"]), "OpenAI asked for .");
        assert_eq!(words.say("price", &["friend"]), "It costs $5, friend!");
        assert_eq!(words.find("none", &[]), None);
        assert_eq!(words.say("none", &[]), "none");
    }
}
