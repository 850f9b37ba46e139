//! The troubleshooters of the last failures and the status pages that were read, in memory and in bytes: a worker that dies while
//! the person reads loses nothing.

use serde::{Deserialize, Serialize};

use super::{
    Scene, SeenPage, Step, Troubleshooter, TroubleshooterEffect, TroubleshooterEvent,
    TroubleshooterPress, order, seen_page::FRESH_MS, status,
};
use unstuck_engine::State;

/// As many troubleshooters are kept.
const KEPT: usize = 4;

/// All troubleshooters.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Troubleshooters {
    list: Vec<Troubleshooter>,
    pages: Vec<SeenPage>,
}

impl Troubleshooters {
    /// The troubleshooter of a call, made anew if there is none yet; follows what became of the call.
    pub fn open(&mut self, state: &State, call: u64) -> Option<&Troubleshooter> {
        self.troubleshooter(state, call).map(|troubleshooter| &*troubleshooter)
    }

    /// The troubleshooter of a call, if it was opened.
    #[must_use]
    pub fn find(&self, call: u64) -> Option<&Troubleshooter> {
        self.list.iter().find(|troubleshooter| troubleshooter.call == call)
    }

    fn troubleshooter(&mut self, state: &State, call: u64) -> Option<&mut Troubleshooter> {
        let known = self.list.iter().position(|troubleshooter| troubleshooter.call == call);
        let index = match known {
            Some(index) => index,
            None => {
                self.list.insert(0, Troubleshooter::of(state, call)?);
                self.list.truncate(KEPT);
                0
            }
        };
        let troubleshooter = &mut self.list[index];
        troubleshooter.follow(state);
        Some(troubleshooter)
    }

    /// Takes a press on the troubleshooter of a call.
    pub fn press(
        &mut self,
        state: &State,
        now_ms: u64,
        call: u64,
        press: &TroubleshooterPress,
    ) -> Vec<TroubleshooterEffect> {
        let pages = self.pages.clone();
        let scene = Scene { state, pages: &pages, now_ms };
        let Some(troubleshooter) = self.troubleshooter(state, call) else { return Vec::new() };
        let effects = troubleshooter.press(&scene, press);
        agreed(state, troubleshooter, effects)
    }

    /// Reads the status page of a service by itself, where the failure makes it likely to tell something. A page that could not
    /// be read is left alone for a while.
    pub fn look_up(&mut self, state: &State, now_ms: u64, call: u64) -> Vec<TroubleshooterEffect> {
        let page =
            self.troubleshooter(state, call).and_then(|troubleshooter| troubleshooter.page());
        let mute =
            |seen: &SeenPage| seen.report.is_none() && now_ms.abs_diff(seen.at_ms) < FRESH_MS;
        let silent = self.pages.iter().any(|seen| Some(&*seen.url) == page && mute(seen));
        if silent || !order::offered(state, call).contains(&Step::Status) {
            return Vec::new();
        }
        self.press(
            state,
            now_ms,
            call,
            &TroubleshooterPress::Begin { step: Step::Status.id().into() },
        )
    }

    /// Takes what was found out for the troubleshooter of a call.
    pub fn handle(
        &mut self,
        state: &State,
        now_ms: u64,
        call: u64,
        event: &TroubleshooterEvent,
    ) -> Vec<TroubleshooterEffect> {
        let Some(troubleshooter) = self.troubleshooter(state, call) else { return Vec::new() };
        let page = troubleshooter.page();
        let at_ms = troubleshooter.at_ms;
        if let (TroubleshooterEvent::PagesRead { answers }, Some(page)) = (event, page) {
            let report = status::read(page, answers, at_ms);
            if report.is_none() {
                let urls = troubleshooter.next_pages(page);
                if !urls.is_empty() {
                    return agreed(
                        state,
                        troubleshooter,
                        vec![TroubleshooterEffect::ReadPages { urls }],
                    );
                }
            }
            let url = page.to_owned();
            self.pages.retain(|seen| seen.url != page);
            self.pages.push(SeenPage { url, at_ms: now_ms, report });
        }
        let pages = self.pages.clone();
        let scene = Scene { state, pages: &pages, now_ms };
        let Some(troubleshooter) = self.troubleshooter(state, call) else { return Vec::new() };
        let effects = troubleshooter.handle(&scene, event);
        agreed(state, troubleshooter, effects)
    }

    /// Everything in a few bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What [`Troubleshooters::to_bytes`] wrote; nothing when it cannot be read.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut troubleshooters: Self = postcard::from_bytes(bytes).unwrap_or_default();
        // What ran died with the worker that ran it; what it had switched off, the next one switches on.
        for search in troubleshooters
            .list
            .iter_mut()
            .filter_map(|troubleshooter| troubleshooter.search.as_mut())
        {
            search.forget_unfinished();
        }
        let steps =
            troubleshooters.list.iter_mut().flat_map(|troubleshooter| &mut troubleshooter.steps);
        for step_state in steps.filter(|step_state| step_state.standing == super::Standing::Running)
        {
            step_state.standing = super::Standing::Idle;
        }
        troubleshooters
    }
}

/// The effects, unless something would leave the device by them without the person's agreement.
fn agreed(
    state: &State,
    troubleshooter: &mut Troubleshooter,
    effects: Vec<TroubleshooterEffect>,
) -> Vec<TroubleshooterEffect> {
    let leaves = effects.iter().any(TroubleshooterEffect::leaves);
    if leaves && !state.settings.may_send() { troubleshooter.hold_back() } else { effects }
}
