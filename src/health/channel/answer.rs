//! What a receiver's answer means. A status alone lies: some say 200 and mean no.

use unstuck_diagnose::workspace::http_date;
use unstuck_source::json::{find, text};

use super::{bulk, sink::Sink, verdict::Verdict};

/// Read no more of an answer than so many bytes; the rest says nothing new.
pub const READ: usize = 64 * 1024;

/// An answer, as far as it was read.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Its status; 0 when none came, be it that the time ran out or the connection broke.
    pub status: u16,
    /// Its header `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// The beginning of its body, at most [`READ`] bytes.
    pub body: &'a [u8],
}

/// Reads the answer to a request in which `sent` records or messages were.
#[must_use]
pub fn read(sink: Sink, answer: &Answer<'_>, sent: usize, now_ms: u64) -> Verdict {
    let body = String::from_utf8_lossy(answer.body);
    let body = body.trim();
    let after_ms = answer.retry_after.and_then(|text| wait_ms(text, now_ms));
    let later = |why| Verdict::Later { after_ms, why };
    let is_page = body.starts_with('<');
    match answer.status {
        0 => Verdict::Unknown("sink_no_answer"),
        200..300 => well(sink, answer, body, is_page, sent),
        300..400 => Verdict::Refused("sink_moved"),
        413 => Verdict::TooBig,
        429 if sink == Sink::PagerDuty => {
            // It asks for "a backoff of a few minutes".
            Verdict::Later { after_ms: after_ms.or(Some(180_000)), why: "sink_too_many" }
        }
        429 => later("sink_too_many"),
        408 | 425 => later("sink_down"),
        502..=504 => match splunk_code(sink, body) {
            Some(Verdict::Refused(why)) => later(why),
            _ => later("sink_down"),
        },
        // Receivers of OTLP name the four statuses that may be repeated; 500 is none of them.
        500.. if matches!(sink, Sink::Otlp | Sink::Datadog) => Verdict::Refused("sink_failed"),
        500.. => later("sink_down"),
        status => splunk_code(sink, body)
            .or_else(|| slack_word(sink, body))
            .unwrap_or_else(|| by_status(sink, status, is_page)),
    }
}

/// What a good status really says.
fn well(sink: Sink, answer: &Answer<'_>, body: &str, is_page: bool, sent: usize) -> Verdict {
    let page = Verdict::Later { after_ms: None, why: "sink_page" };
    let unexpected = Verdict::Unknown("sink_unexpected");
    match sink {
        // Whatever it is, it said yes.
        Sink::Webhook => Verdict::Accepted,
        _ if is_page => page,
        Sink::Slack if body == "ok" => Verdict::Accepted,
        Sink::Slack => slack_word(sink, body).unwrap_or(unexpected),
        Sink::PagerDuty if answer.status == 202 => Verdict::Accepted,
        Sink::PagerDuty => unexpected,
        Sink::Alertmanager => Verdict::Accepted,
        // The old connectors say 200 and tell the true status in words.
        Sink::Teams if body.contains("HTTP error 429") => {
            Verdict::Later { after_ms: None, why: "sink_too_many" }
        }
        Sink::Teams if body.contains("HTTP error") || body.contains("delivery failed") => {
            Verdict::Refused("sink_failed")
        }
        Sink::Teams => Verdict::Accepted,
        Sink::Splunk => match find(body, &["code"]) {
            Some("0") => Verdict::Accepted,
            _ => splunk_code(sink, body).unwrap_or(unexpected),
        },
        Sink::Elastic => bulk::read(body, sent),
        Sink::Otlp | Sink::Datadog => match rejected(answer.body, body) {
            0 => Verdict::Accepted,
            refused => Verdict::Partly { again: Vec::new(), refused, why: "sink_partly" },
        },
    }
}

fn by_status(sink: Sink, status: u16, is_page: bool) -> Verdict {
    Verdict::Refused(match status {
        403 if sink == Sink::Datadog => "sink_site_or_key",
        401 | 403 | 407 => "sink_key",
        404 | 405 | 410 => "sink_gone",
        _ if is_page => "sink_page",
        _ => "sink_shape",
    })
}

/// What Slack says in a word.
fn slack_word(sink: Sink, body: &str) -> Option<Verdict> {
    let refused = |why| Some(Verdict::Refused(why));
    match body {
        _ if sink != Sink::Slack => None,
        "no_service" | "no_service_id" | "no_team" | "team_disabled" => refused("sink_slack_gone"),
        "invalid_token" | "no_active_hooks" => refused("sink_slack_gone"),
        "channel_not_found" => refused("sink_slack_no_channel"),
        "channel_is_archived" => refused("sink_slack_archived"),
        "user_not_found" => refused("sink_slack_no_user"),
        "action_prohibited" | "posting_to_general_channel_denied" => refused("sink_slack_forbids"),
        "invalid_payload" | "invalid_blocks" | "no_text" | "msg_blocks_too_long" => {
            refused("sink_shape")
        }
        _ => None,
    }
}

/// What Splunk says in a number (HTTP Event Collector, "Possible error codes").
fn splunk_code(sink: Sink, body: &str) -> Option<Verdict> {
    if sink != Sink::Splunk {
        return None;
    }
    let later = |why| Verdict::Later { after_ms: None, why };
    Some(match find(body, &["code"])?.parse().ok()? {
        1 => Verdict::Refused("sink_splunk_off"),
        2..=4 => Verdict::Refused("sink_key"),
        7 => Verdict::Refused("sink_splunk_index"),
        10 | 11 => Verdict::Refused("sink_splunk_channel"),
        5 | 6 | 12..=16 => Verdict::Refused("sink_shape"),
        8 | 9 | 18..=20 | 23 => later("sink_down"),
        _ => return None,
    })
}

/// How many points an `ExportMetricsServiceResponse` says were rejected, be it protobuf or JSON.
fn rejected(bytes: &[u8], body: &str) -> u64 {
    if body.starts_with('{') {
        let count = find(body, &["partialSuccess", "rejectedDataPoints"]);
        let count = count.and_then(|count| text(count).or_else(|| Some(count.to_owned())));
        return count.and_then(|count| count.parse().ok()).unwrap_or(0);
    }
    // Field 1 is the partial success, whose field 1 is the count.
    let count = || {
        let (inner, _) = bytes.strip_prefix(&[0x0a])?.split_first().map(|(_, rest)| (rest, ()))?;
        let mut count = 0_u64;
        for (at, byte) in inner.strip_prefix(&[0x08])?.iter().take(9).enumerate() {
            count |= u64::from(byte & 127) << (7 * at);
            if byte & 128 == 0 {
                return Some(count);
            }
        }
        None
    };
    count().unwrap_or(0)
}

/// Nobody is kept waiting longer, milliseconds: a message that old is of no use.
const LONGEST_WAIT_MS: u64 = 24 * 3_600_000;

/// `Retry-After`: seconds or a moment (RFC 9110, 10.2.3).
fn wait_ms(text: &str, now_ms: u64) -> Option<u64> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let ms = if is_number {
        text.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1000)
    } else {
        http_date(text)?.saturating_sub(now_ms)
    };
    Some(ms.min(LONGEST_WAIT_MS))
}

#[cfg(test)]
mod tests;
