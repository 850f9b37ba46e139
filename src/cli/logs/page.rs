//! The report for a person at a terminal.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{
    follow::Followed,
    found::{Found, kind_in_words, percent},
    notes::{counted, grouped},
    tally::Unit,
    time::utc,
};

/// Causes that have a column of their own.
const COLUMNS: usize = 6;
/// Rows of the table; days of years would be more.
const ROWS: usize = 60;
const SAMPLE: usize = 240;

/// The report as text.
pub(super) struct Page<'a>(pub(super) &'a Found<'a>);

impl Display for Page<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        if let Some(followed) = &found.followed {
            return self.steps(f, followed);
        }
        let bytes: u64 = found.files.iter().map(|file| file.bytes).sum();
        writeln!(
            f,
            "{} in {} ({:.1} MB): {}, {}.",
            counted(found.lines(), "line", "lines"),
            counted(found.files.len() as u64, "file", "files"),
            bytes as f64 / 1e6,
            counted(found.tally.failing, "failing line", "failing lines"),
            counted(found.tally.answered, "answered call", "answered calls"),
        )?;
        if let Some((first, last)) = found.tally.span() {
            writeln!(f, "Failures from {} to {} UTC.", utc(first), utc(last))?;
        }
        if found.tally.failing > 0 {
            self.causes(f)?;
            self.table(f)?;
            self.retries(f)?;
            self.samples(f)?;
        }
        if found.wants_incidents {
            self.incidents(f)?;
        }
        self.notes(f)
    }
}

impl Page<'_> {
    fn causes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        writeln!(
            f,
            "\n{:<24}{:>11}{:>8}  {:<21}{:<21}Services",
            "Cause", "Lines", "Share", "First (UTC)", "Last (UTC)"
        )?;
        for (cause, of) in found.tally.causes() {
            let time = |ms: Option<i64>| ms.map_or_else(|| "–".to_owned(), utc);
            let sources: Vec<_> =
                of.sources().iter().take(3).map(|(id, _)| found.safe.source(id)).collect();
            writeln!(
                f,
                "{:<24}{:>11}{:>7.1}%  {:<21}{:<21}{}",
                cause.id(),
                grouped(of.count),
                percent(of.count, found.tally.failing),
                time(of.first_ms),
                time(of.last_ms),
                sources.join(", "),
            )?;
        }
        Ok(())
    }

    fn table(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (unit, rows) = self.0.tally.rows();
        let causes: Vec<_> = self.0.tally.causes().into_iter().map(|(cause, _)| cause).collect();
        let shown = &causes[..causes.len().min(COLUMNS)];
        let has_others = causes.len() > COLUMNS;
        let mut line = format!("\n{:<18}", format!("By {} (UTC)", unit.id()));
        for cause in shown {
            let _ = write!(line, "{:>width$}", cause.id(), width = cause.id().len().max(6) + 2);
        }
        writeln!(f, "{line}{}", if has_others { "  others" } else { "" })?;
        let skipped = rows.len().saturating_sub(ROWS);
        for (ms, row) in rows.iter().skip(skipped) {
            let time = utc(*ms);
            let length = if unit == Unit::Day { 10 } else { 16 };
            let mut line = format!("{:<18}", &time[..length.min(time.len())]);
            let cell = |count: u64| if count == 0 { "·".to_owned() } else { grouped(count) };
            for cause in shown {
                let count = row.get(cause).copied().unwrap_or(0);
                let _ =
                    write!(line, "{:>width$}", cell(count), width = cause.id().len().max(6) + 2);
            }
            if has_others {
                let others =
                    row.iter().filter(|(cause, _)| !shown.contains(cause)).map(|(_, count)| count);
                let _ = write!(line, "{:>8}", cell(others.sum()));
            }
            writeln!(f, "{line}")?;
        }
        if skipped > 0 {
            writeln!(f, "({skipped} earlier rows are left out; --json has them)")?;
        }
        Ok(())
    }

    fn retries(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(amplification) = self.0.amplification() else {
            return writeln!(f, "\nRetries: the lines name no request, so nothing can be said.");
        };
        let retries = self.0.asks.retries;
        writeln!(
            f,
            "\nRetries: {} for {} ({amplification:.2} each); {} tried again, {} of them answered in the end.",
            counted(retries.tries, "try", "tries"),
            counted(retries.asks, "request", "requests"),
            grouped(retries.retried),
            grouped(retries.saved),
        )
    }

    fn samples(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        writeln!(f, "\nExamples, without secrets")?;
        for (cause, of) in found.tally.causes() {
            let name = found.messages.get(&format!("{}_name", cause.id()), &[]);
            writeln!(f, "  {} – {name}", cause.id())?;
            for sample in &of.samples {
                let text = found.safe.text(&sample.text, SAMPLE);
                writeln!(f, "    {}:{}  {text}", found.file(sample.place.file), sample.place.line)?;
            }
        }
        Ok(())
    }

    fn incidents(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        writeln!(f, "\n{}", counted(found.incidents.len() as u64, "incident", "incidents"))?;
        for incident in &found.incidents {
            let ended = incident
                .ended_ms
                .map_or_else(|| "still open".to_owned(), |ms| format!("to {}", utc(ms as i64)));
            let causes: Vec<_> = incident
                .causes
                .iter()
                .map(|span| format!("{} {}", span.cause.id(), grouped(span.count.into())))
                .collect();
            writeln!(
                f,
                "  {} {ended} UTC  {} {}: {} of {} failed ({})",
                utc(incident.started_ms as i64),
                found.safe.source(&incident.source),
                kind_in_words(incident.kind),
                grouped(incident.failures.into()),
                counted(incident.asks.into(), "request", "requests"),
                causes.join(", "),
            )?;
        }
        Ok(())
    }

    fn steps(&self, f: &mut Formatter<'_>, followed: &Followed) -> fmt::Result {
        let found = self.0;
        writeln!(f, "{} of this request.", counted(followed.steps.len() as u64, "line", "lines"))?;
        for step in &followed.steps {
            let time = step.ms.map_or_else(
                || "no time".to_owned(),
                |ms| format!("{}.{:03}", utc(ms), ms.rem_euclid(1_000)),
            );
            let text = found.safe.text(&step.text, SAMPLE);
            let ended = step.ended.unwrap_or("–");
            writeln!(
                f,
                "  {time:<24}  {ended:<22}  {}:{}  {text}",
                found.file(step.place.file),
                step.place.line
            )?;
        }
        if followed.left_out > 0 {
            writeln!(f, "{} more are left out.", grouped(followed.left_out))?;
        }
        if !followed.others.is_empty() {
            let others: Vec<_> =
                followed.others.iter().map(|id| found.safe.text(&id.text, 128)).collect();
            writeln!(f, "Its lines also name {}.", others.join(", "))?;
        }
        self.notes(f)
    }

    fn notes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if !self.0.notes.is_empty() {
            writeln!(f, "\nTo know")?;
        }
        self.0.notes.iter().try_for_each(|note| writeln!(f, "  {note}"))
    }
}
