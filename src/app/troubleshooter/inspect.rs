//! The call itself: when what happened, and how it ended.

use super::{Line, Standing};
use unstuck_diagnose::{Failure, workspace::Moment};

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
