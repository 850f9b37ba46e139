//! Checks of sources and messages to channels: how the world performs them, and what it holds against them.

use super::{Happening, World};
use crate::{
    Event, State,
    health_check::INTERVAL_MS,
    simulate::{Law, service::Turn},
};

impl World {
    pub(super) fn is_online(&self) -> bool {
        self.now >= self.offline_until
    }

    /// The network goes for a while.
    pub(super) fn lose_network(&mut self) {
        self.note(|| "the network is gone for a while".into());
        self.offline_until = self.now + self.rng.u64(60_000..3_600_000);
    }

    /// The person switches the check of a source on or off.
    pub(super) fn switch_check(&mut self) {
        let at = self.rng.usize(..self.settings.sources.len());
        let source = &mut self.settings.sources[at];
        source.checked = !source.checked;
        self.configure();
    }

    /// The worker is told the settings, or finds them when it starts.
    pub(super) fn configure(&mut self) {
        if self.state.is_some() {
            self.step(Event::Configured { settings: self.settings.clone() });
        }
    }

    /// A source is checked.
    pub(super) fn check(&mut self, source: &str) {
        let at = source.parse::<usize>().unwrap_or_default();
        let (now, is_online) = (self.now, self.is_online());
        let account = &mut self.ledger.accounts[at];
        let is_early = self.checked[at].is_some_and(|last| now < last + INTERVAL_MS);
        if is_early || !is_online || !self.settings.sources[at].checked {
            self.violation = Some(Law::ChecksSparing);
        }
        if now < account.not_before {
            self.violation = Some(Law::NeverEarly);
        }
        self.checked[at] = Some(now);
        self.counts.checks += 1;
        let wall = self.wall();
        self.services[at].feel(now, &mut self.rng);
        let fate = self.services[at].answer(0, wall, &mut self.rng);
        let Some((after, turn)) = fate.into_iter().next_back() else { return };
        let failure = if let Turn::Fail(failure) = turn { Some(failure) } else { None };
        self.soon(after, after + 1, Happening::Checked(self.life, source.to_owned(), failure));
    }

    /// A channel is told. What is told has to be in the store.
    pub(super) fn tell(&mut self, ticket: u64, channel: &str) {
        let mut stored = State::default();
        stored.take_health(&self.health, 0);
        let post = stored.health.post(ticket).filter(|post| post.channel == channel);
        let answer = post.and_then(|post| self.channels.hear(&post, self.ending, &mut self.rng));
        self.counts.messages += 1;
        match answer {
            Some(answer) => {
                self.soon(100, 5_000, Happening::Told(self.life, ticket, answer));
            }
            None => self.violation = Some(Law::ToldOnce),
        }
    }

    /// At the end of all days every channel has heard both ends of every incident.
    pub(super) fn check_told(&mut self) {
        let mut stored = State::default();
        stored.take_health(&self.health, 0);
        let wall = self.wall();
        if !self.channels.heard_all(&self.settings.channels, &stored, wall) {
            self.violation = self.violation.or(Some(Law::ToldOnce));
        }
    }
}
