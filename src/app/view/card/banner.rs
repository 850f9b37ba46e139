//! The banner: what failed, the wait that runs, and what can be pressed.

use super::parts::{draft, edit};
use crate::view::{Element, Node, button, diagnosis, el, troubleshooter};
use unstuck_diagnose::{
    ActionKind, Diagnosis, Explanation, Messages,
    workspace::{capitalised, wait_in_words},
};
use unstuck_engine::{
    Call, FrameRef, LONGEST_SCHEDULE_MS, Phase, Press, ProbeState, Reason, State,
    another_source_helps, offered_address, offered_source,
};

/// Beyond these a countdown counts minutes, or hours, in milliseconds.
const MINUTES_FROM_MS: u64 = 120_000;
const HOURS_FROM_MS: u64 = 2 * 3_600_000;

/// A call that has something to explain, and what it takes to do so.
#[derive(Clone, Copy)]
pub(super) struct Banner<'a> {
    pub(super) state: &'a State,
    pub(super) frame: &'a FrameRef,
    pub(super) call: &'a Call,
    /// What the person calls the source.
    pub(super) source: &'a str,
    pub(super) now_ms: u64,
    pub(super) messages: &'a dyn Messages,
}

impl Banner<'_> {
    /// The whole banner of a failure.
    pub(super) fn of(&self, found: &Diagnosis, explanation: &Explanation) -> Node {
        let Self { state, call, messages, .. } = *self;
        let mut banner = diagnosis::frame("section", explanation)
            .with("aria-label", messages.get("banner_region", &[]))
            .children(diagnosis::summary(explanation))
            .children(diagnosis::reported(found, messages));
        if call.probe == ProbeState::Running {
            banner =
                banner.child(el("p").class("working").child(messages.get("banner_looking", &[])));
        }
        if !call.received.is_empty() {
            banner = banner.child(draft(call));
        }
        banner = banner
            .children(self.waiting())
            .child(diagnosis::steps(explanation, messages))
            .child(self.actions(found, explanation))
            .child(self.details(explanation));
        let waits = matches!(call.phase, Phase::Waiting { .. });
        if call.tries > 1 || call.tries == 1 && waits {
            let most =
                state.settings.rules(&call.source).policy.attempts.max(call.tries).to_string();
            let line = messages.get("banner_attempt", &[&call.tries.to_string(), &most]);
            banner = banner.child(el("p").class("quiet").child(line));
        }
        banner.into()
    }

    /// The running wait with its countdown, and how to end it.
    pub(super) fn waiting(&self) -> Vec<Node> {
        let messages = self.messages;
        let Phase::Waiting { until_ms, reason } = self.call.phase else { return Vec::new() };
        let line = el("p").class("countdown");
        let line = match (reason, until_ms.saturating_sub(self.now_ms)) {
            (Reason::Offline, _) => line.child(messages.get("banner_waiting_online", &[])),
            (Reason::Turn, _) => line.child(messages.get("banner_waiting_turn", &[])),
            (_, wait_ms) => {
                let (unit, message) = match wait_ms {
                    HOURS_FROM_MS.. => ("3600", "banner_retry_in_hours"),
                    MINUTES_FROM_MS.. => ("60", "banner_retry_in_minutes"),
                    _ => ("1", "banner_retry_in"),
                };
                line.with_if(unit == "1", "role", "timer")
                    .with("data-until", until_ms.to_string())
                    .with("data-unit", unit)
                    .with("data-template", messages.get(message, &["{s}"]))
            }
        };
        let why = self.why_waiting().map(|why| el("p").class("quiet").child(why));
        let held = matches!(reason, Reason::Server | Reason::Turn);
        let now = button(messages.get("banner_retry_now", &[]), "primary", Press::Retry)
            .with_if(held, "disabled", "");
        let cancel = button(messages.get("banner_cancel", &[]), "plain", Press::Cancel);
        std::iter::once(line.into())
            .chain(why.map(Node::from))
            .chain([el("div").class("actions").child(now).child(cancel).into()])
            .collect()
    }

    /// Who asked for the wait, where it is not our own.
    pub(super) fn why_waiting(&self) -> Option<String> {
        let Phase::Waiting { reason, .. } = self.call.phase else { return None };
        let key = match reason {
            Reason::Server => "banner_why_waiting",
            Reason::Resting => "banner_why_resting",
            _ => return None,
        };
        let provider = self.call.diagnosis.as_ref().and_then(|found| found.provider);
        let who = provider.map_or(self.source, |provider| provider.name());
        Some(capitalised(&self.messages.get(key, &[who])))
    }

    /// Who answered, when it was not the source that the person put first.
    pub(super) fn answered_by(&self) -> Option<String> {
        let first = self.state.first_source()?;
        let other = first.id != self.call.source;
        other.then(|| self.messages.get("panel_answered_by", &[self.source]))
    }

    /// One primary action, a second beside it, the rest quiet; while a wait runs, its own buttons are the loud ones.
    fn actions(&self, found: &Diagnosis, explanation: &Explanation) -> Element {
        let messages = self.messages;
        let waits = matches!(self.call.phase, Phase::Waiting { .. });
        let mut offers = self.offers(found, explanation);
        let retry = offers.iter().position(|(_, press)| *press == Press::Retry);
        // Whatever the cause, the person may always insist; a wait has its own button for it.
        if retry != Some(0) {
            let offer = retry.map_or_else(
                || (messages.get("action_retry", &[]), Press::Retry),
                |index| offers.remove(index),
            );
            offers.insert(offers.len().min(1), offer);
        }
        offers.retain(|(_, press)| !(waits && *press == Press::Retry));
        if !self.call.received.is_empty() {
            offers.insert(1.min(offers.len()), (messages.get("panel_insert", &[]), Press::Insert));
        }
        offers.push((messages.get("action_copy_report", &[]), Press::CopyReport));
        offers.push((messages.get("action_see_report", &[]), Press::SeeReport));
        let style = |index| match index {
            _ if waits => "quiet",
            0 => "primary",
            1 => "plain",
            _ => "quiet",
        };
        let buttons = offers
            .into_iter()
            .enumerate()
            .map(|(index, (label, press))| button(label, style(index), press));
        let row = el("div").class("actions").children(buttons);
        if found.actions.iter().any(|action| action.kind == ActionKind::Edit) {
            row
        } else {
            row.child(edit(messages))
        }
    }

    /// What the diagnosis rests on, and the way to look into it further.
    fn details(&self, explanation: &Explanation) -> Element {
        let steps = |step: &str| Press::Troubleshooter { step: step.into() };
        let likely = troubleshooter::offered(self.state, self.call.id, self.messages)
            .map(|(label, step)| button(label, "plain", steps(step)));
        let all = button(self.messages.get("step_open", &[]), "quiet", steps(""));
        diagnosis::details(explanation, Some(Press::LearnMore.into()), self.messages)
            .child(el("div").class("actions").children(likely).child(all))
    }

    /// What the diagnosis offers, as presses.
    fn offers(&self, found: &Diagnosis, explanation: &Explanation) -> Vec<(String, Press)> {
        let mut offers = Vec::new();
        for (index, (action, labelled)) in
            found.actions.iter().zip(&explanation.actions).enumerate()
        {
            let press = match action.kind {
                ActionKind::Retry => Press::Retry,
                ActionKind::CheckAgain if self.call.probe == ProbeState::Possible => {
                    Press::CheckAgain
                }
                // Nobody knows the failure any more: trying again looks again.
                ActionKind::CheckAgain if index == 0 => Press::Retry,
                ActionKind::Continue if !self.call.received.is_empty() => Press::Continue,
                ActionKind::UseAddress => match offered_address(self.state, self.frame) {
                    Some(_) => Press::UseAddress,
                    None => continue,
                },
                ActionKind::Edit => Press::Edit,
                ActionKind::SwitchSource if self.switch().is_some() => continue,
                // The report has its place at the end.
                ActionKind::CheckAgain | ActionKind::Continue | ActionKind::CopyReport => continue,
                _ => Press::Open { action: index },
            };
            offers.push((labelled.label.clone(), press));
        }
        if !self.call.received.is_empty()
            && offers.iter().all(|(_, press)| *press != Press::Continue)
        {
            let label = self.messages.get("action_continue", &[]);
            offers.insert(offers.len().min(1), (label, Press::Continue));
        }
        if let Some(schedule) = self.schedule(found) {
            offers.insert(offers.len().min(1), schedule);
        }
        if let Some([once, always]) = self.switch().filter(|_| another_source_helps(found)) {
            offers.insert(offers.len().min(2), once);
            offers.push(always);
        }
        offers
    }

    /// Another source that could answer: for this time, and for good.
    fn switch(&self) -> Option<[(String, Press); 2]> {
        let other = offered_source(self.state, self.frame, self.now_ms)?;
        let press = |always| Press::Switch { source: other.id.clone(), always };
        Some([
            (self.messages.get("action_switch_to", &[&other.name]), press(false)),
            (self.messages.get("action_switch_always", &[&other.name]), press(true)),
        ])
    }

    /// An attempt at the time at which a limit opens again, when that is too far away to be waited for in silence.
    fn schedule(&self, found: &Diagnosis) -> Option<(String, Press)> {
        if self.call.phase != Phase::Failed {
            return None;
        }
        let opens_at_ms = found.opens_at(self.call.failed_at_ms)?;
        let wait = opens_at_ms.checked_sub(self.now_ms)?;
        if !(1..=LONGEST_SCHEDULE_MS).contains(&wait) {
            return None;
        }
        let label = self.messages.get("action_schedule", &[&wait_in_words(wait, self.messages)]);
        Some((label, Press::Schedule))
    }
}
