//! What can be pressed on a call that failed or waits, the best way on first.

use super::parts::{CallBanner, hides};
use crate::view::{
    banner::{Offer, Offers},
    troubleshooter,
};
use unstuck_diagnose::{
    Action, ActionKind, Diagnosis, Evidence, Explanation, workspace::moment_in_words,
};
use unstuck_engine::{
    LONG_ASK_MS, LONGEST_SCHEDULE_MS, Note, Phase, Press, Reason, another_source_helps,
    change_explains, offered_address, offered_return, offered_source,
};

/// Nothing has to be pressed while something runs by itself; what does not end the failure is behind More.
pub(super) fn of(banner: &CallBanner<'_>, found: &Diagnosis, explanation: &Explanation) -> Offers {
    let other = other_source(banner).filter(|_| another_source_helps(found));
    let [once, always] = other.map_or([None, None], |offers| offers.map(Some));
    match banner.call.phase {
        Phase::Waiting { until_ms, reason } => {
            let now = (banner.messages.get("banner_retry_now", &[]), Press::Retry);
            let mut ways: Vec<_> = once.into_iter().collect();
            let mut rest = own_ways(banner, found, explanation);
            rest.retain(|(_, press)| *press != Press::Retry);
            if !banner.state.settings.notify
                && until_ms - banner.now_ms.min(until_ms) >= LONG_ASK_MS
            {
                rest.insert(0, (banner.messages.get("banner_notify", &[]), Press::Notify));
            }
            rest.splice(0..0, go_back(banner));
            match reason {
                // A service that asks for a wait gets it, and the next in turn goes when it is its turn.
                Reason::Server | Reason::Turn => {}
                // It could not get out.
                Reason::Offline => rest.insert(0, now),
                Reason::Backoff | Reason::Resting | Reason::Scheduled | Reason::Sparing => {
                    ways.push(now);
                }
            }
            let beside = ways.into_iter();
            Offers::beside_a_wait(beside.collect(), quiet(banner, found, rest, always))
        }
        _ => {
            let ways = ways_on(banner, found, explanation, once);
            // Whatever the cause, the person may always insist.
            let insists = ways.iter().all(|(_, press)| *press != Press::Retry);
            let anyway = (banner.messages.get("banner_retry_anyway", &[]), Press::Retry);
            let back = go_back(banner).filter(|_| !is_likely(found));
            let rest = insists.then_some(anyway).into_iter().chain(back).collect();
            Offers::ranked(ways, quiet(banner, found, rest, always))
        }
    }
}

/// The way past a wait that nobody but Unstuck asks for.
pub(super) fn past_wait(banner: &CallBanner<'_>) -> Option<Offer<Press>> {
    let is_ours = matches!(
        banner.call.phase,
        Phase::Waiting { reason: Reason::Resting | Reason::Sparing, .. }
    );
    is_ours.then(|| (banner.messages.get("banner_retry_now", &[]), Press::Retry))
}

/// What may end the failure, the best first.
fn ways_on(
    banner: &CallBanner<'_>,
    found: &Diagnosis,
    explanation: &Explanation,
    other_source: Option<Offer<Press>>,
) -> Vec<Offer<Press>> {
    let get = |key| banner.messages.get(key, &[]);
    let mut ways = own_ways(banner, found, explanation);
    let first = found.actions.first().map(|action| action.kind);
    // What costs money, or the time until a cap opens, is no way on while another source can answer.
    let elsewhere = matches!(
        first,
        Some(ActionKind::OpenBilling | ActionKind::OpenLimits | ActionKind::SwitchSource)
    );
    let makes_a_key =
        found.actions.get(1).is_some_and(|action| action.kind == ActionKind::OpenKeys);
    let place = if elsewhere { 0 } else { 1 + usize::from(makes_a_key) };
    if let Some(schedule) = schedule(banner, found) {
        ways.insert(0, schedule);
    }
    if let Some(once) = other_source {
        ways.insert(place.min(ways.len()), once);
    }
    ways.splice(0..0, go_back(banner).filter(|_| is_likely(found)));
    if !banner.call.received.is_empty() {
        ways.retain(|(_, press)| *press != Press::Continue);
        let go_on = (get("action_continue"), Press::Continue);
        ways.splice(0..0, [go_on, (get("panel_insert"), Press::Insert)]);
    }
    let retry = ways.iter().position(|(_, press)| *press == Press::Retry);
    let card = banner.state.card(banner.frame);
    let is_mended = card.is_some_and(|card| card.note == Some(Note::TryAgain));
    match retry {
        Some(at) if is_mended => ways[..=at].rotate_right(1),
        None if is_mended => ways.insert(0, (get("action_retry"), Press::Retry)),
        _ => {}
    }
    ways
}

/// What the diagnosis itself offers, as presses.
fn own_ways(
    banner: &CallBanner<'_>,
    found: &Diagnosis,
    explanation: &Explanation,
) -> Vec<Offer<Press>> {
    let labels = explanation.actions.iter().map(|action| action.label.clone());
    let offers = found.actions.iter().zip(labels).enumerate();
    offers
        .filter_map(|(index, (action, label))| Some((label, press(banner, found, index, action)?)))
        .collect()
}

fn press(
    banner: &CallBanner<'_>,
    found: &Diagnosis,
    index: usize,
    action: &Action,
) -> Option<Press> {
    let retries = || found.actions.iter().any(|action| action.kind == ActionKind::Retry);
    let press = match action.kind {
        ActionKind::Retry => Press::Retry,
        // Only the service can tell whether it is mended: it is asked again, and what stays unclear is looked into again.
        ActionKind::CheckAgain if !retries() => Press::Retry,
        ActionKind::UseAddress => {
            offered_address(banner.state, banner.frame).map(|_| Press::UseAddress)?
        }
        ActionKind::Edit => Press::Edit,
        // Each of these has a place of its own, or there is nothing it could do here.
        ActionKind::CheckAgain
        | ActionKind::Continue
        | ActionKind::SwitchSource
        | ActionKind::CopyReport => return None,
        _ => Press::Open { action: index },
    };
    Some(press)
}

/// Another source that could answer: for this time, and for good.
fn other_source(banner: &CallBanner<'_>) -> Option<[Offer<Press>; 2]> {
    let other = offered_source(banner.state, banner.frame, banner.now_ms)?;
    let press = |always| Press::Switch { source: other.id.clone(), always };
    Some([
        (banner.messages.get("action_switch_to", &[&other.name]), press(false)),
        (banner.messages.get("action_switch_always", &[&other.name]), press(true)),
    ])
}

/// The source as it was when it last answered, and the same ask again.
fn go_back(banner: &CallBanner<'_>) -> Option<Offer<Press>> {
    offered_return(banner.state, banner.frame)?;
    Some((banner.messages.get("action_go_back", &[]), Press::GoBack))
}

/// Whether what has changed since may well be why it fails.
fn is_likely(found: &Diagnosis) -> bool {
    found.evidence.iter().any(|finding| change_explains(finding, found.cause))
}

/// An attempt at the time at which a limit opens again, when that is too far away to be waited for in silence.
fn schedule(banner: &CallBanner<'_>, found: &Diagnosis) -> Option<Offer<Press>> {
    if banner.call.phase != Phase::Failed {
        return None;
    }
    let opens_at_ms = found.opens_at(banner.call.failed_at_ms)?;
    let wait = opens_at_ms.checked_sub(banner.now_ms)?;
    if !(1..=LONGEST_SCHEDULE_MS).contains(&wait) {
        return None;
    }
    let time = moment_in_words(opens_at_ms, banner.messages);
    Some((banner.messages.get("action_schedule", &[&time]), Press::Schedule))
}

/// What is behind More whatever failed.
fn quiet(
    banner: &CallBanner<'_>,
    found: &Diagnosis,
    first: Vec<Offer<Press>>,
    always: Option<Offer<Press>>,
) -> Vec<Offer<Press>> {
    let CallBanner { state, call, messages, .. } = *banner;
    let named = |key, press| (messages.get(key, &[]), press);
    let edits = found.actions.iter().any(|action| action.kind == ActionKind::Edit);
    let steps = |step: &str| Press::Troubleshooter { step: step.into() };
    let mut quiet = first;
    // Where there is no other source yet, one can be added.
    let add = found.actions.iter().position(|action| action.kind == ActionKind::SwitchSource);
    let add = add.filter(|_| offered_source(state, banner.frame, banner.now_ms).is_none());
    quiet.extend(add.map(|action| named("action_switch_source", Press::Open { action })));
    // What the key was before, nobody keeps.
    let key = found.evidence.contains(&Evidence::KeyChanged)
        && found.actions.iter().all(|action| action.kind != ActionKind::OpenSettings);
    quiet.extend(key.then(|| named("action_open_settings", Press::Options)));
    quiet.extend((!edits).then(|| named("action_edit", Press::Edit)));
    quiet.extend(always);
    quiet.extend(
        troubleshooter::offered(state, call.id, messages).map(|(label, step)| (label, steps(step))),
    );
    quiet.extend([
        named("step_open", steps("")),
        named("action_copy_report", Press::CopyReport),
        named("action_see_report", Press::SeeReport),
        named("banner_learn", Press::LearnMore),
    ]);
    quiet.extend(hides(state, banner.frame, messages));
    quiet
}
