//! Channels: where others are told that a source is down. Nobody is told before the person added a channel.

use serde::{Deserialize, Serialize};
use unstuck_health::{self as health, channel::sink::Sink};

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
}

impl ChannelKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Slack, Self::PagerDuty, Self::Alertmanager, Self::Teams, Self::Webhook, Self::Mail];

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
        }
    }

    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
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

/// Those of the channels that are posted to, as the outbox knows them.
pub(super) fn posted_to(channels: &[Channel]) -> Vec<health::Channel> {
    let posts = channels.iter().filter(|channel| channel.kind != ChannelKind::Mail);
    let known = posts.map(|channel| health::Channel {
        id: channel.id.clone(),
        pages: channel.kind == ChannelKind::PagerDuty,
    });
    known.collect()
}
