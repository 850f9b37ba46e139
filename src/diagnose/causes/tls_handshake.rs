//! TLS itself failed before any certificate mattered: `https` spoken to a plain port, versions or ciphers that do not
//! meet, or a box in the middle that cuts the handshake.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{ActionKind, Cause, When};

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
    strong("wrong version number"),
    strong("ssl handshake"),
    strong("tls handshake"),
    strong("handshake failure"),
    strong("handshake_failure"),
    strong("ssl_connect"),
    strong("ssl routines"),
    strong("sslv3_alert"),
    strong("sslv3 alert"),
    strong("tlsv1 alert"),
    strong("alert protocol version"),
    strong("unsupported protocol"),
    strong("no protocols available"),
    strong("ssl connection error"),
    strong("secure tls connection was established"),
    strong("before secure tls connection"),
    strong("tls connect error"),
    strong("unexpected_eof_while_reading"),
    strong("eof occurred in violation of protocol"),
    strong("could not create ssl/tls secure channel"),
    strong("ssl connection could not be established"),
    strong("an ssl error has occurred"),
    strong("server gave http response to https client"),
    strong("client sent an http request to an https server"),
    strong("plain http request was sent to https port"),
    strong("sslerror"),
    strong("ssl握手"),
    hint("ssl"),
    hint("tls"),
    hint("handshake"),
    hint("握手"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn plain_http_on_a_tls_port() {
        check(
            Cause::TlsHandshake,
            &[
                (
                    "ollama",
                    0,
                    "write EPROTO 140:error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
                ),
                ("other", 0, "http: server gave HTTP response to HTTPS client"),
            ],
        );
    }

    #[test]
    fn a_cut_handshake_is_named() {
        check(
            Cause::TlsHandshake,
            &[
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
            ],
        );
    }
}
