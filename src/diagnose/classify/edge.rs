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
            scores.add(cause, weight::STRONG + weight::WEAK, evidence);
        }
    }
    let guard = ["x-amzn-waf-action", "x-datadome"]
        .into_iter()
        .find_map(|name| Some((name, parsed.failure.header(name)?)));
    if let (Some((name, value)), true) = (guard, parsed.is(&[403, 405, 429])) {
        let evidence = Evidence::Header { name: name.into(), value: clip(value) };
        scores.add(Cause::BotChallenge, weight::FAIR, evidence);
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
        1000..=1004 | 1013 | 1014 | 1016 | 1018 | 1023 | 1033 => Cause::OriginUnreachable,
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
