//! The ladders of the last failures and the status pages that were read, in memory and in bytes: a worker that dies while
//! the person reads loses nothing.

use serde::{Deserialize, Serialize};

use super::{Ladder, LadderEffect, LadderEvent, LadderPress, Scene, Step, order, status};
use crate::engine::State;

/// As many ladders are kept.
const KEPT: usize = 4;

/// As long a status page is not read again, in milliseconds.
const FRESH_MS: u64 = 60_000;

/// A status page as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenPage {
    url: String,
    at_ms: u64,
    pub(super) clock: String,
    pub(super) report: Option<status::Report>,
}

impl SeenPage {
    pub(super) fn is_fresh(&self, url: &str, now_ms: u64) -> bool {
        self.url == url && self.report.is_some() && now_ms.abs_diff(self.at_ms) < FRESH_MS
    }
}

/// All ladders.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ladders {
    list: Vec<Ladder>,
    pages: Vec<SeenPage>,
}

impl Ladders {
    /// The ladder of a call, made anew if there is none yet; follows what became of the call.
    pub fn open(&mut self, state: &State, call: u64) -> Option<&Ladder> {
        self.ladder(state, call).map(|ladder| &*ladder)
    }

    /// The ladder of a call, if it was opened.
    #[must_use]
    pub fn find(&self, call: u64) -> Option<&Ladder> {
        self.list.iter().find(|ladder| ladder.call == call)
    }

    fn ladder(&mut self, state: &State, call: u64) -> Option<&mut Ladder> {
        let known = self.list.iter().position(|ladder| ladder.call == call);
        let index = match known {
            Some(index) => index,
            None => {
                self.list.insert(0, Ladder::of(state, call)?);
                self.list.truncate(KEPT);
                0
            }
        };
        let ladder = &mut self.list[index];
        ladder.follow(state);
        Some(ladder)
    }

    /// Takes a press on the ladder of a call.
    pub fn press(
        &mut self,
        state: &State,
        now_ms: u64,
        call: u64,
        press: &LadderPress,
    ) -> Vec<LadderEffect> {
        let pages = self.pages.clone();
        let scene = Scene { state, pages: &pages, now_ms };
        let Some(ladder) = self.ladder(state, call) else { return Vec::new() };
        let effects = ladder.press(&scene, press);
        agreed(state, ladder, effects)
    }

    /// Reads the status page of a service by itself, where the failure makes it likely to tell something. A page that could not
    /// be read is left alone for a while.
    pub fn look_up(&mut self, state: &State, now_ms: u64, call: u64) -> Vec<LadderEffect> {
        let page = self.ladder(state, call).and_then(|ladder| ladder.page());
        let mute =
            |seen: &SeenPage| seen.report.is_none() && now_ms.abs_diff(seen.at_ms) < FRESH_MS;
        let silent = self.pages.iter().any(|seen| Some(&*seen.url) == page && mute(seen));
        if silent || !order::offered(state, call).contains(&Step::Status) {
            return Vec::new();
        }
        self.press(state, now_ms, call, &LadderPress::Begin { step: Step::Status.id().into() })
    }

    /// Takes what was found out for the ladder of a call.
    pub fn handle(
        &mut self,
        state: &State,
        now_ms: u64,
        call: u64,
        event: &LadderEvent,
    ) -> Vec<LadderEffect> {
        let Some(ladder) = self.ladder(state, call) else { return Vec::new() };
        let page = ladder.page();
        let at_ms = ladder.at_ms;
        if let (LadderEvent::PagesRead { answers, clock }, Some(page)) = (event, page) {
            let report = status::read(page, answers, at_ms);
            if report.is_none() {
                let urls = ladder.next_pages(page);
                if !urls.is_empty() {
                    return agreed(state, ladder, vec![LadderEffect::ReadPages { urls }]);
                }
            }
            let (url, clock) = (page.to_owned(), clock.clone());
            self.pages.retain(|seen| seen.url != page);
            self.pages.push(SeenPage { url, at_ms: now_ms, clock, report });
        }
        let pages = self.pages.clone();
        let scene = Scene { state, pages: &pages, now_ms };
        let Some(ladder) = self.ladder(state, call) else { return Vec::new() };
        let effects = ladder.handle(&scene, event);
        agreed(state, ladder, effects)
    }

    /// Everything in a few bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What [`Ladders::to_bytes`] wrote; nothing when it cannot be read.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut ladders: Self = postcard::from_bytes(bytes).unwrap_or_default();
        // What ran died with the worker that ran it; what it had switched off, the next one switches on.
        for search in ladders.list.iter_mut().filter_map(|ladder| ladder.search.as_mut()) {
            search.forget_unfinished();
        }
        let rungs = ladders.list.iter_mut().flat_map(|ladder| &mut ladder.rungs);
        for rung in rungs.filter(|rung| rung.standing == super::Standing::Running) {
            rung.standing = super::Standing::Idle;
        }
        ladders
    }
}

/// The effects, unless something would leave the device by them without the person's agreement.
fn agreed(state: &State, ladder: &mut Ladder, effects: Vec<LadderEffect>) -> Vec<LadderEffect> {
    let leaves = effects.iter().any(LadderEffect::leaves);
    if leaves && !state.settings.may_send() { ladder.hold_back() } else { effects }
}
