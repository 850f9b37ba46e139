//! What stands in front of a service and answers in its place: challenges, blocks, Cloudflare's own numbers.

use super::{ParsedFailure, Scores, clip, weight};
use crate::{Cause, Evidence};

/// Weighs the marks of an edge.
pub(crate) fn score(parsed: &ParsedFailure, scores: &mut Scores) {
    for name in ["cf-mitigated", "x-vercel-mitigated"] {
        if let Some(value) = parsed.failure.header(name) {
            let evidence = Evidence::Header { name: name.into(), value: clip(value) };
            let (cause, weight) = match value.trim() {
                "challenge" => (Cause::BotChallenge, weight::DECISIVE + weight::FAIR),
                _ => (Cause::BlockedByEdge, weight::STRONG),
            };
            scores.add(cause, weight, evidence);
        }
    }
    if let Some(number) = cloudflare_number(parsed) {
        if let Some(cause) = cloudflare_cause(number) {
            let evidence = Evidence::Code { code: number.to_string() };
            scores.add(cause, weight::DECISIVE, evidence);
        }
    }
    proxy(parsed, scores);
    cloudfront(parsed, scores);
    let akamai = ["reference #", "reference&#32;#", "errors.edgesuite.net"];
    let reference = akamai.into_iter().find(|&words| parsed.says(words));
    if let Some(words) = reference.filter(|_| parsed.says("on this server")) {
        scores.add(Cause::BlockedByEdge, weight::STRONG, Evidence::Phrase { text: words.into() });
        scores.against(Cause::AccessDenied, weight::USUAL);
    }
    let guard = ["x-amzn-waf-action", "x-datadome"]
        .into_iter()
        .find_map(|name| Some((name, parsed.failure.header(name)?)));
    if let (Some((name, value)), true) = (guard, parsed.is(&[403, 405, 429])) {
        let evidence = Evidence::Header { name: name.into(), value: clip(value) };
        scores.add(Cause::BotChallenge, weight::FAIR, evidence);
    }
}

/// Squid's own pages: the proxy of a company, school or provider answered, and the service saw nothing of the call.
fn proxy(parsed: &ParsedFailure, scores: &mut Scores) {
    const HEADER: &str = "x-squid-error";
    const WORDS: [&str; 3] = ["your cache administrator", "(squid/", "cache access denied"];
    let squid = |value: &str| value.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("squid"));
    let signed = || parsed.failure.header("server").filter(|value| squid(value));
    let header = parsed
        .failure
        .header(HEADER)
        .map(|value| (HEADER, value))
        .or_else(|| Some(("server", signed().filter(|_| !parsed.looks_fine())?)))
        .map(|(name, value)| Evidence::Header { name: name.into(), value: clip(value) });
    let words = || WORDS.into_iter().find(|&words| parsed.says(words));
    if let Some(evidence) = header.or_else(|| Some(Evidence::Phrase { text: words()?.into() })) {
        scores.add(Cause::ProxyFailure, weight::DECISIVE + weight::WEAK, evidence);
    }
}

/// CloudFront has one headline for all its pages: only its 403 is a refusal, the others are what their status says.
fn cloudfront(parsed: &ParsedFailure, scores: &mut Scores) {
    const HEADLINE: &str = "the request could not be satisfied";
    if !parsed.says(HEADLINE) {
        return;
    }
    let cause = match parsed.status {
        Some(429) => Cause::RateLimited,
        Some(500) => Cause::ServerError,
        Some(502) => Cause::BadGateway,
        Some(503) => Cause::ServiceUnavailable,
        Some(504) => Cause::GatewayTimeout,
        Some(403) | None if parsed.says("block access from your country") => {
            Cause::CountryUnsupported
        }
        Some(403) | None => Cause::BlockedByEdge,
        Some(_) => return,
    };
    scores.add(cause, weight::STRONG, Evidence::Phrase { text: HEADLINE.into() });
    if cause != Cause::BlockedByEdge {
        scores.against(Cause::BlockedByEdge, weight::STRONG);
    }
}

/// Cloudflare's own error number of four digits, from `error code: 1020`, its page or its JSON.
fn cloudflare_number(parsed: &ParsedFailure) -> Option<u64> {
    const SHORT: usize = 512;
    let low = &parsed.scan.low;
    if !parsed.html && low.len() > SHORT {
        return None;
    }
    let own = parsed.says("cloudflare")
        || low.starts_with("error code: 1")
        || parsed.says("cf-error")
        || parsed.failure.header("cf-ray").is_some();
    if !own {
        return None;
    }
    ["error code: ", "error code ", "error 1", "\"error_code\": "]
        .iter()
        .filter_map(|cue| {
            let words = cue.trim_end_matches('1');
            parsed.says(cue).then(|| parsed.number_after(words)).flatten()
        })
        .chain(parsed.number("errorcode"))
        .find(|number| (1000..1300).contains(number))
}

const fn cloudflare_cause(number: u64) -> Option<Cause> {
    Some(match number {
        1005 | 1006 | 1007 | 1008 | 1010 | 1012 | 1020 | 1025 | 1106 => Cause::BlockedByEdge,
        1009 => Cause::CountryUnsupported,
        1015 | 1027 | 1200 => Cause::RateLimited,
        1003 | 1013 => Cause::BadAddress,
        1000..=1002 | 1004 | 1014 | 1016 | 1018 | 1023 | 1033 => Cause::OriginUnreachable,
        1101 | 1102 => Cause::ServerError,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Failure, classify};

    fn cause(status: u16, headers: &[(&str, &str)], body: &str) -> Cause {
        classify(&Failure {
            status: Some(status),
            headers: headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            body: Some(body.to_owned()),
            ..Failure::default()
        })
        .cause
    }

    #[test]
    fn challenge_outranks_its_status() {
        for status in [403, 429, 503] {
            assert_eq!(
                cause(status, &[("cf-mitigated", "challenge")], "<html>"),
                Cause::BotChallenge
            );
            assert_eq!(
                cause(status, &[("x-vercel-mitigated", "challenge")], ""),
                Cause::BotChallenge
            );
        }
    }

    #[test]
    fn squid_answers_for_itself() {
        let page = |title: &str| {
            format!(
                "<html><head><title>ERROR: {title}</title></head><body><p>The following error was encountered while trying to retrieve the URL</p><p>Access Denied. Your cache administrator is webmaster.</p><p>Generated by gate (squid/6.6)</p></body></html>"
            )
        };
        for (status, title) in [
            (407, "Cache Access Denied"),
            (403, "The requested URL could not be retrieved"),
            (503, "The requested URL could not be retrieved"),
        ] {
            assert_eq!(cause(status, &[], &page(title)), Cause::ProxyFailure, "{status}");
        }
        for (status, value) in [(504, "ERR_READ_TIMEOUT 0"), (503, "ERR_DNS_FAIL 0")] {
            assert_eq!(cause(status, &[("x-squid-error", value)], ""), Cause::ProxyFailure);
        }
        assert_eq!(cause(403, &[("server", "squid/6.6")], ""), Cause::ProxyFailure);
        let pasted = |text: &str| classify(&Failure::from_message(text)).cause;
        assert_eq!(pasted("Cache Access Denied."), Cause::ProxyFailure);
        assert_eq!(pasted("ERR_CACHE_ACCESS_DENIED"), Cause::ProxyFailure);
    }

    #[test]
    fn cloudfront_blocks_with_403_alone() {
        let page = "<HTML><TITLE>ERROR: The request could not be satisfied</TITLE><H2>The request could not be satisfied.</H2>Request blocked. We can't connect to the server for this app or website at this time. There might be too much traffic or a configuration error.<PRE>Generated by cloudfront (CloudFront)</PRE></HTML>";
        for (status, expected) in [
            (403, Cause::BlockedByEdge),
            (429, Cause::RateLimited),
            (502, Cause::BadGateway),
            (503, Cause::ServiceUnavailable),
            (504, Cause::GatewayTimeout),
        ] {
            assert_eq!(cause(status, &[("server", "CloudFront")], page), expected, "{status}");
        }
    }

    /// Akamai and Apache refuse in the same words; only Akamai gives a reference.
    #[test]
    fn apache_denies_without_a_reference() {
        let apache =
            "<title>403 Forbidden</title><p>You don't have permission to access this resource.</p>";
        assert_eq!(cause(403, &[("server", "Apache")], apache), Cause::AccessDenied);
        let older = "<p>You don't have permission to access /v1/chat on this server.</p>";
        assert_eq!(cause(403, &[], older), Cause::AccessDenied);
        let akamai = "<H1>Access Denied</H1>You don't have permission to access \"http://api.example/\" on this server.<P>Reference #18.2d351ab8.1557333295.a4e16ab</P>";
        assert_eq!(cause(403, &[], akamai), Cause::BlockedByEdge);
    }

    #[test]
    fn a_guard_keeps_its_own_name() {
        for name in ["x-datadome", "x-amzn-waf-action"] {
            let headers = [(name.to_owned(), "protected".to_owned())].into_iter().collect();
            let failure = Failure { status: Some(403), headers, ..Failure::default() };
            let named = |evidence: &Evidence| matches!(evidence, Evidence::Header { name: known, .. } if known == name);
            assert!(classify(&failure).evidence.iter().any(named), "{name}");
        }
    }

    #[test]
    fn cloudflare_numbers_tell_refusals_apart() {
        for (status, number, expected) in [
            (403, 1020, Cause::BlockedByEdge),
            (403, 1009, Cause::CountryUnsupported),
            (429, 1015, Cause::RateLimited),
            (530, 1016, Cause::OriginUnreachable),
            (530, 1033, Cause::OriginUnreachable),
        ] {
            assert_eq!(
                cause(status, &[("server", "cloudflare")], &format!("error code: {number}")),
                expected
            );
        }
    }
}
