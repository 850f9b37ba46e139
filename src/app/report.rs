//! The report that a person hands to support: what is known of a failure, and nothing of what they or anyone wrote.
//!
//! An allow-list of typed fields: what Unstuck itself says, and plain machine values. The words of an answer, which may
//! echo keys and texts, never get in. Every field then goes through the redactor, what a person adds above all, and so
//! does the finished text: when anything is still found in it, there is no report.

mod choices;
mod line;
mod machine;
mod write;

pub use choices::{
    Around, Choices, Format, Outcome, Page, ReportEffect, ReportPress, new_issue, press, support,
};
pub use line::{Line, Value};
pub use machine::Machine;
use machine::{is_id, is_machine_value, is_plain, is_ray};

use crate::percent::percent;
use unstuck_diagnose::{
    Diagnosis, Messages, explain,
    workspace::{iso_time, tell},
};
use unstuck_engine::Attempt;
use unstuck_redact::{Counts, Leak, Redactor};

/// What a report is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The failure.
    pub diagnosis: &'a Diagnosis,
    /// The attempts of the call, oldest first.
    pub attempts: &'a [Attempt],
    /// What steps of the troubleshooter came to.
    pub checks: &'a [Check],
    /// Where it happened.
    pub machine: &'a Machine,
}

/// What one step of the troubleshooter came to. Names and outcomes are ids of ours; only values come from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Id of the step.
    pub step: &'static str,
    /// Id of what it came to.
    pub outcome: &'static str,
    /// What was measured, by name: numbers, codes, hosts. Anything longer or wordier is left out.
    pub values: Vec<(&'static str, String)>,
}

/// A report, redacted field by field.
pub struct Report {
    /// Its fields in order, those that were struck out too.
    pub lines: Vec<Line>,
    redactor: Redactor,
}

impl Report {
    /// Gathers what may be told, and redacts it: `own_secrets` are swept for in every encoding and not kept.
    ///
    /// # Errors
    ///
    /// [`Leak`] when a field cannot be made safe.
    pub fn of(
        subject: Subject,
        choices: &Choices,
        page: Option<&str>,
        own_secrets: &[&str],
        messages: &dyn Messages,
    ) -> Result<Self, Leak> {
        let mut redactor = Redactor::new(own_secrets);
        let mut lines = Vec::new();
        for (name, value) in fields(subject, choices, page, messages) {
            let mut found = Counts::default();
            let value = redacted(name, value, &mut redactor, &mut found)?;
            let mut line = Line { name, value, struck: false, found };
            line.struck = choices.without.contains(&line.describe());
            lines.push(line);
        }
        Ok(Self { lines, redactor })
    }

    /// The text that is shown, copied and kept, byte for byte.
    ///
    /// # Errors
    ///
    /// [`Leak`] when the redactor still finds something in it.
    pub fn text(&mut self, format: Format) -> Result<String, Leak> {
        let mut kept: Vec<Line> = self.lines.iter().filter(|line| !line.struck).cloned().collect();
        kept.push(redactions(&kept));
        let text = match format {
            Format::Markdown => write::markdown(&kept),
            Format::Json => write::json(&kept),
        };
        match self.redactor.redact(&text)?.counts.0.first() {
            Some((class, _)) => Err(Leak { class }),
            None => Ok(text),
        }
    }
}

/// How many places were replaced, by class: counts only, since a list of what was found would itself leak.
fn redactions(kept: &[Line]) -> Line {
    let mut sum = Counts::default();
    kept.iter().for_each(|line| sum.add(&line.found));
    let parts = sum.0.into_iter().map(|(class, count)| (class, Value::Number(count.into())));
    Line {
        name: "redactions",
        value: Value::Parts(parts.collect()),
        struck: false,
        found: Counts::default(),
    }
}

/// A field is redacted under its name, since it is the name that tells a request id from a key.
fn redacted(
    name: &'static str,
    value: Value,
    redactor: &mut Redactor,
    found: &mut Counts,
) -> Result<Value, Leak> {
    Ok(match value {
        Value::Text(text) => {
            let named = [name, ": "].concat();
            let out = redactor.redact(&[named.as_str(), text.as_str()].concat())?;
            found.add(&out.counts);
            // A find that takes the name along leaves nothing that could be told under it.
            let text = out.text.strip_prefix(&named).ok_or(Leak { class: "SECRET" })?;
            Value::Text(text.to_owned())
        }
        Value::Number(number) => Value::Number(number),
        Value::Parts(parts) => {
            let mut safe = Vec::with_capacity(parts.len());
            for (name, value) in parts {
                safe.push((name, redacted(name, value, redactor, found)?));
            }
            Value::Parts(safe)
        }
    })
}

/// Fields in the making.
#[derive(Default)]
struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    fn put(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    fn text(&mut self, name: &'static str, text: &str) {
        if !text.is_empty() {
            self.put(name, Value::Text(text.to_owned()));
        }
    }

    /// A text from outside, if it is what it should be.
    fn checked(&mut self, name: &'static str, text: Option<&String>, is_it: fn(&str) -> bool) {
        if let Some(text) = text.filter(|text| is_it(text)) {
            self.text(name, text);
        }
    }

    fn number(&mut self, name: &'static str, number: Option<u64>) {
        if let Some(number) = number {
            self.put(name, Value::Number(number));
        }
    }
}

/// The allow-list.
fn fields(
    subject: Subject,
    choices: &Choices,
    page: Option<&str>,
    messages: &dyn Messages,
) -> Vec<(&'static str, Value)> {
    let Subject { diagnosis, attempts, checks, machine } = subject;
    let told = explain(diagnosis, messages);
    let mut fields = Fields::default();
    fields.text("headline", &told.headline);
    fields.text("why", &told.why);
    fields.text("cause", told.cause.id());
    fields.text("confidence", &percent(told.confidence));
    fields.text("fault", told.fault.id());
    fields.text("retry", told.retry.when.id());
    fields.number("retry_after_ms", told.retry.after_ms);
    fields.text("service", diagnosis.provider.map_or("", |provider| provider.name()));
    fields.checked("host", diagnosis.host.as_ref(), is_machine_value);
    fields.checked("request_id", diagnosis.request_id.as_ref(), is_id);
    for finding in diagnosis.evidence.iter().filter(|finding| is_plain(finding)) {
        fields.text("evidence", &tell(finding, messages));
    }
    for other in &diagnosis.also {
        let mut parts = Fields::default();
        parts.text("cause", other.cause.id());
        parts.text("confidence", &percent(other.confidence));
        fields.put("also", Value::Parts(parts.0));
    }
    if let Some(first) = attempts.first() {
        fields.text("asked", &iso_time(first.sent_ms));
    }
    let mut before = None;
    for attempt in attempts {
        fields.put("attempts", Value::Parts(describe_attempt(attempt, before)));
        before = attempt.took_ms.map(|took_ms| attempt.sent_ms.saturating_add(took_ms));
    }
    for check in checks {
        let mut parts = Fields::default();
        parts.text("step", check.step);
        parts.text("outcome", check.outcome);
        for (name, value) in &check.values {
            parts.checked(name, Some(value), is_machine_value);
        }
        fields.put("checks", Value::Parts(parts.0));
    }
    fields.text("browser", &machine.browser);
    fields.text("system", &machine.system);
    fields.text("unstuck", env!("CARGO_PKG_VERSION"));
    fields.text("page", page.unwrap_or_default());
    fields.text("remark", choices.remark.trim());
    fields.0
}

/// An attempt, and how long the call had waited for it since the one before ended.
fn describe_attempt(attempt: &Attempt, before: Option<u64>) -> Vec<(&'static str, Value)> {
    let mut parts = Fields::default();
    parts.number("number", Some(attempt.number.into()));
    parts.number("waited_ms", before.and_then(|before| attempt.sent_ms.checked_sub(before)));
    parts.text("sent", &iso_time(attempt.sent_ms));
    parts.number("took_ms", attempt.took_ms);
    parts.number("status", attempt.status.map(u64::from));
    parts.checked("net_error", attempt.net_error.as_ref(), is_machine_value);
    parts.text("cause", attempt.cause.map_or("", |cause| cause.id()));
    parts.checked("request_id", attempt.request_id.as_ref(), is_id);
    parts.checked("cf_ray", attempt.ray.as_ref(), is_ray);
    parts.0
}

#[cfg(test)]
mod tests;
