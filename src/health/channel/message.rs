//! One message about an incident, in words.

use unstuck_diagnose::{
    Messages,
    workspace::{iso_time, wait_in_words},
};

use super::text::line;
use crate::{CauseSpan, Deed, Incident, Kind, Message as Told};

/// What is told of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It began.
    Trigger,
    /// It is over, and that it began was told.
    Resolve,
    /// It is over, and nothing of it was told while it lasted.
    WasDown,
}

impl From<Told> for Step {
    fn from(told: Told) -> Self {
        match told {
            Told::Trigger => Self::Trigger,
            Told::Resolve => Self::Resolve,
            Told::WasDown => Self::WasDown,
        }
    }
}

/// A message before it takes the shape of a channel.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// What is told.
    pub step: Step,
    /// Of which incident.
    pub incident: &'a Incident,
    /// Whether the person only tries the channel.
    pub is_test: bool,
    /// What happened, in one sentence.
    pub title: String,
    /// What else is known, as names and values.
    pub facts: Vec<(String, String)>,
    /// When this is sent, milliseconds since 1970.
    pub now_ms: u64,
}

/// So many causes are named.
const CAUSES: usize = 3;

/// So many characters has the name of a source.
const NAME: usize = 80;

/// So many characters has a sentence of a provider's status page.
const WORDS: usize = 500;

impl<'a> Message<'a> {
    /// A message about an incident. Trouble on this side is nobody else's matter: of it there is none.
    #[must_use]
    pub fn new(
        step: Step,
        incident: &'a Incident,
        now_ms: u64,
        words: &dyn Messages,
    ) -> Option<Self> {
        let source = line(&incident.source, NAME);
        let title = match (step, incident.kind) {
            (_, Kind::Local) => return None,
            (Step::Resolve, Kind::Slow) => words.get("channel_title_quick", &[&source]),
            (Step::Resolve, _) => words.get("channel_title_over", &[&source]),
            (Step::WasDown, kind) => {
                let key = match kind {
                    Kind::Unstable => "channel_title_was_unstable",
                    Kind::Slow => "channel_title_was_slow",
                    Kind::Failing | Kind::Local => "channel_title_was_down",
                };
                words.get(key, &[&source, &wait_in_words(lasted_ms(incident, now_ms), words)])
            }
            (Step::Trigger, Kind::Failing) => words.get("channel_title_failing", &[&source]),
            (Step::Trigger, Kind::Unstable) => words.get("channel_title_unstable", &[&source]),
            (Step::Trigger, Kind::Slow) => words.get("channel_title_slow", &[&source]),
        };
        let facts = facts(step, incident, now_ms, words);
        Some(Self { step, incident, is_test: false, title, facts, now_ms })
    }

    /// A message that says of itself that it is none. `incident` is that of [`test_incident`].
    #[must_use]
    pub fn test(step: Step, incident: &'a Incident, now_ms: u64, words: &dyn Messages) -> Self {
        let key =
            if step == Step::Trigger { "channel_title_test" } else { "channel_title_test_over" };
        let title = words.get(key, &[]);
        Self { step, incident, is_test: true, title, facts: Vec::new(), now_ms }
    }

    /// Whether the incident goes on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.step == Step::Trigger
    }

    /// The name of the source, in one line.
    pub(super) fn source(&self) -> String {
        line(&self.incident.source, NAME)
    }
}

/// The incident of a test: its key is `<salt>:test`, so that what it opens it closes, too.
#[must_use]
pub fn test_incident(salt: &str, now_ms: u64) -> Incident {
    Incident {
        key: [salt, ":test"].concat(),
        source: "Unstuck".to_owned(),
        kind: Kind::Failing,
        started_ms: now_ms,
        ended_ms: None,
        causes: Vec::new(),
        asks: 0,
        failures: 0,
        status_words: String::new(),
        deeds: Vec::new(),
    }
}

pub(crate) fn lasted_ms(incident: &Incident, now_ms: u64) -> u64 {
    incident.ended_ms.unwrap_or(now_ms).saturating_sub(incident.started_ms)
}

fn facts(
    step: Step,
    incident: &Incident,
    now_ms: u64,
    words: &dyn Messages,
) -> Vec<(String, String)> {
    let mut facts = vec![(words.get("channel_since", &[]), minute(incident.started_ms))];
    if step != Step::Trigger {
        let lasted = wait_in_words(lasted_ms(incident, now_ms), words);
        facts.push((words.get("channel_lasted", &[]), lasted));
    }
    facts.extend(known(incident, words));
    facts
}

/// What is known of an incident besides its times, as names and values: why, how many asks failed, what the provider says, and
/// what Unstuck did.
#[must_use]
pub fn known(incident: &Incident, words: &dyn Messages) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push((words.get(key, &[]), value));
        }
    };
    let name = |span: &CauseSpan| words.get(&[span.cause.id(), "_name"].concat(), &[]);
    let named: Vec<_> = most_frequent(&incident.causes).map(name).collect();
    fact("channel_causes", named.join("; "));
    if incident.asks > 0 {
        let counts = [incident.failures.to_string(), incident.asks.to_string()];
        fact("channel_failed", words.get("channel_failed_of", &[&counts[0], &counts[1]]));
    }
    fact("channel_provider_says", line(&incident.status_words, WORDS));
    let done: Vec<_> = incident.deeds.iter().take(CAUSES).map(|deed| told(deed, words)).collect();
    fact("channel_did", done.join("; "));
    facts
}

/// The causes that were seen most often, those first.
fn most_frequent(causes: &[CauseSpan]) -> impl Iterator<Item = &CauseSpan> {
    let mut rest: Vec<_> = causes.iter().rev().collect();
    // A sort would weigh more in the wasm than the whole message.
    (0..CAUSES).map_while(move |_| {
        let most = (0..rest.len()).max_by_key(|&at| rest[at].count)?;
        Some(rest.remove(most))
    })
}

pub(crate) fn told(deed: &Deed, words: &dyn Messages) -> String {
    match deed {
        Deed::Retried(times) => words.get("channel_did_retry", &[&times.to_string()]),
        Deed::Waited(ms) => words.get("channel_did_wait", &[&wait_in_words(*ms, words)]),
        Deed::Switched { to, times } => {
            words.get("channel_did_switch", &[&line(to, NAME), &times.to_string()])
        }
    }
}

/// A moment to the minute, in UTC.
pub(crate) fn minute(ms: u64) -> String {
    let iso = iso_time(ms);
    match (iso.get(..10), iso.get(11..16)) {
        (Some(day), Some(time)) => [day, " ", time, " UTC"].concat(),
        _ => iso,
    }
}
