//! A draft of a post-mortem in Markdown: what the logs show, and blanks for what they do not.

use std::fmt::{self, Display, Formatter};

use unstuck_health::Incident;

use super::{
    found::{Found, kind_in_words, percent},
    notes::{counted, grouped},
    time::utc,
};

/// The draft.
pub(super) struct PostMortem<'a>(pub(super) &'a Found<'a>);

const BLANK: &str = "_to be filled in_";

impl Display for PostMortem<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        let main = found.incidents.iter().max_by_key(|incident| incident.failures);
        writeln!(
            f,
            "# Post-mortem (draft)\n\nMade from logs. Times are UTC. What the logs do not show is left blank.\n"
        )?;
        self.summary(f, main)?;
        self.impact(f, main)?;
        self.timeline(f)?;
        writeln!(f, "## Detection and recovery\n")?;
        writeln!(
            f,
            "- Time to detect (MTTD): {BLANK}; the logs do not show when somebody was told."
        )?;
        match main.and_then(|incident| Some((incident, incident.ended_ms?))) {
            Some((incident, ended_ms)) => {
                let minutes = (ended_ms - incident.started_ms) / 60_000;
                writeln!(
                    f,
                    "- Time to recover (MTTR): {} from the first failure to the end of the incident.\n",
                    counted(minutes, "minute", "minutes")
                )?;
            }
            None => writeln!(f, "- Time to recover (MTTR): {BLANK}; the logs show no recovery.\n")?,
        }
        self.causes(f)?;
        self.retries(f)?;
        writeln!(f, "## What helped\n\n{BLANK}\n")?;
        writeln!(f, "## Open questions\n")?;
        writeln!(
            f,
            "- What was the root cause? The logs show how calls failed, not why the service or the network came to it."
        )?;
        writeln!(
            f,
            "- How many people were affected?\n- What did the status page of the service say, and when?"
        )?;
        for note in &found.notes {
            writeln!(f, "- {note}")?;
        }
        writeln!(f, "\n## Actions\n\n| Action | Owner | Due |\n|---|---|---|\n| | | |\n| | | |")
    }
}

impl PostMortem<'_> {
    fn summary(&self, f: &mut Formatter<'_>, main: Option<&Incident>) -> fmt::Result {
        let found = self.0;
        writeln!(f, "## Summary\n")?;
        match main {
            Some(incident) => {
                let ended = incident.ended_ms.map_or_else(
                    || "was not over when the logs end".to_owned(),
                    |ms| format!("ended at {}", utc(ms as i64)),
                );
                writeln!(
                    f,
                    "{} {} from {}; it {ended}. {} in the logs.\n",
                    found.safe.source(&incident.source),
                    kind_in_words(incident.kind),
                    utc(incident.started_ms as i64),
                    counted(found.incidents.len() as u64, "incident", "incidents"),
                )
            }
            None => writeln!(
                f,
                "The logs show {} and no incident that lasts.\n",
                counted(found.tally.failing, "failing line", "failing lines")
            ),
        }
    }

    fn impact(&self, f: &mut Formatter<'_>, main: Option<&Incident>) -> fmt::Result {
        writeln!(f, "## Impact\n")?;
        if let Some(incident) = main {
            let (failures, asks) = (u64::from(incident.failures), u64::from(incident.asks));
            writeln!(
                f,
                "- {} of {} failed during the largest incident ({:.1} %).",
                grouped(failures),
                counted(asks, "request", "requests"),
                percent(failures, asks)
            )?;
        }
        let tally = &self.0.tally;
        writeln!(
            f,
            "- In all: {}, {}.",
            counted(tally.failing, "failing line", "failing lines"),
            counted(tally.answered, "answered call", "answered calls")
        )?;
        writeln!(f, "- People affected: {BLANK}\n")
    }

    fn timeline(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        writeln!(f, "## Timeline\n\n| Time (UTC) | What |\n|---|---|")?;
        let mut rows = Vec::new();
        if let Some((first, last)) = found.tally.span() {
            rows.push((first, "First failing line".to_owned()));
            rows.push((last, "Last failing line".to_owned()));
        }
        for incident in &found.incidents {
            let source = found.safe.source(&incident.source);
            rows.push((
                incident.started_ms as i64,
                format!("{source} {}", kind_in_words(incident.kind)),
            ));
            for span in &incident.causes {
                rows.push((span.first_ms as i64, format!("{source}: first `{}`", span.cause.id())));
            }
            if let Some(ms) = incident.ended_ms {
                rows.push((ms as i64, format!("{source} has recovered")));
            }
        }
        rows.sort();
        rows.iter().try_for_each(|(ms, what)| writeln!(f, "| {} | {what} |", utc(*ms)))?;
        writeln!(f, "| | Alert: {BLANK} |\n| | Status page of the service: {BLANK} |\n")
    }

    fn causes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.0;
        writeln!(
            f,
            "## Cause, as diagnosed\n\n| Cause | Lines | Share | Confidence |\n|---|--:|--:|--:|"
        )?;
        for (cause, of) in found.tally.causes() {
            let name = found.messages.get(&format!("{}_name", cause.id()), &[]);
            let confidence = of.belief / of.count as f64 * 100.0;
            writeln!(
                f,
                "| {name} (`{}`) | {} | {:.1} % | {confidence:.0} % |",
                cause.id(),
                grouped(of.count),
                percent(of.count, found.tally.failing)
            )?;
        }
        writeln!(f, "\nThis is how calls failed. The root cause: {BLANK}\n")
    }

    fn retries(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "## Retries\n")?;
        let retries = self.0.asks.retries;
        match self.0.amplification() {
            Some(times) => writeln!(
                f,
                "{} for {}: {times:.2} each. {} tried again; {} of them answered in the end.\n",
                counted(retries.tries, "try", "tries"),
                counted(retries.asks, "request", "requests"),
                counted(retries.retried, "request was", "requests were"),
                grouped(retries.saved),
            ),
            None => writeln!(f, "{BLANK}; the lines name no request.\n"),
        }
    }
}
