//! Which steps come first: those that the diagnosis makes likely to find or mend it.

use super::{
    Ladder, Line, Rung, Standing,
    Step::{
        self, AnotherAi, Api, Extensions, Inspect, Network, Reload, Retries, SiteData, Status,
        Support,
    },
    culprit,
};
use crate::{Cause, Diagnosis, Fault, engine::State};

/// As many steps are called likely.
const LIKELY: usize = 2;

/// The steps of a ladder in their order, none of them run.
pub(super) fn rungs(ladder: &Ladder) -> Vec<Rung> {
    let first = likely(&ladder.diagnosis);
    let rest = Step::ALL.iter().filter(|step| !first.contains(step));
    let mut rungs: Vec<_> = first.iter().chain(rest).map(|&step| rung(ladder, step)).collect();
    // What does not apply comes last; the sort keeps all else in place.
    let (here, not_here): (Vec<_>, _) =
        rungs.drain(..).partition(|rung| rung.standing != Standing::NotHere);
    rungs.extend(here);
    rungs.extend(not_here);
    rungs.iter_mut().take(LIKELY).for_each(|rung| rung.likely = true);
    rungs
}

fn rung(ladder: &Ladder, step: Step) -> Rung {
    let why_not = match step {
        Status if ladder.page().is_none() => Some("ladder_status_no_page"),
        Api if ladder.source.is_none() => Some("ladder_api_no_source"),
        SiteData if culprit::app(ladder).is_none() => Some("ladder_site_data_no_app"),
        Retries if ladder.source.is_none() => Some("ladder_retries_no_source"),
        _ => None,
    };
    Rung {
        step,
        likely: false,
        standing: if why_not.is_some() { Standing::NotHere } else { Standing::Idle },
        lines: why_not.map(Line::new).into_iter().collect(),
        found: None,
    }
}

/// The steps that are offered beside the failure of a call itself: the likeliest of those that have no button there anyway.
#[must_use]
pub fn offered(state: &State, call: u64) -> Vec<Step> {
    let Some(ladder) = Ladder::of(state, call) else { return Vec::new() };
    let here = |step: &&Step| {
        !matches!(step, Reload | AnotherAi | Support)
            && ladder.rung(**step).is_some_and(|rung| rung.standing == Standing::Idle)
    };
    likely(&ladder.diagnosis).iter().filter(here).take(LIKELY).copied().collect()
}

/// The steps that go before the usual order.
fn likely(diagnosis: &Diagnosis) -> &'static [Step] {
    match diagnosis.cause {
        Cause::BlockedByExtension | Cause::BlockedByCors => &[Extensions, Reload, Network],
        Cause::ProxyFailure => &[Network, Extensions, Reload],
        Cause::SessionExpired | Cause::NotLoggedIn => &[Reload, SiteData, Extensions],
        Cause::Timeout => &[Status, Retries, Network, Reload],
        Cause::StreamInterrupted | Cause::ConnectionLost | Cause::NetworkChanged => {
            &[Reload, Network, Status, Inspect]
        }
        Cause::RateLimited | Cause::RequestInProgress => &[Retries, AnotherAi, Api],
        Cause::UnexpectedReply | Cause::ProtocolError => &[Inspect, Network, Status],
        Cause::LocalModelFailed => &[Api, Inspect, AnotherAi],
        Cause::ModelNotFound | Cause::EndpointNotFound | Cause::Redirected | Cause::BadAddress => {
            &[Api, AnotherAi]
        }
        Cause::AccessDenied | Cause::BlockedByEdge | Cause::BotChallenge => {
            &[Network, Api, AnotherAi]
        }
        _ => match diagnosis.cause.fault() {
            Fault::Network => &[Network, Reload, Inspect, Status],
            Fault::Browser => &[Reload, Network, Inspect],
            Fault::Account => &[Api, AnotherAi, Support],
            Fault::Request => &[AnotherAi, Api, Inspect],
            Fault::Provider => &[Status, Reload, AnotherAi, Retries],
            Fault::Unknown => &[Status, Network, Inspect, Reload],
        },
    }
}
