//! What each press does. Nothing here sends a chat message: the most it does is fill the box.

use super::{
    Call, Card, Effect, Effects, FrameRef, Note, OrphanedRequest, Phase, Press, ProbeState, Reason,
    State, address, draft_request, failover, go_back, hide,
};
use crate::assistant::Task;
use unstuck_diagnose::{ActionKind, Cause};

/// An attempt can be asked for at most this far ahead, in milliseconds: a longer cap is no appointment.
pub const LONGEST_SCHEDULE_MS: u64 = 31 * 24 * 3_600_000;

/// Shows the card of a frame, with what was asked before.
pub(super) fn open(state: &mut State, frame: FrameRef, site: String, effects: &mut Effects) {
    effects.journal();
    effects.paint(&frame);
    if let Some(card) = state.card_mut(&frame) {
        if !card.open {
            draft_request::begin_anew(card);
        }
        card.open = true;
        card.missed.clear();
        return;
    }
    let allowed = state.settings.site_policy.allows(&site);
    let kept = if allowed { state.claim(&site) } else { None };
    state.cards.push(Card {
        frame,
        site,
        open: true,
        note: kept.as_ref().map(|_| Note::AskKept),
        request: kept.unwrap_or_default(),
        taken: String::new(),
        oversize: false,
        doubt: false,
        editing: allowed,
        call: None,
        left: None,
        mending: false,
        last_seq: 0,
        missed: String::new(),
    });
}

/// Whether this press has not been heard yet; it is from now on.
pub(super) fn is_new(state: &mut State, frame: &FrameRef, seq: u64) -> bool {
    let Some(card) = state.card_mut(frame).filter(|_| seq != 0) else { return true };
    std::mem::replace(&mut card.last_seq, seq) != seq
}

pub(super) fn press(
    state: &mut State,
    now_ms: u64,
    frame: &FrameRef,
    press: Press,
    effects: &mut Effects,
) {
    if draft_request::would_lose(state, frame, &press) {
        effects.journal();
        return effects.paint(frame);
    }
    if let Press::Task { task } = press {
        return turn_to(state, frame, task, effects);
    }
    if let Press::Hide { for_an_hour } = press {
        // As by ×.
        if let Some(hidden) = hide::hide(state, now_ms, frame, for_an_hour) {
            close(state, frame, effects);
            effects.push(Effect::KeepHidden { hidden });
        }
        effects.journal();
        return effects.paint(frame);
    }
    let Some(source) = failover::for_new_ask(state, now_ms).map(|source| source.id.clone()) else {
        return without_source(state, frame, &press, effects);
    };
    let next_call = state.last_call + 1;
    let own_prompts = state.settings.assistant.prompts.clone();
    let known: Vec<_> = state.settings.sources.iter().map(|source| source.id.clone()).collect();
    let Some(card) = state.card_mut(frame) else { return };
    card.note = None;
    if press != Press::UndoGoBack {
        card.left = None;
    }
    if let Some(call) =
        card.call.as_mut().filter(|call| !call.phase.in_flight() && !known.contains(&call.source))
    {
        call.source.clone_from(&source);
    }
    match press {
        Press::Ask => {
            let live = card.call.as_ref().is_some_and(|call| call.phase.is_live());
            if live {
                return;
            }
            if card.request.is_empty() {
                card.note = Some(Note::NothingToAsk);
                effects.journal();
                return effects.paint(frame);
            }
            card.editing = false;
            card.doubt = false;
            let prompt = card.request.in_words(&own_prompts);
            if prompt.len() > draft_request::LONGEST_ASK {
                card.note = Some(Note::TooLong);
                card.editing = true;
                effects.journal();
                return effects.paint(frame);
            }
            card.call = Some(Call::new(next_call, source, prompt, now_ms));
            state.last_call = next_call;
            state.settle(frame);
        }
        Press::Regenerate => {
            let Some(call) = card.call.as_ref().filter(|call| !call.phase.is_live()) else {
                return;
            };
            card.editing = false;
            card.call = Some(Call::new(next_call, source, call.prompt.clone(), now_ms));
            state.last_call = next_call;
        }
        Press::Retry => card.again(String::new(), now_ms),
        Press::Continue => {
            let begun = card.call.as_ref().map(|call| call.received.clone());
            card.again(begun.unwrap_or_default(), now_ms);
        }
        Press::Switch { source, always } => {
            // The wait may have ended under the finger: the press counts all the same.
            if known.contains(&source) && phase(card) == Some(Phase::Requesting) {
                stop(state, frame, effects);
            }
            failover::switch(state, frame, &source, always, effects);
        }
        Press::UseAddress => address::take(state, frame, now_ms, effects),
        Press::GoBack => go_back::take(state, frame, now_ms, effects),
        Press::UndoGoBack => go_back::undo(state, frame, effects),
        Press::Schedule => schedule(state, frame, now_ms),
        Press::Edit => {
            card.editing = true;
            stop(state, frame, effects);
        }
        Press::Cancel => {
            card.editing = card.call.as_ref().is_none_or(|call| call.received.is_empty());
            stop(state, frame, effects);
        }
        Press::Insert => {
            let Some(draft) = draft(card) else { return };
            let replaced = draft_request::place(card);
            effects.push(Effect::Insert { frame: frame.clone(), text: draft, replaced });
        }
        Press::CopyDraft => {
            let Some(draft) = draft(card) else { return };
            card.note = Some(Note::DraftCopied);
            effects.push(Effect::Copy { frame: frame.clone(), text: draft });
        }
        Press::CopyReport => {
            let Some(call) = card.call.as_ref().map(|call| call.id) else { return };
            card.note = Some(Note::ReportCopied);
            effects.push(Effect::CopyReport { frame: frame.clone(), call });
        }
        Press::SeeReport => {
            let Some(path) = card.call.as_ref().map(|call| report_page(call.id)) else { return };
            effects.push(Effect::OpenOwnPage { path });
        }
        Press::LearnMore => {
            let found = card.call.as_ref().and_then(|call| call.diagnosis.as_ref());
            let Some(path) = found.map(|found| reference_page(found.cause)) else { return };
            effects.push(Effect::OpenOwnPage { path });
        }
        Press::Open { action } => open_action(card, action, effects),
        Press::Task { .. } | Press::Hide { .. } => {}
        Press::Read => draft_request::read(state, frame, effects),
        Press::Agree => draft_request::agree(state, frame, effects),
        Press::Decline => card.doubt = false,
        Press::LeaveOut => card.request.messages.clear(),
        Press::Options => effects.push(Effect::OpenOptions),
        Press::Notify => {
            effects.push(Effect::OpenOwnPage { path: "options.html#alerts".to_owned() });
        }
        // Meant for the page's own story, and heard there.
        Press::OnPage { .. } => return,
        Press::Troubleshooter { step } => {
            let Some(call) = card.call.as_ref().map(|call| call.id) else { return };
            effects.push(Effect::OpenTroubleshooter { call, step });
        }
        Press::Close => close(state, frame, effects),
    }
    effects.journal();
    effects.paint(frame);
}

/// The card goes, and what moves on it stops.
pub(super) fn close(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    if let Some(card) = state.card_mut(frame) {
        card.open = false;
    }
    stop(state, frame, effects);
    state.settle(frame);
}

/// The path of the page that shows the report of a call.
#[must_use]
pub fn report_page(call: u64) -> String {
    ["report.html?call=", &call.to_string()].concat()
}

/// The path of the page that tells of a cause.
#[must_use]
pub fn reference_page(cause: Cause) -> String {
    ["reference.html?", cause.id()].concat()
}

/// Another task, with or without a source.
fn turn_to(state: &mut State, frame: &FrameRef, task: Task, effects: &mut Effects) {
    let Some(card) = state.card_mut(frame) else { return };
    card.note = None;
    draft_request::choose(card, task, effects);
    effects.journal();
    effects.paint(frame);
}

/// Nothing can be asked yet: the press that asks leads to the options, and what was written is kept.
fn without_source(state: &mut State, frame: &FrameRef, press: &Press, effects: &mut Effects) {
    let Some(card) = state.card_mut(frame) else { return };
    match press {
        Press::Ask => {
            card.note = Some(Note::NoSource);
            effects.push(Effect::OpenOptions);
        }
        Press::Close => card.open = false,
        _ => effects.push(Effect::OpenOptions),
    }
    effects.journal();
    effects.paint(frame);
}

/// The person asks for an attempt once the limit opens again: at a time that is too far away to be waited for in silence. It
/// comes a little later, as others were told the same time.
fn schedule(state: &mut State, frame: &FrameRef, now_ms: u64) {
    let mut rng = state.random();
    let call = state.card(frame).and_then(|card| card.call.as_ref());
    let Some(call) = call.filter(|call| call.phase == Phase::Failed) else { return };
    let found = call.diagnosis.as_ref();
    let Some(opens_ms) = found.and_then(|found| found.opens_at(call.failed_at_ms)) else { return };
    let wait_ms = opens_ms.saturating_sub(now_ms);
    if wait_ms > LONGEST_SCHEDULE_MS {
        return;
    }
    let closed_ms = state.limiter(&call.source).map_or(0, |limiter| limiter.closed_until_ms);
    let policy = state.settings.rules(&call.source).policy;
    let own_ms = now_ms.saturating_add(policy.stretched(wait_ms, &mut rng));
    let until_ms = if closed_ms >= opens_ms { closed_ms } else { own_ms };
    if let Some(call) = state.card_mut(frame).and_then(|card| card.call.as_mut()) {
        call.count_anew();
        call.phase = Phase::Waiting { until_ms, reason: Reason::Scheduled };
    }
}

/// Stops whatever still moves; what has arrived is kept.
pub(super) fn stop(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    let Some(call) = state.card_mut(frame).and_then(|card| card.call.as_mut()) else { return };
    call.probe = ProbeState::Over;
    if !call.phase.is_live() {
        return;
    }
    let (in_flight, source) = (call.phase.in_flight(), call.source.clone());
    call.phase = Phase::Cancelled;
    if in_flight {
        effects.push(Effect::Abort { attempt_id: call.attempt_id() });
        state.limiter_mut(&source).undecided();
    }
}

fn phase(card: &Card) -> Option<Phase> {
    card.call.as_ref().map(|call| call.phase)
}

/// The draft as far as it has arrived, once nothing moves any more.
fn draft(card: &Card) -> Option<String> {
    let call =
        card.call.as_ref().filter(|call| !call.phase.is_live() && !call.received.is_empty())?;
    Some(call.received.clone())
}

fn open_action(card: &mut Card, index: usize, effects: &mut Effects) {
    let diagnosis = card.call.as_ref().and_then(|call| call.diagnosis.as_ref());
    let Some(action) = diagnosis.and_then(|diagnosis| diagnosis.actions.get(index)) else { return };
    card.mending = action.kind != ActionKind::ReloadPage;
    match (action.kind, &action.url) {
        (ActionKind::ReloadPage, _) => {
            effects.push(Effect::ReloadPage { frame: card.frame.clone() })
        }
        (_, Some(url)) => effects.push(Effect::OpenPage { url: url.clone() }),
        (_, None) => effects.push(Effect::OpenOptions),
    }
}

/// The box took the draft: the card closes and is ready for the next ask. It did not: the draft stays on the card.
pub(super) fn inserted(state: &mut State, frame: &FrameRef, done: bool, effects: &mut Effects) {
    let Some(card) = state.card_mut(frame) else { return };
    if done {
        card.open = false;
        card.editing = true;
        card.request.prompt.clear();
        card.request.messages.clear();
        draft_request::forget_text(card);
        card.call = None;
        state.settle(frame);
    } else {
        card.note = Some(if draft_request::place(card).is_empty() {
            Note::NoBox
        } else {
            Note::TextChanged
        });
    }
    effects.journal();
    effects.paint(frame);
}

/// The page is gone: its running call is stopped and its card dropped. The failure stays in the history, and an ask that
/// was not answered is kept for the next card on this site.
pub(super) fn forget(state: &mut State, frame: &FrameRef, effects: &mut Effects) {
    let Some(index) = state.cards.iter().position(|card| card.frame == *frame) else { return };
    stop(state, frame, effects);
    let card = state.cards.swap_remove(index);
    let unanswered = card.call.as_ref().is_some_and(|call| call.phase != Phase::Done);
    let request = card.request.without_messages();
    if unanswered && !request.is_empty() {
        state.keep_ask(OrphanedRequest { site: card.site, request });
    }
    state.settle(frame);
    effects.journal();
}

/// The person is back on the page after mending something elsewhere, or has changed the settings.
pub(super) fn mended(state: &mut State, frame: Option<&FrameRef>, effects: &mut Effects) {
    for card in &mut state.cards {
        let meant = frame.is_none_or(|frame| card.frame == *frame && card.mending);
        let waits = card.open && card.call.as_ref().is_some_and(|call| call.phase == Phase::Failed);
        if meant && waits {
            card.mending = false;
            card.note = Some(Note::TryAgain);
            effects.journal();
            effects.paint(&card.frame);
        }
    }
}

/// The browser granted access to a host: calls that were never sent for want of it are sent.
pub(super) fn access_granted(state: &mut State, now_ms: u64) {
    for card in &mut state.cards {
        let missing = card.call.as_ref().is_some_and(|call| {
            let diagnosis = call.diagnosis.as_ref();
            diagnosis.is_some_and(|diagnosis| diagnosis.cause == Cause::SiteAccessMissing)
        });
        if missing {
            card.again(String::new(), now_ms);
        }
    }
}
