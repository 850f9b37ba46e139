//! Replies that begin as a good stream and go wrong.

use bytes::Bytes;

use super::transport::{beat, send};
use super::{Effect, Fault, Group, Knobs};
use crate::dialect;
use crate::openai::Draft;
use crate::wire::Step;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\
    x-request-id: req_3f1c9a7e5b2d48f0a6c4e8d21b7f0935\r\ntransfer-encoding: chunked\r\n\r\n";
pub(super) const LAST_CHUNK: &str = "0\r\n\r\n";

/// How many events of a good draft come before it goes wrong: the role and a few words.
const SHOWN: usize = 5;

/// The catalogue of stream faults.
pub(super) const FAULTS: &[Fault] = &[
    fault(
        "stream_error_first",
        "server_error",
        "An error event instead of the first word, at status 200.",
        |_, _| {
            let mut script = vec![send(HEAD)];
            script.extend(chunk(SERVER_ERROR));
            script.extend(finish());
            script
        },
    ),
    fault("stream_error_midway", "server_error", "Some words, then an error event.", |draft, _| {
        let mut script = started(draft);
        script.extend(chunk(SERVER_ERROR));
        script.extend(finish());
        script
    }),
    fault(
        "stream_overloaded_midway",
        "model_overloaded",
        "Some words, then an event that says overloaded.",
        |draft, _| {
            let mut script = started(draft);
            script.extend(chunk(OVERLOADED));
            script.push(send(LAST_CHUNK));
            script
        },
    ),
    fault(
        "stream_reset",
        "stream_interrupted",
        "Some words, then a connection reset.",
        |draft, _| with(started(draft), [beat(), Step::Reset]),
    ),
    fault(
        "stream_late_reset",
        "unknown",
        "No failure: all words and the reason to stop, then a reset in place of the end mark.",
        |draft, _| {
            let events = dialect::events(draft, false);
            let said = events.iter().take(events.len() - 1).flat_map(|event| chunk(event));
            let head = send(HEAD);
            with(std::iter::once(head).chain(said).collect(), [beat(), Step::Reset])
        },
    ),
    fault(
        "stream_truncated",
        "stream_interrupted",
        "Some words, then the connection ends inside a chunk.",
        |draft, _| with(started(draft), [send("40\r\ndata: {\"id\":\"chatcmpl")]),
    ),
    fault(
        "stream_without_done",
        "stream_interrupted",
        "Some words, then a clean end without the end mark.",
        |draft, _| with(started(draft), [send(LAST_CHUNK)]),
    ),
    fault(
        "stream_unreadable_part",
        "stream_interrupted",
        "Some words, then an event that cannot be read, then the rest up to its end mark.",
        |draft, _| {
            let events = dialect::events(draft, false);
            let mut script = started(draft);
            script.extend(chunk(&broken(&events[SHOWN])));
            script.extend(events.iter().skip(SHOWN + 1).flat_map(|event| chunk(event)));
            with(script, [send(LAST_CHUNK)])
        },
    ),
    fault(
        "stream_embedding",
        "unexpected_reply",
        "A model that only embeds: numbers instead of words, at status 200.",
        |_, _| {
            let head = HEAD.replace("text/event-stream; charset=utf-8", "application/json");
            with([vec![send(head)], chunk(EMBEDDING)].concat(), [send(LAST_CHUNK)])
        },
    ),
    fault("stream_stalled", "timeout", "Some words, then silence.", |draft, _| {
        with(started(draft), [Step::Hang])
    }),
    fault("stream_headers_only", "timeout", "The headers of a stream, then silence.", |_, _| {
        vec![send(HEAD), Step::Hang]
    }),
    fault(
        "stream_empty",
        "unexpected_reply",
        "A stream that ends before its first event.",
        |_, _| vec![send(HEAD), send(LAST_CHUNK)],
    ),
    fault("stream_wordless", "unexpected_reply", "A good stream without a word.", |draft, _| {
        let mut script = vec![send(HEAD)];
        script.extend(chunk(&draft.finish("stop")));
        script.extend(finish());
        script
    }),
    fault("stream_garbage", "unexpected_reply", "A stream of bytes that are no events.", |_, _| {
        let mut script = vec![send(HEAD)];
        for _ in 0..8 {
            script.extend(chunk("data: {]\u{0}\u{7}<<<\n\n\u{fffd}:::event\ndata"));
        }
        with(script, [send(LAST_CHUNK)])
    }),
    fault(
        "stream_flood",
        "unexpected_reply",
        "Some words, then 512 MB of events that say nothing, as fast as they are taken.",
        |draft, _| flood(started(draft), "data: {\"choices\":[{\"delta\":{}}]}\n\n", 512),
    ),
    fault("stream_endless", "unexpected_reply", "Words without end: 64 MB of them.", |draft, _| {
        let words = "data: {\"choices\":[{\"delta\":{\"content\":\"and so on, \"}}]}\n\n";
        flood(started(draft), words, 64)
    }),
    fault(
        "stream_endless_event",
        "unexpected_reply",
        "Some words, then one event of 8 MB.",
        |draft, _| flood(started(draft), "data: and so on\n", 8),
    ),
    fault(
        "stream_endless_comment",
        "unexpected_reply",
        "Some words, then 8 MB of comments.",
        |draft, _| flood(started(draft), ": still here\n\n", 8),
    ),
    fault(
        "stream_filtered",
        "content_filtered",
        "Some words, then the content filter ends the answer.",
        |draft, _| {
            let mut script = started(draft);
            script.extend(chunk(&draft.finish("content_filter")));
            script.extend(finish());
            script
        },
    ),
];

const SERVER_ERROR: &str = "data: {\"error\":{\"message\":\"The server had an error while processing your request. Sorry about that!\",\
    \"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n";
const OVERLOADED: &str = "data: {\"error\":{\"message\":\"Our servers are currently overloaded. Please try again later.\",\
    \"type\":\"service_unavailable_error\",\"param\":null,\"code\":\"server_is_overloaded\"}}\n\n";

const EMBEDDING: &str = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.0023,-0.0093,0.0105]}],\
    \"model\":\"bge-m3\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}";

/// An event without its last letters, as a service leaves it that broke while it wrote.
fn broken(event: &str) -> String {
    let text = event.trim_end();
    [&text[..text.len() - 4], &event[text.len()..]].concat()
}

/// The head and the first events of a good stream.
pub(super) fn started(draft: &Draft) -> Vec<Step> {
    let head = HEAD.replace(dialect::Dialect::Chat.stream_type(), draft.dialect.stream_type());
    let mut script = vec![send(head)];
    for event in dialect::events(draft, false).iter().take(SHOWN) {
        script.extend(chunk(event));
    }
    script
}

/// The end mark and the last chunk.
fn finish() -> Vec<Step> {
    with(chunk("data: [DONE]\n\n"), [send(LAST_CHUNK)])
}

/// So many megabytes of the same, without a pause.
fn flood(mut script: Vec<Step>, text: &str, megabytes: usize) -> Vec<Step> {
    const PIECE: usize = 64 * 1024;
    let body = text.repeat(PIECE / text.len());
    let piece = Bytes::from(format!("{:x}\r\n{body}\r\n", body.len()));
    script.extend(std::iter::repeat_n(Step::Send(piece), megabytes * 1024 * 1024 / PIECE));
    script.push(send(LAST_CHUNK));
    script
}

pub(super) fn chunk(text: &str) -> Vec<Step> {
    vec![send(format!("{:x}\r\n{text}\r\n", text.len())), beat()]
}

fn with<const N: usize>(mut script: Vec<Step>, end: [Step; N]) -> Vec<Step> {
    script.extend(end);
    script
}

pub(super) const fn fault(
    name: &'static str,
    cause: &'static str,
    about: &'static str,
    script: fn(&Draft, &Knobs) -> Vec<Step>,
) -> Fault {
    Fault { name, group: Group::Stream, cause, about, effect: Effect::Script(script) }
}
