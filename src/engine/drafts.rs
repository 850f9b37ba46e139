//! The drafts that are kept on this device, and what can be pressed on the page that shows them.

use serde::{Deserialize, Serialize};

use crate::assistant::Task;

/// So many are kept; the oldest go first.
pub const KEPT: usize = 50;

/// A draft that was written for the person. Nothing of what others wrote is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// When it was complete, milliseconds since 1970. It is known by this.
    pub at_ms: u64,
    /// What was done.
    pub task: Task,
    /// The site it was written for, empty when the browser did not say.
    pub site: String,
    /// What the person calls the source that wrote it.
    pub source: String,
    /// The draft.
    pub text: String,
}

/// What can be pressed on the page of drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftsPress {
    /// Copy a draft.
    Copy {
        /// When it was complete.
        at_ms: u64,
    },
    /// Erase a draft.
    Erase {
        /// When it was complete.
        at_ms: u64,
    },
    /// Ask whether all are to be erased.
    Doubt,
    /// Leave them.
    Leave,
    /// Erase all of them.
    EraseAll,
}

/// What the shell has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftsEffect {
    /// Copy this text.
    Copy {
        /// The text.
        text: String,
    },
    /// Keep these drafts and no others.
    KeepDrafts {
        /// The drafts, newest first.
        drafts: Vec<Draft>,
    },
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The drafts that are kept, newest first.
    pub drafts: Vec<Draft>,
    /// What is looked for in them.
    pub search: String,
    /// Whether the person is being asked if all are to go.
    pub doubt: bool,
    /// Message key of what was just done.
    pub done: Option<&'static str>,
}

impl Page {
    /// Takes a press.
    pub fn press(&mut self, press: DraftsPress) -> Option<DraftsEffect> {
        self.done = None;
        self.doubt = press == DraftsPress::Doubt;
        match press {
            DraftsPress::Copy { at_ms } => {
                let draft = self.drafts.iter().find(|draft| draft.at_ms == at_ms)?;
                self.done = Some("panel_copied");
                return Some(DraftsEffect::Copy { text: draft.text.clone() });
            }
            DraftsPress::Erase { at_ms } => self.drafts.retain(|draft| draft.at_ms != at_ms),
            DraftsPress::EraseAll => self.drafts.clear(),
            DraftsPress::Doubt | DraftsPress::Leave => return None,
        }
        self.done = Some("drafts_erased");
        Some(DraftsEffect::KeepDrafts { drafts: self.drafts.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(at_ms: u64) -> Draft {
        let (site, source) = (String::new(), String::new());
        Draft { at_ms, task: Task::Reply, site, source, text: at_ms.to_string() }
    }

    /// A draft is copied or erased alone; all of them go only after a question.
    #[test]
    fn erasing_all_drafts_asks_first() {
        let mut page = Page { drafts: vec![draft(3), draft(2), draft(1)], ..Page::default() };
        let copy = page.press(DraftsPress::Copy { at_ms: 2 });
        assert_eq!(copy, Some(DraftsEffect::Copy { text: "2".into() }));
        let erased = page.press(DraftsPress::Erase { at_ms: 2 });
        assert_eq!(erased, Some(DraftsEffect::KeepDrafts { drafts: vec![draft(3), draft(1)] }));
        assert_eq!((page.press(DraftsPress::Doubt), page.doubt), (None, true));
        assert_eq!(
            (page.press(DraftsPress::Leave), page.doubt, page.drafts.len()),
            (None, false, 2)
        );
        let all = page.press(DraftsPress::EraseAll);
        assert_eq!(all, Some(DraftsEffect::KeepDrafts { drafts: Vec::new() }));
        assert_eq!(page.press(DraftsPress::Copy { at_ms: 3 }), None);
    }
}
