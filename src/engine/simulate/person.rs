//! What people do with a card: mostly what it offers, sometimes anything.

use super::world::World;
use crate::{Phase, Press, Typed, offered_source};

impl World {
    /// The person in a tab does something.
    pub(super) fn act(&mut self, tab: usize) {
        if self.rng.u32(0..60) == 0 {
            return self.leave(tab);
        }
        let frame = self.tabs[tab].frame.clone();
        let wall = self.wall();
        let card = self.state.as_ref().and_then(|state| state.card(&frame));
        let open = card.is_some_and(|card| card.open);
        let call = card.and_then(|card| card.call.as_ref());
        let phase = call.filter(|_| open).map(|call| call.phase);
        let begun = call.is_some_and(|call| !call.received.is_empty());
        let other = self.state.as_ref().and_then(|state| offered_source(state, &frame, wall));
        let other = other.map(|source| source.id.clone());
        let dice = self.rng.u32(0..100);
        match phase {
            None => self.ask(tab),
            Some(Phase::Done) => match dice {
                0..70 => self.press(tab, Press::Insert),
                70..85 => self.press(tab, Press::Regenerate),
                _ => self.ask(tab),
            },
            Some(Phase::Failed | Phase::Cancelled) => match (dice, other) {
                (0..45, _) => self.press(tab, Press::Retry),
                (45..60, Some(source)) => {
                    self.press(tab, Press::Switch { source, always: dice > 55 });
                }
                (45..60, None) | (60..70, _) if begun => self.press(tab, Press::Continue),
                (60..75, _) => self.press(tab, Press::Schedule),
                (75..85, _) => self.press(tab, Press::Retry),
                (85..90, _) => self.press(tab, Press::Edit),
                _ => self.ask(tab),
            },
            Some(Phase::Waiting { .. }) => match dice {
                0..15 => self.press(tab, Press::Retry),
                15..25 => self.press(tab, Press::Cancel),
                25..30 => self.press(tab, Press::Close),
                _ => {}
            },
            Some(_) => match dice {
                0..10 => self.press(tab, Press::Cancel),
                // The same press again.
                10..20 => self.press(tab, Press::Retry),
                _ => {}
            },
        }
    }

    /// Asks something new, which takes the place of what was asked before.
    fn ask(&mut self, tab: usize) {
        self.open(tab);
        let moving = self.state.as_ref().and_then(|state| {
            let call = state.card(&self.tabs[tab].frame)?.call.as_ref()?;
            Some(call.phase.is_live())
        });
        let prompt = format!("ask {}", self.now);
        if self.state.is_some() && moving != Some(true) {
            self.tabs[tab].asked = None;
            self.press_with(tab, Press::Ask, Typed::prompt(prompt.clone()));
            let frame = &self.tabs[tab].frame;
            let card = self.state.as_ref().and_then(|state| state.card(frame));
            if card.is_some_and(|card| card.request.prompt == prompt) {
                self.tabs[tab].asked = Some(prompt);
            }
        }
    }
}
