//! Every kind of finding, to be told in words.

use unstuck_diagnose::{Evidence, Limit};

/// One finding of every kind: each names the next, so that a new kind does not compile until it is in the chain.
pub(crate) fn findings() -> Vec<Evidence> {
    use Evidence as E;
    let next = |finding: &E| {
        Some(match finding {
            E::Status { host: Some(_), .. } => E::Status { code: 429, host: None },
            E::Status { host: None, .. } => E::NetError { name: "ERR_TIMED_OUT".into() },
            E::NetError { .. } => E::Code { code: "slow_down".into() },
            E::Code { .. } => E::Phrase { text: "too many".into() },
            E::Phrase { .. } => E::Meaning { cause: unstuck_diagnose::Cause::InvalidApiKey },
            E::Meaning { .. } => E::Header { name: "retry-after".into(), value: "20".into() },
            E::Header { .. } => E::Wait { ms: 20_000 },
            E::Wait { .. } => E::Reset { at_ms: 1_700_000_000_000 },
            E::Reset { .. } => E::Exception { name: "TypeError".into() },
            E::Exception { .. } => E::Redirect { host: "www.example.org".into() },
            E::Redirect { .. } => E::OverLimit { limit: Limit::Event },
            E::OverLimit { limit: Limit::Event } => E::OverLimit { limit: Limit::Text },
            E::OverLimit { limit: Limit::Text } => E::OverLimit { limit: Limit::Answer },
            E::OverLimit { limit: Limit::Answer } => E::HtmlReply,
            E::HtmlReply => E::EmptyReply,
            E::EmptyReply => E::UnreadablePart,
            E::UnreadablePart => E::NoEndMark { chars: 120 },
            E::NoEndMark { .. } => E::Aborted,
            E::Aborted => E::Offline,
            E::Offline => E::NoSiteAccess,
            E::NoSiteAccess => E::Proxy,
            E::Proxy => E::HeadersThenRefused,
            E::HeadersThenRefused => E::PreflightRefused,
            E::PreflightRefused => E::NeverSent,
            E::NeverSent => E::Elapsed { ms: 60_000 },
            E::Elapsed { .. } => E::HostAnswers,
            E::HostAnswers => E::OnlyThisHost,
            E::OnlyThisHost => E::NoHostAnswers,
            E::NoHostAnswers => E::AnsweredElsewhere,
            E::AnsweredElsewhere => E::HostChallenges,
            E::HostChallenges => E::SignedOut,
            E::SignedOut => E::WorkerStopped,
            E::WorkerStopped => E::StatusPage,
            E::StatusPage => E::Culprit { name: "Shield".into() },
            E::Culprit { .. } => E::ClockOff { ms: 7_200_000 },
            E::ClockOff { .. } => E::AddressChanged {
                before: "https://a.example/v1".into(),
                after: "https://b.example/v1".into(),
            },
            E::AddressChanged { .. } => {
                E::ModelChanged { before: "large".into(), after: "lrge".into() }
            }
            E::ModelChanged { .. } => {
                E::DialectChanged { before: "openai".into(), after: "ollama".into() }
            }
            E::DialectChanged { .. } => E::RulesChanged,
            E::RulesChanged => E::KeyChanged,
            E::KeyChanged => return None,
        })
    };
    let first = E::Status { code: 429, host: Some("api.openai.com".into()) };
    std::iter::successors(Some(first), next).collect()
}
