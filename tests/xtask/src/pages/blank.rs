//! Messages by their keys alone, for pages whose words are put in when they are read: `⟦key¦argument⟧`. What stands between
//! the brackets, `extension/pages/reference.js` says in the reader's language.

use unstuck_diagnose::{Catalogue, Messages};

/// Before the key of a message that is counted: its form is chosen when it is read.
const COUNTED: char = '#';
/// Before the key of a message that may begin with another one, which then starts a sentence.
const AROUND: char = '^';

/// Tells where a message belongs, for each key of these.
pub(crate) struct Blank(pub(crate) Catalogue);

impl Messages for Blank {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let filled = self.0.find(key, &["\u{1}", "\u{2}", "\u{3}", "\u{4}", "\u{5}"])?;
        let used = filled.chars().filter(|c| ('\u{1}'..='\u{5}').contains(c)).map(|c| c as usize);
        let arguments = &arguments[..used.max().unwrap_or(0).min(arguments.len())];
        let is_around = arguments.iter().any(|argument| argument.starts_with('⟦'));
        Some(if is_around { blank(AROUND, key, arguments) } else { blank("", key, arguments) })
    }

    fn count(&self, key: &str, number: u64) -> String {
        blank(COUNTED, key, &[&number.to_string()])
    }
}

fn blank(mark: impl std::fmt::Display, key: &str, arguments: &[&str]) -> String {
    let arguments: String = arguments.iter().map(|argument| format!("¦{argument}")).collect();
    format!("⟦{mark}{key}{arguments}⟧")
}
