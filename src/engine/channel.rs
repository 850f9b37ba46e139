//! Channels: where others are told that a source is down, and where numbers and records go. Nobody is told before the person, or
//! their organisation, added a channel.

use serde::{Deserialize, Serialize};
use unstuck_health::{self as health, Feed, channel::sink::Sink, export::otlp::Temporality};

/// A kind of channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelKind {
    /// An incoming webhook of Slack.
    Slack,
    /// The events of PagerDuty.
    PagerDuty,
    /// An Alertmanager of the person's own.
    Alertmanager,
    /// A workflow of Microsoft Teams.
    Teams,
    /// Anything that takes what Alertmanager sends to a webhook.
    Webhook,
    /// A mail that the person sends: it is written at a press, and nothing is posted.
    Mail,
    /// A receiver of OpenTelemetry that takes numbers from the beginning, as Prometheus and VictoriaMetrics do.
    Otlp,
    /// One that adds up what many browsers send, each from its last push on.
    #[serde(rename = "otlp_delta")]
    OtlpDelta,
    /// Datadog, which takes nothing else.
    Datadog,
    /// Records of incidents for Splunk.
    Splunk,
    /// Records of incidents for Elasticsearch.
    Elastic,
}

impl ChannelKind {
    /// Those by which people are told.
    pub const PEOPLE: [Self; 6] =
        [Self::Slack, Self::PagerDuty, Self::Alertmanager, Self::Teams, Self::Webhook, Self::Mail];

    /// Those that feed the engines of a team.
    pub const ENGINES: [Self; 5] =
        [Self::Otlp, Self::OtlpDelta, Self::Datadog, Self::Splunk, Self::Elastic];

    /// Its id, as it is kept.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::PagerDuty => "pagerduty",
            Self::Alertmanager => "alertmanager",
            Self::Teams => "teams",
            Self::Webhook => "webhook",
            Self::Mail => "mail",
            Self::Otlp => "otlp",
            Self::OtlpDelta => "otlp_delta",
            Self::Datadog => "datadog",
            Self::Splunk => "splunk",
            Self::Elastic => "elastic",
        }
    }

    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::PEOPLE.into_iter().chain(Self::ENGINES).find(|kind| kind.id() == id)
    }

    /// Whether it feeds an engine. What it gets wakes nobody.
    #[must_use]
    pub fn is_engine(self) -> bool {
        Self::ENGINES.contains(&self)
    }

    /// What its numbers count from; none for what gets incidents.
    #[must_use]
    pub const fn temporality(self) -> Option<Temporality> {
        match self {
            Self::Otlp => Some(Temporality::Cumulative),
            Self::OtlpDelta | Self::Datadog => Some(Temporality::Delta),
            _ => None,
        }
    }

    /// The receiver that is posted to; none for mail.
    #[must_use]
    pub const fn sink(self) -> Option<Sink> {
        Some(match self {
            Self::Slack => Sink::Slack,
            Self::PagerDuty => Sink::PagerDuty,
            Self::Alertmanager => Sink::Alertmanager,
            Self::Teams => Sink::Teams,
            Self::Webhook => Sink::Webhook,
            Self::Otlp | Self::OtlpDelta => Sink::Otlp,
            Self::Datadog => Sink::Datadog,
            Self::Splunk => Sink::Splunk,
            Self::Elastic => Sink::Elastic,
            Self::Mail => return None,
        })
    }
}

/// A channel, without its address and key: those are its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Stable id.
    pub id: String,
    /// Its kind.
    pub kind: ChannelKind,
    /// What the person calls it.
    pub name: String,
    /// Scheme and host of its address (`https://hooks.slack.com`); of a mail address, what stands behind the `@`.
    pub origin: String,
    /// What may be seen of the secret: its last four characters. Empty where nothing is secret.
    pub ending: String,
}

/// Those of the channels that are told of incidents, as the outbox knows them.
pub(super) fn posted_to(channels: &[Channel]) -> Vec<health::Channel> {
    let told = channels.iter().filter(|channel| {
        channel.kind != ChannelKind::Mail && channel.kind.temporality().is_none()
    });
    let known = told.map(|channel| health::Channel {
        id: channel.id.clone(),
        pages: channel.kind == ChannelKind::PagerDuty,
    });
    known.collect()
}

/// Those that get numbers.
pub(super) fn feeds(channels: &[Channel]) -> Vec<Feed> {
    let feed = |channel: &Channel| {
        let temporality = channel.kind.temporality()?;
        Some(Feed { id: channel.id.clone(), temporality })
    };
    channels.iter().filter_map(feed).collect()
}
