//! HTTP broke on the way: frames of HTTP/2 or HTTP/3 out of order, chunks that do not add up, or an answer that was not
//! HTTP at all. A retry on a fresh connection usually passes.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ProtocolError,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("err_http2_protocol_error"),
    strong("http2 protocol error"),
    strong("http/2 stream"),
    strong("http2 stream"),
    strong("http2:"),
    strong("http/2 error"),
    strong("nghttp2"),
    code("err_http2_stream_error"),
    code("err_quic_protocol_error"),
    strong("quic protocol"),
    strong("stream error: stream id"),
    strong("rst_stream"),
    strong("goaway"),
    code("hpe_invalid_constant"),
    code("hpe_invalid_chunk_size"),
    code("hpe_invalid_header_token"),
    code("hpe_header_overflow"),
    strong("parse error: expected http/"),
    strong("response does not match the http/1.1 protocol"),
    strong("invalid http response"),
    strong("malformed http response"),
    strong("received http/0.9 when not allowed"),
    strong("bad chunk"),
    strong("invalid chunk"),
    strong("remoteprotocolerror"),
    strong("badstatusline"),
    strong("illegal request line"),
    hint("http2"),
    hint("http/2"),
    hint("quic"),
    hint("协议错误"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn frames_that_do_not_fit() {
        check(
            Cause::ProtocolError,
            &[
                ("other", 0, "stream error: stream ID 3; INTERNAL_ERROR"),
                ("other", 0, "Parse Error: Expected HTTP/"),
            ],
        );
    }

    #[test]
    fn codes_of_parsers_count() {
        check(
            Cause::ProtocolError,
            &[("other", 0, "HPE_INVALID_CONSTANT"), ("other", 0, "nghttp2 error: PROTOCOL_ERROR")],
        );
    }
}
