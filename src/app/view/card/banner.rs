//! The banner of a call: what failed, the wait that runs, and what can be pressed.

use super::{
    offers,
    parts::{CallBanner, draft},
};
use crate::view::{
    Node,
    banner::{Banner, Running, run},
    diagnosis, el, outage,
};
use unstuck_diagnose::{
    Diagnosis, Explanation,
    workspace::{capitalised, moment_in_words},
};
use unstuck_engine::{Phase, Press, ProbeState, Reason};

/// Beyond this a countdown counts minutes, in milliseconds.
const MINUTES_FROM_MS: u64 = 120_000;
/// Beyond this nobody watches a countdown, in milliseconds: the time of day is told.
const TIME_OF_DAY_FROM_MS: u64 = 2 * 3_600_000;

/// A wait that is over so soon is a line, not a failure to be read, in milliseconds.
const BRIEF_MS: u64 = 2_000;

impl<'s> CallBanner<'s> {
    /// The whole banner of a failure.
    pub(super) fn of(&self, found: &Diagnosis, explanation: &Explanation) -> Node {
        let Self { messages, .. } = *self;
        if self.is_brief() {
            let tried = [self.call.tries.to_string(), self.most_tries().to_string()];
            let told = messages.get("banner_trying", &[&tried[0], &tried[1]]);
            let line = run(el("p").child(told), Press::Cancel, messages);
            return diagnosis::frame("section", explanation).child(line).into();
        }
        let looks = self.call.probe == ProbeState::Running;
        let looks =
            looks.then(|| el("p").class("working").child(messages.get("banner_looking", &[])));
        let arrived = (!self.call.received.is_empty()).then(|| draft(self.call));
        let body = diagnosis::reported(found, messages).into_iter().chain(looks);
        self.banner(found, explanation, body.map(Node::from).chain(arrived).collect())
            .show("section")
            .with("aria-label", messages.get("banner_region", &[]))
            .into()
    }

    /// The banner with this between its headline and what can be pressed.
    pub(in crate::view) fn banner<'a>(
        &self,
        found: &Diagnosis,
        explanation: &'a Explanation,
        body: Vec<Node>,
    ) -> Banner<'a>
    where
        's: 'a,
    {
        let Self { state, call, messages, .. } = *self;
        let tried = [call.tries.to_string(), self.most_tries().to_string()];
        let tried = messages.get("banner_attempt", &[&tried[0], &tried[1]]);
        Banner {
            explanation,
            changed: diagnosis::changed(found, messages),
            running: self.waiting(),
            body,
            offers: offers::of(self, found, explanation),
            last: outage::lines(state, &call.source, messages)
                .into_iter()
                .chain((call.tries > 1).then(|| el("p").class("quiet").child(tried)))
                .map(Node::from)
                .collect(),
            messages,
        }
    }

    /// Whether the call goes on before anybody could read what failed.
    pub(super) fn is_brief(&self) -> bool {
        match self.call.phase {
            Phase::Waiting { until_ms, reason: Reason::Backoff } => {
                until_ms.saturating_sub(self.call.failed_at_ms) <= BRIEF_MS
            }
            _ => false,
        }
    }

    fn most_tries(&self) -> u32 {
        self.state.settings.rules(&self.call.source).policy.attempts.max(self.call.tries)
    }

    /// The running wait with its countdown, and how to end it.
    pub(super) fn waiting(&self) -> Option<Running> {
        let messages = self.messages;
        let Phase::Waiting { until_ms, reason } = self.call.phase else { return None };
        let line = el("p").class("countdown");
        let line = match (reason, until_ms.saturating_sub(self.now_ms)) {
            (Reason::Offline, _) => line.child(messages.get("banner_waiting_online", &[])),
            (Reason::Turn, _) => line.child(messages.get("banner_waiting_turn", &[])),
            (_, TIME_OF_DAY_FROM_MS..) => {
                let time = moment_in_words(until_ms, messages);
                line.child(messages.get("banner_retry_at", &[&time]))
            }
            (_, wait_ms) => {
                let (unit, message) = match wait_ms {
                    MINUTES_FROM_MS.. => ("60", "banner_retry_in_minutes"),
                    _ => ("1", "banner_retry_in"),
                };
                line.with_if(unit == "1", "role", "timer")
                    .with("data-until", until_ms.to_string())
                    .with("data-unit", unit)
                    .with("data-template", messages.get(message, &["{s}"]))
            }
        };
        Some(Running {
            line,
            stop: Press::Cancel.into(),
            is_time: reason != Reason::Offline,
            why: self.why_waiting().filter(|_| !self.names_this_wait()),
        })
    }

    /// Whether the failure that is told is itself what asked for the wait.
    fn names_this_wait(&self) -> bool {
        let asked =
            self.call.diagnosis.as_ref().is_some_and(|found| found.retry.after_ms.is_some());
        asked && matches!(self.call.phase, Phase::Waiting { reason: Reason::Server, .. })
    }

    /// Why it waits, where that is neither our own backoff nor what the headline says.
    pub(super) fn why_waiting(&self) -> Option<String> {
        let Phase::Waiting { reason, .. } = self.call.phase else { return None };
        let key = match reason {
            Reason::Server => "banner_why_waiting",
            Reason::Resting => "banner_why_resting",
            Reason::Sparing => "banner_why_sparing",
            _ => return None,
        };
        let provider = self.call.diagnosis.as_ref().and_then(|found| found.provider);
        let who = provider.map_or(&*self.source, |provider| provider.name());
        Some(capitalised(&self.messages.get(key, &[who])))
    }

    /// Who answered, when it was not the source that the person put first.
    pub(super) fn answered_by(&self) -> Option<String> {
        let first = self.state.first_source()?;
        let other = first.id != self.call.source;
        other.then(|| self.messages.get("panel_answered_by", &[&self.source]))
    }
}
