//! The name of the service did not turn into an address: a typing error in the base URL, a resolver that is down, or a
//! filter that hides the name. It looks like `ERR_NAME_NOT_RESOLVED`, `ENOTFOUND` or `getaddrinfo failed`.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::DnsFailure,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenSettings,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(resolver_gave_no_answer),
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("enotfound"),
    code("eai_again"),
    code("eai_noname"),
    code("eai_nodata"),
    code("eai_fail"),
    strong("could not resolve host"),
    strong("couldn't resolve host"),
    strong("could not resolve proxy"),
    strong("could not be resolved"),
    strong("name or service not known"),
    strong("nodename nor servname"),
    strong("temporary failure in name resolution"),
    strong("name resolution failed"),
    strong("nameresolutionerror"),
    strong("failed to resolve"),
    strong("failed to lookup address"),
    strong("dns error"),
    strong("dns lookup failed"),
    strong("no such host is known"),
    strong("no such host"),
    strong("no address associated with hostname"),
    strong("unknownhostexception"),
    strong("unable to resolve host"),
    strong("server with the specified hostname could not be found"),
    strong("remote name could not be resolved"),
    strong("err_name_not_resolved"),
    code("dns_probe_finished_nxdomain"),
    code("nxdomain"),
    strong("server dns address could not be found"),
    strong("os error 11001"),
    strong("不知道这样的主机"),
    strong("无法解析"),
    strong("域名解析失败"),
    strong("名前解決"),
    strong("der remotename konnte nicht aufgelöst werden"),
    strong("der angegebene host ist unbekannt"),
    strong("hôte inconnu"),
    strong("host sconosciuto"),
    strong("este host no se conoce"),
    strong("этот хост неизвестен"),
    strong("не удалось найти указанный хост"),
    strong("не удается найти dns"),
    strong("no se ha podido encontrar el host"),
    strong("no se pudo resolver el host"),
    strong("impossible de résoudre"),
    strong("impossibile risolvere"),
    strong("não foi possível resolver"),
    strong("이름을 확인할 수 없"),
    hint("dns"),
    hint("hostname"),
    hint("域名"),
    hint("resolve host"),
];

/// A time-out or a refusal while a name was looked up is the resolver's: Go names it (`lookup api.example on 10.0.0.1:53: … i/o
/// timeout`), libc and Node the call, curl what it did.
fn resolver_gave_no_answer(parsed: &ParsedFailure, scores: &mut Scores) {
    const LOOKUPS: [&str; 5] = [
        "getaddrinfo",
        "resolving timed out",
        "contacting dns servers",
        "dns query timed out",
        "dns lookup timed out",
    ];
    let asked_in_go = parsed.scan.after("lookup ").any(|rest| {
        let mut words = rest.split(' ');
        let name = words.next().unwrap_or_default();
        let server = words.next().filter(|&word| word == "on").and(words.next());
        name.contains('.') && name.ends_with(':')
            || server.is_some_and(|server| server.ends_with(":53:"))
    });
    let found = if asked_in_go {
        Some("lookup")
    } else {
        LOOKUPS.into_iter().find(|&words| parsed.says(words))
    };
    if let Some(words) = found {
        let evidence = Evidence::Phrase { text: words.into() };
        scores.add(Cause::DnsFailure, weight::STRONG + weight::WEAK, evidence);
        for symptom in [Cause::Timeout, Cause::ConnectionRefused, Cause::BadGateway] {
            scores.against(symptom, weight::USUAL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn silent_resolver_is_no_slow_service() {
        check(
            Cause::DnsFailure,
            &[
                (
                    "other",
                    0,
                    "Post \"https://api.example/v1\": dial tcp: lookup api.example on 10.0.0.1:53: read udp 10.0.0.7:51633->10.0.0.1:53: i/o timeout",
                ),
                ("other", 0, "dial tcp: lookup api.example: i/o timeout"),
                ("other", 0, "dial tcp: lookup api.example on [2001:db8::1]:53: i/o timeout"),
                (
                    "other",
                    500,
                    "do request failed: dial tcp: lookup api.example on 10.0.0.1:53: no such host",
                ),
                ("other", 0, "curl: (28) Resolving timed out after 5000 milliseconds"),
                ("other", 0, "getaddrinfo ETIMEDOUT api.example"),
            ],
        );
        check(Cause::Timeout, &[("other", 0, "dial tcp 203.0.113.7:443: i/o timeout")]);
    }

    #[test]
    fn resolvers_fail_in_many_tongues() {
        check(
            Cause::DnsFailure,
            &[
                ("openai", 0, "getaddrinfo ENOTFOUND api.openai.com"),
                ("other", 0, "Could not resolve host: api.deepseek.com"),
                ("other", 0, "<urlopen error [Errno -3] Temporary failure in name resolution>"),
            ],
        );
    }

    #[test]
    fn windows_and_rust_name_it() {
        check(
            Cause::DnsFailure,
            &[
                (
                    "other",
                    0,
                    "error sending request: dns error: failed to lookup address information",
                ),
                ("other", 0, "不知道这样的主机。 (os error 11001)"),
            ],
        );
    }
}
