//! Texts of the logs, without secrets and personal data.

use std::cell::RefCell;

use unstuck_diagnose::{Provider, workspace::head};
use unstuck_redact::Redactor;

/// Takes out of every text what must not leave the logs; the same secret has the same placeholder everywhere.
pub(super) struct Safe {
    redactor: RefCell<Redactor>,
}

impl Safe {
    pub(super) fn new() -> Self {
        Self { redactor: RefCell::new(Redactor::new(&[])) }
    }

    /// A text in one line, at most so many bytes of it. The whole text is redacted before it is cut.
    pub(super) fn text(&self, text: &str, most: usize) -> String {
        let redacted = match self.redactor.borrow_mut().redact(text) {
            Ok(redacted) => redacted.text,
            Err(leak) => format!("[withheld: {}]", leak.class),
        };
        let words: Vec<_> = redacted
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect();
        let line = words.join(" ");
        let start = head(&line, most);
        if start.len() < line.len() { [start, "…"].concat() } else { line }
    }

    /// Who was called, as people read it.
    pub(super) fn source(&self, id: &str) -> String {
        match Provider::from_id(id) {
            Some(provider) => provider.name().to_owned(),
            None if id.is_empty() => "not named".to_owned(),
            None => self.text(id, 80),
        }
    }
}
