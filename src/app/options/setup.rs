//! Setting Unstuck up: the agreement, a model taken and kept in one press, and a server found on this computer.

use serde::{Deserialize, Serialize};

use super::{Fields, Open, OptionsEffect, Page, Test, find::Find, sources::new_source};
use unstuck_engine::Settings;
use unstuck_source::presets;

/// What can be pressed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetUpPress {
    /// Agree to what is sent, or take that back.
    Agree {
        /// Whether the person agrees.
        on: bool,
    },
    /// Take this model and keep the source with it.
    UseModel {
        /// Its name.
        model: String,
    },
    /// Look for an AI that runs on this computer.
    Find,
    /// Begin a source of a server that was found.
    TakeServer {
        /// Id of its preset.
        service: String,
    },
}

impl Page {
    pub(super) fn press_set_up(
        &mut self,
        settings: &mut Settings,
        press: SetUpPress,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        match press {
            SetUpPress::Agree { on } => {
                self.declined = !on;
                settings.agreed = if on { Settings::EDITION } else { 0 };
                self.done = Some(if on { "welcome_agreed" } else { "welcome_declined" });
            }
            SetUpPress::UseModel { model } => {
                return self.save(settings, &fields.with("model", model)).into_iter().collect();
            }
            SetUpPress::Find if fields.granted => self.find = Find::Running,
            SetUpPress::Find => self.note("find", "options_no_access_here", ""),
            SetUpPress::TakeServer { service } => {
                let models = self.find.models_of(&service).map(<[_]>::to_vec);
                let Some(preset) = presets::find(&service) else { return Vec::new() };
                self.turn_to(Open::Source(new_source(preset.id, new_id)));
                self.test = models.map_or(Test::None, Test::Passed);
            }
        }
        Vec::new()
    }
}
