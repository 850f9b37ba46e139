//! Lines for a person.

use std::fmt::Write as _;

use unstuck_diagnose::Messages;

use super::super::{report::Report, verdict::Verdict};

pub(super) fn write(report: &Report<'_>, words: &dyn Messages) -> String {
    let mut text = String::new();
    let widest = report.rows.iter().map(|row| row.probe.name.chars().count()).max().unwrap_or(0);
    for row in &report.rows {
        let told = row.tell(words);
        let verdict = words.get(&["command_verdict_", row.finding.verdict.id()].concat(), &[]);
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{verdict:<9} {:<widest$}  {}", row.probe.name, told.headline);
        if row.finding.verdict != Verdict::Answered {
            for line in &told.more {
                let _ = writeln!(text, "{:11}{:widest$}{line}", "", "");
            }
        }
    }
    text
}
