//! Where the organisation does not let Unstuck be, nothing is asked, read or filled in. What was written can still be copied.

use super::{Card, Effects, Event, FrameRef, Press, ProbeState, State, draft_request, page, press};

impl State {
    /// Whether the organisation lets Unstuck be on the site of this frame's card.
    #[must_use]
    pub fn allows(&self, frame: &FrameRef) -> bool {
        self.card(frame).is_none_or(|card| self.settings.site_policy.allows(&card.site))
    }
}

/// The event, unless it is about a site on which Unstuck may not be. A press there is answered with the card, which says so.
pub(super) fn admitted(state: &mut State, event: Event, effects: &mut Effects) -> Option<Event> {
    match &event {
        Event::Pressed { frame, press, .. } => {
            let saves = matches!(press, Press::CopyDraft | Press::Close);
            if saves || state.allows(frame) {
                return Some(event);
            }
        }
        Event::BoxRead { frame, .. } | Event::MessagesRead { frame, .. } => {
            return state.allows(frame).then_some(event);
        }
        Event::OfPage { site, .. } => {
            return state.settings.site_policy.allows(site).then_some(event);
        }
        _ => return Some(event),
    }
    if let Event::Pressed { frame, typed, .. } = event {
        draft_request::keep(state, &frame, typed);
        effects.journal();
        effects.paint(&frame);
    }
    None
}

/// Stops all that moves where Unstuck may not be, and takes the banners from there.
pub(super) fn hold_back(state: &mut State, effects: &mut Effects) {
    let moves = |card: &&Card| {
        let call = card.call.as_ref();
        call.is_some_and(|call| call.phase.is_live() || call.probe == ProbeState::Running)
            && !state.settings.site_policy.allows(&card.site)
    };
    let held: Vec<_> = state.cards.iter().filter(moves).map(|card| card.frame.clone()).collect();
    for frame in held {
        press::stop(state, &frame, effects);
        effects.journal();
        effects.paint(&frame);
    }
    let State { pages, settings, .. } = &mut *state;
    let banned = pages.iter().filter(|page| !settings.site_policy.allows(&page.site));
    let banned: Vec<_> = banned.map(|page| page.frame.clone()).collect();
    for frame in banned {
        page::forget(state, &frame, effects);
        effects.paint(&frame);
    }
}
