//! One step of the engine: what the world's books learn beforehand, how its effects are performed, and what is checked.

use super::{DEATH, Happening, World, alarm::SOONEST_MS};
use crate::{
    AttemptId, Effect, Event, Phase, Reason, Restored, State,
    simulate::{Law, laws::Sending, sabotage, service::Turn},
};
use unstuck_diagnose::{Cause, Fault, When, classify};

impl World {
    /// The account of a source learns what the engine is about to learn.
    fn learn(&mut self, event: &Event) {
        let (attempt_id, failure) = match event {
            Event::Ended { attempt_id, .. } => (*attempt_id, None),
            Event::Failed { attempt_id, failure } => (*attempt_id, Some(failure)),
            // A check tells of waits alone.
            Event::HealthChecked { source, failure: Some(failure), .. } => {
                let named_ms = classify(failure).retry.after_ms.unwrap_or_default();
                let account =
                    &mut self.ledger.accounts[source.parse::<usize>().unwrap_or_default()];
                account.free_from = account.free_from.max(self.now.saturating_add(named_ms));
                return;
            }
            _ => return,
        };
        let now = self.now;
        let Some(sent) = self.ledger.find(attempt_id).filter(|sent| sent.in_flight) else { return };
        sent.in_flight = false;
        let source = sent.source;
        let account = &mut self.ledger.accounts[source];
        let Some(failure) = failure else {
            account.answers += 1;
            (account.failures_in_a_row, account.resting_until) = (0, 0);
            return;
        };
        let found = classify(failure);
        account.one_at_a_time |= found.cause == Cause::RequestInProgress;
        if let (When::After, Some(ms)) = (found.retry.when, found.retry.after_ms)
            && ms <= 20 * 3_600_000
        {
            account.not_before = account.not_before.max(now + ms);
        }
        let named_ms = found.retry.after_ms.unwrap_or_default();
        account.free_from = account.free_from.max(now.saturating_add(named_ms));
        match found.cause.fault() {
            Fault::Provider | Fault::Network if found.cause != Cause::Offline => {
                account.failures_in_a_row += 1;
                if account.failures_in_a_row == 5 {
                    account.resting_until = now + 15_000;
                }
            }
            Fault::Account | Fault::Request => {
                (account.failures_in_a_row, account.resting_until) = (0, 0);
            }
            _ => {}
        }
    }

    /// One step of the engine, and its effects.
    pub(in crate::simulate) fn step(&mut self, event: Event) {
        let (wall, broken) = (self.wall(), self.broken);
        let accounts = self.ledger.accounts.clone();
        self.learn(&event);
        let Some(state) = self.state.as_mut() else { return };
        sabotage::before(broken, state, wall);
        let free = state.cards.iter().filter_map(|card| card.call.as_ref()).filter_map(|call| {
            matches!(call.phase, Phase::Waiting { reason: Reason::Offline, .. }).then_some(call.id)
        });
        let free: Vec<u64> = free.collect();
        let mut effects = crate::step(state, wall, event.clone());
        sabotage::after(broken, &mut effects);
        if self.trace.is_some() {
            self.note(|| format!("{event:?} -> {}", names(&effects)));
        }
        let due = effects.iter().find_map(|effect| match effect {
            Effect::WakeAt { at_ms } => Some(at_ms.saturating_sub(wall)),
            _ => None,
        });
        if let Some(wait_ms) = due {
            self.ring_in(wait_ms);
        }
        let mut journalled = false;
        for effect in effects {
            if self.violation.is_some() {
                return;
            }
            if !self.ending && self.rng.u32(0..DEATH) == 0 {
                if !journalled {
                    self.ledger.accounts = accounts;
                }
                return self.die("dies between two effects");
            }
            journalled |= effect == Effect::Journal;
            self.perform(effect, &free);
        }
        self.look_around();
    }

    fn perform(&mut self, effect: Effect, free: &[u64]) {
        let Some(state) = &self.state else { return };
        match effect {
            Effect::Journal => {
                let bytes = sabotage::journal(self.broken, state);
                let Restored { state: mut back, damaged } = State::from_bytes(&bytes);
                back.settings = state.settings.clone();
                back.trouble = state.trouble;
                // It has a store of its own.
                back.health = state.health.clone();
                back.answered.clone_from(&state.answered);
                back.health_wake_ms = state.health_wake_ms;
                if damaged || back != *state {
                    self.violation = Some(Law::Restorable);
                }
                self.journal = Some(bytes);
            }
            Effect::Send { attempt_id, source, begun, .. } => {
                self.send(attempt_id, &source, &begun, free)
            }
            Effect::Abort { attempt_id } => {
                if let Some(sent) = self.ledger.find(attempt_id) {
                    sent.in_flight = false;
                }
            }
            Effect::WakeAt { at_ms } => {
                let wait = at_ms.saturating_sub(self.wall());
                self.queue.retain(|_, what| !matches!(what, Happening::Timer(_)));
                self.soon(wait, wait + 50, Happening::Timer(self.life));
            }
            Effect::Keep { durable } => {
                self.expected = durable.asks.iter().map(|ask| ask.request.prompt.clone()).collect();
                self.kept = Some(durable);
            }
            Effect::KeepHealth => {
                let mut back = State::default();
                self.health = state.health_bytes();
                back.take_health(&self.health, 0);
                if (&back.health, &back.answered) != (&state.health, &state.answered) {
                    self.violation = Some(Law::Restorable);
                }
                self.channels.saved();
            }
            Effect::CheckHealth { source } => self.check(&source),
            Effect::Post { ticket, channel } => self.tell(ticket, &channel),
            Effect::KeepSource { source } => {
                if let Some(known) = self.settings.source_mut(&source.id) {
                    *known = source;
                }
            }
            Effect::KeepFallback { fallback } => self.settings.fallbacks.push(fallback),
            Effect::Probe { attempt_id } => {
                self.soon(100, 5_000, Happening::Probed(self.life, attempt_id))
            }
            Effect::Paint { frame } if !self.tabs.iter().any(|tab| tab.frame == frame) => {
                self.soon(1, 50, Happening::Unseen(self.life, frame));
            }
            Effect::Insert { frame, .. } => {
                let done = self.rng.u32(0..10) > 0;
                self.soon(1, 50, Happening::Inserted(frame, done));
            }
            _ => {}
        }
    }

    fn send(&mut self, attempt_id: AttemptId, source: &str, begun: &str, free: &[u64]) {
        let (now, wall) = (self.now, self.wall());
        let (name, source) = (source, source.parse::<usize>().unwrap_or_default());
        let Some(state) = &self.state else { return };
        let journal = State::from_bytes(self.journal.as_deref().unwrap_or_default()).state;
        let tab = state
            .cards
            .iter()
            .find(|card| card.call.as_ref().is_some_and(|call| call.id == attempt_id.call));
        let tab = tab.and_then(|card| self.tabs.iter_mut().find(|tab| tab.frame == card.frame));
        let pressed = tab.is_some_and(|tab| std::mem::take(&mut tab.pressed));
        if pressed {
            self.sends.retain(|(call, _), _| *call != attempt_id.call);
        }
        let count = self.sends.entry((attempt_id.call, source)).or_default();
        *count += 1;
        // What waited for the network was not tried: it costs no budget.
        let since_press = if free.contains(&attempt_id.call) { 1 } else { *count };
        let sending = Sending { attempt_id, source, name, begun, now, since_press, pressed };
        self.violation = self.ledger.send(&sending, state, &journal);
        self.counts.calls += 1;
        let others = self.ledger.sent.iter().filter(|s| s.source == source && s.in_flight).count();
        let others = others.saturating_sub(1);
        let service = &mut self.services[source];
        service.feel(now, &mut self.rng);
        for (after, turn) in service.answer(others, wall, &mut self.rng) {
            let twice = self.rng.u32(0..50) == 0;
            let happening = Happening::Turn(self.life, attempt_id, turn);
            if twice {
                self.soon(after, after + 2_000, happening.clone());
            }
            self.soon(after, after + 1, happening);
        }
        self.ledger
            .sent
            .retain(|sent| sent.in_flight || sent.attempt_id.call + 40 > attempt_id.call);
    }

    /// What a service does reaches the worker.
    pub(in crate::simulate) fn turn(&mut self, attempt_id: AttemptId, turn: Turn) {
        match turn {
            Turn::Chunk(text) => {
                if let Some(sent) = self.ledger.find(attempt_id) {
                    sent.shown = true;
                }
                self.step(Event::Chunk { attempt_id, text: text.into() });
            }
            Turn::End => {
                self.counts.answers += 1;
                self.step(Event::Ended { attempt_id, tokens: None });
            }
            Turn::Fail(failure) => self.step(Event::Failed { attempt_id, failure }),
        }
    }

    /// What has to be so after every step that was performed to its end.
    fn look_around(&mut self) {
        let wall = self.wall();
        let Some(state) = &self.state else { return };
        let lost = self.tabs.iter().any(|tab| {
            let Some(asked) = &tab.asked else { return false };
            let card = state.card(&tab.frame);
            card.is_none_or(|card| card.request.prompt != *asked)
        });
        if lost {
            self.violation = self.violation.or(Some(Law::NoAskLost));
        }
        let long = |phase| matches!(phase, Phase::Waiting { until_ms, .. } if until_ms >= wall + SOONEST_MS);
        let waits =
            state.cards.iter().filter(|card| card.call.as_ref().is_some_and(|c| long(c.phase)));
        self.expected = waits.map(|card| card.request.prompt.clone()).collect();
    }
}

fn names(effects: &[Effect]) -> String {
    let name = |effect: &Effect| {
        let whole = format!("{effect:?}");
        let end = whole.find([' ', '{']).unwrap_or(whole.len());
        match effect {
            Effect::Send { attempt_id, source, .. } => {
                format!("Send {}.{} to {source}", attempt_id.call, attempt_id.attempt)
            }
            _ => whole[..end].to_owned(),
        }
    };
    effects.iter().map(name).collect::<Vec<_>>().join(", ")
}
