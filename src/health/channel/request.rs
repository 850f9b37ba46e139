//! A message on its way: where it goes, what stands above it, what it says.

use std::borrow::Cow;

use super::{
    address::{Wrong, check_key, check_url, own_header},
    alertmanager,
    message::{Message, Step},
    pagerduty,
    sink::Sink,
    slack, teams, webhook,
};
use crate::{
    Incident,
    export::{Record, elastic, splunk},
};

/// A header: its name and its value.
pub type Header = (Cow<'static, str>, String);

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
    pub headers: Vec<Header>,
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
        Sink::Splunk => Some(records(message, splunk::body)),
        Sink::Elastic => Some(records(message, elastic::body)),
        Sink::Otlp | Sink::Datadog => None,
    };
    let headers = headers(target.sink, target.key);
    Ok(body.map(|body| Request { url: target.url.to_owned(), headers, body }))
}

/// The lines of a log that a message comes to: two where nothing was told while it lasted.
fn records(message: &Message<'_>, body: fn(&[Record<'_>]) -> String) -> String {
    let record =
        |incident| Record { incident, title: &message.title, version: env!("CARGO_PKG_VERSION") };
    let told = record(message.incident);
    if message.step != Step::WasDown {
        return body(&[told]);
    }
    let began = Incident { ended_ms: None, ..message.incident.clone() };
    body(&[record(&began), told])
}

/// What stands above a request to a receiver: the type of its body, and its key where one is sent.
#[must_use]
pub fn headers(sink: Sink, key: &str) -> Vec<Header> {
    let content_type = match sink {
        Sink::Otlp | Sink::Datadog => "application/x-protobuf",
        Sink::Elastic => "application/x-ndjson",
        _ => "application/json",
    };
    let mut headers = vec![("content-type".into(), content_type.to_owned())];
    let authorization = |scheme: &str| ("authorization".into(), [scheme, key].concat());
    match sink {
        // Its key is in the body, or the address is the secret.
        Sink::PagerDuty | Sink::Slack | Sink::Teams => {}
        _ if key.is_empty() => {}
        Sink::Splunk => headers.push(authorization("Splunk ")),
        Sink::Elastic => headers.push(authorization("ApiKey ")),
        Sink::Datadog => headers.push(("dd-api-key".into(), key.to_owned())),
        Sink::Otlp | Sink::Alertmanager | Sink::Webhook => headers.push(match own_header(key) {
            Some((name, value)) if sink == Sink::Otlp => (name.to_owned().into(), value.to_owned()),
            _ => authorization("Bearer "),
        }),
    }
    if sink == Sink::Datadog {
        headers.push(("dd-otel-metric-config".into(), DATADOG.to_owned()));
    }
    headers
}

/// Datadog keeps the version as a tag, and the percentiles of histograms.
const DATADOG: &str =
    r#"{"resource_attributes_as_tags":true,"histograms":{"mode":"distributions"}}"#;
