//! Whether an address and a key can be those of a receiver, told before anything is sent.

use unstuck_diagnose::{Messages, workspace::Url};

use super::sink::Sink;

/// What is wrong, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The key of its message.
    pub key: &'static str,
    /// The host that the address leads to; empty where that is not the point.
    pub host: String,
    /// Who should have been there.
    pub sink: Sink,
}

impl Wrong {
    /// What a person reads.
    #[must_use]
    pub fn words(&self, words: &dyn Messages) -> String {
        words.get(self.key, &[self.sink.name(), &self.host])
    }
}

/// Checks an address. One on this machine may be that of any receiver.
///
/// # Errors
///
/// What is wrong with it.
pub fn check_url(sink: Sink, url: &str) -> Result<(), Wrong> {
    let wrong = |key, host: &str| Err(Wrong { key, host: host.to_owned(), sink });
    if url.is_empty() {
        return wrong("channel_url_missing", "");
    }
    if url.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return wrong("channel_url_space", "");
    }
    let read = Url::read(url).and_then(|parts| Some((parts, parts.address()?)));
    let Some((parts, address)) = read else { return wrong("channel_url_none", "") };
    if parts.authority.contains('@') {
        return wrong("channel_url_user", "");
    }
    match (address.scheme.as_str(), parts.is_loopback()) {
        ("https" | "http", true) => return Ok(()),
        ("https", false) => {}
        ("http", false) => return wrong("channel_url_http", &address.host),
        _ => return wrong("channel_url_none", ""),
    }
    // These two take nothing but their own shape, so the wrong kind was chosen.
    let takes_own = |other: Sink| other != sink && other.answers_at(&address.host);
    let of_another = takes_own(Sink::Slack) || takes_own(Sink::PagerDuty);
    if of_another || !sink.hosts().is_empty() && !sink.answers_at(&address.host) {
        return wrong("channel_url_elsewhere", &address.host);
    }
    // The path is what makes the address of a webhook a secret.
    let is_cut = matches!(sink, Sink::Slack | Sink::Teams) && parts.rest.len() < 10;
    if is_cut { wrong("channel_url_cut", "") } else { Ok(()) }
}

/// Checks a key. Only PagerDuty, Splunk, Datadog and Elasticsearch cannot do without one.
///
/// # Errors
///
/// What is wrong with it.
pub fn check_key(sink: Sink, key: &str) -> Result<(), Wrong> {
    let wrong = |key| Err(Wrong { key, host: String::new(), sink });
    let needs_one = matches!(sink, Sink::PagerDuty | Sink::Splunk | Sink::Datadog | Sink::Elastic);
    if key.is_empty() {
        return if needs_one { wrong("channel_key_missing") } else { Ok(()) };
    }
    let secret = own_header(key).filter(|_| sink == Sink::Otlp).map_or(key, |(_, value)| value);
    // What stands in a header may be a word and a secret, as in `Basic abc`.
    let may_be = |byte: u8| byte.is_ascii_graphic() || byte == b' ' && secret.len() < key.len();
    if secret.is_empty() || !secret.bytes().all(may_be) {
        return wrong("channel_key_space");
    }
    if sink == Sink::PagerDuty
        && (key.len() != 32 || !key.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        return wrong("channel_key_length");
    }
    Ok(())
}

/// Name and value of the header that a key of OpenTelemetry may be, as in `api-key: abc`. A token has no colon in it.
#[must_use]
pub fn own_header(key: &str) -> Option<(&str, &str)> {
    let (name, value) = key.split_once(':')?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (!name.is_empty() && name.bytes().all(is_name)).then(|| (name, value.trim_matches(' ')))
}

/// What may be seen of an address or a key: its last four characters, and of a short one nothing.
#[must_use]
pub fn shown(secret: &str) -> String {
    let end = secret.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    ["••••", if secret.len() < 12 { "" } else { &secret[end..] }].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_addresses_are_told_apart() {
        for (sink, url, key) in [
            (Sink::Slack, "", "channel_url_missing"),
            (Sink::Slack, "hooks.slack.com/services/T/B/x", "channel_url_none"),
            (Sink::Slack, "ftp://hooks.slack.com/services/T/B/x", "channel_url_none"),
            (Sink::Slack, "javascript:alert(1)", "channel_url_none"),
            (Sink::Slack, "https://hooks.slack.com/services/\nT", "channel_url_space"),
            (Sink::Slack, "https://hooks.slack.com/ser vices", "channel_url_space"),
            (Sink::Slack, "https://me:pw@hooks.slack.com/services/T", "channel_url_user"),
            (Sink::Slack, "http://hooks.slack.com/services/T/B/x", "channel_url_http"),
            (Sink::Slack, "https://slack.com/services/T/B/x", "channel_url_elsewhere"),
            (Sink::Slack, "https://hooks.slack.com.evil.test/services/T", "channel_url_elsewhere"),
            (Sink::Slack, "https://evilhooks.slack.com/services/T", "channel_url_elsewhere"),
            (Sink::Slack, "https://hooks.slack.com/", "channel_url_cut"),
            (Sink::PagerDuty, "https://hooks.slack.com/services/T", "channel_url_elsewhere"),
            (Sink::Webhook, "https://hooks.slack.com/services/T", "channel_url_elsewhere"),
            (Sink::Teams, "https://hooks.slack.com/services/T", "channel_url_elsewhere"),
            (Sink::Datadog, "https://example.org/v1/metrics", "channel_url_elsewhere"),
            (Sink::Webhook, "http://10.0.0.1/hook", "channel_url_http"),
        ] {
            assert_eq!(check_url(sink, url).map_err(|wrong| wrong.key), Err(key), "{url}");
        }
    }

    #[test]
    fn right_addresses_pass() {
        for (sink, url) in [
            (Sink::Slack, "https://hooks.slack.com/services/T0/B0/x"),
            (Sink::PagerDuty, "https://events.eu.pagerduty.com/v2/enqueue"),
            (Sink::Teams, "https://prod-1.westus.logic.azure.com:443/workflows/1"),
            (Sink::Datadog, "https://otlp.us5.datadoghq.com/v1/metrics"),
            (Sink::Otlp, "https://otlp.datadoghq.eu/v1/metrics"),
            (Sink::Webhook, "https://example.org/hook"),
            (Sink::Slack, "http://127.0.0.1:8080/sinks/slack"),
            (Sink::Alertmanager, "http://[::1]:9093/api/v2/alerts"),
        ] {
            assert_eq!(check_url(sink, url), Ok(()), "{url}");
        }
    }

    #[test]
    fn keys_are_checked() {
        let key = |sink, key| check_key(sink, key).map_err(|wrong| wrong.key);
        let right = "a".repeat(32);
        assert_eq!(key(Sink::PagerDuty, &right), Ok(()));
        assert_eq!(key(Sink::PagerDuty, &right[1..]), Err("channel_key_length"));
        assert_eq!(key(Sink::PagerDuty, ""), Err("channel_key_missing"));
        assert_eq!(key(Sink::Slack, ""), Ok(()));
        for spaced in ["a b", "a\r\nx-evil: 1", " a", "a\u{a0}"] {
            assert_eq!(key(Sink::Webhook, spaced), Err("channel_key_space"), "{spaced:?}");
        }
        for header in ["api-key: abc", "Authorization:Basic YTpi", "token", "x:y:z"] {
            assert_eq!(key(Sink::Otlp, header), Ok(()), "{header:?}");
        }
        for wrong in ["api-key:", "a b: c", "x-a: b\r\nx-evil: 1", "two words", "x: \u{e4}"] {
            assert_eq!(key(Sink::Otlp, wrong), Err("channel_key_space"), "{wrong:?}");
        }
        assert_eq!(key(Sink::Webhook, "api-key: abc"), Err("channel_key_space"));
    }

    #[test]
    fn only_the_end_is_shown() {
        assert_eq!(shown("https://hooks.slack.com/services/T0/B0/canary1234"), "••••1234");
        assert_eq!(shown("äöüäöüäöü"), "••••üäöü");
        assert_eq!((shown("secret"), shown("")), ("••••".into(), "••••".into()));
    }
}
