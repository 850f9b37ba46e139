//! Codes that mean something by who wrote them: numbers of one service, names of the exceptions of SDKs.

use super::{ParsedFailure, Scores, clip, weight};
use crate::{
    Cause::{self, *},
    Evidence, Provider,
};

/// Weighs the codes that no phrase can hold.
pub(crate) fn score(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.provider == Some(Provider::Zhipu) {
        if let Some((code, cause)) = zhipu(parsed) {
            scores.add(cause, weight::STRONG, Evidence::Code { code: code.to_string() });
        }
    }
    if let Some((number, cause)) = parsed.number_after(CURL).and_then(curl) {
        scores.add(cause, weight::USUAL, Evidence::Code { code: format!("{CURL}{number})") });
    }
    let name = parsed.failure.error_name.as_deref().and_then(named);
    if let Some((name, cause)) = name.filter(|(name, _)| !repeats_the_status(parsed, name)) {
        scores.add(cause, weight::USUAL, Evidence::Exception { name: clip(name) });
    }
    if let Some((name, cause)) = parsed.failure.header(AWS_ERROR).and_then(named) {
        let evidence = Evidence::Header { name: AWS_ERROR.into(), value: clip(name) };
        scores.add(cause, weight::CODE, evidence);
    }
}

/// Whether an exception is only a status by another name: the SDKs of OpenAI, Anthropic and their kin name each status so,
/// and every one from 500 on `InternalServerError`, a 524 too.
fn repeats_the_status(parsed: &ParsedFailure, name: &str) -> bool {
    const OF_STATUSES: [&str; 8] = [
        "BadRequestError",
        "AuthenticationError",
        "PermissionDeniedError",
        "NotFoundError",
        "ConflictError",
        "UnprocessableEntityError",
        "RateLimitError",
        "InternalServerError",
    ];
    parsed.status.is_some() && OF_STATUSES.contains(&name)
}

/// Before the number of an error of curl, in brackets.
const CURL: &str = "curl: (";

/// What curl's number means (libcurl-errors(3)). The words behind it may tell more.
const fn curl(number: u64) -> Option<(u64, Cause)> {
    let cause = match number {
        1 | 3 | 47 => BadAddress,
        5 | 97 => ProxyFailure,
        6 => DnsFailure,
        7 => ConnectionRefused,
        16 | 92 => ProtocolError,
        18 => StreamInterrupted,
        28 => Timeout,
        35 => TlsHandshake,
        51 | 58 | 60 | 77 | 83 | 90 | 91 => TlsCertificate,
        52 | 55 | 56 => ConnectionLost,
        _ => return None,
    };
    Some((number, cause))
}

/// The name of the exception, with an address behind a `:`.
const AWS_ERROR: &str = "x-amzn-errortype";

/// Zhipu's own number, under `error.code`, as a number or a text.
fn zhipu(parsed: &ParsedFailure) -> Option<(u16, Cause)> {
    let codes = parsed.scan.pairs().filter(|(key, _)| *key == "code");
    codes.filter_map(|(_, value)| value.trim().parse().ok()).find_map(|code| {
        // docs.bigmodel.cn, docs.z.ai: error codes.
        let cause = match code {
            1000 | 1002..=1004 => InvalidApiKey,
            1001 => MissingApiKey,
            1110..=1112 | 1121 => AccountDisabled,
            1113 | 1309 => QuotaExhausted,
            1210 | 1213..=1215 => InvalidRequest,
            1211 => ModelNotFound,
            1212 => UnsupportedParameter,
            1220 => KeyLacksPermission,
            1221 | 1222 => EndpointNotFound,
            1230 | 1234 => ServerError,
            1231 => RequestInProgress,
            1261 => ContextTooLong,
            1301 => ContentFiltered,
            1302 | 1303 => RateLimited,
            1304 | 1308 | 1310 => UsageCapReached,
            1305 | 1312 => ModelOverloaded,
            1311 => ModelAccessDenied,
            _ => return None,
        };
        Some((code, cause))
    })
}

/// What an exception of this name means, whatever module or namespace stands before it.
fn named(name: &str) -> Option<(&str, Cause)> {
    let name = name.split(':').next().unwrap_or(name);
    let name = name.rsplit(['.', '#', '$']).next().unwrap_or(name).trim();
    let known = NAMES.iter().find(|(_, names)| names.split(' ').any(|known| known == name));
    known.map(|(cause, _)| (name, *cause))
}

/// Exceptions of the SDKs of AWS, OpenAI, Anthropic and their kin, and of the libraries beneath them, apart by blanks.
const NAMES: &[(Cause, &str)] = &[
    (
        RateLimited,
        "ThrottlingException TooManyRequestsException RateLimitError TooManyRequestsError",
    ),
    (UsageCapReached, "ServiceQuotaExceededException"),
    (
        InvalidRequest,
        "ValidationException BadRequestError UnprocessableEntityError LocalProtocolError",
    ),
    (AccessDenied, "AccessDeniedException PermissionDeniedError"),
    (InvalidApiKey, "UnrecognizedClientException InvalidSignatureException AuthenticationError"),
    (SessionExpired, "ExpiredTokenException"),
    (ModelNotFound, "ResourceNotFoundException"),
    (EndpointNotFound, "NotFoundError"),
    (Conflict, "ConflictException ConflictError"),
    (
        Timeout,
        "ModelTimeoutException APIConnectionTimeoutError APITimeoutError ConnectTimeout ReadTimeout ConnectTimeoutError ReadTimeoutError SocketTimeoutException HttpTimeoutException",
    ),
    (ModelOverloaded, "ModelNotReadyException OverloadedError"),
    (StreamInterrupted, "ModelStreamErrorException IncompleteRead ChunkedEncodingError"),
    (ServiceUnavailable, "ServiceUnavailableException ServiceUnavailableError"),
    (ServerError, "InternalServerException InternalServerError ModelErrorException"),
    (ContextTooLong, "ContextWindowExceededError"),
    (ContentFiltered, "ContentPolicyViolationError ContentFilterFinishReasonError"),
    (QuotaExhausted, "BudgetExceededError"),
    (DnsFailure, "UnknownHostException NameResolutionError"),
    (ConnectionRefused, "ConnectionRefusedError"),
    (ConnectionLost, "ConnectionResetError RemoteProtocolError RemoteDisconnected"),
    (HostUnreachable, "NoRouteToHostException"),
    (ProxyFailure, "ProxyError"),
    (TlsHandshake, "SSLHandshakeException"),
    (TlsCertificate, "SSLCertVerificationError"),
    (UnexpectedReply, "JSONDecodeError JsonParseException"),
    (BadAddress, "TooManyRedirects MissingSchema InvalidURL"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Failure, classify};

    #[test]
    fn zhipu_numbers_its_errors() {
        for (status, code, cause) in [
            (401, 1002, InvalidApiKey),
            (429, 1113, QuotaExhausted),
            (403, 1220, KeyLacksPermission),
            (400, 1261, ContextTooLong),
            (429, 1303, RateLimited),
            (429, 1308, UsageCapReached),
            (429, 1311, ModelAccessDenied),
        ] {
            for written in [format!("{code}"), format!("\"{code}\"")] {
                let failure = Failure {
                    provider: Some("zhipu".into()),
                    status: Some(status),
                    body: Some(format!(r#"{{"error":{{"code":{written},"message":""}}}}"#)),
                    ..Failure::default()
                };
                assert_eq!(classify(&failure).cause, cause, "{code}");
                let other = Failure { provider: Some("openai".into()), ..failure };
                let told = Evidence::Code { code: code.to_string() };
                assert!(!classify(&other).evidence.contains(&told), "{code}");
            }
        }
    }

    #[test]
    fn curl_numbers_its_errors() {
        for (text, cause) in [
            ("curl: (6)", DnsFailure),
            ("curl: (28) Operation too slow", Timeout),
            ("curl: (28) Resolving timed out after 5000 milliseconds", DnsFailure),
            ("curl: (52) No bytes came from the server", ConnectionLost),
            ("curl: (60)", TlsCertificate),
            ("curl: (22) The requested URL returned error: 404", EndpointNotFound),
            ("curl: (429)", Unknown),
        ] {
            assert_eq!(classify(&Failure::from_message(text)).cause, cause, "{text}");
        }
    }

    #[test]
    fn exception_is_known_by_name_only() {
        for (name, cause) in [
            ("ThrottlingException", RateLimited),
            ("com.amazonaws.bedrock#ThrottlingException", RateLimited),
            ("openai.APITimeoutError", Timeout),
            ("java.net.UnknownHostException", DnsFailure),
            ("TypeError", Unknown),
        ] {
            let failure = Failure { error_name: Some(name.into()), ..Failure::default() };
            assert_eq!(classify(&failure).cause, cause, "{name}");
        }
    }

    #[test]
    fn status_outweighs_its_other_name() {
        for (status, cause) in
            [(521, OriginUnreachable), (524, OriginTimeout), (529, ModelOverloaded)]
        {
            let failure = Failure {
                status: Some(status),
                error_name: Some("InternalServerError".into()),
                ..Failure::default()
            };
            assert_eq!(classify(&failure).cause, cause, "{status}");
        }
    }

    #[test]
    fn aws_header_names_the_exception() {
        let name = "ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/";
        let failure = Failure {
            status: Some(400),
            headers: [(AWS_ERROR.to_owned(), name.to_owned())].into_iter().collect(),
            ..Failure::default()
        };
        assert_eq!(classify(&failure).cause, RateLimited);
    }
}
