//! What was found out after a failure that had stayed undecided: whether its host answers, whether another one does, and
//! whether a web app still knows the person.

use super::{
    net_errors,
    scores::{Scores, weight},
};
use crate::{
    Cause, Evidence, Failure,
    failure::{Context, Reach},
};

/// Adds what the probes tell.
pub(crate) fn score(failure: &Failure, scores: &mut Scores) {
    let Some(probes) = &failure.probes else { return };
    if probes.signed_out {
        scores.add(Cause::SessionExpired, weight::STRONG, Evidence::SignedOut);
    }
    let Some(host) = &probes.host else { return };
    if *host == Reach::Challenged {
        scores.add(Cause::BotChallenge, weight::STRONG, Evidence::HostChallenges);
    }
    // A service that answered the call itself was reached: its host and the network say no more.
    if failure.status.is_none() {
        if probes.open == Some(Reach::Elsewhere) {
            // It keeps every host out of reach: that none answers is no further finding.
            scores.add(Cause::CaptivePortal, weight::STRONG, Evidence::AnsweredElsewhere);
        } else {
            network(failure, host, probes.other.as_ref(), scores);
        }
    }
}

fn network(failure: &Failure, host: &Reach, other: Option<&Reach>, scores: &mut Scores) {
    match (host, other) {
        (Reach::Elsewhere, _) | (_, Some(Reach::Elsewhere)) => {
            scores.add(Cause::CaptivePortal, weight::STRONG, Evidence::AnsweredElsewhere);
        }
        (Reach::Answered | Reach::Challenged, _) => answers(failure, scores),
        (Reach::Failed(one), Some(Reach::Failed(two))) if shared(one, two).is_some() => {
            dead_host(host, false, scores);
        }
        (Reach::Silent | Reach::Failed(_), Some(Reach::Silent | Reach::Failed(_))) => {
            scores.add(Cause::Offline, weight::STRONG, Evidence::NoHostAnswers);
        }
        (Reach::Silent | Reach::Failed(_), other) => dead_host(host, other.is_some(), scores),
    }
}

/// The trouble that two hosts met alike, where it lies with what all calls go through.
pub fn shared(one: &str, two: &str) -> Option<Cause> {
    let cause = |name| Some(net_errors::find(name)?.cause);
    let common = cause(one).filter(|found| cause(two) == Some(*found))?;
    let of_all = [Cause::DnsFailure, Cause::TlsCertificate, Cause::ProxyFailure];
    of_all.contains(&common).then_some(common)
}

/// The way is open now. In a page something of the page or the browser stood in it; elsewhere it was a passing trouble.
/// An error that says nothing of a way may have been none of the network.
fn answers(failure: &Failure, scores: &mut Scores) {
    if failure.message.is_some() && scores.is_empty() {
        return;
    }
    let page = matches!(failure.context, Some(Context::Page | Context::ContentScript));
    if page {
        scores.add(Cause::BlockedByExtension, weight::HINT, Evidence::HostAnswers);
        scores.add(Cause::BlockedByCors, weight::HINT, Evidence::HostAnswers);
    }
    scores.add(
        Cause::ConnectionLost,
        if page { weight::HINT } else { weight::USUAL },
        Evidence::HostAnswers,
    );
}

/// The look met the same trouble, and this time the browser named it; or it met silence.
fn dead_host(host: &Reach, others_answer: bool, scores: &mut Scores) {
    if let Reach::Failed(name) = host
        && let Some(known) = net_errors::find(name)
        && known.cause != Cause::NetworkUnknown
    {
        scores.add(known.cause, weight::STRONG, Evidence::NetError { name: known.name.to_owned() });
    }
    if others_answer {
        scores.add(Cause::HostUnreachable, weight::USUAL, Evidence::OnlyThisHost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Diagnosis, classify, failure::Probes};

    fn found(probes: Probes) -> Diagnosis {
        classify(&Failure {
            error_name: Some("TypeError".into()),
            message: Some("Failed to fetch".into()),
            context: Some(Context::Worker),
            probes: Some(probes),
            ..Failure::default()
        })
    }

    fn both(host: Reach, other: Reach) -> Cause {
        found(Probes { host: Some(host), other: Some(other), ..Probes::default() }).cause
    }

    fn dead() -> Reach {
        Reach::Failed("Failed to fetch".into())
    }

    /// Two hosts tell a dead host from a dead network.
    #[test]
    fn two_probes_separate_host_and_network() {
        assert_eq!(found(Probes::default()).cause, Cause::NetworkUnknown);
        assert_eq!(both(dead(), Reach::Answered), Cause::HostUnreachable);
        assert_eq!(both(Reach::Silent, Reach::Answered), Cause::HostUnreachable);
        assert_eq!(both(dead(), dead()), Cause::Offline);
        assert_eq!(both(Reach::Answered, Reach::Answered), Cause::ConnectionLost);
        assert_eq!(both(Reach::Elsewhere, dead()), Cause::CaptivePortal);
        let named = |name: &str| Reach::Failed(format!("net::{name}"));
        let (lost, untrusted) = ("ERR_NAME_NOT_RESOLVED", "ERR_CERT_AUTHORITY_INVALID");
        assert_eq!(both(named(lost), named(lost)), Cause::DnsFailure);
        assert_eq!(both(named(untrusted), named(untrusted)), Cause::TlsCertificate);
        let opened = Probes {
            host: Some(dead()),
            other: Some(dead()),
            open: Some(Reach::Elsewhere),
            ..Probes::default()
        };
        assert_eq!(found(opened).cause, Cause::CaptivePortal);
    }

    /// That a host answers does not make a dropped connection of whatever failed.
    #[test]
    fn strange_errors_stay_unknown() {
        let answered = Probes {
            host: Some(Reach::Answered),
            other: Some(Reach::Answered),
            ..Probes::default()
        };
        let strange = Failure {
            error_name: Some("E-4711".into()),
            message: Some("E-4711".into()),
            context: Some(Context::Worker),
            probes: Some(answered.clone()),
            ..Failure::default()
        };
        assert_eq!(classify(&strange).cause, Cause::Unknown);
        let silent = Failure { error_name: None, message: None, ..strange };
        assert_eq!(classify(&silent).cause, Cause::ConnectionLost);
    }

    #[test]
    fn probe_error_names_the_cause() {
        let named = Reach::Failed("net::ERR_NAME_NOT_RESOLVED".into());
        let probes = Probes { host: Some(named), ..Probes::default() };
        assert_eq!(found(probes).cause, Cause::DnsFailure);
        let unknown = Reach::Failed("net::ERR_NEVER_HEARD_OF".into());
        let probes = Probes { host: Some(unknown), ..Probes::default() };
        assert_eq!(found(probes).cause, Cause::NetworkUnknown);
    }

    /// A web app that asks for a sign-in has ended the session.
    #[test]
    fn sign_in_page_means_expired_session() {
        let denied = |signed_out| {
            classify(&Failure {
                provider: Some("chatgpt_web".into()),
                status: Some(403),
                probes: Some(Probes { signed_out, ..Probes::default() }),
                ..Failure::default()
            })
        };
        assert_eq!(denied(true).cause, Cause::SessionExpired);
        assert!(denied(true).confidence > denied(false).confidence + 0.2);
    }

    #[test]
    fn answered_call_is_no_network_failure() {
        let failure = Failure {
            status: Some(403),
            probes: Some(Probes { host: Some(Reach::Answered), ..Probes::default() }),
            ..Failure::default()
        };
        assert_eq!(classify(&failure).cause, Cause::AccessDenied);
        let challenged = Failure {
            probes: Some(Probes { host: Some(Reach::Challenged), ..Probes::default() }),
            ..failure
        };
        assert_eq!(classify(&challenged).cause, Cause::BotChallenge);
    }
}
