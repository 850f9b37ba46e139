//! Setting Unstuck up: the agreement, a model taken and kept in one press, and a server found on this computer.

use serde::{Deserialize, Serialize};

use super::{Fields, Open, OptionsEffect, Page, find::Find, sources::new_source};
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
    /// Keep a source with this model of what was found on this computer.
    UseLocal {
        /// Id of its preset.
        service: String,
        /// Name of the model.
        model: String,
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
            SetUpPress::UseLocal { service, model } => {
                let local = presets::find(&service).filter(|preset| preset.is_local());
                let Some(preset) = local else { return Vec::new() };
                self.turn_to(Open::Source(new_source(preset.id, new_id)));
                let fields = Fields { typed: Vec::new(), granted: fields.granted };
                let fields = fields.with("base_url", preset.base_url.to_owned());
                return self.save(settings, &fields.with("model", model)).into_iter().collect();
            }
        }
        Vec::new()
    }
}
