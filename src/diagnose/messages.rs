//! Where words come from. Rust names keys; the words live in a `messages.json`, in the format of `chrome.i18n`.

#[cfg(feature = "json")]
mod catalogue;
mod plural;

#[cfg(feature = "json")]
pub use catalogue::Catalogue;

/// A source of words in one language.
pub trait Messages {
    /// The message with this key, `$1` to `$9` replaced by `arguments`; `None` when there is no such key.
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String>;

    /// As [`Messages::find`], with the key itself in place of a missing message, so that nothing is silently blank.
    fn get(&self, key: &str, arguments: &[&str]) -> String {
        self.find(key, arguments).unwrap_or_else(|| key.to_owned())
    }

    /// The message in the form that so many take in this language. The number is its first argument. The form of CLDR's
    /// category `few` has the key with `_few` behind it, that of `other` the key alone, which stands in for a missing one.
    fn count(&self, key: &str, number: u64) -> String {
        let language = self.find("language_tag", &[]).unwrap_or_default();
        let form = [key, "_", plural::category(&language, number)].concat();
        let number = number.to_string();
        self.find(&form, &[&number]).unwrap_or_else(|| self.get(key, &[&number]))
    }

    /// A moment, milliseconds since 1970, by the reader's clock and calendar, and whether it is today: "14:05", "Tue, 14:05".
    /// `None` where nobody knows the reader's time zone; it is told in UTC then.
    fn moment(&self, _ms: u64) -> Option<(String, bool)> {
        None
    }
}

/// Replaces `$NAME$` by its placeholder's content and `$1` by the first argument, as `chrome.i18n` does.
/// `content` gives the content of a placeholder by its name in lower case.
pub fn fill(message: &str, content: &dyn Fn(&str) -> Option<String>, arguments: &[&str]) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        rest = after;
        if let Some(tail) = rest.strip_prefix('$') {
            filled.push('$');
            rest = tail;
        } else if let Some((name, tail)) = rest.split_once('$').filter(|(name, _)| is_name(name)) {
            let content = content(&name.to_ascii_lowercase()).unwrap_or_default();
            push_positions(&mut filled, &content, arguments);
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
