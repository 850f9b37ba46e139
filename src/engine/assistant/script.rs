//! The last messages of a chat as one text that the person can read and change before it is sent.

use unstuck_diagnose::workspace::head;

/// A message as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// Whether the person wrote it.
    pub mine: bool,
    /// Who wrote it; empty when the page does not say.
    pub name: String,
    /// What it says.
    pub text: String,
}

const ME: &str = "Me";
const THEM: &str = "Them";

/// A shorter part of a name than this is no name by itself.
const SHORTEST_NAME: usize = 3;

/// As much of the messages is taken, in bytes; the oldest are left out first.
const LIMIT: usize = 32 * 1024;

/// Who wrote what, a message a paragraph. Further lines of a message are indented, so that none passes for a message of its
/// own. With `hide_names` nobody is called by name: there is me and them, or me, A, B and so on.
#[must_use]
pub fn script(messages: &[Message], hide_names: bool) -> String {
    let cast = if hide_names { cast(messages) } else { Vec::new() };
    let mut paragraphs = Vec::new();
    let mut length = 0;
    for message in messages.iter().rev() {
        let who = match cast.iter().find(|(name, _)| *name == message.name) {
            _ if message.mine => ME,
            Some((_, part)) => part,
            None if message.name.is_empty() || hide_names => THEM,
            None => &message.name,
        };
        let text = without_names(head(message.text.trim(), LIMIT), &cast);
        let lines: Vec<&str> = text.split(super::is_line_end).collect();
        let paragraph = [&one_line(who), ": ", &lines.join("\n  ")].concat();
        let room = LIMIT.saturating_sub(length);
        length += paragraph.len();
        // The last message is cut rather than left out: it is the one that is answered.
        if length > LIMIT && !paragraphs.is_empty() {
            break;
        }
        paragraphs.push(head(&paragraph, room).to_owned());
    }
    paragraphs.reverse();
    paragraphs.join("\n")
}

/// A name that is no second message.
fn one_line(name: &str) -> String {
    name.split(super::is_line_end).collect::<Vec<_>>().join(" ")
}

/// Everybody who is called by name, and what stands for them.
fn cast(messages: &[Message]) -> Vec<(&str, String)> {
    let mut names: Vec<(&str, bool)> = Vec::new();
    for Message { mine, name, .. } in messages {
        if !name.is_empty() && names.iter().all(|(known, _)| known != name) {
            names.push((name, *mine));
        }
    }
    let several = names.iter().filter(|(_, mine)| !mine).count() > 1;
    let mut others = 0_u8;
    let part = |(name, mine)| {
        if mine {
            return (name, ME.to_owned());
        }
        others = others.saturating_add(1);
        let part = match others {
            _ if !several => THEM.to_owned(),
            1..=26 => char::from(b'A' + others - 1).to_string(),
            _ => ["Z", &others.to_string()].concat(),
        };
        (name, part)
    };
    names.into_iter().map(part).collect()
}

/// The text with what stands for everybody in place of their names, the whole ones first.
fn without_names(text: &str, cast: &[(&str, String)]) -> String {
    let mut text = text.to_owned();
    for (name, part) in cast {
        text = replaced(&text, name, part);
    }
    for (name, part) in cast {
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        for word in words.filter(|word| word.chars().count() >= SHORTEST_NAME) {
            text = replaced(&text, word, part);
        }
    }
    text
}

/// Replaces whole words.
fn replaced(text: &str, word: &str, by: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let inside = joins(before.chars().next_back()) || joins(after.chars().next());
        written.push_str(before);
        written.push_str(if inside { word } else { by });
        rest = after;
    }
    written.push_str(rest);
    written
}
