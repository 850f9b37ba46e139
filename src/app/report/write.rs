//! A report as Markdown that also reads as plain text, and as JSON.

use super::{Line, Value};
use unstuck_source::json::quoted;

/// The fields of which there may be several: lists in JSON, however many there are.
const LISTS: [&str; 4] = ["evidence", "also", "attempts", "checks"];

impl Line {
    /// The line as Markdown has it, without its bullet.
    #[must_use]
    pub fn describe(&self) -> String {
        let name = self.name.strip_suffix('s').filter(|_| LISTS.contains(&self.name));
        let mut out = name.unwrap_or(self.name).replace('_', " ");
        out.push_str(": ");
        match &self.value {
            Value::Parts(parts) if parts.is_empty() => out.push_str("none"),
            value => tell(value, &mut out),
        }
        out
    }
}

/// Headline and reason as a text has them, then a line for every field.
pub(super) fn markdown(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut listed = false;
    for line in lines {
        let (before, text) = match (line.name, &line.value) {
            ("headline", Value::Text(text)) => ("# ", text.clone()),
            ("why", Value::Text(text)) => ("", text.clone()),
            _ => ("- ", line.describe()),
        };
        let in_list = before == "- ";
        if !(out.is_empty() || in_list && listed) {
            out.push('\n');
        }
        listed = in_list;
        out.push_str(before);
        // A text of several lines stays one entry of the list.
        out.push_str(&text.replace('\n', "\n  "));
        out.push('\n');
    }
    out
}

fn tell(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => out.push_str(text),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Parts(parts) => {
            for (index, (name, value)) in parts.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                out.push_str(name);
                out.push(' ');
                tell(value, out);
            }
        }
    }
}

/// An object with a line for every field, and for every entry of a list.
pub(super) fn json(lines: &[Line]) -> String {
    let mut out = String::from("{");
    let mut open = "";
    for line in lines {
        if line.name == open {
            out.push_str(",\n    ");
        } else {
            close(&mut out, open);
            out.push_str(if out.len() > 1 { ",\n  " } else { "\n  " });
            out.push_str(&quoted(line.name));
            out.push_str(": ");
            open = "";
            if LISTS.contains(&line.name) {
                open = line.name;
                out.push_str("[\n    ");
            }
        }
        put(&line.value, &mut out);
    }
    close(&mut out, open);
    out.push_str("\n}\n");
    out
}

fn close(out: &mut String, open: &str) {
    if !open.is_empty() {
        out.push_str("\n  ]");
    }
}

fn put(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Parts(parts) => {
            out.push('{');
            for (index, (name, part)) in parts.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                out.push_str(&quoted(name));
                out.push_str(": ");
                put(part, out);
            }
            out.push('}');
        }
    }
}
