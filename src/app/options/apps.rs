//! The web apps whose own calls are watched.

use serde::{Deserialize, Serialize};

use super::{Fields, Page, site_origin};
use unstuck_engine::Settings;

/// What can be pressed among the web apps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppPress {
    /// Watch this app, or no longer.
    WatchApp {
        /// Its origin.
        app: String,
        /// Whether it is to be watched.
        on: bool,
    },
    /// Watch the app that is typed.
    AddApp,
}

impl Page {
    pub(super) fn press_app(&mut self, settings: &mut Settings, press: AppPress, fields: &Fields) {
        let (app, on) = match press {
            AppPress::WatchApp { app, on } => (Some(app), on),
            AppPress::AddApp => (site_origin(fields.get("app")), true),
        };
        match app {
            None => self.note("app", "options_bad_site", ""),
            Some(app) if on && !self.managed.allows(&app) => {
                self.note("app", "options_site_forbidden", "");
            }
            Some(_) if on && !fields.granted => self.note("app", "options_no_access", ""),
            Some(app) => {
                let was_on = settings.apps.contains(&app);
                match (was_on, on) {
                    (false, true) => settings.apps.push(app),
                    (true, false) => settings.apps.retain(|known| *known != app),
                    _ => {}
                }
            }
        }
    }
}
