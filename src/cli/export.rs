//! `unstuck export`: the same thresholds as files for other programs.

mod alertmanager;
mod cloudformation;
mod grafana;
mod prometheus_rules;
mod terraform;
mod threshold;

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use unstuck_diagnose::Messages;

use self::threshold::Threshold;
use super::{Outcome, Stop, probe};

/// Writes rules, dashboards and alarms for other programs, with the thresholds of unstuck.toml.
///
/// The head of each file says what it was tried with and what not. No secret is read or written.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck export prometheus-rules > unstuck-rules.yml
  unstuck export grafana --config unstuck.toml > dashboard.json")]
pub(super) struct Arguments {
    /// For whom
    #[arg(value_enum)]
    kind: Kind,

    /// The settings of `unstuck probe`
    #[arg(long, value_name = "FILE", default_value = "unstuck.toml")]
    config: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Alerting rules of Prometheus
    PrometheusRules,
    /// Routes and receivers of Alertmanager
    Alertmanager,
    /// A dashboard of Grafana
    Grafana,
    /// Alarms of `CloudWatch`
    Cloudformation,
    /// Monitors of Datadog and a service of `PagerDuty`
    Terraform,
}

pub(super) fn run(arguments: Arguments, words: &dyn Messages) -> Result<Outcome, Stop> {
    let shown = arguments.config.display().to_string();
    let text = fs::read_to_string(&arguments.config).map_err(|error| {
        Stop::Usage(words.get("command_unreadable", &[&shown, &error.to_string()]))
    })?;
    let thresholds: Vec<Threshold> = probe::thresholds(&text, words)
        .map_err(|wrong| Stop::Usage([&shown, ": ", &wrong].concat()))?
        .into_iter()
        .map(|(name, failures, successes, interval_s)| Threshold {
            name,
            failures,
            successes,
            interval_s,
        })
        .collect();
    let text = match arguments.kind {
        Kind::PrometheusRules => prometheus_rules::write(&thresholds),
        Kind::Alertmanager => alertmanager::write(),
        Kind::Grafana => grafana::write(&thresholds)?,
        Kind::Cloudformation => cloudformation::write(&thresholds),
        Kind::Terraform => terraform::write(&thresholds),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
