//! The last change, to be taken back.

use serde::{Deserialize, Serialize};

use super::{OptionsEffect, Page};
use unstuck_engine::Settings;

/// What a change left behind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undo {
    /// The settings before it.
    pub before: Settings,
    /// The settings after it: once they are others, something else was changed since.
    pub after: Settings,
    /// Whether keys were changed too. The keys before lie aside, sealed, as long as this lasts.
    pub keys: bool,
}

impl Page {
    /// Whether the last change can be taken back.
    #[must_use]
    pub fn can_undo(&self, settings: &Settings) -> bool {
        self.undo.as_ref().is_some_and(|undo| undo.after == *settings)
    }

    /// Makes what a press has led to a change that can be taken back: the last one from now on.
    pub(super) fn change(
        &mut self,
        before: &Settings,
        after: Settings,
        mut effects: Vec<OptionsEffect>,
    ) -> Vec<OptionsEffect> {
        let keys = !effects.is_empty();
        if after == *before && !keys {
            return effects;
        }
        effects.insert(
            0,
            if keys { OptionsEffect::SetKeysAside } else { OptionsEffect::DropKeysAside },
        );
        if after != *before {
            effects.push(OptionsEffect::KeepSettings { settings: Box::new(after.clone()) });
        }
        effects.extend(other_sites(before, &after).then_some(OptionsEffect::RegisterSites));
        effects.extend(self.give_back(before, &after));
        self.done = self.done.or(Some("options_saved"));
        self.undo = Some(Undo { before: before.clone(), after, keys });
        effects
    }

    /// The last press could not be kept: all is open as it was before. What lay aside for an undo may be gone.
    pub fn unsaved(&mut self, before: Self) {
        *self = Self { done: Some("options_unsaved"), undo: None, ..before };
    }

    /// Takes the last change back.
    pub(super) fn take_back(&mut self, settings: &Settings) -> Vec<OptionsEffect> {
        let Some(Undo { before, after, keys }) = self.undo.take() else { return Vec::new() };
        if after != *settings {
            self.done = Some("options_undo_late");
            return Vec::new();
        }
        self.done = Some("options_undone");
        let sites = other_sites(&before, &after);
        let freed = self.give_back(&after, &before);
        let mut effects = Vec::new();
        effects.extend(keys.then_some(OptionsEffect::PutKeysBack));
        effects.push(OptionsEffect::KeepSettings { settings: Box::new(before) });
        effects.extend(sites.then_some(OptionsEffect::RegisterSites));
        effects.extend(freed);
        effects
    }

    fn give_back(&self, before: &Settings, after: &Settings) -> Option<OptionsEffect> {
        let origins = self.freed(before, after);
        (!origins.is_empty()).then_some(OptionsEffect::GiveBack { origins })
    }
}

/// Whether the scripts belong on other sites after a change.
fn other_sites(before: &Settings, after: &Settings) -> bool {
    (&before.sites, &before.hidden, &before.apps) != (&after.sites, &after.hidden, &after.apps)
}
