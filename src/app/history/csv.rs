//! The same as comma-separated values (RFC 4180): a line for each part in which something was asked.

use super::course::{History, answered, ms, part_seconds};
use unstuck_diagnose::workspace::iso_time;

pub(super) fn write(history: &History<'_>) -> String {
    let causes: Vec<_> = history.counted().collect();
    let mut head: Vec<String> =
        ["ai", "from", "seconds", "requests", "answered", "failed"].map(Into::into).into();
    head.extend(causes.iter().map(|cause| ["failed_", cause.id()].concat()));
    let more = ["tries", "retries", "answered_elsewhere", "first_word_p50_ms", "first_word_p95_ms"];
    head.extend(more.map(Into::into));
    let mut lines = vec![head.join(",")];
    let seconds = part_seconds(history.filter.span).to_string();
    for course in &history.courses {
        for part in course.parts.iter().filter(|part| part.counts.asks > 0) {
            let counts = &part.counts;
            let mut cells =
                vec![cell(&course.source.name), iso_time(part.since_ms), seconds.clone()];
            cells.extend(
                [counts.asks, answered(counts), history.failed(counts)].map(|n| n.to_string()),
            );
            cells.extend(causes.iter().map(|cause| {
                let times = counts.failures.iter().find(|(known, _)| known == cause);
                times.map_or(0, |(_, times)| *times).to_string()
            }));
            cells.extend([counts.tries, counts.retries, counts.failovers].map(|n| n.to_string()));
            let first = &part.times.first_chunk;
            cells.extend([0.5, 0.95].map(|share| {
                first.quantile(share).map_or_else(String::new, |s| ms(s).to_string())
            }));
            lines.push(cells.join(","));
        }
    }
    [&lines.join("\r\n"), "\r\n"].concat()
}

/// A text of the person as a cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { ["'", text].concat() } else { text.to_owned() };
    let has_marks = text.contains([',', '"', '\r', '\n']);
    if has_marks { ["\"", &text.replace('"', "\"\""), "\""].concat() } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(cell("Lab"), "Lab");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }
}
