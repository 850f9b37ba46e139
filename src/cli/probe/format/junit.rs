//! JUnit XML: each probe is a test case.

use std::fmt::Write as _;

use unstuck_diagnose::{Messages, workspace::iso_time};

use super::super::{report::Report, verdict::Verdict};

pub(super) fn write(report: &Report<'_>, words: &dyn Messages) -> String {
    let failed = report.rows.iter().filter(|row| row.finding.verdict != Verdict::Answered).count();
    let seconds: f64 = report.rows.iter().map(|row| row.finding.duration_s).sum();
    let (count, at) = (report.rows.len(), iso_time(report.at_ms));
    let at = at.split('.').next().unwrap_or_default().trim_end_matches('Z');
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a text cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites name=\"unstuck probe\" tests=\"{count}\" failures=\"{failed}\" errors=\"0\" time=\"{seconds:.3}\">\n  \
         <testsuite name=\"unstuck probe\" tests=\"{count}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\" time=\"{seconds:.3}\" timestamp=\"{at}\">"
    );
    for row in &report.rows {
        let (name, class) = (escaped(&row.probe.name), escaped(&row.probe.source));
        let check = row.probe.check.id();
        let _ = write!(
            xml,
            "    <testcase name=\"{name} ({check})\" classname=\"{class}\" time=\"{:.3}\"",
            row.finding.duration_s
        );
        if row.finding.verdict == Verdict::Answered {
            xml.push_str("/>\n");
            continue;
        }
        let told = row.tell(words);
        let _ = writeln!(
            xml,
            ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
            escaped(row.finding.cause()),
            escaped(&told.headline),
            escaped(&told.more.join("\n"))
        );
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

/// A text inside XML 1.0, which knows no control characters at all.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(letter),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => safe.push('?'),
            _ => safe.push(letter),
        }
    }
    safe
}
