//! Slack: an incoming webhook, with blocks (`@slack/types`). All texts are plain, so that nothing in them becomes a link or
//! calls a whole channel.

use unstuck_source::json::quoted;

use super::{message::Message, object::Object};

/// Longest text of a header, characters.
const HEADER: usize = 150;

/// Longest fact. Ten of them and the header stay below 13,200 characters, beyond which Slack refuses all.
const FACT: usize = 1000;

/// Longest list of facts in a section.
const FACTS: usize = 10;

/// The body of the request.
pub(super) fn body(message: &Message<'_>) -> String {
    let mark = if message.is_open() { "🔴 " } else { "🟢 " };
    let title = [mark, &message.title].concat();
    let header = Object::new().text("type", "header").json("text", &plain(&title, HEADER)).end();
    let mut blocks = vec![header];
    if !message.facts.is_empty() {
        let facts = message.facts.iter().take(FACTS);
        let facts: Vec<_> =
            facts.map(|(name, value)| plain(&[name, ": ", value].concat(), FACT)).collect();
        let fields = ["[", &facts.join(","), "]"].concat();
        blocks.push(Object::new().text("type", "section").json("fields", &fields).end());
    }
    let blocks = ["[", &blocks.join(","), "]"].concat();
    Object::new().json("text", &quoted(&escaped(&title, HEADER))).json("blocks", &blocks).end()
}

fn plain(text: &str, most: usize) -> String {
    Object::new().text("type", "plain_text").text("text", &escaped(text, most)).end()
}

/// The three characters that Slack gives a meaning, escaped; cut before the first letter that no longer fits whole.
fn escaped(text: &str, most: usize) -> String {
    let mut escaped = String::new();
    let mut count = 0;
    for letter in text.chars() {
        let mut own = [0; 4];
        let part = match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            other => &*other.encode_utf8(&mut own),
        };
        count += part.chars().count();
        if count >= most {
            escaped.push('…');
            break;
        }
        escaped.push_str(part);
    }
    escaped
}
