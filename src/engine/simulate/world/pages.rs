//! What the pages of the tabs hand in.

use super::{SITE, World};
use crate::{AttemptId, Event, FrameRef, Phase, Press, Reason, State, Typed, simulate::Law};

impl World {
    pub(in crate::simulate) fn open(&mut self, tab: usize) {
        let frame = self.tabs[tab].frame.clone();
        self.deliver(Event::Opened { frame, site: SITE.into() });
    }

    /// Presses on a tab's card.
    pub(in crate::simulate) fn press(&mut self, tab: usize, press: Press) {
        self.press_with(tab, press, Typed::default());
    }

    /// Presses on a tab's card in whose fields something stands.
    pub(in crate::simulate) fn press_with(&mut self, tab: usize, press: Press, typed: Typed) {
        let frame = self.tabs[tab].frame.clone();
        let moves = !matches!(press, Press::Insert | Press::Cancel | Press::Close | Press::Edit);
        self.tabs[tab].pressed |= moves;
        self.last += 1;
        let seq = self.last;
        self.tabs[tab].line = Some((seq, press.clone(), typed.clone()));
        self.boot();
        let heard = if press == Press::Retry { self.insisting(&frame) } else { None };
        self.deliver(Event::Pressed { frame, press, typed, seq });
        self.check_heard(heard);
        let (state, wall) = (self.state.as_ref(), self.wall());
        let tab = &mut self.tabs[tab];
        if state.is_some_and(|state| !state.is_busy(&tab.frame, wall)) {
            tab.line = None;
        }
    }

    /// The call that a press to try again has to send, and its attempt so far.
    fn insisting(&self, frame: &FrameRef) -> Option<AttemptId> {
        let call = self.state.as_ref()?.card(frame)?.call.as_ref()?;
        let rests = matches!(call.phase, Phase::Failed | Phase::Cancelled | Phase::Waiting { .. });
        let source = call.source.parse().ok()?;
        (rests && self.ledger.lets_through(source, self.now)).then(|| call.attempt_id())
    }

    fn check_heard(&mut self, insisted: Option<AttemptId>) {
        let (Some(before), Some(state)) = (insisted, &self.state) else { return };
        let mut calls = state.cards.iter().filter_map(|card| card.call.as_ref());
        let call = calls.find(|call| call.id == before.call);
        if call.is_some_and(|call| call.attempt == before.attempt) {
            self.violation = self.violation.or(Some(Law::Heard));
        }
    }

    /// Pages whose line to the worker broke say again what they do not know to be heard.
    pub(super) fn resume(&mut self) {
        self.boot();
        for tab in 0..self.tabs.len() {
            let frame = self.tabs[tab].frame.clone();
            if let Some((seq, press, typed)) = self.tabs[tab].line.clone() {
                self.deliver(Event::Pressed { frame, press, typed, seq });
            }
        }
    }

    /// The page of a tab goes, and another one comes.
    pub(in crate::simulate) fn leave(&mut self, tab: usize) {
        let frame = self.tabs[tab].frame.clone();
        self.tabs[tab].asked = None;
        self.tabs[tab].line = None;
        self.tabs[tab].frame.document.push('\'');
        self.deliver(Event::Gone { frame });
    }

    pub(super) fn waits_for_the_network(&self) -> bool {
        let journalled = || State::from_bytes(self.journal.as_deref().unwrap_or_default()).state;
        let state = self.state.clone().unwrap_or_else(journalled);
        let mut calls = state.cards.iter().filter_map(|card| card.call.as_ref());
        calls.any(|call| matches!(call.phase, Phase::Waiting { reason: Reason::Offline, .. }))
    }
}
