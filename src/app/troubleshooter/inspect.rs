//! The call itself: when what happened, how it ended, and all of it as a HAR file, without any words or secrets.

use super::{Line, Standing};
use unstuck_diagnose::{
    Failure,
    workspace::{Moment, Timeline, iso_time},
};
use unstuck_source::json::quoted;

/// What was seen of the call, in lines.
#[must_use]
pub(super) fn tell(facts: Option<&Failure>) -> (Standing, Vec<Line>) {
    let Some((facts, timeline)) = facts.and_then(|facts| Some((facts, facts.timeline.as_ref()?)))
    else {
        return (Standing::CouldNot, vec![Line::new("step_inspect_gone")]);
    };
    let mut lines = Vec::new();
    let address = [facts.method.as_deref().unwrap_or("GET"), facts.url.as_deref().unwrap_or("")];
    lines.push(Line::new("step_inspect_address").with(address.join(" ")));
    if let Some(status) = facts.status {
        lines.push(Line::new("step_inspect_status").with(status.to_string()));
    }
    if let Some(error) = &facts.net_error {
        lines.push(Line::new("step_inspect_error").with(error.clone()));
    }
    if !timeline.protocol.is_empty() {
        lines.push(Line::new("step_inspect_protocol").with(timeline.protocol.clone()));
    }
    lines.extend(
        timeline
            .moments
            .iter()
            .map(|(moment, at_ms)| Line::new(key_of(*moment)).with(at_ms.to_string())),
    );
    if timeline.parts > 0 {
        let (bytes, parts) = (timeline.bytes.to_string(), timeline.parts.to_string());
        lines.push(Line::new("step_inspect_body").with(bytes).with(parts));
    }
    (Standing::Shown, lines)
}

const fn key_of(moment: Moment) -> &'static str {
    match moment {
        Moment::LookUp => "step_moment_look_up",
        Moment::LookedUp => "step_moment_looked_up",
        Moment::Connect => "step_moment_connect",
        Moment::Secure => "step_moment_secure",
        Moment::Connected => "step_moment_connected",
        Moment::Sent => "step_moment_sent",
        Moment::Redirected => "step_moment_redirected",
        Moment::Headers => "step_moment_headers",
        Moment::FirstByte => "step_moment_first_byte",
        Moment::LastByte => "step_moment_last_byte",
        Moment::Over => "step_moment_over",
    }
}

/// The call as HAR 1.2 with one entry; bodies are left out.
#[must_use]
pub fn har(facts: &Failure) -> Option<String> {
    let timeline = facts.timeline.as_ref()?;
    let facts = facts.without_words();
    let text = |value: Option<&str>| quoted(value.unwrap_or_default());
    let headers: Vec<_> = facts
        .headers
        .iter()
        .map(|(name, value)| {
            ["{\"name\":", &quoted(name), ",\"value\":", &quoted(value), "}"].concat()
        })
        .collect();
    let protocol = quoted(&timeline.protocol);
    let over = timeline.moments.last().map_or(0, |(_, at_ms)| *at_ms);
    let status = facts.status.unwrap_or_default().to_string();
    let bytes = timeline.bytes.to_string();
    let error = facts.net_error.as_deref().map(|error| [",\"_error\":", &quoted(error)].concat());
    Some(
        [
            "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Unstuck\",\"version\":\"",
            env!("CARGO_PKG_VERSION"),
            "\"},\"pages\":[],\"entries\":[{\"startedDateTime\":\"",
            &iso_time(timeline.started_ms),
            "\",\"time\":",
            &over.to_string(),
            ",\"request\":{\"method\":",
            &text(facts.method.as_deref()),
            ",\"url\":",
            &text(facts.url.as_deref()),
            ",\"httpVersion\":",
            &protocol,
            ",\"cookies\":[],\"headers\":[],\"queryString\":[],\"headersSize\":-1,\"bodySize\":-1},\
             \"response\":{\"status\":",
            &status,
            ",\"statusText\":\"\",\"httpVersion\":",
            &protocol,
            ",\"cookies\":[],\"headers\":[",
            &headers.join(","),
            "],\"content\":{\"size\":",
            &bytes,
            ",\"mimeType\":",
            &text(facts.header("content-type")),
            "},\"redirectURL\":",
            &text(facts.header("location")),
            ",\"headersSize\":-1,\"bodySize\":",
            &bytes,
            error.as_deref().unwrap_or_default(),
            "},\"cache\":{},\"timings\":{",
            &timings(timeline, over),
            "}}]}}\n",
        ]
        .concat(),
    )
}

/// The spans of a HAR entry; -1 for one that does not apply.
fn timings(timeline: &Timeline, over: u32) -> String {
    let at = |moment| timeline.at(moment);
    let span = |from: Option<u32>, to: Option<u32>| match (from, to) {
        (Some(from), Some(to)) => to.saturating_sub(from).to_string(),
        _ => "-1".to_owned(),
    };
    let sent = at(Moment::Sent);
    let answered = at(Moment::Headers).or_else(|| at(Moment::FirstByte));
    let or_zero = |span: String| if span == "-1" { "0".to_owned() } else { span };
    [
        "\"blocked\":-1,\"dns\":",
        &span(at(Moment::LookUp), at(Moment::LookedUp)),
        ",\"connect\":",
        &span(at(Moment::Connect), at(Moment::Connected)),
        ",\"ssl\":",
        &span(at(Moment::Secure), at(Moment::Connected)),
        ",\"send\":0,\"wait\":",
        &or_zero(span(sent.or(Some(0)), answered.or(Some(over)))),
        ",\"receive\":",
        &or_zero(span(answered, Some(over))),
    ]
    .concat()
}
