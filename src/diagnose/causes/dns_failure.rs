//! The name of the service did not turn into an address: a typing error in the base URL, a resolver that is down, or a
//! filter that hides the name. It looks like `ERR_NAME_NOT_RESOLVED`, `ENOTFOUND` or `getaddrinfo failed`.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{
        ADDRESS, ENDPOINT, FAILED, HOST, IP, MISSING, NAME, NAME_LOOKUP, NAMED, NETWORK, NOT,
        NOT_FOUND, PAGE, RESOLVED, SERVER, SERVICE, UNKNOWN,
    },
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
    code("dns_probe_finished_nxdomain"),
    code("nxdomain"),
    strong("os error 11001"),
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
pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[NAME_LOOKUP]).fair(),
    all(&[SERVER, NOT_FOUND]).fair(),
    all(&[NETWORK, NOT_FOUND]).usual(),
    all(&[HOST, NOT_FOUND | UNKNOWN]),
    all(&[ADDRESS | HOST | NAMED, RESOLVED, FAILED | NOT]),
    all(&[HOST | NAMED | SERVER, IP, NOT_FOUND]).sure(),
    all(&[HOST | NAMED, ADDRESS, NOT_FOUND]).unless(PAGE | ENDPOINT),
    all(&[HOST | NAME, ADDRESS, MISSING | NOT | NOT_FOUND]),
    all(&[NAME, RESOLVED, FAILED | NOT]).sure(),
    all(&[NAME, SERVICE, NOT | NOT_FOUND | UNKNOWN]),
    all(&[NAME, HOST | SERVER, FAILED | NOT_FOUND | UNKNOWN]).usual(),
    all(&[NAME_LOOKUP, FAILED | NOT | NOT_FOUND | UNKNOWN]).sure(),
];

examples! {
    windows_and_rust_name_it: DnsFailure [
        (
                    "other",
                    0,
                    "error sending request: dns error: failed to lookup address information",
                ),
                ("other", 0, "不知道这样的主机。 (os error 11001)"),
    ]
    the_network_does_not_know_it: DnsFailure [
        ("other", 0, "Your network could not find it"),
        ("other", 0, "Das Netzwerk hat nichts gefunden: nicht gefunden"),
    ]
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
}
