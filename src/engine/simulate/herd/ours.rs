//! Our own client in the herd: the real engine, and a person who presses what its card offers.

use fastrand::Rng;

use super::{Client, Next};
use crate::{AttemptId, Event, FrameRef, Phase, Press, Settings, Source, State, Typed};
use unstuck_diagnose::Failure;

/// The wall clock when the world begins, milliseconds since 1970.
const NOON: u64 = 1_700_000_000_000;

/// One installation with one ask.
pub(super) struct Ours {
    state: State,
}

fn frame() -> FrameRef {
    FrameRef { tab: 1, id: 0, document: "0".into() }
}

impl Ours {
    pub(super) fn new(number: u32) -> Self {
        let source = Source {
            id: "0".into(),
            name: "0".into(),
            base_url: "https://api.example/v1".into(),
            model: "m".into(),
            ..Source::default()
        };
        let settings =
            Settings { sources: vec![source], agreed: Settings::EDITION, ..Settings::default() };
        let mut ours = Self { state: State::default() };
        let seed = u64::from(number) + 1;
        ours.step(0, Event::Started { seed, damaged: false, inherited: None });
        ours.step(0, Event::Configured { settings });
        ours.step(0, Event::Opened { frame: frame(), site: "https://chat.example".into() });
        ours
    }

    fn step(&mut self, now: u64, event: Event) -> Next {
        let effects = crate::step(&mut self.state, NOON + now, event);
        if effects.iter().any(|effect| matches!(effect, crate::Effect::Send { .. })) {
            return Next::Call;
        }
        match self.phase() {
            Some(Phase::Waiting { until_ms, .. }) => Next::Wait(until_ms - NOON),
            Some(Phase::Done) => Next::Done,
            _ => Next::Person,
        }
    }

    fn phase(&self) -> Option<Phase> {
        self.state.card(&frame())?.call.as_ref().map(|call| call.phase)
    }

    fn pressed(&mut self, now: u64, press: Press) -> Next {
        let typed = Typed::prompt("Hello");
        self.step(now, Event::Pressed { frame: frame(), press, typed, seq: 0 })
    }

    fn attempt_id(&self) -> Option<AttemptId> {
        self.state.card(&frame())?.call.as_ref().map(crate::Call::attempt_id)
    }
}

impl Client for Ours {
    fn press(&mut self, now: u64, _: &mut Rng) -> Next {
        if self.phase().is_none() {
            return self.pressed(now, Press::Ask);
        }
        match self.pressed(now, Press::Schedule) {
            Next::Person => self.pressed(now, Press::Retry),
            next => next,
        }
    }

    fn wake(&mut self, now: u64, _: &mut Rng) -> Next {
        self.step(now, Event::Woke { online: true })
    }

    fn handle(&mut self, now: u64, refusal: Option<u64>, _: &mut Rng) -> Next {
        let Some(attempt_id) = self.attempt_id() else { return Next::Done };
        let Some(wait) = refusal else {
            return self.step(now, Event::Ended { attempt_id, tokens: None });
        };
        let failure = Failure {
            status: Some(503),
            headers: [("retry-after".to_owned(), (wait / 1_000).to_string())].into(),
            now_ms: Some(NOON + now),
            ..Failure::default()
        };
        self.step(now, Event::Failed { attempt_id, failure: Box::new(failure) })
    }
}
