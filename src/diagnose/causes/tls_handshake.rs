//! TLS itself failed before any certificate mattered: `https` spoken to a plain port, versions or ciphers that do not
//! meet, or a box in the middle that cuts the handshake.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CLOSED, FAILED, INVALID, NAMED, NOT, PROTOCOL, REFUSED, TLS, UNEXPECTED, UNSUPPORTED,
        VERSION,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::TlsHandshake,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::OpenSettings,
        ActionKind::Retry,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("eproto"),
    code("err_ssl_wrong_version_number"),
    code("ssl_error_syscall"),
    strong("alert protocol version"),
    strong("server gave http response to https client"),
    strong("client sent an http request to an https server"),
    strong("plain http request was sent to https port"),
    strong("sslerror"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[
        TLS,
        FAILED | UNSUPPORTED | INVALID | PROTOCOL | VERSION | NOT | CLOSED | REFUSED | UNEXPECTED,
    ]),
    all(&[TLS | NAMED, PROTOCOL, UNSUPPORTED]),
    all(&[TLS]).hint(),
];

examples! {
    plain_http_on_a_tls_port: TlsHandshake [
        (
                    "ollama",
                    0,
                    "write EPROTO 140:error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
                ),
                ("other", 0, "http: server gave HTTP response to HTTPS client"),
    ]
    a_cut_handshake_is_named: TlsHandshake [
        (
                    "other",
                    0,
                    "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1007)",
                ),
                (
                    "other",
                    400,
                    "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
                ),
    ]
}
