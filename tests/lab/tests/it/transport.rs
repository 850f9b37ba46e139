//! Faults of the connection: what really happens on the wire.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore};

use crate::client::{End, Lab, exchange};

/// A reset is a reset; an empty reply is an orderly end.
#[test]
fn reset_and_empty_reply_differ() {
    let lab = Lab::start();
    let reset = lab.ask_with_fault("connection_reset");
    assert_eq!((reset.end, reset.bytes.len()), (End::Reset, 0));
    let empty = lab.ask_with_fault("empty_reply");
    assert_eq!((empty.end, empty.bytes.len()), (End::Closed, 0));
}

#[test]
fn what_never_answers_stays_silent() {
    let lab = Lab::start();
    let silent = lab.ask_with_fault("never_answers");
    assert_eq!((silent.end, silent.bytes.len()), (End::Silent, 0));
    assert_eq!(lab.ask().status(), 200);
}

#[test]
fn slow_first_byte_is_still_good() {
    let lab = Lab::start();
    lab.post("/lab/fault", &json!({"name": "slow_first_byte", "delay_ms": 700}));
    let answer = lab.ask();
    assert!(answer.took >= Duration::from_millis(700), "{:?}", answer.took);
    assert!(answer.body().contains("[DONE]"));
}

#[test]
fn foreign_server_speaks_no_http() {
    assert!(Lab::start().ask_with_fault("not_http").text().starts_with("SSH-2.0-"));
}

#[test]
fn framing_faults_break_the_framing() {
    let lab = Lab::start();
    let short = lab.ask_with_fault("length_mismatch");
    assert_eq!((short.header("content-length").as_deref(), short.body().len()), (Some("100"), 5));
    assert_eq!(lab.ask_with_fault("two_lengths").text().matches("content-length").count(), 2);
    assert_eq!(lab.ask_with_fault("bad_chunk").body(), "ZZZ\r\n");
    let gzip = lab.ask_with_fault("false_gzip");
    assert_eq!(
        (gzip.header("content-encoding").as_deref(), gzip.body().as_str()),
        (Some("gzip"), "{\"ok\":true}")
    );
}

#[test]
fn large_faults_have_the_stated_size() {
    let lab = Lab::start();
    assert!(lab.ask_with_fault("huge_header").header("x-filler").unwrap().len() >= 300 * 1024);
    let page = lab.ask_with_fault("page_size_header");
    assert!(page.header("x-request-trace").unwrap().len() >= 8192);
    assert_eq!(page.json()["error"]["code"], "rate_limit_exceeded");
    assert!(lab.ask_with_fault("huge_body").bytes.len() > 10 * 1024 * 1024);
    assert!(std::str::from_utf8(&lab.ask_with_fault("invalid_utf8").bytes).is_err());
}

#[test]
fn broken_stream_lacks_its_end_mark() {
    let lab = Lab::start();
    let ends = [
        ("stream_reset", End::Reset, false),
        ("stream_truncated", End::Closed, false),
        ("stream_without_done", End::Closed, true),
        ("stream_stalled", End::Silent, false),
    ];
    for (name, end, last_chunk) in ends {
        let answer = lab.ask_with_fault(name);
        assert_eq!(answer.end, end, "{name}");
        assert!(answer.body().contains("\"delta\":{\"content\":\""), "{name}");
        assert!(!answer.body().contains("[DONE]"), "{name}");
        assert_eq!(answer.body().ends_with("0\r\n\r\n"), last_chunk, "{name}");
    }
}

/// An error in the stream comes before any words or after some.
#[test]
fn stream_error_comes_first_or_later() {
    let lab = Lab::start();
    let position = |name: &str| {
        let body = lab.ask_with_fault(name).body();
        (body.find("\"delta\""), body.find("{\"error\""))
    };
    assert!(matches!(position("stream_error_first"), (None, Some(_))));
    assert!(matches!(position("stream_error_midway"), (Some(words), Some(error)) if words < error));
    assert!(lab.ask_with_fault("stream_filtered").body().contains("content_filter"));
}

#[test]
fn a_client_that_leaves_is_forgotten() {
    let lab = Lab::start();
    for _ in 0..20 {
        drop(TcpStream::connect(("127.0.0.1", lab.port("http"))).unwrap());
        exchange(lab.port("http"), b"GET / HT\x00TP\r\n\r\n");
    }
    assert_eq!(lab.ask().status(), 200);
}

#[test]
fn some_ports_fail_by_themselves() {
    let lab = Lab::start();
    let refused = TcpStream::connect(("127.0.0.1", lab.port("refused")));
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::ConnectionRefused);
    assert_eq!(exchange(lab.port("reset"), b"").end, End::Reset);
    assert_eq!(exchange(lab.port("closed"), b"").end, End::Closed);
    let unanswered = SocketAddr::from(([127, 0, 0, 1], lab.port("unanswered")));
    let error = TcpStream::connect_timeout(&unanswered, Duration::from_millis(400)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
}

#[test]
fn the_certificate_is_trusted_by_nobody() {
    let lab = Lab::start();
    let provider = tokio_rustls::rustls::crypto::ring::default_provider();
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let mut tls = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", lab.port("https"))).unwrap();
    let error = tls.complete_io(&mut stream).unwrap_err().to_string();
    assert!(error.contains("UnknownIssuer"), "{error}");
}

/// Plain HTTP on the TLS port and TLS on the plain port both fail.
#[test]
fn tls_and_plain_ports_stay_separate() {
    let lab = Lab::start();
    let plain = exchange(lab.port("https"), b"GET /lab/health HTTP/1.1\r\nhost: a\r\n\r\n");
    assert!(!plain.text().starts_with("HTTP/"), "{}", plain.text());
    let hello = exchange(lab.port("http"), b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03");
    assert_ne!(hello.bytes.first(), Some(&0x16));
}
