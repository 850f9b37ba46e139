//! The forms in which a run can be told, a file each.

mod eml;
mod github;
mod json;
mod junit;
mod otlp;
mod prometheus;
mod text;

use clap::ValueEnum;
use unstuck_diagnose::Messages;
use unstuck_health::export::otlp::Temporality;

use super::{config::Mail, report::Report};

/// How a run is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// Lines for a person
    #[default]
    Text,
    /// One JSON object
    Json,
    /// JUnit XML, for the tests of a pipeline
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// Prometheus text 0.0.4, for the textfile collector of the node exporter
    Prometheus,
    /// OTLP metrics of this run in protobuf, to be posted to a receiver that adds up, such as Datadog
    Otlp,
    /// The same of all runs that --state knows of, for Prometheus and VictoriaMetrics
    OtlpCumulative,
    /// A mail for `sendmail -t`
    Eml,
}

/// The run in a form.
pub(super) fn bytes(
    format: Format,
    report: &Report<'_>,
    mail: Option<&Mail>,
    words: &dyn Messages,
) -> Vec<u8> {
    match format {
        Format::Text => text::write(report, words).into_bytes(),
        Format::Json => json::write(report, words),
        Format::Junit => junit::write(report, words).into_bytes(),
        Format::Github => github::write(report, words).into_bytes(),
        Format::Prometheus => prometheus::write(report).into_bytes(),
        Format::Otlp => otlp::write(report, Temporality::Delta),
        Format::OtlpCumulative => otlp::write(report, Temporality::Cumulative),
        Format::Eml => mail.map_or_else(Vec::new, |mail| eml::write(report, mail, words)),
    }
}

/// The run as Prometheus scrapes it.
pub(super) fn numbers(report: &Report<'_>) -> String {
    prometheus::write(report)
}
