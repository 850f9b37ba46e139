//! How the sources have been doing, as the page of health shows it, and what can be pressed there.

mod course;
mod csv;
mod json;

use serde::{Deserialize, Serialize};

pub use course::{Course, Filter, History, SPANS, answered, id, is_of, part_seconds, status_page};
use unstuck_diagnose::Messages;
use unstuck_engine::State;
use unstuck_health::{
    Loss, Telling,
    post_mortem::{Case, draft},
};

/// The page, inside the extension.
pub const HISTORY_PAGE: &str = "health.html";

/// Something that can be pressed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryPress {
    /// Show what the fields have chosen.
    Filter,
    /// Save what is shown as CSV.
    SaveCsv,
    /// Save what is shown as JSON.
    SaveJson,
    /// Copy the post-mortem of an incident that is over.
    CopyPostMortem {
        /// Its key.
        key: String,
        /// When it began.
        started_ms: u64,
    },
    /// Open the list of sources.
    OpenSources,
    /// Open the status page of the service behind a source.
    OpenStatus {
        /// Id of the source.
        source: String,
    },
}

/// What the page has to do. Performed in order.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryEffect {
    /// Copy this text.
    Copy {
        /// The text.
        text: String,
    },
    /// Save this text as a file.
    Save {
        /// The name of the file.
        name: String,
        /// Its type.
        kind: &'static str,
        /// What it holds.
        text: String,
    },
    /// Open this page in a new tab.
    OpenPage {
        /// Its address, from our own tables.
        url: &'static str,
    },
}

/// What a press wants done.
#[must_use]
pub fn press(
    state: &State,
    now_ms: u64,
    press: &HistoryPress,
    filter: Filter,
    messages: &dyn Messages,
) -> Vec<HistoryEffect> {
    let history = || History::of(state, now_ms, filter.clone());
    let effect = match press {
        HistoryPress::Filter => None,
        HistoryPress::SaveCsv => {
            let history = history();
            let (name, text) = (history.file(".csv"), csv::write(&history));
            Some(HistoryEffect::Save { name, kind: "text/csv", text })
        }
        HistoryPress::SaveJson => {
            let history = history();
            let (name, text) = (history.file(".json"), json::write(&history));
            Some(HistoryEffect::Save { name, kind: "application/json", text })
        }
        HistoryPress::CopyPostMortem { key, started_ms } => {
            let text = post_mortem(state, now_ms, (key, *started_ms), messages);
            text.map(|text| HistoryEffect::Copy { text })
        }
        HistoryPress::OpenSources => Some(HistoryEffect::OpenPage { url: "options.html" }),
        HistoryPress::OpenStatus { source } => state
            .settings
            .source(source)
            .and_then(status_page)
            .map(|url| HistoryEffect::OpenPage { url }),
    };
    effect.into_iter().collect()
}

fn post_mortem(
    state: &State,
    now_ms: u64,
    (key, started_ms): (&str, u64),
    messages: &dyn Messages,
) -> Option<String> {
    let past = state.health.past();
    let incident = past
        .incidents(now_ms)
        .find(|incident| incident.key == key && incident.started_ms == started_ms)?;
    let called = |channel: &str| state.settings.channel_called(channel).to_owned();
    let told = past.told_of(incident).cloned();
    let told: Vec<_> =
        told.map(|told| Telling { channel: called(&told.channel), ..told }).collect();
    let losses = state.health.losses().iter();
    let lost = losses.filter(|loss| loss.key == key && loss.at_ms >= started_ms).cloned();
    let lost: Vec<_> = lost.map(|loss| Loss { channel: called(&loss.channel), ..loss }).collect();
    draft(Case { incident, told: &told, lost: &lost }, messages)
}

#[cfg(test)]
pub(crate) mod tests;
