//! The person's data as a whole: settings out and in again, and everything gone.

use serde::{Deserialize, Serialize};

use super::{Fields, Open, OptionsEffect, Page, import};
use unstuck_engine::Settings;

/// A file beyond this many bytes holds no settings.
const LONGEST_FILE: usize = 1_000_000;

/// What can be pressed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataPress {
    /// Show how the sources have been doing.
    ShowHistory,
    /// Save the settings as a file.
    Export,
    /// Look at the file that was chosen or pasted.
    ReadImport,
    /// Take over what is right in it.
    TakeImport,
    /// Take over nothing.
    LeaveImport,
    /// Ask whether everything is to go.
    DoubtErase,
    /// Delete everything.
    Erase,
}

impl Page {
    /// The answer is what has to be done with keys.
    pub(super) fn press_data(
        &mut self,
        settings: &mut Settings,
        press: DataPress,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        match press {
            DataPress::ReadImport => {
                let file = fields.get("imported");
                let read = match file.len() {
                    0 => Err("import_not_json"),
                    LONGEST_FILE.. => Err("import_foreign"),
                    _ => import::read(file, settings, new_id),
                };
                match read {
                    Ok(import) => self.turn_to(Open::Import(Box::new(import))),
                    Err(problem) => {
                        self.turn_to(Open::List);
                        self.note("import", problem, "");
                    }
                }
            }
            DataPress::TakeImport => {
                let Open::Import(import) = &self.open else { return Vec::new() };
                if !fields.granted && !import.origins.is_empty() {
                    self.note("import", "import_no_access", "");
                    return Vec::new();
                }
                let before = std::mem::replace(settings, import.settings.clone());
                self.turn_to(Open::List);
                self.done = Some("import_done");
                let gone =
                    before.sources.into_iter().filter(|old| settings.source(&old.id).is_none());
                let keys = gone.map(|old| OptionsEffect::ForgetKey { source: old.id });
                let drafts = before.assistant.keep_drafts && !settings.assistant.keep_drafts;
                let drafts = drafts.then_some(OptionsEffect::EraseDrafts);
                return keys.chain(drafts).collect();
            }
            DataPress::ShowHistory => {
                return vec![OptionsEffect::OpenPage { url: "health.html" }];
            }
            DataPress::LeaveImport => self.turn_to(Open::List),
            DataPress::DoubtErase => self.turn_to(Open::Erase),
            DataPress::Export | DataPress::Erase => {}
        }
        Vec::new()
    }
}
