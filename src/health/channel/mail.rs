//! A mail as a link that opens the person's own mail program (RFC 6068). It is never sent by itself.

use unstuck_diagnose::workspace::percent_encoded;

use super::{message::Message, text::line};

/// Mail programs on Windows take no longer link.
const MOST: usize = 1900;

/// The link; `to` may be empty.
#[must_use]
pub fn link(message: &Message<'_>, to: &str) -> String {
    // The sign between name and host stays what it is.
    let to: Vec<_> = line(to, 320).split('@').map(percent_encoded).collect();
    let subject = percent_encoded(&line(&message.title, 150));
    let mut link = ["mailto:", &to.join("@"), "?subject=", &subject, "&body="].concat();
    let facts = message.facts.iter().map(|(name, value)| [name, ": ", value].concat());
    for text in [line(&message.title, 150)].into_iter().chain(facts) {
        let more = percent_encoded(&line(&text, 500));
        if link.len() + more.len() > MOST {
            break;
        }
        link.push_str(&more);
        link.push_str("%0D%0A");
    }
    link
}
