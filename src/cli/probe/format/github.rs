//! Annotations of GitHub Actions (workflow commands).

use std::fmt::Write as _;

use unstuck_diagnose::Messages;

use super::super::{report::Report, verdict::Verdict};

pub(super) fn write(report: &Report<'_>, words: &dyn Messages) -> String {
    let mut text = String::new();
    for row in &report.rows {
        let told = row.tell(words);
        let level = match row.finding.verdict {
            Verdict::Answered => "notice",
            Verdict::Degraded => "warning",
            Verdict::Network | Verdict::Yours | Verdict::Provider => "error",
        };
        let mut lines = vec![told.headline];
        if row.finding.verdict != Verdict::Answered {
            lines.extend(told.more);
        }
        let title = property(&row.probe.name);
        // Writing to a text cannot fail.
        let _ = writeln!(text, "::{level} title={title}::{}", message(&lines.join("\n")));
    }
    text
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
