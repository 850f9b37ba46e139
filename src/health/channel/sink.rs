//! Where something can be sent.

use serde::{Deserialize, Serialize};

/// A kind of receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sink {
    /// An incoming webhook of Slack.
    Slack,
    /// The events of PagerDuty, version 2.
    PagerDuty,
    /// An Alertmanager of the person's own.
    Alertmanager,
    /// A workflow of Microsoft Teams that takes cards.
    Teams,
    /// Anything that takes what Alertmanager sends to a webhook.
    Webhook,
    /// A receiver of OTLP over HTTP.
    Otlp,
    /// The OTLP intake of Datadog.
    Datadog,
    /// The HTTP event collector of Splunk.
    Splunk,
    /// The bulk interface of Elasticsearch.
    Elastic,
}

impl Sink {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Slack,
        Self::PagerDuty,
        Self::Alertmanager,
        Self::Teams,
        Self::Webhook,
        Self::Otlp,
        Self::Datadog,
        Self::Splunk,
        Self::Elastic,
    ];

    /// Its proper name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Slack => "Slack",
            Self::PagerDuty => "PagerDuty",
            Self::Alertmanager => "Alertmanager",
            Self::Teams => "Microsoft Teams",
            Self::Webhook => "Webhook",
            Self::Otlp => "OpenTelemetry",
            Self::Datadog => "Datadog",
            Self::Splunk => "Splunk",
            Self::Elastic => "Elasticsearch",
        }
    }

    /// The hosts that answer for it: each one itself and all below it. Empty for what runs on any host.
    #[must_use]
    pub const fn hosts(self) -> &'static [&'static str] {
        match self {
            Self::Slack => &["hooks.slack.com", "hooks.slack-gov.com"],
            Self::PagerDuty => &["events.pagerduty.com", "events.eu.pagerduty.com"],
            Self::Teams => &["logic.azure.com", "api.powerplatform.com", "webhook.office.com"],
            Self::Datadog => &["datadoghq.com", "datadoghq.eu", "ddog-gov.com"],
            Self::Alertmanager | Self::Webhook | Self::Otlp | Self::Splunk | Self::Elastic => &[],
        }
    }

    /// Whether a receiver at this host is of this kind.
    #[must_use]
    pub fn answers_at(self, host: &str) -> bool {
        self.hosts().iter().any(|own| {
            host.strip_suffix(own).is_some_and(|below| below.is_empty() || below.ends_with('.'))
        })
    }
}
