//! What Chromium's network errors mean for a call. Only the exact name counts: names come and go between releases,
//! and a new one must not be read as its nearest neighbour.

use crate::Cause::{self, *};

/// One network error of Chromium, present or past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NetError {
    /// The name after `net::`.
    pub(crate) name: &'static str,
    /// The cause it stands for while no answer has begun.
    pub(crate) cause: Cause,
    /// The server surely did not process the request and the hindrance is over: repeating it at once is safe.
    pub(crate) unsent: bool,
}

impl NetError {
    /// Whether it can also be what ends an answer that had begun: the way broke, not the first handshake.
    pub(crate) fn cuts_answers(&self) -> bool {
        matches!(self.cause, ConnectionLost | StreamInterrupted)
            || self.name.starts_with("ERR_HTTP2_")
            || self.name.starts_with("ERR_QUIC_PROTOCOL")
    }
}

/// The error with this name, with or without `net::` in front.
pub(crate) fn find(name: &str) -> Option<NetError> {
    let name = name.strip_prefix("net::").unwrap_or(name);
    every()
        .find(|(_, known)| *known == name.as_bytes())
        .map(|(traits, name)| unpacked(traits, name))
}

/// The names of every network error that is known, sorted, without `net::`.
pub fn names() -> impl Iterator<Item = &'static str> {
    every().map(|(traits, name)| unpacked(traits, name).name)
}

fn unpacked([cause, unsent]: [u8; 2], name: &'static [u8]) -> NetError {
    let name = std::str::from_utf8(name).unwrap_or_default();
    NetError { name, cause: Cause::ALL[usize::from(cause)], unsent: unsent != 0 }
}

/// Traits and names as they are packed.
fn every() -> impl Iterator<Item = ([u8; 2], &'static [u8])> {
    let mut rest = PACKED.as_slice();
    std::iter::from_fn(move || {
        let (&[cause, unsent, length], after) = rest.split_first_chunk()?;
        let (name, after) = after.split_at(usize::from(length));
        rest = after;
        Some(([cause, unsent], name))
    })
}

/// The table in one run of bytes (cause, whether unsent, length, name): half of what it weighs with pointers.
static PACKED: [u8; SIZE] = {
    let mut packed = [0; SIZE];
    let (mut at, mut which) = (0, 0);
    while which < TABLE.len() {
        let name = TABLE[which].name.as_bytes();
        packed[at] = TABLE[which].cause as u8;
        packed[at + 1] = TABLE[which].unsent as u8;
        packed[at + 2] = name.len() as u8;
        packed.split_at_mut(at + 3).1.split_at_mut(name.len()).0.copy_from_slice(name);
        at += 3 + name.len();
        which += 1;
    }
    packed
};

const SIZE: usize = {
    let (mut size, mut which) = (0, 0);
    while which < TABLE.len() {
        size += 3 + TABLE[which].name.len();
        which += 1;
    }
    size
};

const fn named(name: &'static str, cause: Cause) -> NetError {
    NetError { name, cause, unsent: false }
}

const fn unsent(name: &'static str, cause: Cause) -> NetError {
    NetError { name, cause, unsent: true }
}

/// Sorted by name. Certificates of the client count as certificates; the integrated log-ins of company networks as
/// proxies; disk, cache and certificate store as this machine.
const TABLE: &[NetError] = &[
    named("ERR_ABORTED", RequestCancelled),
    named("ERR_ACCESS_DENIED", BlockedByPolicy),
    named("ERR_ADDRESS_INVALID", BadAddress),
    named("ERR_ADDRESS_IN_USE", BrowserResources),
    named("ERR_ADDRESS_UNREACHABLE", HostUnreachable),
    named("ERR_ADD_USER_CERT_FAILED", TlsCertificate),
    named("ERR_ALPN_NEGOTIATION_FAILED", ProtocolError),
    named("ERR_BAD_SSL_CLIENT_AUTH_CERT", TlsCertificate),
    named("ERR_BLOB_DEREFERENCED_WHILE_BUILDING", BrowserResources),
    named("ERR_BLOB_FILE_WRITE_FAILED", BrowserResources),
    named("ERR_BLOB_INVALID_CONSTRUCTION_ARGUMENTS", BrowserResources),
    named("ERR_BLOB_OUT_OF_MEMORY", BrowserResources),
    named("ERR_BLOB_REFERENCED_BLOB_BROKEN", BrowserResources),
    named("ERR_BLOB_REFERENCED_FILE_UNAVAILABLE", BrowserResources),
    named("ERR_BLOB_SOURCE_DIED_IN_TRANSIT", BrowserResources),
    named("ERR_BLOCKED_BY_ADMINISTRATOR", BlockedByPolicy),
    named("ERR_BLOCKED_BY_CLIENT", BlockedByExtension),
    named("ERR_BLOCKED_BY_CSP", BlockedByPolicy),
    named("ERR_BLOCKED_BY_FINGERPRINTING_PROTECTION", BlockedByPolicy),
    named("ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", BlockedByPolicy),
    named("ERR_BLOCKED_BY_ORB", BlockedByPolicy),
    named("ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS", BlockedByPolicy),
    named("ERR_BLOCKED_BY_RESPONSE", BlockedByPolicy),
    named("ERR_BLOCKED_BY_XSS_AUDITOR", BlockedByPolicy),
    named("ERR_BLOCKED_ENROLLMENT_CHECK_PENDING", BlockedByPolicy),
    named("ERR_BLOCKED_IN_INCOGNITO_BY_ADMINISTRATOR", BlockedByPolicy),
    named("ERR_CACHED_IP_ADDRESS_SPACE_BLOCKED_BY_LOCAL_NETWORK_ACCESS_POLICY", BlockedByPolicy),
    named("ERR_CACHE_AUTH_FAILURE_AFTER_READ", ProxyFailure),
    named("ERR_CACHE_CHECKSUM_MISMATCH", BrowserResources),
    named("ERR_CACHE_CHECKSUM_READ_FAILURE", BrowserResources),
    named("ERR_CACHE_COMPRESSION_FAILURE", BrowserResources),
    named("ERR_CACHE_CREATE_FAILURE", BrowserResources),
    named("ERR_CACHE_DOOM_FAILURE", BrowserResources),
    named("ERR_CACHE_ENTRY_NOT_SUITABLE", BrowserResources),
    named("ERR_CACHE_LOCK_TIMEOUT", BrowserResources),
    named("ERR_CACHE_MISS", BrowserResources),
    named("ERR_CACHE_OPEN_FAILURE", BrowserResources),
    named("ERR_CACHE_OPEN_OR_CREATE_FAILURE", BrowserResources),
    named("ERR_CACHE_OPERATION_NOT_SUPPORTED", BrowserResources),
    unsent("ERR_CACHE_RACE", BrowserResources),
    named("ERR_CACHE_READ_FAILURE", BrowserResources),
    named("ERR_CACHE_WRITE_FAILURE", BrowserResources),
    named("ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", TlsCertificate),
    named("ERR_CERT_AUTHORITY_INVALID", TlsCertificate),
    named("ERR_CERT_COMMON_NAME_INVALID", TlsCertificate),
    named("ERR_CERT_CONTAINS_ERRORS", TlsCertificate),
    named("ERR_CERT_DATABASE_CHANGED", TlsCertificate),
    named("ERR_CERT_DATE_INVALID", TlsCertificate),
    named("ERR_CERT_END", TlsCertificate),
    named("ERR_CERT_ERROR_IN_SSL_RENEGOTIATION", TlsCertificate),
    named("ERR_CERT_INVALID", TlsCertificate),
    named("ERR_CERT_KNOWN_INTERCEPTION_BLOCKED", TlsCertificate),
    named("ERR_CERT_NAME_CONSTRAINT_VIOLATION", TlsCertificate),
    named("ERR_CERT_NON_UNIQUE_NAME", TlsCertificate),
    named("ERR_CERT_NOT_IN_DNS", TlsCertificate),
    named("ERR_CERT_NO_REVOCATION_MECHANISM", TlsCertificate),
    named("ERR_CERT_REVOKED", TlsCertificate),
    named("ERR_CERT_SELF_SIGNED_LOCAL_NETWORK", TlsCertificate),
    named("ERR_CERT_SYMANTEC_LEGACY", TlsCertificate),
    named("ERR_CERT_UNABLE_TO_CHECK_REVOCATION", TlsCertificate),
    named("ERR_CERT_VALIDITY_TOO_LONG", TlsCertificate),
    named("ERR_CERT_VERIFIER_CHANGED", TlsCertificate),
    named("ERR_CERT_WEAK_KEY", TlsCertificate),
    named("ERR_CERT_WEAK_SIGNATURE_ALGORITHM", TlsCertificate),
    named("ERR_CHANNEL_ID_IMPORT_FAILED", TlsCertificate),
    named("ERR_CLEARTEXT_NOT_PERMITTED", BlockedByPolicy),
    named("ERR_CLIENT_AUTH_CERT_TYPE_UNSUPPORTED", TlsCertificate),
    named("ERR_CONNECTION_ABORTED", ConnectionLost),
    named("ERR_CONNECTION_CLOSED", ConnectionLost),
    named("ERR_CONNECTION_FAILED", HostUnreachable),
    named("ERR_CONNECTION_REFUSED", ConnectionRefused),
    named("ERR_CONNECTION_RESET", ConnectionLost),
    named("ERR_CONNECTION_TIMED_OUT", Timeout),
    named("ERR_CONTENT_DECODING_FAILED", UnexpectedReply),
    named("ERR_CONTENT_DECODING_INIT_FAILED", UnexpectedReply),
    named("ERR_CONTENT_LENGTH_MISMATCH", StreamInterrupted),
    named("ERR_CONTEXT_SHUT_DOWN", RequestCancelled),
    named("ERR_CONTROL_MSG_TOO_BIG", BrowserResources),
    named("ERR_CT_CONSISTENCY_PROOF_PARSING_FAILED", TlsCertificate),
    named("ERR_CT_NO_SCTS_VERIFIED_OK", TlsCertificate),
    named("ERR_CT_STH_INCOMPLETE", TlsCertificate),
    named("ERR_CT_STH_PARSING_FAILED", TlsCertificate),
    named("ERR_DICTIONARY_LOAD_FAILED", UnexpectedReply),
    named("ERR_DISALLOWED_URL_SCHEME", BadAddress),
    unsent("ERR_DNS_CACHE_INVALIDATION_IN_PROGRESS", DnsFailure),
    named("ERR_DNS_CACHE_MISS", DnsFailure),
    named("ERR_DNS_DIRECT_ONLY", DnsFailure),
    named("ERR_DNS_FORMAT_ERROR", DnsFailure),
    named("ERR_DNS_HTTP_FAILED", DnsFailure),
    named("ERR_DNS_MALFORMED_RESPONSE", DnsFailure),
    named("ERR_DNS_NAME_HTTPS_ONLY", DnsFailure),
    named("ERR_DNS_NOT_IMPLEMENTED", DnsFailure),
    named("ERR_DNS_NO_MATCHING_SUPPORTED_ALPN", DnsFailure),
    named("ERR_DNS_OTHER_FAILURE", DnsFailure),
    named("ERR_DNS_REFUSED", DnsFailure),
    named("ERR_DNS_REQUEST_CANCELLED", RequestCancelled),
    named("ERR_DNS_SEARCH_EMPTY", DnsFailure),
    named("ERR_DNS_SECURE_PROBE_RECORD_INVALID", DnsFailure),
    named("ERR_DNS_SECURE_RESOLVER_HOSTNAME_RESOLUTION_FAILED", DnsFailure),
    named("ERR_DNS_SERVER_FAILED", DnsFailure),
    named("ERR_DNS_SERVER_FAILURE", DnsFailure),
    named("ERR_DNS_SERVER_REQUIRES_TCP", DnsFailure),
    named("ERR_DNS_SORT_ERROR", DnsFailure),
    named("ERR_DNS_TIMED_OUT", DnsFailure),
    unsent("ERR_EARLY_DATA_REJECTED", TlsHandshake),
    named("ERR_ECH_FALLBACK_CERTIFICATE_INVALID", TlsCertificate),
    named("ERR_ECH_NOT_NEGOTIATED", TlsHandshake),
    named("ERR_EMPTY_RESPONSE", ConnectionLost),
    named("ERR_ENCODING_CONVERSION_FAILED", UnexpectedReply),
    named("ERR_ENCODING_DETECTION_FAILED", UnexpectedReply),
    named("ERR_ESET_ANTI_VIRUS_SSL_INTERCEPTION", TlsCertificate),
    named("ERR_FAILED", NetworkUnknown),
    named("ERR_FILE_EXISTS", BrowserResources),
    named("ERR_FILE_NOT_FOUND", BadAddress),
    named("ERR_FILE_NO_SPACE", BrowserResources),
    named("ERR_FILE_PATH_TOO_LONG", BrowserResources),
    named("ERR_FILE_TOO_BIG", PayloadTooLarge),
    named("ERR_FILE_VIRUS_INFECTED", BlockedByPolicy),
    named("ERR_FTP_BAD_COMMAND_SEQUENCE", ProtocolError),
    named("ERR_FTP_COMMAND_NOT_SUPPORTED", ProtocolError),
    named("ERR_FTP_FAILED", ProtocolError),
    named("ERR_FTP_FILE_BUSY", ProtocolError),
    named("ERR_FTP_SERVICE_UNAVAILABLE", ProtocolError),
    named("ERR_FTP_SYNTAX_ERROR", ProtocolError),
    named("ERR_FTP_TRANSFER_ABORTED", ProtocolError),
    named("ERR_H2_OR_QUIC_REQUIRED", ProtocolError),
    named("ERR_HOST_RESOLVER_QUEUE_TOO_LARGE", DnsFailure),
    named("ERR_HTTP2_CLAIMED_PUSHED_STREAM_RESET_BY_SERVER", ProtocolError),
    unsent("ERR_HTTP2_CLIENT_REFUSED_STREAM", ProtocolError),
    named("ERR_HTTP2_COMPRESSION_ERROR", ProtocolError),
    named("ERR_HTTP2_FLOW_CONTROL_ERROR", ProtocolError),
    named("ERR_HTTP2_FRAME_SIZE_ERROR", ProtocolError),
    named("ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", ProtocolError),
    named("ERR_HTTP2_PING_FAILED", ConnectionLost),
    named("ERR_HTTP2_PROTOCOL_ERROR", ProtocolError),
    named("ERR_HTTP2_PUSHED_RESPONSE_DOES_NOT_MATCH", ProtocolError),
    named("ERR_HTTP2_PUSHED_STREAM_NOT_AVAILABLE", ProtocolError),
    named("ERR_HTTP2_RST_STREAM_NO_ERROR_RECEIVED", ProtocolError),
    unsent("ERR_HTTP2_SERVER_REFUSED_STREAM", ProtocolError),
    named("ERR_HTTP2_STREAM_CLOSED", ProtocolError),
    named("ERR_HTTPENGINE_PROVIDER_IN_USE", NetworkUnknown),
    named("ERR_HTTPS_PROXY_TUNNEL_RESPONSE_REDIRECT", ProxyFailure),
    unsent("ERR_HTTP_1_1_REQUIRED", ProtocolError),
    named("ERR_HTTP_RESPONSE_CODE_FAILURE", UnexpectedReply),
    named("ERR_ICANN_NAME_COLLISION", DnsFailure),
    named("ERR_IMPORT_CA_CERT_FAILED", TlsCertificate),
    named("ERR_IMPORT_CA_CERT_NOT_CA", TlsCertificate),
    named("ERR_IMPORT_CERT_ALREADY_EXISTS", TlsCertificate),
    named("ERR_IMPORT_SERVER_CERT_FAILED", TlsCertificate),
    named("ERR_INCOMPLETE_CHUNKED_ENCODING", StreamInterrupted),
    named("ERR_INCOMPLETE_HTTP2_HEADERS", ProtocolError),
    named("ERR_INCONSISTENT_IP_ADDRESS_SPACE", NetworkUnknown),
    named("ERR_INSECURE_RESPONSE", TlsCertificate),
    named("ERR_INSUFFICIENT_RESOURCES", BrowserResources),
    named("ERR_INTERNET_DISCONNECTED", Offline),
    named("ERR_INVALID_ARGUMENT", NetworkUnknown),
    named("ERR_INVALID_AUTH_CREDENTIALS", ProxyFailure),
    named("ERR_INVALID_CHUNKED_ENCODING", ProtocolError),
    named("ERR_INVALID_ECH_CONFIG_LIST", TlsHandshake),
    named("ERR_INVALID_HANDLE", NetworkUnknown),
    named("ERR_INVALID_HTTP_RESPONSE", ProtocolError),
    named("ERR_INVALID_REDIRECT", BadAddress),
    named("ERR_INVALID_RESPONSE", ProtocolError),
    named("ERR_INVALID_SIGNED_EXCHANGE", UnexpectedReply),
    named("ERR_INVALID_SPDY_STREAM", ProtocolError),
    named("ERR_INVALID_URL", BadAddress),
    named("ERR_INVALID_WEB_BUNDLE", UnexpectedReply),
    named("ERR_IO_PENDING", NetworkUnknown),
    named("ERR_KEY_GENERATION_FAILED", TlsCertificate),
    named("ERR_LIMIT_VIOLATION", BrowserResources),
    named("ERR_LOCAL_NETWORK_PERMISSION_MISSING", BlockedByPolicy),
    named("ERR_MALFORMED_IDENTITY", InvalidRequest),
    named("ERR_MANDATORY_PROXY_CONFIGURATION_FAILED", ProxyFailure),
    named("ERR_METHOD_NOT_SUPPORTED", ProtocolError),
    named("ERR_MISCONFIGURED_AUTH_ENVIRONMENT", ProxyFailure),
    named("ERR_MISSING_AUTH_CREDENTIALS", ProxyFailure),
    named("ERR_MSG_TOO_BIG", BrowserResources),
    named("ERR_MULTICAST_NOT_ALLOWED", BlockedByPolicy),
    named("ERR_NAME_NOT_RESOLVED", DnsFailure),
    named("ERR_NAME_RESOLUTION_FAILED", DnsFailure),
    named("ERR_NETWORK_ACCESS_DENIED", BlockedByPolicy),
    named("ERR_NETWORK_ACCESS_REVOKED", BlockedByPolicy),
    unsent("ERR_NETWORK_CHANGED", NetworkChanged),
    named("ERR_NETWORK_IO_SUSPENDED", NetworkChanged),
    named("ERR_NOT_IMPLEMENTED", NetworkUnknown),
    named("ERR_NO_BUFFER_SPACE", BrowserResources),
    named("ERR_NO_PRIVATE_KEY_FOR_CERT", TlsCertificate),
    named("ERR_NO_SSL_VERSIONS_ENABLED", TlsHandshake),
    named("ERR_NO_SUPPORTED_PROXIES", ProxyFailure),
    named("ERR_ORIGIN_BOUND_CERT_GENERATION_FAILED", TlsCertificate),
    named("ERR_ORIGIN_BOUND_CERT_GENERATION_TYPE_MISMATCH", TlsCertificate),
    named("ERR_OUT_OF_MEMORY", BrowserResources),
    named("ERR_PAC_NOT_IN_DHCP", ProxyFailure),
    named("ERR_PAC_SCRIPT_FAILED", ProxyFailure),
    named("ERR_PAC_SCRIPT_TERMINATED", ProxyFailure),
    named("ERR_PAC_STATUS_NOT_OK", ProxyFailure),
    named("ERR_PIPELINE_EVICTION", NetworkUnknown),
    named("ERR_PKCS12_IMPORT_BAD_PASSWORD", TlsCertificate),
    named("ERR_PKCS12_IMPORT_FAILED", TlsCertificate),
    named("ERR_PKCS12_IMPORT_INVALID_FILE", TlsCertificate),
    named("ERR_PKCS12_IMPORT_INVALID_MAC", TlsCertificate),
    named("ERR_PKCS12_IMPORT_UNSUPPORTED", TlsCertificate),
    named("ERR_PRECONNECT_MAX_SOCKET_LIMIT", BrowserResources),
    named("ERR_PRIVATE_KEY_EXPORT_FAILED", TlsCertificate),
    named("ERR_PROTOCOL_SWITCHED", ProtocolError),
    named("ERR_PROXY_AUTH_REQUESTED", ProxyFailure),
    named("ERR_PROXY_AUTH_REQUESTED_WITH_NO_CONNECTION", ProxyFailure),
    named("ERR_PROXY_AUTH_UNSUPPORTED", ProxyFailure),
    named("ERR_PROXY_CERTIFICATE_INVALID", ProxyFailure),
    named("ERR_PROXY_CONNECTION_FAILED", ProxyFailure),
    named("ERR_PROXY_DELEGATE_CANCELED_CONNECT_REQUEST", ProxyFailure),
    named("ERR_PROXY_DELEGATE_CANCELED_CONNECT_RESPONSE", ProxyFailure),
    unsent("ERR_PROXY_HTTP_1_1_REQUIRED", ProxyFailure),
    named("ERR_PROXY_REQUIRED", ProxyFailure),
    named("ERR_PROXY_TUNNEL_REQUEST_FAILED", ProxyFailure),
    named("ERR_PROXY_UNABLE_TO_CONNECT_TO_DESTINATION", ProxyFailure),
    named("ERR_QUIC_CERT_ROOT_NOT_KNOWN", TlsCertificate),
    unsent("ERR_QUIC_GOAWAY_REQUEST_CAN_BE_RETRIED", ProtocolError),
    unsent("ERR_QUIC_HANDSHAKE_FAILED", ProtocolError),
    named("ERR_QUIC_PROTOCOL_ERROR", ProtocolError),
    named("ERR_READ_IF_READY_NOT_IMPLEMENTED", NetworkUnknown),
    named("ERR_REQUEST_FOR_SECURE_RESOURCE_OVER_INSECURE_QUIC", ProtocolError),
    named("ERR_REQUEST_RANGE_NOT_SATISFIABLE", InvalidRequest),
    named("ERR_RESPONSE_BODY_TOO_BIG_TO_DRAIN", StreamInterrupted),
    named("ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION", ProtocolError),
    named("ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH", ProtocolError),
    named("ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", ProtocolError),
    named("ERR_RESPONSE_HEADERS_TOO_BIG", ProtocolError),
    named("ERR_RESPONSE_HEADERS_TRUNCATED", StreamInterrupted),
    named("ERR_SELF_SIGNED_CERT_GENERATION_FAILED", TlsCertificate),
    named("ERR_SOCKET_IS_CONNECTED", NetworkUnknown),
    unsent("ERR_SOCKET_NOT_CONNECTED", ConnectionLost),
    named("ERR_SOCKET_RECEIVE_BUFFER_SIZE_UNCHANGEABLE", BrowserResources),
    named("ERR_SOCKET_SEND_BUFFER_SIZE_UNCHANGEABLE", BrowserResources),
    named("ERR_SOCKET_SET_RECEIVE_BUFFER_SIZE_ERROR", BrowserResources),
    named("ERR_SOCKET_SET_SEND_BUFFER_SIZE_ERROR", BrowserResources),
    named("ERR_SOCKS_CONNECTION_FAILED", ProxyFailure),
    named("ERR_SOCKS_CONNECTION_HOST_UNREACHABLE", ProxyFailure),
    named("ERR_SPDY_PROTOCOL_ERROR", ProtocolError),
    named("ERR_SPDY_SESSION_ALREADY_EXISTS", ProtocolError),
    named("ERR_SSL_BAD_PEER_PUBLIC_KEY", TlsCertificate),
    named("ERR_SSL_BAD_RECORD_MAC_ALERT", TlsHandshake),
    named("ERR_SSL_CLIENT_AUTH_CERT_BAD_FORMAT", TlsCertificate),
    named("ERR_SSL_CLIENT_AUTH_CERT_NEEDED", TlsCertificate),
    named("ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY", TlsCertificate),
    named("ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS", TlsCertificate),
    named("ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED", TlsCertificate),
    named("ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", TlsCertificate),
    named("ERR_SSL_DECOMPRESSION_FAILURE_ALERT", TlsHandshake),
    named("ERR_SSL_DECRYPT_ERROR_ALERT", TlsHandshake),
    named("ERR_SSL_FALLBACK_BEYOND_MINIMUM_VERSION", TlsHandshake),
    named("ERR_SSL_HANDSHAKE_NOT_COMPLETED", TlsHandshake),
    named("ERR_SSL_INAPPROPRIATE_FALLBACK", TlsHandshake),
    named("ERR_SSL_KEY_USAGE_INCOMPATIBLE", TlsCertificate),
    named("ERR_SSL_NO_RENEGOTIATION", TlsHandshake),
    named("ERR_SSL_OBSOLETE_CIPHER", TlsHandshake),
    named("ERR_SSL_OBSOLETE_VERSION", TlsCertificate),
    named("ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", TlsCertificate),
    named("ERR_SSL_PROTOCOL_ERROR", TlsHandshake),
    named("ERR_SSL_RENEGOTIATION_REQUESTED", TlsHandshake),
    named("ERR_SSL_SERVER_CERT_BAD_FORMAT", TlsCertificate),
    named("ERR_SSL_SERVER_CERT_CHANGED", TlsCertificate),
    named("ERR_SSL_UNRECOGNIZED_NAME_ALERT", TlsHandshake),
    named("ERR_SSL_VERSION_INTERFERENCE", TlsHandshake),
    named("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", TlsHandshake),
    named("ERR_SSL_WEAK_SERVER_EPHEMERAL_DH_KEY", TlsHandshake),
    named("ERR_STRICT_ECH_REQUIRED", TlsHandshake),
    named("ERR_SYN_REPLY_NOT_RECEIVED", ProtocolError),
    named("ERR_TEMPORARILY_THROTTLED", BrowserResources),
    named("ERR_TEMPORARY_BACKOFF", BrowserResources),
    named("ERR_TIMED_OUT", Timeout),
    named("ERR_TLS13_DOWNGRADE_DETECTED", TlsHandshake),
    named("ERR_TOO_MANY_ACCEPT_CH_RESTARTS", NetworkUnknown),
    named("ERR_TOO_MANY_REDIRECTS", BadAddress),
    named("ERR_TOO_MANY_RETRIES", NetworkUnknown),
    named("ERR_TOO_MANY_SOCKET_STREAMS", BrowserResources),
    named("ERR_TRUST_TOKEN_OPERATION_FAILED", NetworkUnknown),
    named("ERR_TRUST_TOKEN_OPERATION_SUCCESS_WITHOUT_SENDING_REQUEST", NetworkUnknown),
    named("ERR_TUNNEL_CONNECTION_FAILED", ProxyFailure),
    named("ERR_UNABLE_TO_REUSE_CONNECTION_FOR_PROXY_AUTH", ProxyFailure),
    named("ERR_UNDOCUMENTED_SECURITY_LIBRARY_STATUS", ProxyFailure),
    named("ERR_UNEXPECTED", NetworkUnknown),
    named("ERR_UNEXPECTED_CONTENT_DICTIONARY_HEADER", UnexpectedReply),
    named("ERR_UNEXPECTED_PROXY_AUTH", ProxyFailure),
    named("ERR_UNEXPECTED_SECURITY_LIBRARY_STATUS", ProxyFailure),
    named("ERR_UNKNOWN_URL_SCHEME", BadAddress),
    named("ERR_UNRECOGNIZED_FTP_DIRECTORY_LISTING_FORMAT", UnexpectedReply),
    named("ERR_UNSAFE_PORT", BadAddress),
    named("ERR_UNSAFE_REDIRECT", BadAddress),
    named("ERR_UNSUPPORTED_AUTH_SCHEME", ProxyFailure),
    named("ERR_UPLOAD_FILE_CHANGED", InvalidRequest),
    named("ERR_UPLOAD_STREAM_REWIND_NOT_SUPPORTED", InvalidRequest),
    named("ERR_WINSOCK_UNEXPECTED_WRITTEN_BYTES", NetworkUnknown),
    unsent("ERR_WRONG_VERSION_ON_EARLY_DATA", TlsHandshake),
    named("ERR_WS_PROTOCOL_ERROR", ProtocolError),
    named("ERR_WS_THROTTLE_QUEUE_TOO_LARGE", BrowserResources),
    named("ERR_WS_UPGRADE", RequestCancelled),
    named("ERR_ZSTD_WINDOW_SIZE_TOO_BIG", UnexpectedReply),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_no_name_is_there_twice() {
        assert!(names().zip(names().skip(1)).all(|(one, next)| one < next));
        assert_eq!(TABLE.len(), 298);
    }

    #[test]
    fn every_error_is_packed_as_it_is_written() {
        for written in TABLE {
            assert_eq!(find(written.name), Some(*written));
        }
        assert_eq!(names().count(), TABLE.len());
    }

    #[test]
    fn only_the_exact_name_is_found() {
        assert_eq!(find("net::ERR_NAME_NOT_RESOLVED").map(|e| e.cause), Some(DnsFailure));
        assert_eq!(find("ERR_NAME_NOT_RESOLVED"), find("net::ERR_NAME_NOT_RESOLVED"));
        for name in
            ["", "net::", "NAME_NOT_RESOLVED", "ERR_NAME_NOT_RESOLVE", "err_failed", "ERR_FAILED "]
        {
            assert_eq!(find(name), None, "{name:?}");
        }
    }

    #[test]
    fn only_errors_of_a_request_that_was_never_read_may_be_repeated_at_once() {
        let at_once = |name| find(name).unwrap().unsent;
        for name in
            ["ERR_NETWORK_CHANGED", "ERR_HTTP2_SERVER_REFUSED_STREAM", "ERR_QUIC_HANDSHAKE_FAILED"]
        {
            assert!(at_once(name), "{name}");
        }
        for name in [
            "ERR_EMPTY_RESPONSE",
            "ERR_CONNECTION_RESET",
            "ERR_TIMED_OUT",
            "ERR_HTTP2_PROTOCOL_ERROR",
        ] {
            assert!(!at_once(name), "{name}");
        }
    }
}
