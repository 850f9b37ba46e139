//! A diagnosis as a person reads it in a terminal.

use std::fmt;

use unstuck_diagnose::{Cause, Explanation, Messages};

const BOLD: &str = "1";
const QUIET: &str = "2";

/// One diagnosis, laid out: what happened first, what it rests on last.
pub(super) struct Page<'a> {
    explanation: &'a Explanation,
    messages: &'a dyn Messages,
    colour: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        explanation: &'a Explanation,
        messages: &'a dyn Messages,
        colour: bool,
    ) -> Self {
        Self { explanation, messages, colour }
    }

    fn line(&self, f: &mut fmt::Formatter<'_>, style: &str, text: &str) -> fmt::Result {
        let text = printable(text);
        if self.colour { writeln!(f, "\x1b[{style}m{text}\x1b[0m") } else { writeln!(f, "{text}") }
    }

    fn get(&self, key: &str) -> String {
        self.messages.get(key, &[])
    }
}

impl fmt::Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.explanation;
        self.line(f, BOLD, &told.headline)?;
        writeln!(f, "{}\n", printable(&told.why))?;
        self.line(f, BOLD, &told.whose_move)?;
        for (number, step) in (1..).zip(&told.steps) {
            writeln!(f, "  {number}. {}", printable(step))?;
        }
        for action in &told.actions {
            if let Some(url) = &action.url {
                writeln!(f, "  → {}: {}", printable(&action.label), printable(url))?;
            }
        }
        writeln!(f, "{}\n", told.retry_line)?;
        if let Some(check) = &told.next_check {
            writeln!(f, "{}\n", printable(check))?;
        }
        if !told.evidence.is_empty() {
            self.line(f, QUIET, &self.get("banner_evidence"))?;
            for finding in &told.evidence {
                self.line(f, QUIET, &format!("  - {finding}"))?;
            }
        }
        let (label, id) = (self.get("banner_confidence"), told.cause.id());
        let sure = match told.cause {
            Cause::Unknown => told.certainty.clone(),
            _ => format!("{}, {}", told.certainty, percent(told.confidence)),
        };
        self.line(f, QUIET, &format!("{label}: {sure} ({id})"))?;
        if !told.also.is_empty() {
            let name = |id: &str| self.get(&format!("{id}_name"));
            let others: Vec<_> = told
                .also
                .iter()
                .map(|other| format!("{} {}", name(other.cause.id()), percent(other.confidence)))
                .collect();
            let also = self.get("banner_also");
            self.line(f, QUIET, &format!("{also}: {}", self.messages.list(&others)))?;
        }
        if let Some(request_id) = &told.request_id {
            let label = self.get("command_request_id");
            self.line(f, QUIET, &format!("{label}: {request_id}"))?;
        }
        Ok(())
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What a server sent must not steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use unstuck_diagnose::{Alternative, Diagnosis, Evidence, Retry, When, explain};

    use super::*;

    fn page(colour: bool) -> String {
        let messages = crate::language::named("en").unwrap().words();
        let diagnosis = Diagnosis {
            cause: Cause::ServerError,
            confidence: 0.97,
            retry: Retry::when(When::Backoff),
            evidence: vec![Evidence::Phrase { text: "\x1b[2J\u{9b}31m boom\r\n".into() }],
            also: vec![Alternative { cause: Cause::BadGateway, confidence: 0.03 }],
            provider: None,
            host: Some("api.openai.com".into()),
            request_id: Some("req_1\x07".into()),
            opens_at_ms: None,
            actions: Vec::new(),
        };
        Page::new(&explain(&diagnosis, &messages), &messages, colour).to_string()
    }

    #[test]
    fn server_text_cannot_steer_the_terminal() {
        let page = page(false);
        assert!(page.contains("boom") && page.contains("req_1"));
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
    }

    #[test]
    fn terminal_output_differs_only_in_colour() {
        let coloured = page(true);
        let plain = ["\x1b[1m", "\x1b[2m", "\x1b[0m"]
            .iter()
            .fold(coloured.clone(), |text, code| text.replace(code, ""));
        assert_ne!(coloured, plain);
        assert_eq!(plain, page(false));
    }

    #[test]
    fn runner_up_causes_are_named() {
        let page = page(false);
        assert!(page.contains("How certain: Sure, 97 % (server_error)"), "{page}");
        assert!(page.contains("It could also be: Broken link inside the service 3 %"), "{page}");
    }
}
