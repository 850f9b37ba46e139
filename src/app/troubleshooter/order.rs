//! Which steps are for a failure: those that the diagnosis makes likely to find or mend it come first.

use super::{
    Line, Standing,
    Step::{
        self, AnotherAi, Api, Extensions, Inspect, Network, Reload, Retries, SiteData, Status,
        Support,
    },
    StepState, Troubleshooter, culprit, navigation,
};
use unstuck_diagnose::{Cause, Diagnosis, Fault};
use unstuck_engine::State;

/// As many steps are offered beside the failure itself.
const OFFERED: usize = 2;

/// The steps of a troubleshooter in their order, none of them run.
pub(super) fn steps(troubleshooter: &Troubleshooter, state: &State) -> Vec<StepState> {
    let first = likely(&troubleshooter.diagnosis);
    let rest = Step::ALL.iter().filter(|step| !first.contains(step));
    let steps = first.iter().chain(rest).map(|&step| StepState {
        likely: first.contains(&step),
        ..step_state(troubleshooter, state, step)
    });
    // What does not apply comes last.
    let (mut here, not_here): (Vec<_>, Vec<_>) =
        steps.partition(|step_state| step_state.standing != Standing::NotHere);
    here.extend(not_here);
    here
}

fn step_state(troubleshooter: &Troubleshooter, state: &State, step: Step) -> StepState {
    let why_not = match step {
        Reload | AnotherAi if navigation::call(troubleshooter, state).is_none() => {
            Some("step_reload_gone")
        }
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
    likely(&troubleshooter.diagnosis).iter().filter(here).take(OFFERED).copied().collect()
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
