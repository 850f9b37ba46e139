//! Where words come from. Rust names keys; the words live in a `messages.json`, in the format of `chrome.i18n`.

#[cfg(feature = "json")]
mod catalogue;
mod isolate;
mod marks;
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
        let form = [key, "_", plural::category(&language(self), number)].concat();
        let number = number.to_string();
        self.find(&form, &[&number]).unwrap_or_else(|| self.get(key, &[&number]))
    }

    /// A number of tenths as this language writes it: "1.5".
    fn tenths(&self, tenths: u64) -> String {
        let (whole, rest) = ((tenths / 10).to_string(), (tenths % 10).to_string());
        [&whole, marks::decimal(&language(self)), &rest].concat()
    }

    /// One after the other, as this language parts them: "a, b".
    fn list(&self, items: &[String]) -> String {
        items.join(marks::separator(&language(self)))
    }

    /// A moment, milliseconds since 1970, by the reader's clock and calendar, and whether it is today: "14:05", "Tue, 14:05".
    /// `None` where nobody knows the reader's time zone; it is told in UTC then.
    fn moment(&self, _ms: u64) -> Option<(String, bool)> {
        None
    }
}

fn language(messages: &(impl Messages + ?Sized)) -> String {
    messages.find("language_tag", &[]).unwrap_or_default()
}

/// Replaces `$NAME$` by its placeholder's content and `$1` by the first argument, as `chrome.i18n` does.
/// `content` gives the content of a placeholder by its name in lower case.
#[cfg(feature = "json")]
fn fill(message: &str, content: &dyn Fn(&str) -> Option<String>, arguments: &[&str]) -> String {
    let mut placed = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('$') {
        placed.push_str(before);
        let name = after.split_once('$').filter(|(name, _)| is_name(name));
        rest = name.map_or(after, |(_, behind)| behind);
        match name {
            Some((name, _)) => {
                placed.push_str(&content(&name.to_ascii_lowercase()).unwrap_or_default());
            }
            None => placed.push('$'),
        }
    }
    placed.push_str(rest);
    place(&placed, arguments)
}

/// Replaces `$1` by the first argument and `$$` by `$`. An argument whose letters run the other way than those of the message
/// is kept to itself.
pub fn place(message: &str, arguments: &[&str]) -> String {
    let from_right = isolate::runs_from_right(message);
    let mut filled = String::with_capacity(message.len());
    let mut letters = message.chars();
    while let Some(letter) = letters.next() {
        let mut ahead = letters.clone();
        match (letter, ahead.next()) {
            ('$', Some('$')) => filled.push('$'),
            ('$', Some(digit @ '1'..='9')) => {
                let argument = arguments.get(digit as usize - '1' as usize);
                isolate::push(&mut filled, argument.copied().unwrap_or_default(), from_right);
            }
            _ => {
                filled.push(letter);
                continue;
            }
        }
        letters = ahead;
    }
    filled
}

#[cfg(feature = "json")]
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'@')
        && !text.as_bytes()[0].is_ascii_digit()
}
