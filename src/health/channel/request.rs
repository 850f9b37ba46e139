//! A message on its way: where it goes, what stands above it, what it says.

use super::{
    address::{Wrong, check_key, check_url},
    alertmanager,
    message::Message,
    pagerduty,
    sink::Sink,
    slack, teams, webhook,
};

/// Where a message goes. Holds secrets, so it is made when it is needed and kept nowhere.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The kind of receiver.
    pub sink: Sink,
    /// Its address, which is the secret of Slack's and Teams' webhooks.
    pub url: &'a str,
    /// The key of PagerDuty, or the token of a receiver that wants one; empty for none.
    pub key: &'a str,
}

/// What is POSTed.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Its address.
    pub url: String,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// Its body, JSON.
    pub body: String,
}

/// The request of a message; `None` where this channel is not told of it. While an incident lasts, `interval_ms` is the time
/// after which Alertmanager is told again; `is_short` follows an answer of [`Verdict::TooBig`](super::answer::Verdict::TooBig).
///
/// # Errors
///
/// What is wrong with the address or the key.
pub fn request(
    target: Target<'_>,
    message: &Message<'_>,
    interval_ms: u64,
    is_short: bool,
) -> Result<Option<Request>, Wrong> {
    check_url(target.sink, target.url)?;
    check_key(target.sink, target.key)?;
    let body = match target.sink {
        Sink::Slack => Some(slack::body(message)),
        Sink::PagerDuty => pagerduty::body(message, target.key),
        Sink::Alertmanager => alertmanager::body(message, interval_ms),
        Sink::Teams => Some(teams::body(message, is_short)),
        Sink::Webhook => Some(webhook::body(message)),
        Sink::Otlp | Sink::Datadog | Sink::Splunk | Sink::Elastic => None,
    };
    let headers = headers(target.sink, target.key);
    Ok(body.map(|body| Request { url: target.url.to_owned(), headers, body }))
}

/// What stands above a request to a receiver: the type of its body, and its key where one is sent.
#[must_use]
pub fn headers(sink: Sink, key: &str) -> Vec<(&'static str, String)> {
    let content_type = match sink {
        Sink::Otlp | Sink::Datadog => "application/x-protobuf",
        Sink::Elastic => "application/x-ndjson",
        _ => "application/json",
    };
    let mut headers = vec![("content-type", content_type.to_owned())];
    match sink {
        // Its key is in the body, or the address is the secret.
        Sink::PagerDuty | Sink::Slack | Sink::Teams => {}
        _ if key.is_empty() => {}
        Sink::Splunk => headers.push(("authorization", ["Splunk ", key].concat())),
        Sink::Elastic => headers.push(("authorization", ["ApiKey ", key].concat())),
        Sink::Datadog => headers.push(("dd-api-key", key.to_owned())),
        Sink::Alertmanager | Sink::Webhook | Sink::Otlp => {
            headers.push(("authorization", ["Bearer ", key].concat()));
        }
    }
    if sink == Sink::Datadog {
        headers.push(("dd-otel-metric-config", DATADOG.to_owned()));
    }
    headers
}

/// Datadog keeps the version as a tag, and the percentiles of histograms.
const DATADOG: &str =
    r#"{"resource_attributes_as_tags":true,"histograms":{"mode":"distributions"}}"#;
