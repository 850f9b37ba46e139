//! Microsoft Teams: an adaptive card for a workflow. Its texts are runs, which know no markup: nothing in them becomes a link.

use super::{message::Message, object::Object, text::line};

/// Teams takes no larger message, bytes.
const MOST: usize = 28 * 1024;

/// Longest fact, characters, and the length that is tried when Teams still found a message too large.
const FACT: usize = 1000;
const SHORT: usize = 120;

/// The body of the request, with facts as long as they may be.
pub(super) fn body(message: &Message<'_>, is_short: bool) -> String {
    let mut most = if is_short { SHORT } else { FACT };
    loop {
        let body = card(message, most);
        if body.len() <= MOST || most < 2 {
            return body;
        }
        most /= 2;
    }
}

fn card(message: &Message<'_>, most: usize) -> String {
    let title = run(&line(&message.title, most)).text("size", "large").text("weight", "bolder");
    let mut blocks = vec![block(title)];
    for (name, value) in &message.facts {
        blocks.push(block(run(&line(&[name, ": ", value].concat(), most))));
    }
    let content = Object::new()
        .text("type", "AdaptiveCard")
        .text("version", "1.4")
        .json("body", &list(&blocks.join(",")));
    let attachment = Object::new()
        .text("contentType", "application/vnd.microsoft.card.adaptive")
        .json("content", &content.end());
    Object::new().text("type", "message").json("attachments", &list(&attachment.end())).end()
}

fn run(text: &str) -> Object {
    Object::new().text("type", "TextRun").text("text", text)
}

fn block(run: Object) -> String {
    Object::new().text("type", "RichTextBlock").json("inlines", &list(&run.end())).end()
}

fn list(items: &str) -> String {
    ["[", items, "]"].concat()
}
