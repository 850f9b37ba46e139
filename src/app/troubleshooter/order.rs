//! Which steps come first: those that the diagnosis makes likely to find or mend it.

use super::{
    Line, Standing,
    Step::{
        self, AnotherAi, Api, Extensions, Inspect, Network, Reload, Retries, SiteData, Status,
        Support,
    },
    StepState, Troubleshooter, culprit,
};
use unstuck_diagnose::{Cause, Diagnosis, Fault};
use unstuck_engine::State;

/// As many steps are called likely.
const LIKELY: usize = 2;

/// The steps of a troubleshooter in their order, none of them run.
pub(super) fn steps(troubleshooter: &Troubleshooter) -> Vec<StepState> {
    let first = likely(&troubleshooter.diagnosis);
    let rest = Step::ALL.iter().filter(|step| !first.contains(step));
    let mut steps: Vec<_> =
        first.iter().chain(rest).map(|&step| step_state(troubleshooter, step)).collect();
    // What does not apply comes last; the sort keeps all else in place.
    let (here, not_here): (Vec<_>, _) =
        steps.drain(..).partition(|step_state| step_state.standing != Standing::NotHere);
    steps.extend(here);
    steps.extend(not_here);
    steps.iter_mut().take(LIKELY).for_each(|step_state| step_state.likely = true);
    steps
}

fn step_state(troubleshooter: &Troubleshooter, step: Step) -> StepState {
    let why_not = match step {
        Status if troubleshooter.page().is_none() => Some("step_status_no_page"),
        Api if troubleshooter.source.is_none() => Some("step_api_no_source"),
        SiteData if culprit::app(troubleshooter).is_none() => Some("step_site_data_no_app"),
        Retries if troubleshooter.source.is_none() => Some("step_retries_no_source"),
        _ => None,
    };
    StepState {
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
    let Some(troubleshooter) = Troubleshooter::of(state, call) else { return Vec::new() };
    let here = |step: &&Step| {
        !matches!(step, Reload | AnotherAi | Support)
            && troubleshooter
                .step_state(**step)
                .is_some_and(|step_state| step_state.standing == Standing::Idle)
    };
    likely(&troubleshooter.diagnosis).iter().filter(here).take(LIKELY).copied().collect()
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
