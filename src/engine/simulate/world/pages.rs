//! What the pages of the tabs hand in.

use super::{SITE, World};
use crate::{Event, Phase, Press, Reason, State, Typed};

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
        self.deliver(Event::Pressed { frame, press, typed, seq });
        let (state, wall) = (self.state.as_ref(), self.wall());
        let tab = &mut self.tabs[tab];
        if state.is_some_and(|state| !state.is_busy(&tab.frame, wall)) {
            tab.line = None;
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
