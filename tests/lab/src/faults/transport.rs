//! Faults of the connection and of HTTP's framing: played on the raw socket.

use std::time::Duration;

use bytes::Bytes;

use super::{Effect, Fault, Group, Knobs};
use crate::openai::Draft;
use crate::wire::Step;

/// More than any browser takes in one header block.
const HUGE_HEADER: usize = 300 * 1024;
const HUGE_BODY: usize = 10 * 1024 * 1024;

/// The catalogue of connection faults.
pub(super) const FAULTS: &[Fault] = &[
    fault(
        "connection_reset",
        "connection_lost",
        "The connection is reset before any answer.",
        |_, _| vec![Step::Reset],
    ),
    fault(
        "empty_reply",
        "connection_lost",
        "The connection is closed without a byte of answer.",
        |_, _| vec![],
    ),
    fault(
        "never_answers",
        "timeout",
        "The request is taken and nothing ever comes back.",
        |_, _| vec![Step::Hang],
    ),
    Fault {
        name: "slow_first_byte",
        group: Group::Connection,
        cause: "timeout",
        about: "A good answer that starts late, after 5 s unless set otherwise.",
        effect: Effect::Late,
    },
    fault("not_http", "protocol_error", "An SSH server answers on this port.", |_, _| {
        vec![send("SSH-2.0-OpenSSH_9.6\r\n")]
    }),
    fault(
        "length_mismatch",
        "stream_interrupted",
        "The body is shorter than Content-Length says.",
        |_, _| {
            vec![send(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"id\"",
            )]
        },
    ),
    fault(
        "headers_then_reset",
        "stream_interrupted",
        "Headers and the first bytes, then a connection reset.",
        |_, _| {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"id\"";
            vec![send(head), beat(), Step::Reset]
        },
    ),
    fault(
        "no_length_cut",
        "unexpected_reply",
        "Half a JSON object whose end only the end of the connection marks.",
        |_, _| {
            vec![send(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"id\":\"chatcmpl-",
            )]
        },
    ),
    fault("two_locations", "protocol_error", "A redirect to two places at once.", |_, _| {
        redirect("location: /one\r\nlocation: /two")
    }),
    fault("redirect_invalid", "bad_address", "A redirect to what is no address.", |_, _| {
        redirect("location: http://[bad")
    }),
    fault("redirect_data", "bad_address", "A redirect to a data: address.", |_, _| {
        redirect("location: data:text/plain,hello")
    }),
    fault("redirect_scheme", "bad_address", "A redirect to an ftp: address.", |_, _| {
        redirect("location: ftp://127.0.0.1/x")
    }),
    fault("two_lengths", "protocol_error", "Two Content-Length headers that differ.", |_, _| {
        vec![send(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\n{}",
        )]
    }),
    fault("bad_chunk", "protocol_error", "A chunk whose size is no number.", |_, _| {
        vec![send(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\nZZZ\r\n",
        )]
    }),
    fault("huge_header", "protocol_error", "A response header of 300 KiB.", |_, _| {
        let head = format!("HTTP/1.1 200 OK\r\nx-filler: {}\r\n", "x".repeat(HUGE_HEADER));
        vec![send(head), send("content-length: 2\r\n\r\n{}")]
    }),
    fault(
        "page_size_header",
        "rate_limited",
        "A 429 with a header the size of a page (8 KiB).",
        |_, knobs| {
            let wait = knobs.retry_after();
            let filler = "x".repeat(8 * 1024);
            let body = r#"{"error":{"message":"Rate limit reached.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#;
            vec![send(format!(
                "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\nretry-after: {wait}\r\n\
             x-request-trace: {filler}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            ))]
        },
    ),
    fault(
        "huge_body",
        "unexpected_reply",
        "10 MB of letters where a small JSON belongs.",
        |_, _| {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {HUGE_BODY}\r\n\r\n"
            );
            vec![send(head), Step::Send(Bytes::from(vec![b'a'; HUGE_BODY]))]
        },
    ),
    fault("huge_error_body", "server_error", "A 500 whose body has 10 MB.", |_, _| {
        let head = format!(
            "HTTP/1.1 500 Internal Server Error\r\ncontent-type: text/plain\r\ncontent-length: {HUGE_BODY}\r\n\r\n"
        );
        vec![send(head), Step::Send(Bytes::from(vec![b'e'; HUGE_BODY]))]
    }),
    fault(
        "invalid_utf8",
        "unexpected_reply",
        "A JSON body with bytes that are no UTF-8.",
        |_, _| {
            let body =
                b"{\"choices\":[{\"message\":{\"content\":\"\xff\xfe\xc3\x28\"}}]\xf0\x28\x8c";
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            vec![send(head), Step::Send(Bytes::from_static(body))]
        },
    ),
    fault("unexpected_proxy_login", "proxy_failure", "A 407 although no proxy is set.", |_, _| {
        vec![send(
            "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"office\"\r\ncontent-length: 0\r\n\r\n",
        )]
    }),
];

/// A 302 with these headers.
fn redirect(headers: &str) -> Vec<Step> {
    vec![send(format!("HTTP/1.1 302 Found\r\n{headers}\r\ncontent-length: 0\r\n\r\n"))]
}

/// A step that puts `text` on the wire.
pub(super) fn send(text: impl Into<Bytes>) -> Step {
    Step::Send(text.into())
}

/// A short silence, so that what was sent before arrives on its own.
pub(super) const fn beat() -> Step {
    Step::Pause(Duration::from_millis(60))
}

const fn fault(
    name: &'static str,
    cause: &'static str,
    about: &'static str,
    script: fn(&Draft, &Knobs) -> Vec<Step>,
) -> Fault {
    Fault { name, group: Group::Connection, cause, about, effect: Effect::Script(script) }
}
