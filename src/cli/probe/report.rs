//! What a run over all probes came to.

use unstuck_diagnose::{Explanation, Messages, explain};

use super::{check::Finding, config::Probe, tally::Tally, verdict::Verdict};

/// One probe and what came of it.
pub(super) struct Row<'a> {
    pub(super) probe: &'a Probe,
    pub(super) finding: Finding,
    pub(super) tally: Tally,
}

/// All of them, in the order of the file.
pub(super) struct Report<'a> {
    pub(super) rows: Vec<Row<'a>>,
    /// When it was made, milliseconds since 1970.
    pub(super) at_ms: u64,
    /// A random name of the state.
    pub(super) instance: &'a str,
}

impl Report<'_> {
    /// The worst of all.
    pub(super) fn verdict(&self) -> Verdict {
        self.rows.iter().map(|row| row.finding.verdict).max().unwrap_or(Verdict::Answered)
    }
}

/// What is told of one probe in words.
pub(super) struct Telling {
    /// One sentence.
    pub(super) headline: String,
    /// What to do, in further sentences.
    pub(super) more: Vec<String>,
    pub(super) explanation: Option<Explanation>,
}

impl Row<'_> {
    pub(super) fn tell(&self, words: &dyn Messages) -> Telling {
        use super::verdict::Breach;
        if let Some(diagnosis) = &self.finding.diagnosis {
            let explanation = explain(diagnosis, words);
            let more = [explanation.why.clone()].into_iter().chain(explanation.steps.clone());
            let headline = explanation.headline.clone();
            return Telling { headline, more: more.collect(), explanation: Some(explanation) };
        }
        let seconds = |seconds: &f64| format!("{seconds:.2}");
        let tell = |breach: &Breach| match breach {
            Breach::Missing => words.get("command_probe_missing", &[]),
            Breach::FirstChunk { took_s, limit_s } => {
                words.get("command_probe_first_chunk", &[&seconds(took_s), &seconds(limit_s)])
            }
            Breach::Duration { took_s, limit_s } => {
                words.get("command_probe_duration", &[&seconds(took_s), &seconds(limit_s)])
            }
            Breach::Status { words: said } => words.get("command_probe_status", &[said]),
        };
        let mut told = self.finding.breaches.iter().map(tell);
        let headline = told.next();
        let more = told.collect();
        let took = seconds(&self.finding.duration_s);
        let headline = headline.unwrap_or_else(|| words.get("command_probe_answered", &[&took]));
        Telling { headline, more, explanation: None }
    }
}
