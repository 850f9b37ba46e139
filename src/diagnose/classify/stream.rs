//! Whether an answer that began also ended: each protocol has its own end mark, and without it the answer was cut.

use super::{ParsedFailure, Scores, clip, weight};
use crate::{Cause, Context, Evidence};

/// A streaming protocol: what shows that it speaks, and what ends an answer.
struct Protocol {
    begins: &'static [&'static str],
    ends: &'static [&'static str],
}

/// Written without blanks, as [`squeeze`] leaves them.
const PROTOCOLS: &[Protocol] = &[
    Protocol {
        begins: &["\"type\":\"message_start\"", "\"type\":\"content_block_"],
        ends: &["\"type\":\"message_stop\"", "event:message_stop"],
    },
    Protocol {
        begins: &["\"type\":\"response."],
        ends: &[
            "\"type\":\"response.completed\"",
            "\"type\":\"response.failed\"",
            "\"type\":\"response.incomplete\"",
            "data:[done]",
        ],
    },
    Protocol {
        begins: &["chat.completion.chunk", "\"delta\":{", "text_completion"],
        ends: &["data:[done]"],
    },
    Protocol { begins: &["\"candidates\":["], ends: &["\"blockreason\":\""] },
    Protocol { begins: &["\"done\":false"], ends: &["\"done\":true"] },
];

/// Reasons to stop that are none: not filled in yet, or the answer was broken off (vLLM, Zhipu).
const NO_REASONS: [&str; 5] = ["", "null", "None", "abort", "network_error"];

/// Weighs how the answer ended.
pub(crate) fn score(parsed: &ParsedFailure, scores: &mut Scores) {
    let refused = parsed.status.is_some_and(|status| status >= 300);
    if refused && parsed.failure.stream.is_none() {
        return;
    }
    if let Some(evidence) = error_in_stream(parsed) {
        // One that arrived cut nothing off; one that names nothing known is still the service's own.
        scores.against(Cause::StreamInterrupted, weight::FAIR);
        if !refused {
            let loud = if scores.names_something() { 1.0 } else { weight::WEAK + 0.5 };
            scores.add(Cause::ServerError, loud, evidence);
        }
        return;
    }
    if refused {
        return;
    }
    let text = parsed.failure.body.as_deref().unwrap_or_default();
    let body = squeeze(text);
    let has = |marks: &[&str]| marks.iter().any(|mark| body.contains(mark));
    let received = parsed.failure.stream;
    let chars = received.map_or(0, |stream| stream.chars);
    if let Some(readable) = before_unreadable(parsed, text) {
        let cause =
            if readable || chars > 0 { Cause::StreamInterrupted } else { Cause::UnexpectedReply };
        scores.add(cause, weight::CODE, Evidence::UnreadablePart);
        return;
    }
    if received.is_some_and(|stream| stream.ended) {
        if chars == 0 {
            scores.add(Cause::UnexpectedReply, weight::FAIR, Evidence::EmptyReply);
        }
        return;
    }
    let spoken = PROTOCOLS.iter().find(|protocol| has(protocol.begins));
    let cut = match spoken {
        Some(protocol) => {
            let stopped = |key| parsed.scan.any(key, |reason| !NO_REASONS.contains(&reason));
            !has(protocol.ends) && !stopped("finishreason") && !stopped("stopreason")
        }
        // Events that speak no protocol are no answer at all; comments alone only kept the line open.
        None => is_event_stream(parsed, text) && !has(&["[done]", "data:"]),
    };
    if cut {
        scores.add(Cause::StreamInterrupted, weight::CODE, Evidence::NoEndMark { chars });
    } else if spoken.is_none() && body.starts_with("data:[done]") {
        scores.add(Cause::UnexpectedReply, weight::FAIR, Evidence::EmptyReply);
    } else if let (true, Some(code), None) = (is_no_answer(parsed, &body), parsed.status, spoken) {
        // A success of which not a word was understood, when nothing else speaks.
        let host = parsed.host.map(str::to_owned);
        scores.add(Cause::UnexpectedReply, weight::WEAK, Evidence::Status { code, host });
    }
}

/// The error that the answer carries inside its success.
fn error_in_stream(parsed: &ParsedFailure) -> Option<Evidence> {
    const KEYS: [&str; 4] = ["error", "errormessage", "errortype", "errorcode"];
    let scan = &parsed.scan;
    let says = |value: &str| !matches!(value.trim(), "" | "null" | "None" | "false");
    let told = scan.pairs().find(|(key, value)| KEYS.contains(key) && says(value));
    let code = match told {
        Some((_, value)) => clip(value),
        None if scan.has_error
            || scan.any("type", |kind| matches!(kind, "error" | "response.failed"))
            || scan.says("event: error") =>
        {
            "error".to_owned()
        }
        None => return None,
    };
    Some(Evidence::Code { code })
}

/// Whether the answer is a stream of events, if only of comments that keep the line open.
fn is_event_stream(parsed: &ParsedFailure, body: &str) -> bool {
    let declared = parsed.failure.header("content-type");
    let started = ["data:", "event:", ": ", ":\n"].iter().any(|start| body.starts_with(start));
    started || (!body.is_empty() && declared.is_some_and(|kind| kind.contains("event-stream")))
}

/// Whether an event came that could be read, before the first that could not; `None` when all could. A reader marks what it
/// could not read; beyond that, only objects that lack one of their ends are told. The last may have been cut where nothing
/// more was kept, and an event of several lines is not judged.
fn before_unreadable(parsed: &ParsedFailure, body: &str) -> Option<bool> {
    if body.starts_with("event: unreadable\n") {
        return Some(false);
    }
    let framed = is_event_stream(parsed, body);
    let of_lines = body.starts_with('{') && body.contains("\"done\":false");
    if !framed && !of_lines {
        return None;
    }
    let (mut data, mut parts, mut readable) = ("", 0, false);
    for line in body[..body.rfind('\n')? + 1].lines() {
        if !framed {
            (data, parts) = (line, 1);
        } else if let Some(part) = line.strip_prefix("data:") {
            (data, parts) = (part.trim(), parts + 1);
            continue;
        } else if !line.is_empty() {
            continue;
        }
        let is_object = data.starts_with('{');
        if parts == 1 && is_object != data.ends_with('}') {
            return Some(readable);
        }
        readable |= is_object;
        (data, parts) = ("", 0);
    }
    None
}

/// Whether something came that is not even closed like an object, or an object that no draft is in: what a model that only
/// embeds answers, and whatever made a call of our own fail.
fn is_no_answer(parsed: &ParsedFailure, squeezed: &str) -> bool {
    let is_object = squeezed.starts_with('{') && squeezed.ends_with('}');
    let holds_no_draft = parsed.failure.context == Some(Context::Worker)
        || squeezed.contains("\"object\":\"embedding\"");
    !squeezed.is_empty() && (!is_object || holds_no_draft)
}

/// Lower case without white space, so that one spelling of a mark is enough; of a long body its two ends.
fn squeeze(body: &str) -> String {
    const HEAD: usize = 8 * 1024;
    const TAIL: usize = 16 * 1024;
    let bytes = body.as_bytes();
    let cut = bytes.len() > HEAD + TAIL;
    let (head, tail): (&[u8], &[u8]) =
        if cut { (&bytes[..HEAD], &bytes[bytes.len() - TAIL..]) } else { (bytes, &[]) };
    head.iter()
        .chain(tail)
        .filter(|byte| byte.is_ascii() && !byte.is_ascii_whitespace())
        .map(|&byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Failure, classify, failure::Received};

    fn cause(body: &str) -> Cause {
        let failure = Failure { status: Some(200), body: Some(body.into()), ..Failure::default() };
        classify(&failure).cause
    }

    #[test]
    fn missing_end_mark_means_cut() {
        for body in [
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"He\"},\"finish_reason\":null}]}\n\n",
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{}}\n\n",
            "data: {\"type\":\"response.output_text.delta\",\"delta\":\"He\"}\n\n",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"He\"}]}}]}\n\n",
            "{\"model\":\"llama3\",\"message\":{\"content\":\"He\"},\"done\":false}\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"He\"},\"finish_reason\":\"\"}]}\n\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"He\"},\"finish_reason\":\"null\"}]}\n\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"He\"},\"finish_reason\":\"abort\"}]}\n\n",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"He\"}]},\"finishReason\":\"\"}]}\n\n",
            "data: {\"type\":\"response.output_text.delta\",\"delta\":\"He\"}\n\ndata: {\"type\":\"response.cancelled\"}\n\n",
        ] {
            assert_eq!(cause(body), Cause::StreamInterrupted, "{body}");
        }
    }

    #[test]
    fn end_mark_means_complete() {
        for body in [
            "data: {\"choices\":[{\"delta\":{\"content\":\"He\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"He\"},\"finish_reason\":\"eos\"}]}\n\n",
            "data: {\"type\":\"message_start\"}\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n",
            "data: {\"type\":\"message_start\"}\n\nevent: message_stop\ndata: {\"type\": \"message_stop\"}\n\n",
            "{\"message\":{\"content\":\"He\"},\"done\":false}\n{\"done\":true}\n",
        ] {
            assert_ne!(cause(body), Cause::StreamInterrupted, "{body}");
        }
    }

    #[test]
    fn unreadable_part_means_incomplete() {
        let good = "data: {\"choices\":[{\"delta\":{\"content\":\"He\"}}]}\n\n";
        let broken = "data: {\"choices\":[{\"delta\":{\"cont\n\n";
        let done = "data: [DONE]\n\n";
        let told = |body: String| {
            let failure = Failure { status: Some(200), body: Some(body), ..Failure::default() };
            let found = classify(&failure);
            (found.cause, found.evidence.contains(&Evidence::UnreadablePart))
        };
        let between = told([good, broken, good, done].concat());
        assert_eq!(between, (Cause::StreamInterrupted, true));
        assert_eq!(told([broken, good, done].concat()), (Cause::UnexpectedReply, true));
        let lines = "{\"message\":{\"content\":\"He\"},\"done\":false}\n{\"mess\n{\"done\":true}\n";
        assert_eq!(told(lines.into()), (Cause::StreamInterrupted, true));
        let calm = "event: ping\ndata: 12:00\n\ndata: {\ndata: }\n\ndata: keep-alive\n\n";
        assert!(!told([good, calm, done].concat()).1);
    }

    #[test]
    fn bad_reason_has_its_cause() {
        for (reason, wanted) in [
            ("abort", Cause::StreamInterrupted),
            ("network_error", Cause::StreamInterrupted),
            ("insufficient_system_resource", Cause::ModelOverloaded),
            ("sensitive", Cause::ContentFiltered),
        ] {
            let body = format!(
                "data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"{reason}\"}}]}}\n\n"
            );
            assert_eq!(cause(&body), wanted, "{reason}");
        }
    }

    #[test]
    fn stream_error_keeps_its_code() {
        let body = "event: message_start\ndata: {\"type\":\"message_start\"}\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        assert_eq!(cause(body), Cause::ModelOverloaded);
    }

    #[test]
    fn what_the_caller_counted_is_enough() {
        let failure =
            Failure { stream: Some(Received { chars: 120, ended: false }), ..Failure::default() };
        assert_eq!(classify(&failure).cause, Cause::StreamInterrupted);
    }
}
