//! The life of every ask, sans-IO: `step(state, now, event)` changes the state and names effects; a runner performs them.
//!
//! Time, randomness, network, storage and alarms are inputs and effects, so the same engine runs in the worker, in tests
//! and in simulation. [`Effect::Journal`] comes before every effect that the world can see: a worker that dies anywhere is
//! resumed from the journal.

pub mod assistant;
pub mod drafts;
pub mod retry;
#[cfg(feature = "simulate")]
pub mod simulate;
pub mod site_policy;

mod address;
mod allowed;
mod answered;
mod appearance;
pub mod attempt;
mod call;
mod card;
mod channel;
mod consent;
mod decide;
mod draft_request;
mod durable;
mod effect;
mod event;
mod failover;
mod frame;
mod go_back;
mod health;
mod health_check;
mod hidden;
mod hide;
mod join;
mod journal;
pub mod limiter;
mod next_check;
mod note;
mod notify;
mod page;
mod page_story;
mod phase;
mod press;
mod probe;
mod recover;
pub mod recovered_text;
mod rules;
pub mod settings;
mod setup;
pub mod state;

pub use address::offered as offered_address;
pub use appearance::{TextSize, Theme};
pub use attempt::Attempt;
pub use card::{Call, Card, Cost};
pub use channel::{Channel, ChannelKind};
pub use durable::{DurableState, OrphanedRequest};
pub use effect::Effect;
use effect::Effects;
pub use event::{Event, Press, Typed};
pub use failover::{helps as another_source_helps, offered as offered_source};
pub use frame::{AttemptId, FrameRef};
pub use go_back::offered as offered_return;
pub use hidden::HiddenSite;
pub use journal::Restored;
pub use limiter::Limiter;
pub use next_check::HealthCheck;
pub use note::Note;
pub use notify::LONG_ASK_MS;
pub use page_story::{PageCall, PageEvent, PagePress, PageStory};
pub use phase::{Phase, ProbeState, Reason};
pub use press::{LONGEST_SCHEDULE_MS, reference_page, report_page};
pub use probe::is_undecided;
pub use rules::{Rule, Rules};
pub use settings::{Assistant, Fallback, GIVEN, OwnRules, Settings, Source, is_given};
pub use setup::{Setup, explains as change_explains};
pub use state::{Incident, State, Trouble};

/// Takes one step. `now_ms` is the wall clock, milliseconds since 1970; it may jump either way.
#[must_use]
pub fn step(state: &mut State, now_ms: u64, event: Event) -> Vec<Effect> {
    let mut effects = Effects::default();
    recover::follow_clock(state, now_ms);
    // A worker that died may have left unwritten what has to last.
    let durable = (!matches!(event, Event::Started { .. })).then(|| state.durable(now_ms));
    if let Some(event) = allowed::admitted(state, event, &mut effects) {
        apply(state, now_ms, event, &mut effects);
    }
    allowed::hold_back(state, &mut effects);
    if state.settings.may_send() {
        call::release_due(state, now_ms, &mut effects);
    } else {
        consent::hold_back(state, &mut effects);
    }
    let lasts = state.durable(now_ms);
    let changed = durable.is_none_or(|before| before != lasts);
    effects.into_order(state, changed.then_some(lasts))
}

/// What an event changes, before anything is sent.
fn apply(state: &mut State, now_ms: u64, event: Event, effects: &mut Effects) {
    match event {
        Event::Started { seed, damaged, inherited } => {
            if let Some(inherited) = inherited {
                recover::take_over(state, now_ms, inherited, effects);
            }
            recover::start(state, now_ms, seed, damaged, effects);
            health::started(state, now_ms, effects);
            health_check::follow(state, now_ms, effects);
        }
        Event::JournalFailed => recover::make_room(state, effects),
        Event::Configured { settings } => {
            let changed = !state.settings.sources.is_empty();
            let same_sites = state.settings.site_policy == settings.site_policy;
            if !(state.settings.looks_like(&settings) && same_sites) {
                let cards = state.cards.iter().filter(|card| card.open).map(|card| &card.frame);
                let pages =
                    state.pages.iter().filter(|page| page.is_open()).map(|page| &page.frame);
                cards.chain(pages).for_each(|frame| effects.paint(frame));
            }
            let known = state.settings.sources.iter().map(|source| source.id.clone());
            let gone: Vec<_> = known.filter(|id| settings.source(id).is_none()).collect();
            state.settings = settings;
            health::forget(state, now_ms, &gone, effects);
            answered::forget_removed(&mut state.answered, &state.settings);
            health::set_channels(state, now_ms, effects);
            health_check::follow(state, now_ms, effects);
            if changed {
                press::mended(state, None, effects);
            }
        }
        Event::Opened { frame, site } => press::open(state, frame, site, effects),
        Event::BoxMissed { frame, messenger } => {
            if let Some(card) = state.card_mut(&frame) {
                card.missed = messenger;
                effects.journal();
            }
        }
        Event::Pressed { frame, press, typed, seq } => {
            if let Some(then) = page::meant(state, &frame, &press) {
                page::press(state, now_ms, &frame, then, seq, effects);
            } else if press::is_new(state, &frame, seq) {
                draft_request::keep(state, &frame, typed);
                press::press(state, now_ms, &frame, press, effects);
            } else {
                effects.paint(&frame);
            }
        }
        Event::Typed { frame, typed } => {
            draft_request::keep(state, &frame, typed);
            effects.journal();
        }
        Event::Sent { attempt_id, key } => answered::sent(state, attempt_id, key),
        Event::Keyed { keys } => answered::keyed(state, &keys),
        Event::Allowed { attempt_id, allowance } => {
            health::allowed(state, now_ms, attempt_id, allowance);
        }
        Event::Chunk { attempt_id, text } => call::chunk(state, now_ms, attempt_id, &text, effects),
        Event::Ended { attempt_id, tokens } => {
            call::end(state, now_ms, attempt_id, tokens, effects)
        }
        Event::Failed { attempt_id, failure } => {
            call::fail(state, now_ms, attempt_id, &failure, effects)
        }
        Event::Probed { attempt_id, failure } => {
            probe::apply(state, now_ms, attempt_id, &failure, effects);
        }
        Event::Reconsidered { call, diagnosis } => {
            probe::reconsider(state, call, &diagnosis, effects);
        }
        Event::BoxRead { frame, text } => draft_request::box_read(state, &frame, text, effects),
        Event::MessagesRead { frame, messages } => {
            draft_request::messages_read(state, &frame, &messages, effects);
        }
        Event::Inserted { frame, done } => press::inserted(state, &frame, done, effects),
        Event::Woke { online } => {
            health::tick(state, now_ms, effects);
            health_check::send_due(state, now_ms, online, effects);
        }
        Event::Online => {
            call::online(state, now_ms);
            health::woke(state, now_ms, effects);
        }
        Event::Told { ticket, answer } => health::told(state, now_ms, ticket, answer, effects),
        Event::Control { is_reached } => health::control(state, now_ms, is_reached, effects),
        Event::HealthChecked { source, failure, took_ms } => {
            health_check::over(state, now_ms, &source, failure.as_deref(), took_ms, effects);
        }
        Event::StatusSaid { source, words } => {
            health::status_said(state, now_ms, &source, &words, effects);
        }
        Event::Cleared => {
            state.incidents.clear();
            effects.journal();
        }
        Event::Returned { frame } => {
            press::mended(state, Some(&frame), effects);
            page::returned(state, &frame, effects);
        }
        Event::OfPage { frame, site, of, event } => {
            page::apply(state, now_ms, (frame, site), of, event, effects);
        }
        Event::AccessGranted => press::access_granted(state, now_ms),
        Event::Erased => recover::erase(state, effects),
        Event::Gone { frame } => {
            press::forget(state, &frame, effects);
            page::forget(state, &frame, effects);
            recovered_text::forget(state, &frame);
        }
        Event::TextKept { frame, text } => recovered_text::show(state, frame, text, effects),
    }
}

#[cfg(test)]
mod tests;
