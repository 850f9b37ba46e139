//! Every network error that Chromium has or had leads to a cause, and to one that fits its class.

use std::collections::BTreeSet;

use unstuck_diagnose::{
    Cause::{self, *},
    Evidence, Failure, When, classify,
};

/// Names, numbers, classes and meanings, collected from Chromium 156 and older sources.
const ERRORS: &str = include_str!("data/net_errors.tsv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    ERRORS.lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.nth(1)?))
    })
}

fn raised(name: &str) -> Failure {
    Failure { net_error: Some(format!("net::{name}")), ..Failure::default() }
}

fn allowed(class: &str) -> &'static [Cause] {
    match class {
        "unknown" => &[NetworkUnknown],
        "aborted" => &[RequestCancelled],
        "timeout" => &[Timeout, NetworkChanged],
        "offline" => &[Offline],
        "dns_failure" => &[DnsFailure],
        "connection_refused" => &[ConnectionRefused],
        "connection_reset" => &[ConnectionLost],
        "connection_closed" => &[ConnectionLost, HostUnreachable],
        "address_unreachable" => &[HostUnreachable, BadAddress],
        "network_changed" => &[NetworkChanged],
        "proxy_error" => &[ProxyFailure],
        "tls_certificate" => &[TlsCertificate],
        "tls_protocol" => &[TlsHandshake, TlsCertificate, ProtocolError],
        "http2_quic_protocol" => &[ProtocolError, ConnectionLost],
        "invalid_response" => &[ProtocolError, UnexpectedReply, InvalidRequest],
        "stream_truncated" => &[StreamInterrupted],
        "blocked_by_extension" => &[BlockedByExtension],
        "blocked_by_policy" => &[BlockedByPolicy, BadAddress],
        "insufficient_resources" => &[BrowserResources],
        "auth" => &[TlsCertificate, ProxyFailure, InvalidRequest],
        "invalid_url" | "too_many_redirects" | "unsafe_port" => &[BadAddress],
        "other_local" => &[
            BrowserResources,
            TlsCertificate,
            BadAddress,
            BlockedByPolicy,
            InvalidRequest,
            PayloadTooLarge,
            NetworkUnknown,
        ],
        _ => panic!("a class without causes: {class}"),
    }
}

#[test]
fn table_matches_the_collected_names() {
    let collected: BTreeSet<_> = rows().map(|(name, _)| name).collect();
    let known: BTreeSet<_> = Cause::net_errors().collect();
    assert_eq!(collected.len(), 298);
    assert_eq!(known, collected);
}

/// Every error leads to a cause of its class and stays visible in the evidence.
#[test]
fn every_error_has_a_fitting_cause() {
    for (name, class) in rows() {
        let diagnosis = classify(&raised(name));
        assert!(allowed(class).contains(&diagnosis.cause), "{name} ({class}): {diagnosis:?}");
        let least = match (name, diagnosis.cause) {
            ("ERR_FAILED", _) => 0.7,
            (_, NetworkUnknown | RequestCancelled) => 0.9,
            _ => 0.99,
        };
        assert!(diagnosis.confidence >= least, "{name}: {}", diagnosis.confidence);
        assert!(
            diagnosis.evidence.contains(&Evidence::NetError { name: name.into() }),
            "{name}: {diagnosis:?}"
        );
    }
}

#[test]
fn future_error_is_named_not_guessed() {
    for name in ["ERR_CERT_OF_THE_FUTURE", "ERR_NAME_NOT_RESOLVED_", "NS_ERROR_NET_RESET", "ERR_X"]
    {
        let diagnosis = classify(&raised(name));
        assert_eq!(diagnosis.cause, NetworkUnknown, "{name}");
        assert_eq!(diagnosis.evidence, [Evidence::NetError { name: name.into() }]);
    }
    let long = classify(&raised(&"é".repeat(100_000)));
    assert_eq!(long.evidence, [Evidence::NetError { name: "é".repeat(80) }]);
}

#[test]
fn unread_request_repeats_at_once() {
    assert_eq!(classify(&raised("ERR_HTTP2_SERVER_REFUSED_STREAM")).retry.when, When::Now);
    assert_ne!(classify(&raised("ERR_EMPTY_RESPONSE")).retry.when, When::Now);
}
