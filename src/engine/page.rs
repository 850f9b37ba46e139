//! What fails in a web app's own page: one story a page, told there in a banner, until a call of that kind goes well again.
//!
//! These calls are the page's. Nothing is sent, repeated or stopped here: the most that is done is to reload the page, with
//! what the person typed put back.

use super::{
    Attempt, Effect, Effects, FrameRef, Incident, Note, PageCall, PageEvent, PagePress, PageStory,
    Press, State, probe, recovered_text, reference_page,
};
use unstuck_diagnose::{ActionKind, Cause, Failure, classify};

/// For so long after it was closed, the banner stays away from one more failure of the same kind, in milliseconds.
const LEFT_ALONE_MS: u64 = 10_000;
/// For so long a failure that is well understood is not replaced by a guess, in milliseconds.
const ONE_STORY_MS: u64 = 10_000;

impl State {
    /// What failed last in this page.
    #[must_use]
    pub fn page(&self, frame: &FrameRef) -> Option<&PageStory> {
        self.pages.iter().find(|page| page.frame == *frame)
    }

    fn page_mut(&mut self, frame: &FrameRef) -> Option<&mut PageStory> {
        self.pages.iter_mut().find(|page| page.frame == *frame)
    }
}

pub(super) fn apply(
    state: &mut State,
    now_ms: u64,
    place: (FrameRef, String),
    of: PageCall,
    event: PageEvent,
    effects: &mut Effects,
) {
    match event {
        PageEvent::Failed(failure) => failed(state, now_ms, place, of, &failure, effects),
        PageEvent::Answered => answered(state, &place.0, of, effects),
    }
}

/// A call of the page failed: one more turn of its story, or the start of one.
fn failed(
    state: &mut State,
    now_ms: u64,
    (frame, site): (FrameRef, String),
    of: PageCall,
    failure: &Failure,
    effects: &mut Effects,
) {
    let diagnosis = classify(failure);
    let says_nothing = of == PageCall::Notice && diagnosis.cause == Cause::Unknown;
    if diagnosis.cause == Cause::RequestCancelled || says_nothing {
        return;
    }
    let next = state.last_call + 1;
    let page = match state.page_mut(&frame) {
        Some(page) => {
            let recent = now_ms.abs_diff(page.failed_at_ms) < ONE_STORY_MS;
            // A call tells more than what the page makes of it.
            let known = of == PageCall::Notice && page.of != PageCall::Notice;
            if recent && (known || diagnosis.confidence < page.diagnosis.confidence) {
                return;
            }
            let same = page.diagnosis.cause == diagnosis.cause;
            let closed = page.closed_at_ms.filter(|at_ms| {
                same && (of == PageCall::Session || now_ms.abs_diff(*at_ms) < LEFT_ALONE_MS)
            });
            (page.of, page.diagnosis, page.failed_at_ms) = (of, diagnosis, now_ms);
            (page.closed_at_ms, page.returned, page.note) = (closed, false, None);
            page
        }
        None => {
            state.last_call = next;
            state.pages.push(PageStory {
                frame,
                site,
                of,
                number: next,
                diagnosis,
                failed_at_ms: now_ms,
                closed_at_ms: None,
                mending: false,
                returned: false,
                note: None,
                last_seq: 0,
            });
            let last = state.pages.len() - 1;
            &mut state.pages[last]
        }
    };
    effects.journal();
    effects.paint(&page.frame);
    let incident = Incident {
        attempt_id: page.attempt_id(),
        frame: page.frame.clone(),
        at_ms: now_ms,
        attempts: vec![Attempt::failed(failure, &page.diagnosis, now_ms)],
        facts: Some(Box::new(failure.without_words())),
        diagnosis: page.diagnosis.clone(),
        settled: !page.is_open(),
    };
    let number = incident.attempt_id.call;
    state.remember(incident);
    probe::look_up(state, number, effects);
}

/// A call of the page went well: a story that it disproves is over.
fn answered(state: &mut State, frame: &FrameRef, of: PageCall, effects: &mut Effects) {
    let over = |page: &PageStory| match of {
        PageCall::Answer => true,
        PageCall::Session => page.of == of || page.is_about_the_session(),
        PageCall::Notice => page.of == of,
    };
    if state.page(frame).is_some_and(over) {
        forget(state, frame, effects);
        effects.paint(frame);
    }
}

/// The page is gone, or all is well in it.
pub(super) fn forget(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    let Some(index) = state.pages.iter().position(|page| page.frame == *frame) else { return };
    let page = state.pages.swap_remove(index);
    settle(state, page.number);
    effects.journal();
}

/// The person is back on the page after mending something elsewhere.
pub(super) fn returned(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    if let Some(page) = state.page_mut(frame).filter(|page| page.mending) {
        (page.mending, page.returned) = (false, true);
        effects.journal();
        effects.paint(frame);
    }
}

/// What this press means for the banner of the page, if it is meant for it.
pub(super) fn meant(state: &State, frame: &FrameRef, press: &Press) -> Option<PagePress> {
    let card = state.card(frame).is_some_and(|card| card.open);
    match press {
        Press::OnPage { then } => Some(then.clone()),
        Press::Close if !card => Some(PagePress::Close),
        _ => None,
    }
}

pub(super) fn press(
    state: &mut State,
    now_ms: u64,
    frame: &FrameRef,
    press: PagePress,
    seq: u64,
    effects: &mut Effects,
) {
    effects.journal();
    effects.paint(frame);
    if press == PagePress::Close {
        recovered_text::forget(state, frame);
    }
    let Some(page) = state.page_mut(frame) else { return };
    if seq != 0 && std::mem::replace(&mut page.last_seq, seq) == seq {
        return;
    }
    page.note = None;
    match press {
        PagePress::Reload => effects.push(Effect::ReloadKeeping { frame: frame.clone() }),
        PagePress::Open { action } => {
            let Some(action) = page.diagnosis.actions.get(action) else { return };
            let Some(url) = action.url.clone() else { return };
            page.mending = matches!(action.kind, ActionKind::OpenLogin | ActionKind::OpenBilling);
            effects.push(Effect::OpenPage { url });
        }
        PagePress::LearnMore => {
            let path = reference_page(page.diagnosis.cause);
            effects.push(Effect::OpenOwnPage { path });
        }
        PagePress::Troubleshooter { step } => {
            effects.push(Effect::OpenTroubleshooter { call: page.number, step });
        }
        PagePress::CopyReport => {
            page.note = Some(Note::ReportCopied);
            let call = page.number;
            effects.push(Effect::CopyReport { frame: frame.clone(), call });
        }
        PagePress::Close => {
            page.closed_at_ms = Some(now_ms);
            let number = page.number;
            settle(state, number);
        }
    }
}

fn settle(state: &mut State, number: u64) {
    for incident in &mut state.incidents {
        incident.settled |= incident.attempt_id.call == number;
    }
}
