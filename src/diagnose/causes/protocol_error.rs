//! HTTP broke on the way: frames of HTTP/2 or HTTP/3 out of order, chunks that do not add up, or an answer that was not
//! HTTP at all. A retry on a fresh connection usually passes.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ANSWER, BROWSER, CONNECTION, DATA, FAILED, FEATURE, GARBLED, INVALID, MODEL, NAMED,
        PROTOCOL, TLS, UNEXPECTED, UNSUPPORTED, VERSION, VIOLATES,
    },
};

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
    strong("with goaway code"),
    strong("invalid http version parsed"),
    strong("http/2 stream"),
    strong("http2:"),
    strong("nghttp2"),
    code("err_http2_stream_error"),
    code("err_quic_protocol_error"),
    strong("stream error: stream id"),
    strong("rst_stream"),
    code("hpe_invalid_constant"),
    code("hpe_invalid_chunk_size"),
    code("hpe_invalid_header_token"),
    code("hpe_header_overflow"),
    strong("parse error: expected http/"),
    strong("response does not match the http/1.1 protocol"),
    strong("malformed http response"),
    strong("received http/0.9 when not allowed"),
    strong("bad chunk"),
    strong("headers overflow"),
    strong("invalid chunk"),
    strong("remoteprotocolerror"),
    strong("badstatusline"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[PROTOCOL, FAILED | INVALID | UNEXPECTED | UNSUPPORTED | VIOLATES]).usual(),
    all(&[GARBLED, ANSWER | CONNECTION | DATA]),
    all(&[PROTOCOL | VERSION, UNSUPPORTED]).usual().unless(MODEL | BROWSER | FEATURE | TLS | NAMED),
];

examples! {
    frames_that_do_not_fit: ProtocolError [
        ("other", 0, "stream error: stream ID 3; INTERNAL_ERROR"),
                ("other", 0, "Parse Error: Expected HTTP/"),
    ]
    codes_of_parsers_count: ProtocolError [
        ("other", 0, "HPE_INVALID_CONSTANT"), ("other", 0, "nghttp2 error: PROTOCOL_ERROR"),
                ("other", 0, "Connection error.: fetch failed: Headers Overflow Error"),
    ]
    garbled_on_the_way: ProtocolError [
        ("other", 0, "The data came in garbled"),
        ("other", 0, "La réponse est brouillée"),
    ]
}
