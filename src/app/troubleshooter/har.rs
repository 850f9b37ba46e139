//! A call as a HAR file (HTTP Archive 1.2) with one entry, without any words or secrets.

use serde_json::json;

use unstuck_diagnose::{
    Failure,
    workspace::{Moment, Timeline, iso_time},
};

/// The file; bodies are left out.
#[must_use]
pub(super) fn har(facts: &Failure) -> Option<String> {
    let timeline = facts.timeline.as_ref()?;
    let facts = facts.without_words();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let headers: Vec<_> =
        facts.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let over = timeline.moments.last().map_or(0, |(_, at_ms)| *at_ms);
    let mut response = json!({
        "status": facts.status.unwrap_or_default(),
        "statusText": "",
        "httpVersion": timeline.protocol,
        "cookies": [],
        "headers": headers,
        "content": {"size": timeline.bytes, "mimeType": text(facts.header("content-type"))},
        "redirectURL": text(facts.header("location")),
        "headersSize": -1,
        "bodySize": timeline.bytes,
    });
    if let Some(error) = &facts.net_error {
        response["_error"] = json!(error);
    }
    let entry = json!({
        "startedDateTime": iso_time(timeline.started_ms),
        "time": over,
        "request": {
            "method": text(facts.method.as_deref()),
            "url": text(facts.url.as_deref()),
            "httpVersion": timeline.protocol,
            "cookies": [],
            "headers": [],
            "queryString": [],
            "headersSize": -1,
            "bodySize": -1,
        },
        "response": response,
        "cache": {},
        "timings": timings(timeline, over),
    });
    let creator = json!({"name": "Unstuck", "version": env!("CARGO_PKG_VERSION")});
    let log = json!({"version": "1.2", "creator": creator, "pages": [], "entries": [entry]});
    Some(format!("{:#}\n", json!({"log": log})))
}

/// The spans of the entry in milliseconds; -1 for one that does not apply.
fn timings(timeline: &Timeline, over: u32) -> serde_json::Value {
    let at = |moment| timeline.at(moment);
    let span = |from: Option<u32>, to: Option<u32>| match (from, to) {
        (Some(from), Some(to)) => i64::from(to.saturating_sub(from)),
        _ => -1,
    };
    let sent = at(Moment::Sent);
    let answered = at(Moment::Headers).or_else(|| at(Moment::FirstByte));
    json!({
        "blocked": -1,
        "dns": span(at(Moment::LookUp), at(Moment::LookedUp)),
        "connect": span(at(Moment::Connect), at(Moment::Connected)),
        "ssl": span(at(Moment::Secure), at(Moment::Connected)),
        "send": 0,
        "wait": span(sent.or(Some(0)), answered.or(Some(over))).max(0),
        "receive": span(answered, Some(over)).max(0),
    })
}
