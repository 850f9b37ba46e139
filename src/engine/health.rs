//! What calls tell of the health of their sources, and what follows from it.

use super::{AttemptId, Call, Effect, Effects, Phase, ProbeState, Reason, State, channel, notify};
use unstuck_diagnose::{Provider, workspace::Url};
use unstuck_health::{
    self as counted, Allowance, Answer, Change, Effect as Due, Health, Kind, Outcome, Waits,
};

/// What was asked of one source, as far as its health tells. A call that goes on elsewhere has forgotten it.
pub(super) struct Asked {
    source: String,
    name: String,
    provider: Option<Provider>,
    host: String,
    model: String,
    tries: u32,
    waits: Waits,
    first_chunk_s: Option<f64>,
    duration_s: f64,
}

/// What the call of this attempt asks of its source.
pub(super) fn asked(state: &mut State, now_ms: u64, attempt_id: AttemptId) -> Option<Asked> {
    let call = state.card_with(attempt_id)?.call.as_ref()?;
    let (tries, waits) = (call.tries, call.waits);
    let seconds = |ms: u64| ms as f64 / 1_000.0;
    let first_chunk_s = call.first_word_ms.map(seconds);
    let since = call.attempts.len().saturating_sub(tries as usize);
    let took = call.attempts[since..]
        .iter()
        .map(|attempt| attempt.took_ms.unwrap_or_else(|| now_ms.saturating_sub(attempt.sent_ms)));
    let duration_s = seconds(took.sum());
    let source = call.source.clone();
    let known = state.settings.source(&source)?;
    let (name, model) = (known.name.clone(), known.model.clone());
    let host = Url::read(&known.base_url).map_or("", Url::host).to_owned();
    let provider = known.dialect.provider().or_else(|| Provider::from_host(&host));
    Some(Asked { source, name, provider, host, model, tries, waits, first_chunk_s, duration_s })
}

/// A wait of this call is over.
pub(super) const fn waited(call: &mut Call, reason: Reason, now_ms: u64) {
    let since_ms =
        if call.failed_at_ms > call.asked_at_ms { call.failed_at_ms } else { call.asked_at_ms };
    let ms = now_ms.saturating_sub(since_ms);
    let sum = match reason {
        Reason::Server | Reason::Scheduled => &mut call.waits.asked_ms,
        Reason::Backoff | Reason::Turn | Reason::Sparing => &mut call.waits.backoff_ms,
        Reason::Resting => &mut call.waits.breaker_ms,
        Reason::Offline => &mut call.waits.offline_ms,
    };
    *sum = sum.saturating_add(ms);
}

/// Counts what was asked, once, if that has come to its end: answered, failed, or left to another source.
pub(super) fn over(
    state: &mut State,
    now_ms: u64,
    attempt_id: AttemptId,
    asked: Option<Asked>,
    effects: &mut Effects,
) {
    let Some(asked) = asked else { return };
    let Some(card) = state.card_with(attempt_id) else { return };
    let frame = card.frame.clone();
    let Some(call) = card.call.as_mut() else { return };
    let is_left = call.source != asked.source;
    let failure = match call.phase {
        _ if call.probe == ProbeState::Running || call.counted == call.attempt => return,
        Phase::Done => None,
        Phase::Failed => call.diagnosis.as_ref().map(|found| found.cause),
        _ if is_left => call.diagnosis.as_ref().map(|found| found.cause),
        _ => return,
    };
    call.counted = call.attempt;
    let instead = is_left.then(|| call.source.clone());
    if !is_left {
        notify::over(state, now_ms, &frame, effects);
    }
    let instead = instead.and_then(|id| Some(state.settings.source(&id)?.name.clone()));
    let Asked { source, name, provider, host, model, tries, waits, first_chunk_s, duration_s } =
        &asked;
    let call = counted::Call {
        source,
        name,
        provider: *provider,
        host,
        model,
        failure,
        tries: *tries,
        retries: tries.saturating_sub(1),
        waits: *waits,
        answered_by: instead.as_deref(),
        first_chunk_s: *first_chunk_s,
        duration_s: *duration_s,
    };
    let outcome = state.health.call(now_ms, &call);
    effects.push(Effect::KeepHealth);
    heed(state, outcome, effects);
}

/// The answer to this attempt told what its source still allows.
pub(super) fn allowed(state: &mut State, now_ms: u64, attempt_id: AttemptId, allowance: Allowance) {
    let Some(call) = state.card_with(attempt_id).and_then(|card| card.call.as_ref()) else {
        return;
    };
    let source = call.source.clone();
    state.health.allow(now_ms, &source, allowance);
}

/// The network is back, or the machine woke.
pub(super) fn woke(state: &mut State, now_ms: u64, effects: &mut Effects) {
    let outcome = state.health.woke(now_ms);
    heed(state, outcome, effects);
}

/// What was due by this time.
pub(super) fn tick(state: &mut State, now_ms: u64, effects: &mut Effects) {
    if state.health_wake_ms.is_some_and(|at_ms| at_ms <= now_ms) {
        state.health_wake_ms = None;
        let outcome = state.health.tick(now_ms);
        heed(state, outcome, effects);
    }
}

/// A worker begins its life.
pub(super) fn started(state: &mut State, now_ms: u64, effects: &mut Effects) {
    set_channels(state, now_ms, effects);
    let outcome = state.health.started(now_ms);
    heed(state, outcome, effects);
}

/// The channels are those of the settings from now on.
pub(super) fn set_channels(state: &mut State, now_ms: u64, effects: &mut Effects) {
    let channels = &state.settings.channels;
    let others = state.health.set_channels(channel::posted_to(channels));
    if state.health.set_feeds(now_ms, channel::feeds(channels)) || others {
        effects.push(Effect::KeepHealth);
    }
}

/// What came of telling a channel.
pub(super) fn told(
    state: &mut State,
    now_ms: u64,
    ticket: u64,
    answer: Answer,
    effects: &mut Effects,
) {
    let outcome = state.health.answered(now_ms, ticket, answer);
    heed(state, outcome, effects);
}

/// Whether the control host was reached.
pub(super) fn control(state: &mut State, now_ms: u64, is_reached: bool, effects: &mut Effects) {
    let outcome = state.health.control(now_ms, is_reached);
    heed(state, outcome, effects);
}

/// The status page of the service behind a source tells of trouble.
pub(super) fn status_said(
    state: &mut State,
    now_ms: u64,
    source: &str,
    words: &str,
    effects: &mut Effects,
) {
    let outcome = state.health.status_words(now_ms, source, words);
    heed(state, outcome, effects);
}

/// These sources were taken away.
pub(super) fn forget(state: &mut State, now_ms: u64, sources: &[String], effects: &mut Effects) {
    for source in sources {
        let outcome = state.health.forget(now_ms, source);
        effects.push(Effect::KeepHealth);
        heed(state, outcome, effects);
    }
}

pub(super) fn heed(state: &mut State, outcome: Outcome, effects: &mut Effects) {
    let Outcome { changes, effects: due } = outcome;
    let mails = state.settings.mails();
    for change in changes {
        match change {
            Change::Opened(incident) | Change::Closed(incident)
                if (state.settings.notify_outages || mails) && incident.kind != Kind::Local =>
            {
                effects.push(Effect::TellOutage {
                    source: incident.source,
                    is_over: incident.ended_ms.is_some(),
                    mails,
                });
            }
            Change::AskControl if state.settings.second_host => effects.push(Effect::AskControl),
            _ => {}
        }
    }
    for due in due {
        match due {
            Due::Save => effects.push(Effect::KeepHealth),
            Due::Wake(at_ms) => state.health_wake_ms = Some(at_ms),
            Due::Post(post) => {
                effects.push(Effect::Post { ticket: post.ticket, channel: post.channel });
            }
            Due::Push { ticket, feed: channel } => effects.push(Effect::Post { ticket, channel }),
        }
    }
}

/// What stands before the bytes; another version begins anew.
const VERSION: u8 = 2;

impl State {
    /// The health of all sources in bytes, for its store, and what each was set to when it last answered.
    #[must_use]
    pub fn health_bytes(&self) -> Vec<u8> {
        let health = postcard::to_extend(&self.health, vec![VERSION]);
        let both = health.and_then(|health| postcard::to_extend(&self.answered, health));
        both.unwrap_or_default()
    }

    /// Takes what [`State::health_bytes`] gave, or begins anew where it cannot be read. `random` makes the names of incidents
    /// this installation's own.
    pub fn take_health(&mut self, bytes: &[u8], random: u64) {
        let kept = bytes.split_first().filter(|(version, _)| **version == VERSION);
        let kept = kept.and_then(|(_, rest)| postcard::take_from_bytes(rest).ok());
        let (health, rest) = kept.unwrap_or_else(|| (Health::new(&random.to_string()), &[]));
        self.health = health;
        self.answered = postcard::from_bytes(rest).unwrap_or_default();
    }
}
